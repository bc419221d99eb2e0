#!/bin/sh
# Runs once, in an empty PostgreSQL: a role and a database for Airflow; for the store a role that owns and migrates its
# database, one that works in it, and the portal's, which may far less (`plan-lifecycle db upgrade` gives both their rights).
set -eu
secret() { cat "${SECRETS:-/run/secrets}/$1"; }
psql --username "${POSTGRES_USER:-postgres}" --dbname postgres --quiet --set ON_ERROR_STOP=1 <<SQL
\set airflow '$(secret airflow_db_password)'
\set store '$(secret store_db_password)'
\set owner '$(secret store_owner_db_password)'
\set portal '$(secret portal_db_password)'
CREATE ROLE airflow LOGIN PASSWORD :'airflow';
CREATE DATABASE airflow OWNER airflow;
REVOKE CONNECT ON DATABASE airflow FROM PUBLIC;
CREATE ROLE plan_lifecycle_owner LOGIN PASSWORD :'owner';
CREATE ROLE plan_lifecycle LOGIN PASSWORD :'store';
CREATE ROLE plan_lifecycle_portal LOGIN PASSWORD :'portal';
CREATE DATABASE plan_lifecycle OWNER plan_lifecycle_owner;
REVOKE CONNECT ON DATABASE plan_lifecycle FROM PUBLIC;
GRANT CONNECT ON DATABASE plan_lifecycle TO plan_lifecycle, plan_lifecycle_portal;
SQL

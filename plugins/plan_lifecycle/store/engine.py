"""Opening the store: SQLite at one path by default, PostgreSQL by URL; migrated before it is handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, Table, create_engine, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from plan_lifecycle.store.blobs import OWNER_ONLY, Blobs
from plan_lifecycle.store.database import StoreError, in_our_words
from plan_lifecycle.store.seal import OPTION, SealKeys
from plan_lifecycle.store.watch import Stamp, Watch

BUSY_TIMEOUT_MS = 30_000


@dataclass(frozen=True)
class Store:
    """The database and the blob folder. ``write`` is one transaction; ``read`` sees one consistent state.

    Within both the database's own errors become StoreBusyError or StoreRefusedError.
    """

    engine: Engine
    blobs: Blobs
    _watch: Watch = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_watch", Watch(self.engine))

    @property
    def quarantine(self) -> Blobs:
        """Bytes that the gate did not let in: kept, never opened."""
        return self.blobs.beside("quarantine")

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. SQLite takes its write lock at once, so it never fails half-way."""
        with in_our_words(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: all its queries see the same moment, and it never waits for a writer."""
        with in_our_words(), read_only(self.engine) as connection:
            yield connection

    def stamp(self) -> Stamp:
        """Equal to an earlier one as long as nothing was written; taken before what it vouches for is read."""
        with in_our_words():
            return self._watch.stamp()

    def ping(self) -> None:
        """Ask the database for an answer. Raises StoreBusyError where it gives none."""
        with self.read() as connection:
            connection.execute(select(1))

    def close(self) -> None:
        """Give back the connections."""
        self._watch.close()
        self.engine.dispose()


_NOT_OPEN = "Không mở được cơ sở dữ liệu; đề nghị người quản trị kiểm tra PLAN_LIFECYCLE_STORE_URL, PLAN_LIFECYCLE_VAR."


def open_store(url: str, blobs: Path, *, durable: bool = True, seal: SealKeys | None = None) -> Store:
    """Open and migrate the store; acts are sealed with ``seal``. Raises StoreError, without the URL's password."""
    from plan_lifecycle.store.migrations import migrate

    engine = make_engine(url, durable=durable, seal=seal)
    try:
        migrate(engine)
    except (SQLAlchemyError, StoreError) as error:
        engine.dispose()
        url_shown = engine.url.render_as_string(hide_password=True)
        shown = unquote(url_shown) if engine.dialect.name == "sqlite" else url_shown
        why = f"{error.__class__.__name__}: {error.args[0]}"
        vi = error.for_user if isinstance(error, StoreError) else _NOT_OPEN
        raise StoreError(f"cannot open the store at {shown}: {why}", vi=vi) from error
    return Store(engine, Blobs(blobs, durable=durable))


def make_engine(url: str, *, durable: bool = True, seal: SealKeys | None = None) -> Engine:
    """The engine alone, not migrated: WAL, foreign keys and a busy timeout on SQLite. Raises StoreError."""
    parsed, options = _known_url(url), {OPTION: seal}
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, execution_options=options)
    if parsed.database and parsed.database != ":memory:":
        _make_private(Path(parsed.database))
    engine = create_engine(parsed, execution_options=options)
    event.listen(engine, "connect", _sqlite_settings(durable))
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _make_private(database: Path) -> None:
    """Make folder and file of a new SQLite database for their owner alone, before SQLite makes them for everybody.

    One that is there is left as it is. Raises StoreError.
    """
    try:
        database.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder {database.parent}: {error.strerror}", vi=_NOT_OPEN) from error
    try:
        if not database.exists():
            database.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"cannot make the database {database}: {error.strerror}", vi=_NOT_OPEN) from error


@contextmanager
def read_only(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads, in one consistent state. PostgreSQL shows each query its own unless told."""
    options: dict[str, Any] = {"plan_lifecycle_reads": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        yield connection


def _known_url(url: str) -> URL:
    """A URL of SQLite or PostgreSQL; the latter through psycopg, the one driver that is installed."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("found no URL of a database, expected sqlite:///… or postgresql://…", vi=_NOT_OPEN) from error
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        wrong = f"found a database of kind {parsed.drivername!r}, expected sqlite or postgresql"
        raise StoreError(wrong, vi=_NOT_OPEN)
    return parsed


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
    return connection.execute(_counting(connection.dialect.name, table), rows).rowcount


def unless_known(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that passes over rows which a unique constraint knows; add ``returning`` to learn which went in."""
    return _unless_known(connection.dialect.name, table)


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of the connection's database, which may say what happens on a conflict."""
    return _insert_into(connection.dialect.name, table)


# To word a statement costs more than to run it. What every upload asks is therefore worded once, here and in the
# modules beside this one, with ``bindparam`` for what is asked about.


@cache
def _counting(database: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    # psycopg's rows go out many to a statement, and SQLAlchemy adds up their counts only when asked to
    return _unless_known(database, table).execution_options(preserve_rowcount=True)


@cache
def _unless_known(database: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return _insert_into(database, table).on_conflict_do_nothing()


@cache
def _insert_into(database: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if database == "sqlite" else postgresql.insert(table)


def in_batches(ids: Sequence[Any], size: int = 10_000) -> Iterator[Sequence[Any]]:
    """The ids in parts that fit into one ``IN``: SQLite takes 32,766 parameters, PostgreSQL 65,535."""
    return (ids[start : start + size] for start in range(0, len(ids), size))

"""Bringing a database to the newest schema, with Alembic; a database that is there already costs one query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import reading

HEAD = "0012"
FOLDER = Path(__file__).parent


def migrate(engine: Engine) -> None:
    """Upgrade to HEAD. Two processes may call it at once: the second waits and finds the work done.

    Raises StoreError where a newer release has been at the database: it is left as it is.
    """
    if current(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    with _rebuilding(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                f"cannot bring the schema to version {HEAD}, expected that or an older one: {error}"
            ) from error


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be built anew.

    PostgreSQL lets one process in at a time. SQLite changes a constraint by copying the table, and dropping the old
    one would strike whatever refers to it: foreign keys rest meanwhile, and are checked before the end.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(7162023)"))
                yield connection
            return
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise StoreError("found rows that refer to nothing, expected a sound database")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
            driver.close()


def current(engine: Engine) -> str | None:
    """The version that the database is at; None where it is empty."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()

"""Bringing a database to the newest schema, with Alembic; a database that is there already costs one query."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from plan_lifecycle.store.engine import StoreError, reading

HEAD = "0002"
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
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7162023)"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(f"expected a schema of version {HEAD} or older: {error}") from error


def current(engine: Engine) -> str | None:
    """The version that the database is at; None where it is empty."""
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()

"""From which configuration something stored was worked out."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import fingerprint


def get(connection: Connection, name: str) -> str | None:
    """The digest that is known under a name."""
    return connection.execute(select(fingerprint.c.digest).where(fingerprint.c.name == name)).scalar_one_or_none()


def put(connection: Connection, name: str, digest: str) -> None:
    """Remember a digest."""
    if not insert_new(connection, fingerprint, [{"name": name, "digest": digest}]):
        connection.execute(update(fingerprint).where(fingerprint.c.name == name).values(digest=digest))

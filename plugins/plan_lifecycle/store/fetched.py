"""What web servers said of their answers (ETag, Last-Modified), so that they are asked only for what is new."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from plan_lifecycle.store.engine import insert_into
from plan_lifecycle.store.tables import fetched


class Remembered(NamedTuple):
    """The validators of an answer that was dealt with, and when."""

    etag: str | None
    last_modified: str | None
    at: datetime


def recall(connection: Connection, asker: str, address: str) -> Remembered | None:
    """What is remembered of an address; ``asker`` is whose sake it was asked for (a channel, a unit)."""
    query = select(fetched.c.etag, fetched.c.last_modified, fetched.c.at).where(fetched.c.name == _name(asker, address))
    row = connection.execute(query).first()
    return Remembered(*row) if row else None


def remember(connection: Connection, asker: str, address: str, new: Remembered) -> None:
    """Note the validators of an answer that was dealt with in full; without any it is forgotten."""
    name = _name(asker, address)
    if new.etag is None and new.last_modified is None:
        connection.execute(delete(fetched).where(fetched.c.name == name))
        return
    values: dict[str, Any] = {"etag": new.etag, "last_modified": new.last_modified, "at": new.at}
    adding: Any = insert_into(connection, fetched).values(name=name, **values)
    connection.execute(adding.on_conflict_do_update(index_elements=[fetched.c.name], set_=values))


def _name(asker: str, address: str) -> str:
    return hashlib.sha256(f"{asker}\n{address}".encode()).hexdigest()

"""What the gate saw in kept bytes, by their digest and the gate's version: a file is looked at once, by whatever
process.

What an office program made of a file is kept here, too, under the program's version: ``copy`` is the copy's digest.
All of it can be worked out again from the files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import look

_SEEN = select(look.c.seen).where(look.c.blob == bindparam("blob"), look.c.gate == bindparam("gate"))


class StoredLook(NamedTuple):
    """A look as plain data (``seen``), and which version of the gate took it."""

    gate: str
    seen: Mapping[str, Any]


def keep(connection: Connection, blob: str, taken: StoredLook) -> None:
    """Keep the look at a blob; what this version of the gate saw before stays."""
    insert_new(connection, look, [{"blob": blob, "gate": taken.gate, "seen": dict(taken.seen)}])


def find(connection: Connection, blob: str, gate: str) -> Mapping[str, Any] | None:
    """What this version of the gate saw in a blob; None where it has not looked."""
    found: Mapping[str, Any] | None = connection.execute(_SEEN, {"blob": blob, "gate": gate}).scalar_one_or_none()
    return found


def copies(connection: Connection, blobs: Collection[str]) -> dict[str, str]:
    """The converted copies of these files, by file: any one where several programs made some."""
    found: dict[str, str] = {}
    for some in in_batches(sorted(blobs)):
        rows = connection.execute(select(look.c.blob, look.c.seen).where(look.c.blob.in_(some)).order_by(look.c.gate))
        found |= {row.blob: row.seen["copy"] for row in rows if row.seen.get("copy")}
    return found

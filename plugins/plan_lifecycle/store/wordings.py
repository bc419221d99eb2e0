"""The wording of plans as numbers, by the blob that it was read from: a file is read once, however often compared.

All of it can be worked out again from the files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import wording


def known(connection: Connection, blobs: Collection[str]) -> dict[str, bytes]:
    """What is kept of these blobs."""
    query = select(wording.c.blob, wording.c.runs)
    return {
        row.blob: row.runs
        for some in in_batches(list(blobs))
        for row in connection.execute(query.where(wording.c.blob.in_(some)))
    }


def keep(connection: Connection, found: Mapping[str, bytes]) -> None:
    """Keep what was read of blobs; what is known already stays."""
    insert_new(connection, wording, [{"blob": blob, "runs": runs} for blob, runs in found.items()])

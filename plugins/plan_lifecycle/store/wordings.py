"""The wording of plans as numbers, by the blob that it was read from: a file is read once, however often compared.

All of it can be worked out again from the files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import draft, wording

_OF_DRAFT = (
    select(draft.c.blob, wording.c.runs)
    .outerjoin(wording, wording.c.blob == draft.c.blob)
    .where(draft.c.plan_id == bindparam("plan_id"), draft.c.unit_id == bindparam("unit_id"))
)


class OfDraft(NamedTuple):
    """A draft's blob and the wording that is kept of it, if one is."""

    blob: str
    runs: bytes | None


def known(connection: Connection, blobs: Collection[str]) -> dict[str, bytes]:
    """What is kept of these blobs."""
    query = select(wording.c.blob, wording.c.runs)
    return {
        row.blob: row.runs
        for some in in_batches(list(blobs))
        for row in connection.execute(query.where(wording.c.blob.in_(some)))
    }


def of_draft(connection: Connection, plan_id: int, unit_id: str) -> OfDraft | None:
    """Find the draft that a unit was given under a plan; None where it was given none."""
    row = connection.execute(_OF_DRAFT, {"plan_id": plan_id, "unit_id": unit_id}).one_or_none()
    return OfDraft(*row) if row else None


def keep(connection: Connection, found: Mapping[str, bytes]) -> None:
    """Keep what was read of blobs; what is known already stays."""
    insert_new(connection, wording, [{"blob": blob, "runs": runs} for blob, runs in found.items()])

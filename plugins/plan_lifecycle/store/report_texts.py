"""What reports say, paragraph by paragraph, by the blob that it was read from: a file is read once a kind of report.

All of it can be read again from the files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import report_text


def known(connection: Connection, blobs: Collection[str], profile: str, readers: str) -> dict[str, tuple[Passage, ...]]:
    """What is kept of these blobs, as this version of the readers read it for this kind of report."""
    query = select(report_text.c.blob, report_text.c.passages).where(
        report_text.c.profile == profile, report_text.c.readers == readers
    )
    return {
        row.blob: tuple(Passage(*passage) for passage in row.passages)
        for some in in_batches(list(blobs))
        for row in connection.execute(query.where(report_text.c.blob.in_(some)))
    }


def keep(connection: Connection, found: Mapping[str, Sequence[Passage]], profile: str, readers: str) -> None:
    """Keep what was read of blobs; what is known already stays."""
    rows = [
        {"blob": blob, "profile": profile, "readers": readers, "passages": [_row(passage) for passage in passages]}
        for blob, passages in found.items()
    ]
    insert_new(connection, report_text, rows)


def _row(passage: Passage) -> list[str | int]:
    return [passage.section, passage.text, passage.heading, passage.place]

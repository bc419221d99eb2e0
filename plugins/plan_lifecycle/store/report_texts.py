"""What reports say, paragraph by paragraph, by the blob that it was read from: a file is read once a kind of report.

All of it can be read again from the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import report_run, report_text

_MOST_ROWS = 2000
_MOST_UNITS = 3
"""Neighbours that a report is held against: a paragraph that is another's is kept once, so they are few."""


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


def keep_runs(
    connection: Connection, receiver_id: str, period: str, unit_id: str, blob: str, runs: Sequence[tuple[int, int]]
) -> None:
    """Keep by which runs of words a unit's paragraphs are found, each with its paragraph's place in the file."""
    of = {"receiver_id": receiver_id, "period": period, "unit_id": unit_id, "blob": blob}
    insert_new(connection, report_run, [of | {"run": run, "place": place} for run, place in runs])


def sharing_runs(
    connection: Connection, receiver_id: str, period: str, unit_id: str, runs: Collection[int]
) -> list[tuple[str, str]]:
    """Units that reported to the same receiver for the same period and share runs, with the file that they stand in;
    the one that shares most first, a few at most."""
    query = select(report_run.c.unit_id, report_run.c.blob, report_run.c.place).where(
        report_run.c.receiver_id == receiver_id, report_run.c.period == period, report_run.c.unit_id != unit_id
    )
    shared: Counter[tuple[str, str]] = Counter()
    for some in in_batches(sorted(runs)):
        found = query.where(report_run.c.run.in_(some)).order_by(report_run.c.run, report_run.c.unit_id)
        shared.update((row.unit_id, row.blob) for row in connection.execute(found.limit(_MOST_ROWS)))
    return [of for of, _count in shared.most_common(_MOST_UNITS)]


def _row(passage: Passage) -> list[str | int]:
    return [passage.section, passage.text, passage.heading, passage.place]

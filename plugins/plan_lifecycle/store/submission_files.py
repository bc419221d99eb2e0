"""Which files make up a submission: the signed paper, its Word source, the figures, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, select

from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import arrival, obligation, submission, submission_file


class Part(StrEnum):
    """What a file is within its submission. A copy is kept and counts in time, but cannot be read."""

    PAPER = "paper"
    SOURCE = "source"
    FIGURES = "figures"
    EVIDENCE = "evidence"
    COPY = "copy"


class FiledFor(NamedTuple):
    """An obligation by unit, item and period."""

    unit_id: str
    item: str
    period: str


def add_file(connection: Connection, submission_id: int, arrival_id: int, blob: str, part: Part) -> bool:
    """Put a file to a submission; False where it is there."""
    row = {"submission_id": submission_id, "arrival_id": arrival_id, "blob": blob, "part": part.value}
    return bool(insert_new(connection, submission_file, [row]))


def parts(connection: Connection, submission_ids: Sequence[int]) -> dict[int, frozenset[Part]]:
    """What each submission is made of."""
    found: dict[int, set[Part]] = {each: set() for each in submission_ids}
    query = select(submission_file.c.submission_id, submission_file.c.part)
    for ids in in_batches(submission_ids):
        for row in connection.execute(query.where(submission_file.c.submission_id.in_(ids))):
            found[row.submission_id].add(Part(row.part))
    return {each: frozenset(kinds) for each, kinds in found.items()}


def blobs(connection: Connection, submission_ids: Sequence[int]) -> set[str]:
    """The content of every file of these submissions."""
    query = select(submission_file.c.blob)
    return {
        blob
        for ids in in_batches(submission_ids)
        for blob in connection.execute(query.where(submission_file.c.submission_id.in_(ids))).scalars()
    }


def readable(connection: Connection, submission_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The content of the files of each submission that may hold text, in the order in which they came."""
    found: dict[int, list[str]] = {submission_id: [] for submission_id in submission_ids}
    query = select(submission_file.c.submission_id, submission_file.c.blob).order_by(submission_file.c.arrival_id)
    query = query.where(submission_file.c.part != Part.COPY.value)
    for ids in in_batches(submission_ids):
        for row in connection.execute(query.where(submission_file.c.submission_id.in_(ids))):
            found[row.submission_id].append(row.blob)
    return {submission_id: tuple(dict.fromkeys(blobs)) for submission_id, blobs in found.items()}


def names(connection: Connection, submission_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What the files of each submission were called, in the order in which they came."""
    found: dict[int, list[str]] = {submission_id: [] for submission_id in submission_ids}
    query = select(submission_file.c.submission_id, arrival.c.file_name).order_by(submission_file.c.arrival_id)
    query = query.join(arrival, arrival.c.id == submission_file.c.arrival_id)
    for ids in in_batches(submission_ids):
        for row in connection.execute(query.where(submission_file.c.submission_id.in_(ids))):
            found[row.submission_id].append(row.file_name)
    return {submission_id: tuple(dict.fromkeys(called)) for submission_id, called in found.items()}


def sent_as(connection: Connection, submission_id: int, blob: str) -> int | None:
    """The arrival that a submission's text was read from as a copy; None where ``blob`` is one of its files itself."""
    query = select(submission_file.c.arrival_id, submission_file.c.blob, submission_file.c.part)
    files = connection.execute(query.where(submission_file.c.submission_id == submission_id)).all()
    if any(file.blob == blob for file in files):
        return None
    read = [file.arrival_id for file in files if file.part in (Part.SOURCE, Part.FIGURES, Part.EVIDENCE)]
    return read[-1] if read else None


def holding(connection: Connection, blob: str, obligation_ids: Sequence[int]) -> list[int]:
    """The submissions for these obligations that a file of this content belongs to, in order of id."""
    query = select(submission.c.id).join(submission_file, submission_file.c.submission_id == submission.c.id)
    same = (submission_file.c.blob == blob, submission.c.obligation_id.in_(obligation_ids))
    return list(connection.execute(query.where(*same).distinct().order_by(submission.c.id)).scalars())


def filed_for(connection: Connection, blob: str, unit_id: str) -> FiledFor | None:
    """What a unit sent this content for before; None where it did not."""
    query = select(*(obligation.c[name] for name in FiledFor._fields)).join(
        submission, submission.c.obligation_id == obligation.c.id
    )
    query = query.join(submission_file, submission_file.c.submission_id == submission.c.id)
    same = (submission_file.c.blob == blob, obligation.c.unit_id == unit_id)
    row = connection.execute(query.where(*same).order_by(obligation.c.id.desc()).limit(1)).first()
    return FiledFor(*row) if row else None

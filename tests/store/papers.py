"""Submissions with their files, as rows for tests of the store."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factories import arrival, day

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import Finding, Submission
from plan_lifecycle.store import arrivals, submissions
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part, add_file


def came_in(store: Store, blob: str, name: str = "ke-hoach.docx", channel: str = "fake") -> int:
    """The id of a new arrival whose content is ``blob``; its key is the same."""
    with store.write() as connection:
        arrivals.record(connection, arrival(b"", key=blob, channel=channel, file_name=name), blob)
        return next(found.id for found in arrivals.waiting(connection) if found.key == blob)


def handed_in(
    store: Store,
    owed: Obligation,
    *files: tuple[str, Part],
    version: int = 1,
    at: str = "2023-02-20",
    findings: Sequence[Finding] = (),
) -> tuple[int, list[int]]:
    """The ids of a submission made of these files, and of their arrivals; the first file opened it."""
    ids = [came_in(store, blob) for blob, _ in files]
    with store.write() as connection:
        new = Submission(owed.id, ids[0], version, day(at), files[0][0], 0, findings=tuple(findings))
        number = submissions.add(connection, new, ())
        for arrival_id, (blob, part) in zip(ids, files, strict=True):
            add_file(connection, number, arrival_id, blob, part)
    return number, ids

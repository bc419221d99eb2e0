"""What came for an obligation over any channel, who stated to send it, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from plan_lifecycle.domain.submission import ArrivalState, Finding
from plan_lifecycle.store.submissions import findings_of
from plan_lifecycle.store.tables import arrival, submission, submission_file, upload

RECORDED = "by_hand"
"""The channel of papers that came elsewhere and were put on record by a person."""
_WAITING = select(func.count()).where(
    arrival.c.id.in_(bindparam("ids", expanding=True)), arrival.c.state == ArrivalState.NEW.value
)
_OF_THIS = submission.c.obligation_id == bindparam("obligation_id")
_UPLOADED = select(upload).where(upload.c.obligation_id == bindparam("obligation_id")).order_by(upload.c.id)
_VERSIONS = select(submission).where(_OF_THIS).order_by(submission.c.version)
_ADDED = (
    select(submission_file.c.arrival_id, submission)
    .join(submission, submission.c.id == submission_file.c.submission_id)
    .where(_OF_THIS)
    .order_by(submission.c.version)
)
_CAME = (
    select(arrival)
    .where(arrival.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(arrival.c.received_at.desc(), arrival.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One file that came for an obligation, over whatever channel, and what became of it.

    ``arrival_state`` is the arrival's; version, state, findings and reason are the submission's, where there is one.
    ``recorded``: no file came, a person put the paper with this ``reference`` on record.
    """

    arrival_id: int
    file_name: str
    size: int
    received_at: datetime
    arrival_state: str
    arrival_reason: str | None
    version: int | None
    state: str | None
    days_late: int | None
    findings: tuple[Finding, ...]
    reason: str | None
    stated_by: str | None
    batches: frozenset[str] = frozenset()
    recorded: bool = False
    reference: str | None = None
    issued_on: date | None = None


def save_upload(
    connection: Connection, keys: Iterable[str], values: Mapping[str, Any], channel: str = "portal"
) -> list[int]:
    """Note who uploaded the arrivals of these keys, and return their ids.

    ``values`` are obligation_id, batch, name, post and uploaded_at.
    """
    same = (arrival.c.channel == channel, arrival.c.key.in_(list(keys)))
    ids = list(connection.execute(select(arrival.c.id).where(*same).order_by(arrival.c.id)).scalars())
    if ids:
        connection.execute(insert(upload), [{**values, "arrival_id": each} for each in ids])
    return ids


def are_waiting(connection: Connection, arrival_ids: Iterable[int]) -> bool:
    """Whether nothing was decided yet about one of these arrivals."""
    return connection.execute(_WAITING, {"ids": list(arrival_ids)}).scalar_one() > 0


def history(connection: Connection, obligation_id: int) -> list[HistoryEntry]:
    """Everything that came for an obligation, newest first."""
    uploads: dict[int, list[Any]] = {}
    of_this = {"obligation_id": obligation_id}
    for row in connection.execute(_UPLOADED, of_this):
        uploads.setdefault(row.arrival_id, []).append(row)
    filed: dict[int, Any] = {}
    for row in connection.execute(_VERSIONS, of_this):
        filed[row.arrival_id] = row
    # after the versions themselves: a file that joined a later version is told as part of that one
    for row in connection.execute(_ADDED, of_this):
        filed[row[0]] = row
    if not filed and not uploads:
        return []
    rows = connection.execute(_CAME, {"ids": [*{*filed, *uploads}]})
    return [_entry(row, filed.get(row.id), uploads.get(row.id, [])) for row in rows]


def _entry(row: Row[Any], filed: Row[Any] | None, uploads: list[Any]) -> HistoryEntry:
    stated = f"{uploads[-1].name}, {uploads[-1].post}" if uploads else row.sender
    return HistoryEntry(
        arrival_id=row.id,
        file_name=row.file_name,
        size=row.size,
        received_at=row.received_at,
        arrival_state=row.state,
        arrival_reason=row.reason,
        version=filed.version if filed else None,
        state=filed.state if filed else None,
        days_late=filed.days_late if filed else None,
        findings=findings_of(filed.findings) if filed else (),
        reason=filed.reason if filed else None,
        stated_by=stated,
        batches=frozenset(each.batch for each in uploads),
        recorded=row.channel == RECORDED,
        reference=filed.reference if filed else None,
        issued_on=filed.issued_on if filed else None,
    )

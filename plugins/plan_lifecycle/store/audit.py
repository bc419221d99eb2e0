"""The audit trail: every act of a person or of a rule is a row, sealed with SHA-256 over the row before it.

The coordinator accepts xã Bình An's plan, and in the same transaction a row says who, when, what and why. Whoever
changes, removes or slips in a row later breaks the chain there, and ``verify`` names that row. Cutting off the newest
rows leaves a chain that is whole but shorter: note its head elsewhere, and ask whether that is still in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.store.tables import audit

BEGINNING = "0" * 64
"""What the first row is sealed over."""
_LOCK = 7162024


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was decided: ``act`` on ``subject`` ``subject_id``.

    ``by`` is a person's name, or the name of the rule where the software decided by itself. ``details`` is JSON.
    """

    at: datetime
    by: str
    act: ActKind
    subject: ActSubject
    subject_id: int
    reason: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not fit, and what is wrong with it."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows are sound, the seal of the last sound one, and where the chain breaks (None: nowhere)."""

    rows: int
    head: str
    broken: Broken | None = None


def append(connection: Connection, act: Act) -> int:
    """Add a row within the act's own transaction, as its last statement; return its number.

    Writers queue up for the end of the chain until their transactions end: on SQLite they are one by one anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = connection.execute(select(audit.c.number, audit.c.seal).order_by(audit.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.seal) if last else (1, BEGINNING)
    row = {
        "number": number,
        "at": act.at,
        "by": act.by,
        "act": act.act.value,
        "subject": act.subject.value,
        "subject_id": act.subject_id,
        "reason": act.reason,
        "details": dict(act.details),
    }
    connection.execute(audit.insert().values(row | {"previous": previous, "seal": _seal(previous, row)}))
    return number


def verify(connection: Connection) -> Verified:
    """Walk the chain from its beginning to the first row that is broken."""
    sound, head = 0, BEGINNING
    for row in connection.execute(select(audit).order_by(audit.c.number)).yield_per(1000):
        problem = _problem(row, sound + 1, head)
        if problem:
            return Verified(sound, head, Broken(row.number, problem))
        sound, head = sound + 1, row.seal
    return Verified(sound, head)


def holds_seal(connection: Connection, seal: str) -> bool:
    """Whether a head that was noted earlier is still in the chain."""
    return connection.execute(select(audit.c.number).where(audit.c.seal == seal)).first() is not None


def acts(connection: Connection, subject: ActSubject, subject_id: int) -> Iterator[Act]:
    """Everything that was decided about one subject, oldest first."""
    same = (audit.c.subject == subject.value, audit.c.subject_id == subject_id)
    for row in connection.execute(select(audit).where(*same).order_by(audit.c.number)):
        yield _act(row)


def newest_number(connection: Connection) -> int:
    """The number of the newest row; 0 in an empty trail."""
    return connection.execute(select(func.max(audit.c.number))).scalar_one() or 0


def newest(connection: Connection, most: int, *, after: int = 0) -> list[Act]:
    """The newest acts, the very newest first; only those with a higher number than ``after``."""
    rows = connection.execute(select(audit).where(audit.c.number > after).order_by(audit.c.number.desc()).limit(most))
    return [_act(row) for row in rows]


def _act(row: Row[Any]) -> Act:
    kind, subject = ActKind(row.act), ActSubject(row.subject)
    return Act(row.at, row.by, kind, subject, row.subject_id, row.reason, row.details)


def _problem(row: Row[Any], number: int, head: str) -> str:
    if row.number != number:
        return f"expected row {number}: rows before it are missing"
    if row.previous != head:
        return "it is not sealed over the row before it"
    if row.seal != _seal(head, dict(row._mapping)):
        return "its content is not what was sealed"
    return ""


def _seal(previous: str, row: Mapping[str, Any]) -> str:
    """The digest of the row's content in one canonical spelling, after the seal before it."""
    names = ("number", "by", "act", "subject", "subject_id", "reason", "details")
    content = {name: row[name] for name in names} | {"at": row["at"].astimezone(UTC).isoformat()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()

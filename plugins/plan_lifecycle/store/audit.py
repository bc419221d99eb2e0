"""The audit trail: every act of a person or of a rule is a row, sealed over the row before it.

The coordinator accepts xã Bình An's plan, and in the same transaction a row says who, when, what and why. Whoever
changes, removes or slips in a row later breaks the chain there, and ``verify`` names that row: the seal is made with a
key that is not in the database (``store.seal``), so it cannot be made again. Rows from before there was a key bear a
plain SHA-256; the first row with a key is sealed over them. Cutting off the newest rows leaves a chain that is whole
but shorter: its head stands in the coordinators' digests, and ``holds_head`` says whether that is still in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.seal import FIELD, SealKeys, keys_of
from plan_lifecycle.store.tables import audit

BEGINNING = "0" * 64
"""What the first row is sealed over."""
_LOCK = 7162024
_SHORT = 16
"""Digits of a seal in a head that people copy: 64 bits."""


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


class Problem(StrEnum):
    """What is wrong with a row."""

    MISSING_BEFORE = "rows before it are missing"
    NOT_OVER_THE_LAST = "it is not sealed over the row before it"
    CHANGED = "its content is not what was sealed"
    WITHOUT_KEY = "it is sealed without a key, though a row before it has one"
    UNKNOWN_KEY = "it is sealed with a key that is not given"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not fit, and what is wrong with it."""

    number: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows are sound, the seal of the last sound one, and where the chain breaks (None: nowhere).

    ``without_key``: how many rows, from the first on, are sealed without a key. ``covered``: whether a row with a key
    is sealed over them, so that nobody without the key can have written them again.
    """

    rows: int
    head: str
    broken: Broken | None = None
    without_key: int = 0

    @property
    def covered(self) -> bool:
        """Whether a key vouches for every row."""
        return self.without_key < self.rows or not self.rows

    @property
    def short_head(self) -> str:
        """The head as people copy it: "412-3f9a1c0b2d4e5f60"."""
        return _short(self.rows, self.head)


class Head(NamedTuple):
    """A head that was noted elsewhere: the number of the row, None where only the digest was noted."""

    number: int | None
    digest: str


def append(connection: Connection, act: Act) -> int:
    """Add a row within the act's own transaction, as its last statement; return its number.

    Writers queue up for the end of the chain until their transactions end: on SQLite they are one by one anyway.
    Raises StoreError where the trail has a key and this process has none.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = _last(connection)
    number, previous = (last.number + 1, last.seal) if last else (1, BEGINNING)
    keys = keys_of(connection)
    if keys is None and last and last.key:
        raise StoreError(
            f"the trail is sealed with a key, expected it in {FIELD}",
            vi=f"Nhật ký được niêm phong bằng khóa; đề nghị người quản trị đặt {FIELD} cho chương trình này.",
        )
    row = {
        "number": number,
        "at": act.at,
        "by": act.by,
        "act": act.act.value,
        "subject": act.subject.value,
        "subject_id": act.subject_id,
        "reason": act.reason,
        "details": dict(act.details),
        "key": keys.newest if keys else None,
    }
    connection.execute(audit.insert().values(row | {"previous": previous, "seal": _seal(previous, row, keys)}))
    return number


def verify(connection: Connection) -> Verified:
    """Walk the chain from its beginning to the first broken row, with the keys that the store was opened with."""
    sound, head, without_key, keys = 0, BEGINNING, 0, keys_of(connection)
    for row in connection.execute(select(audit).order_by(audit.c.number)).yield_per(1000):
        problem = _problem(row, sound + 1, head, keys, keyed=without_key < sound)
        if problem:
            return Verified(sound, head, Broken(row.number, problem), without_key)
        sound, head, without_key = sound + 1, row.seal, without_key + (row.key is None)
    return Verified(sound, head, without_key=without_key)


def head(connection: Connection) -> str | None:
    """The head as it stands in letters and is copied from there: "412-3f9a1c0b2d4e5f60"; None in an empty trail."""
    last = _last(connection)
    return _short(last.number, last.seal) if last else None


def read_head(text: str) -> Head:
    """Read a head as ``head`` writes it, or a whole seal of 64 digits. Raises InputError."""
    number, _, digest = text.strip().lower().rpartition("-")
    long_enough = len(digest) == (_SHORT if number else 64)
    if not (long_enough and set(digest) <= set("0123456789abcdef") and (not number or number.isdecimal())):
        vi = "Mã đối chiếu nhật ký có dạng 412-3f9a1c0b2d4e5f60, như trong thư tổng hợp."
        raise InputError("a head such as 412-3f9a1c0b2d4e5f60, or 64 hexadecimal digits", found=text, vi=vi)
    return Head(int(number) if number else None, digest)


def holds_head(connection: Connection, noted: Head) -> bool:
    """Whether a head that was noted earlier is still in the chain."""
    query = select(audit.c.number).where(audit.c.seal.startswith(noted.digest))
    if noted.number is not None:
        query = query.where(audit.c.number == noted.number)
    return connection.execute(query).first() is not None


def acts(connection: Connection, subject: ActSubject, subject_id: int) -> Iterator[Act]:
    """Everything that was decided about one subject, oldest first."""
    same = (audit.c.subject == subject.value, audit.c.subject_id == subject_id)
    for row in connection.execute(select(audit).where(*same).order_by(audit.c.number)):
        yield _act(row)


def acts_of(connection: Connection, subject: ActSubject, subject_ids: Collection[int]) -> dict[int, list[Act]]:
    """Everything that was decided about several subjects of a kind, each oldest first."""
    found: dict[int, list[Act]] = {}
    for ids in in_batches(sorted(subject_ids)):
        same = (audit.c.subject == subject.value, audit.c.subject_id.in_(ids))
        for row in connection.execute(select(audit).where(*same).order_by(audit.c.number)):
            found.setdefault(row.subject_id, []).append(_act(row))
    return found


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


def _last(connection: Connection) -> Any:
    query = select(audit.c.number, audit.c.seal, audit.c.key).order_by(audit.c.number.desc()).limit(1)
    return connection.execute(query).first()


def _short(number: int, seal: str) -> str:
    return f"{number}-{seal[:_SHORT]}"


def _problem(row: Row[Any], number: int, head: str, keys: SealKeys | None, *, keyed: bool) -> Problem | None:
    if row.number != number:
        return Problem.MISSING_BEFORE
    if row.previous != head:
        return Problem.NOT_OVER_THE_LAST
    if row.key is None and keyed:
        return Problem.WITHOUT_KEY
    if row.key is not None and (keys is None or not keys.knows(row.key)):
        return Problem.UNKNOWN_KEY
    return None if row.seal == _seal(head, dict(row._mapping), keys) else Problem.CHANGED


def _seal(previous: str, row: Mapping[str, Any], keys: SealKeys | None) -> str:
    """The digest of the row's content in one canonical spelling, after the seal before it."""
    names = ("number", "by", "act", "subject", "subject_id", "reason", "details", *(("key",) if row["key"] else ()))
    content = {name: row[name] for name in names} | {"at": row["at"].astimezone(UTC).isoformat()}
    text = f"{previous}\n{json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(',', ':'))}"
    if keys is not None and row["key"]:
        return keys.seal(row["key"], text)
    return hashlib.sha256(text.encode()).hexdigest()

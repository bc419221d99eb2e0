"""What units say on their page: a paper was sent over the document axis, or more time is asked for.

Xã Bình An says "45/BC-UBND, 12/6/2023": one row waits until the coordinator has looked the paper up. Of each kind one
row of an obligation waits; who says it again with other words replaces what was said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from plan_lifecycle.domain.obligation import OUTSTANDING, UNFINISHED
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import obligation, unit_statement

_OF_OBLIGATION = (
    select(unit_statement)
    .where(unit_statement.c.obligation_id == bindparam("obligation_id"))
    .order_by(unit_statement.c.id)
)


class StatementKind(StrEnum):
    """What is said: a paper was sent; more time is asked for."""

    SENT = "sent"
    MORE_TIME = "more_time"


class StatementState(StrEnum):
    """What became of it; *replaced* by what the unit said later."""

    WAITING = "waiting"
    REPLACED = "replaced"
    DONE = "done"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an obligation: of a paper its number, own date and day of sending, else the last day that is
    asked for and why; ``stated_by`` is name and post as the person stated them."""

    obligation_id: int
    kind: StatementKind
    stated_by: str
    stated_at: datetime
    reference: str | None = None
    issued_on: date | None = None
    sent_on: date | None = None
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """The same with what became of it; ``answer`` says why it was declined."""

    id: int
    said: Said
    state: StatementState
    decided_by: str | None
    answer: str | None


_WORDS = ("reference", "issued_on", "sent_on", "until", "reason")
_WAITS = unit_statement.c.state == StatementState.WAITING.value


def note(connection: Connection, said: Said) -> bool:
    """Add what a unit says in place of what it said before; False where the same waits already."""
    of_kind = (unit_statement.c.obligation_id == said.obligation_id, unit_statement.c.kind == said.kind.value, _WAITS)
    known = connection.execute(select(*(unit_statement.c[name] for name in _WORDS)).where(*of_kind)).one_or_none()
    words = {name: getattr(said, name) for name in _WORDS}
    if known is not None and dict(known._mapping) == words:
        return False
    connection.execute(update(unit_statement).where(*of_kind).values(state=StatementState.REPLACED.value))
    row = words | {
        "obligation_id": said.obligation_id,
        "kind": said.kind.value,
        "stated_by": said.stated_by,
        "stated_at": said.stated_at,
        "state": StatementState.WAITING.value,
    }
    return insert_new(connection, unit_statement, [row]) == 1


def waiting(connection: Connection) -> list[StoredStatement]:
    """What waits for a person of all that is still to come, oldest first."""
    open_states = [state.value for state in UNFINISHED]
    query = _rows().join(obligation, obligation.c.id == unit_statement.c.obligation_id)
    rows = connection.execute(query.where(_WAITS, obligation.c.state.in_(open_states)).order_by(unit_statement.c.id))
    return [_stored(row) for row in rows]


def newest_of(connection: Connection, obligation_id: int) -> list[StoredStatement]:
    """The newest of each kind that was said of an obligation."""
    rows = connection.execute(_OF_OBLIGATION, {"obligation_id": obligation_id})
    newest = {row.kind: _stored(row) for row in rows}
    return list(newest.values())


def said_to_be_sent() -> Select[tuple[int]]:
    """The ids of open obligations whose paper is said to be sent, until somebody has looked it up."""
    open_states = [state.value for state in OUTSTANDING]
    query = select(obligation.c.id).join(unit_statement, unit_statement.c.obligation_id == obligation.c.id)
    sent = unit_statement.c.kind == StatementKind.SENT.value
    return query.where(_WAITS, sent, obligation.c.state.in_(open_states))


def settle(
    connection: Connection,
    obligation_id: int,
    kinds: Iterable[StatementKind],
    state: StatementState,
    *,
    by: str,
    at: datetime,
    answer: str | None = None,
) -> list[StatementKind]:
    """End what waits of these kinds; return which were waiting."""
    found = []
    for kind in kinds:
        waits = (unit_statement.c.obligation_id == obligation_id, unit_statement.c.kind == kind.value, _WAITS)
        values = {"state": state.value, "decided_by": by, "decided_at": at, "answer": answer}
        if connection.execute(update(unit_statement).where(*waits).values(values)).rowcount:
            found.append(kind)
    return found


def _rows() -> Select[tuple[object, ...]]:
    return select(unit_statement)


def _stored(row: Row[tuple[object, ...]]) -> StoredStatement:
    values = dict(row._mapping)
    words = {name: values[name] for name in (*_WORDS, "obligation_id", "stated_by", "stated_at")}
    said = Said(kind=StatementKind(values["kind"]), **words)
    return StoredStatement(values["id"], said, StatementState(values["state"]), values["decided_by"], values["answer"])

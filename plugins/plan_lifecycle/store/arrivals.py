"""Whatever came in, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, select, update

from plan_lifecycle.domain.submission import Arrival, ArrivalState
from plan_lifecycle.domain.text import nfc
from plan_lifecycle.store import looks as look_rows
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.looks import StoredLook
from plan_lifecycle.store.tables import arrival, look

_DECIDED = [
    state.value for state in (ArrivalState.NEW, ArrivalState.FILED, ArrivalState.REFUSED, ArrivalState.DUPLICATE)
]

_WITH_LOOK = select(arrival, look.c.seen.label("look")).select_from(
    arrival.outerjoin(look, and_(look.c.blob == arrival.c.blob, look.c.gate == bindparam("gate")))
)
_ONE = _WITH_LOOK.where(arrival.c.id == bindparam("arrival_id"))
_NEW = _WITH_LOOK.where(arrival.c.state == ArrivalState.NEW.value).order_by(arrival.c.received_at, arrival.c.id)
_NEW_OF_UNIT = _NEW.where(arrival.c.unit_id == bindparam("unit_id"))
_SETTLING = (
    update(arrival)
    .where(arrival.c.id == bindparam("arrival_id"), arrival.c.state == ArrivalState.NEW.value)
    .values(state=bindparam("becomes"), reason=bindparam("why"), doubt=bindparam("asks"))
)

_IDENTITY = 64
"""Characters of a message's identity, which the keys of its files begin with."""


@dataclass(frozen=True, slots=True)
class StoredArrival:
    """An arrival in the store; its bytes lie under ``blob`` (None: a secrecy mark, nothing was kept).

    ``look`` is what the gate saw in them, where the version that was asked about has looked.
    """

    id: int
    channel: str
    key: str
    received_at: datetime
    sender: str | None
    file_name: str
    blob: str | None
    size: int
    unit_id: str | None
    item: str | None
    period: str | None
    state: ArrivalState
    reason: str | None
    quarantined: bool = False
    failed_in: str | None = None
    doubt: str | None = None
    look: Mapping[str, Any] | None = None


def record(
    connection: Connection,
    came: Arrival,
    blob: str | None,
    *,
    quarantined: bool = False,
    taken: StoredLook | None = None,
) -> bool:
    """Note an arrival, with what the gate saw if it looked; False when this channel's key is known already."""
    if blob is not None and taken is not None:
        look_rows.keep(connection, blob, taken)
    row = {
        "channel": came.channel,
        "key": came.key,
        "received_at": came.received_at,
        "sender": came.sender,
        "file_name": nfc(came.file_name),
        "blob": blob,
        "size": len(came.data),
        "unit_id": came.unit_id,
        "item": came.item,
        "period": came.period,
        "state": ArrivalState.NEW.value,
        "quarantined": quarantined,
    }
    return bool(insert_new(connection, arrival, [row]))


def known_keys(connection: Connection, channel: str) -> set[str]:
    """List what a channel has delivered already."""
    return set(connection.execute(select(arrival.c.key).where(arrival.c.channel == channel)).scalars())


def latest(connection: Connection, channel: str) -> datetime | None:
    """Find when the channel's newest arrival was received."""
    query = select(arrival.c.received_at).where(arrival.c.channel == channel)
    return connection.execute(query.order_by(arrival.c.received_at.desc()).limit(1)).scalar_one_or_none()


def waiting(connection: Connection, unit_id: str | None = None, *, gate: str | None = None) -> list[StoredArrival]:
    """List the arrivals that nothing was decided about yet, of one unit or of all, in order of receipt.

    Each comes with its look where this version of the ``gate`` has taken one.
    """
    if unit_id is None:
        rows = connection.execute(_NEW, {"gate": gate})
    else:
        rows = connection.execute(_NEW_OF_UNIT, {"gate": gate, "unit_id": unit_id})
    return [_stored(row) for row in rows]


def get(connection: Connection, arrival_id: int, *, gate: str | None = None) -> StoredArrival | None:
    """Find the arrival, with its look by this version of the ``gate``; None where there is none of this id."""
    row = connection.execute(_ONE, {"gate": gate, "arrival_id": arrival_id}).first()
    return _stored(row) if row else None


def id_of(connection: Connection, channel: str, key: str) -> int:
    """Find the id of the arrival that a channel knows by this key. Raises StoreRefusedError."""
    same = (arrival.c.channel == channel, arrival.c.key == key)
    return int(connection.execute(select(arrival.c.id).where(*same)).scalar_one())


def lay_aside(connection: Connection, arrival_id: int, reason: str) -> bool:
    """Refuse what a person found not to belong here; False where it waits for nobody."""
    waits = (arrival.c.id == arrival_id, arrival.c.state.not_in(_DECIDED))
    values = {"state": ArrivalState.REFUSED.value, "reason": reason}
    return connection.execute(update(arrival).where(*waits).values(values)).rowcount == 1


def reopen(connection: Connection, arrival_id: int) -> bool:
    """Let a refused arrival wait for a person again; False where it was not refused."""
    refused = (arrival.c.id == arrival_id, arrival.c.state == ArrivalState.REFUSED.value)
    values = {"state": ArrivalState.UNMATCHED.value, "doubt": None}
    return connection.execute(update(arrival).where(*refused).values(values)).rowcount == 1


def of_messages(connection: Connection, identities: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """List key and file name of everything that came in these messages, by message."""
    of = func.substr(arrival.c.key, 1, _IDENTITY)
    query = select(of.label("identity"), arrival.c.key, arrival.c.file_name).where(arrival.c.channel == "mailbox")
    found: dict[str, list[tuple[str, str]]] = {}
    for some in in_batches(identities):
        for row in connection.execute(query.where(of.in_(some)).order_by(arrival.c.id)):
            found.setdefault(row.identity, []).append((row.key, row.file_name))
    return found


def take_up(connection: Connection, arrival_id: int, unit_id: str, item: str, period: str) -> bool:
    """Give an arrival that waits for a person to what it is for, to be settled in this transaction; False where it
    waits no more."""
    waits = (arrival.c.id == arrival_id, arrival.c.state == ArrivalState.UNMATCHED.value)
    values = {"state": ArrivalState.NEW.value, "unit_id": unit_id, "item": item, "period": period}
    return connection.execute(update(arrival).where(*waits).values(values)).rowcount == 1


def understand(connection: Connection, arrival_id: int, unit_id: str, item: str, period: str) -> bool:
    """Note whose a new arrival is and what it is for, where it did not say; False where it was decided."""
    new = (arrival.c.id == arrival_id, arrival.c.state == ArrivalState.NEW.value)
    values = {"unit_id": unit_id, "item": item, "period": period}
    return connection.execute(update(arrival).where(*new).values(values)).rowcount == 1


def renew(connection: Connection, arrival_id: int) -> None:
    """Make an arrival new again that waits for a person, to be read once more."""
    waits = (arrival.c.id == arrival_id, arrival.c.state == ArrivalState.UNMATCHED.value)
    connection.execute(update(arrival).where(*waits).values(state=ArrivalState.NEW.value))


def left_workbooks(connection: Connection) -> list[int]:
    """List the workbooks of known units that wait for a person, oldest first."""
    waits = (arrival.c.state == ArrivalState.UNMATCHED.value, arrival.c.unit_id.is_not(None))
    query = select(arrival.c.id).where(*waits, func.lower(arrival.c.file_name).like("%.xlsx"))
    return list(connection.execute(query.order_by(arrival.c.id)).scalars())


def settle(
    connection: Connection, arrival_id: int, state: ArrivalState, reason: str | None = None, doubt: str | None = None
) -> bool:
    """Decide an arrival that is still new; False when another process did. ``doubt``: why a person is to decide."""
    decided = {"arrival_id": arrival_id, "becomes": state.value, "why": reason, "asks": doubt}
    return connection.execute(_SETTLING, decided).rowcount == 1


def doubt_again(connection: Connection, arrival_id: int, reason: str, doubt: str) -> None:
    """Say again why an arrival waits for a person that waits already."""
    waits = (arrival.c.id == arrival_id, arrival.c.state == ArrivalState.UNMATCHED.value)
    connection.execute(update(arrival).where(*waits).values(reason=reason, doubt=doubt))


def leave_unread(connection: Connection, arrival_id: int, reason: str, version: str) -> bool:
    """Let an arrival wait for a person that the readers of this version failed at; False where it is decided."""
    new = (arrival.c.id == arrival_id, arrival.c.state == ArrivalState.NEW.value)
    values = {"state": ArrivalState.UNMATCHED.value, "reason": reason, "failed_in": version}
    return connection.execute(update(arrival).where(*new).values(values)).rowcount == 1


def unread(connection: Connection, version: str) -> list[int]:
    """List the arrivals that another version of the readers failed at and that still wait."""
    return list(connection.execute(select(arrival.c.id).where(*_failed_before(version))).scalars())


def try_again(connection: Connection, version: str) -> int:
    """Make those new again, to be settled as if they had just come; return how many."""
    values = {"state": ArrivalState.NEW.value, "reason": None, "failed_in": None}
    return connection.execute(update(arrival).where(*_failed_before(version)).values(values)).rowcount


def _failed_before(version: str) -> tuple[ColumnElement[bool], ...]:
    return arrival.c.state == ArrivalState.UNMATCHED.value, arrival.c.failed_in != version


def states(connection: Connection) -> dict[str, int]:
    """Count how many arrivals are in each state."""
    query = select(arrival.c.state, func.count()).group_by(arrival.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def _stored(row: Row[Any]) -> StoredArrival:
    return StoredArrival(**dict(row._mapping) | {"state": ArrivalState(row.state)})

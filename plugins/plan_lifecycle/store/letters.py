"""The outbox: letters queued, claimed, sent. A letter is claimed by a conditional update, so no two senders have it.

``claimed_at`` is wall-clock time: a claim is stale when its process has been silent for too long, whatever the
business day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, or_, select, update

from plan_lifecycle.domain.clock import end_of
from plan_lifecycle.domain.letter import Letter, LetterState
from plan_lifecycle.domain.reminder import REMINDERS
from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.store.engine import in_batches, unless_known
from plan_lifecycle.store.sight import letters_within
from plan_lifecycle.store.tables import letter, letter_before

STALE_AFTER = timedelta(minutes=15)

_FIELDS = tuple(field.name for field in fields(Letter) if field.name != "unsure")
_SELECT = select(*(letter.c[name] for name in _FIELDS))


def queue(connection: Connection, letters: Iterable[Letter]) -> dict[str, int]:
    """Put letters into the outbox; one whose key is there already is left alone. Returns the ids of the new by key."""
    rows = [{name: getattr(each, name) for name in _FIELDS if name != "id"} for each in letters]
    if not rows:
        return {}
    added = connection.execute(unless_known(connection, letter).returning(letter.c.key, letter.c.id), rows)
    return {row.key: row.id for row in added}


def received_by(connection: Connection, keys: Collection[str]) -> set[str]:
    """To whom, in small letters, letters of these keys went or will go: not those that failed or were given up."""
    lost = (LetterState.FAILED.value, LetterState.SUPERSEDED.value)
    query = select(func.lower(letter.c.recipient)).where(letter.c.state.not_in(lost))
    parts = in_batches(sorted(keys))
    return {who for some in parts for who in connection.execute(query.where(letter.c.key.in_(some))).scalars()}


def left(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys whose letter was sent and did not come back."""
    query = select(letter.c.key).where(letter.c.state == LetterState.SENT.value)
    parts = in_batches(sorted(keys))
    return {key for some in parts for key in connection.execute(query.where(letter.c.key.in_(some))).scalars()}


def handed_over_to(connection: Connection, unit_ids: Collection[str]) -> set[str]:
    """Those of the units to which a letter about what they take over has left."""
    query = select(letter.c.unit_id).where(letter.c.kind == "handed_over", letter.c.state == LetterState.SENT.value)
    parts = in_batches(sorted(unit_ids))
    return {who for ids in parts for who in connection.execute(query.where(letter.c.unit_id.in_(ids))).scalars()}


def known(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys under which there is a letter, whatever became of it."""
    query = select(letter.c.key)
    parts = in_batches(sorted(keys))
    return {key for some in parts for key in connection.execute(query.where(letter.c.key.in_(some))).scalars()}


def claim(
    connection: Connection,
    worker: str,
    wall: datetime,
    limit: int,
    *,
    by: date | None = None,
    leaving: Collection[int] = (),
    kinds_held: Collection[str] = (),
    only: Collection[str] = (),
) -> list[Letter]:
    """Claim up to ``limit`` letters for this worker: queued ones whose time has come, and those whose claim went
    stale, but none of ``leaving`` and none of ``kinds_held``; where ``only`` names kinds, letters of these alone.

    ``by``: only letters of this business day and before; one that works on an old day does not send today's.
    """
    stale = and_(letter.c.state == LetterState.CLAIMED.value, letter.c.claimed_at < wall - STALE_AFTER)
    ripe = or_(letter.c.retry_at.is_(None), letter.c.retry_at <= wall)
    free = or_(and_(letter.c.state == LetterState.QUEUED.value, ripe), stale)
    query = select(letter.c.id, letter.c.claimed_at)
    query = query.where(free, letter.c.id.not_in(leaving), letter.c.kind.not_in(kinds_held))
    if only:
        query = query.where(letter.c.kind.in_(only))
    if by is not None:
        query = query.where(letter.c.queued_at < end_of(by))
    query = query.order_by(letter.c.queued_at, letter.c.id).limit(limit)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    found = connection.execute(query).all()
    ids, unsure = [row.id for row in found], {row.id for row in found if row.claimed_at is not None}
    taken = {"state": LetterState.CLAIMED.value, "claimed_by": worker, "claimed_at": wall}
    connection.execute(update(letter).where(letter.c.id.in_(ids), free).values(taken))
    mine = _SELECT.where(letter.c.id.in_(ids), letter.c.claimed_by == worker).order_by(letter.c.queued_at, letter.c.id)
    return [replace(_letter(row._mapping), unsure=row.id in unsure) for row in connection.execute(mine)]


def renew(connection: Connection, ids: Sequence[int], worker: str, wall: datetime) -> set[int]:
    """Say of claimed letters that this worker is still at them; return those that are still its own."""
    mine = (letter.c.id.in_(ids), letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
    connection.execute(update(letter).where(*mine).values(claimed_at=wall))
    return set(connection.execute(select(letter.c.id).where(*mine)).scalars())


def is_claimed_by(connection: Connection, letter_id: int, worker: str) -> bool:
    """Whether a letter is this worker's still."""
    mine = (letter.c.id == letter_id, letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
    return connection.execute(select(letter.c.id).where(*mine)).first() is not None


def mark(connection: Connection, letter_id: int, worker: str, state: LetterState, **values: Any) -> bool:
    """Note what became of a claimed letter; False when the claim was lost to another worker in the meantime."""
    mine = (letter.c.id == letter_id, letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
    attempts = letter.c.attempts + int(state is not LetterState.SUPERSEDED)
    changed = connection.execute(
        update(letter).where(*mine).values({"state": state.value, "attempts": attempts} | values)
    )
    return changed.rowcount == 1


def release(
    connection: Connection,
    ids: Sequence[int],
    worker: str,
    reason: str | None,
    *,
    tried: bool = False,
    retry_at: datetime | None = None,
    unsure: Collection[int] = (),
) -> None:
    """Give claimed letters back to the queue; a reason is noted, None keeps the one that is there. ``tried``: this
    counts as an attempt; ``retry_at`` (wall clock): not to be tried before; those ``unsure`` may have left."""
    connection.execute(
        update(letter)
        .where(letter.c.id.in_(ids), letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
        .values(
            state=LetterState.QUEUED.value,
            claimed_by=None,
            claimed_at=case((letter.c.id.in_(unsure), letter.c.claimed_at), else_=None),
            reason=letter.c.reason if reason is None else reason,
            attempts=letter.c.attempts + int(tried),
            retry_at=retry_at,
        )
    )


def rewrite(connection: Connection, letter_id: int, worker: str, rewritten: Letter) -> None:
    """Replace the words of a letter that this worker has claimed; its key stays, and so does its Message-ID where the
    letter bears it again."""
    mine = (letter.c.id == letter_id, letter.c.claimed_by == worker, letter.c.state == LetterState.CLAIMED.value)
    _rewrite(connection, mine, rewritten)


def rewrite_waiting(connection: Connection, letter_id: int, rewritten: Letter) -> bool:
    """Replace the words of a letter that still waits; False where a sender has taken it in the meantime."""
    return _rewrite(connection, (letter.c.id == letter_id, letter.c.state == LetterState.QUEUED.value), rewritten)


def _rewrite(connection: Connection, which: Sequence[ColumnElement[bool]], rewritten: Letter) -> bool:
    """Replace the words of one letter. What it was before is kept where it bears another Message-ID now: it may have
    left so, and may be answered."""
    before = select(letter.c.message_id, letter.c.id, letter.c.subject, letter.c.blob).where(
        *which, letter.c.message_id != rewritten.message_id
    )
    connection.execute(insert(letter_before).from_select(["message_id", "letter_id", "subject", "blob"], before))
    names = ("message_id", "kind", "subject", "blob")
    values = {name: getattr(rewritten, name) for name in names}
    return connection.execute(update(letter).where(*which).values(values)).rowcount == 1


def waiting_reminders(connection: Connection, before: datetime) -> dict[str, Letter]:
    """Reminders that were queued before a moment and have not left, the newest of each address in small letters."""
    query = _SELECT.add_columns(letter.c.claimed_at.is_not(None).label("unsure")).where(
        letter.c.state == LetterState.QUEUED.value, letter.c.queued_at < before, letter.c.kind.in_(REMINDERS)
    )
    query = query.order_by(letter.c.queued_at, letter.c.id)
    return {row.recipient.lower(): _letter(row._mapping) for row in connection.execute(query)}


def mark_returned(connection: Connection, letter_id: int, at: datetime, reason: str) -> None:
    """Note that the address refused a letter for good, at sending (that was an attempt) or by a bounce afterwards."""
    sending = case((letter.c.state == LetterState.CLAIMED.value, 1), else_=0)
    values = {"state": LetterState.FAILED.value, "permanent": True, "returned_at": at, "reason": reason}
    values |= {"attempts": letter.c.attempts + sending}
    connection.execute(update(letter).where(letter.c.id == letter_id).values(values))


def sent_to(connection: Connection, address: str, since: datetime) -> list[Letter]:
    """Letters that were sent to an address since a moment and did not come back, oldest first."""
    sent = (letter.c.state == LetterState.SENT.value, letter.c.sent_at >= since, letter.c.returned_at.is_(None))
    query = _SELECT.where(func.lower(letter.c.recipient) == address.lower(), *sent).order_by(letter.c.id)
    return [_letter(row._mapping) for row in connection.execute(query)]


def newest(connection: Connection, most: int, *, unit_id: str | None = None, sight: Sight = EVERYTHING) -> list[Letter]:
    """The letters that were queued last, the newest first, about units that may be seen; only those about one unit
    where it is given."""
    query = _SELECT.where(letters_within(sight)).order_by(letter.c.queued_at.desc(), letter.c.id.desc()).limit(most)
    if unit_id is not None:
        query = query.where(letter.c.unit_id == unit_id)
    return [_letter(row._mapping) for row in connection.execute(query)]


def get(connection: Connection, letter_id: int, *, sight: Sight = EVERYTHING) -> Letter | None:
    """One letter, about units that may be seen."""
    row = connection.execute(_SELECT.where(letter.c.id == letter_id, letters_within(sight))).one_or_none()
    return _letter(row._mapping) if row else None


def sent_between(connection: Connection, begin: datetime, end: datetime, *, sight: Sight = EVERYTHING) -> int:
    """How many letters were sent in a time, of units that may be seen; also for servers with a daily quota."""
    query = select(func.count()).where(letter.c.sent_at >= begin, letter.c.sent_at < end, letters_within(sight))
    count: int = connection.execute(query).scalar_one()
    return count


def failed_between(connection: Connection, begin: datetime, end: datetime, *, sight: Sight = EVERYTHING) -> int:
    """How many letters turned out in a time not to reach anybody, of units that may be seen."""
    since = func.coalesce(letter.c.returned_at, letter.c.queued_at)
    failed = (letter.c.state == LetterState.FAILED.value, since >= begin, since < end, letters_within(sight))
    return connection.execute(select(func.count()).select_from(letter).where(*failed)).scalar_one()


def states(connection: Connection) -> dict[str, int]:
    """How many letters are in each state."""
    query = select(letter.c.state, func.count()).group_by(letter.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_queued(connection: Connection, *, sight: Sight = EVERYTHING) -> int:
    """How many letters wait for the next sending, of units that may be seen."""
    waiting = (letter.c.state == LetterState.QUEUED.value, letters_within(sight))
    return connection.execute(select(func.count()).select_from(letter).where(*waiting)).scalar_one()


def oldest_queued(connection: Connection) -> datetime | None:
    """Since when the letter waits that has waited longest; None where none waits."""
    oldest = select(func.min(letter.c.queued_at)).where(letter.c.state == LetterState.QUEUED.value)
    found: datetime | None = connection.execute(oldest).scalar_one()
    return found


def _letter(row: Any) -> Letter:
    return Letter(**dict(row) | {"state": LetterState(row["state"])})

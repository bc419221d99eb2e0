"""What a new version of a plan does to the rows of the old: obligations move or close, drafts and letters go back.

Every change names the state that it found, so that a second run, or a second process, finds nothing to change.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select, update

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import SETTLED, Obligation, ObligationState
from plan_lifecycle.domain.pausing import RulingKind
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.obligations import get_obligations, set_next_rung
from plan_lifecycle.store.plans import RegisteredPlan
from plan_lifecycle.store.tables import draft, letter, obligation, plan, reminder, ruling

_OF_OBLIGATION = (
    select(draft)
    .join(obligation, and_(obligation.c.plan_id == draft.c.plan_id, obligation.c.unit_id == draft.c.unit_id))
    .where(obligation.c.id == bindparam("obligation_id"))
)


class StoredDraft(NamedTuple):
    """A unit's draft under a plan."""

    id: int
    plan_id: int
    unit_id: str
    blob: str
    file_name: str


def earlier_versions(connection: Connection, version: RegisteredPlan) -> list[int]:
    """The ids of the plans that this one took the place of, the newest first."""
    found: list[int] = []
    following = version.replaces_id
    while following is not None and following not in found:
        found.append(following)
        following = connection.execute(select(plan.c.replaces_id).where(plan.c.id == following)).scalar()
    return found


def newest_version(connection: Connection, plan_id: int) -> int:
    """The plan that holds in this one's place; itself where no other has come."""
    seen = {plan_id}
    while True:
        query = select(plan.c.id).where(plan.c.replaces_id == plan_id).order_by(plan.c.id.desc()).limit(1)
        following = connection.execute(query).scalar()
        if following is None or following in seen:
            return plan_id
        seen.add(following)
        plan_id = following


def plans_of(connection: Connection, issuer_id: str) -> list[RegisteredPlan]:
    """Everything that an issuer has registered, the newest first."""
    rows = connection.execute(select(plan).where(plan.c.issuer_id == issuer_id).order_by(plan.c.id.desc()))
    return [RegisteredPlan(*row) for row in rows]


def owed_under(connection: Connection, plan_ids: Collection[int]) -> list[Obligation]:
    """All obligations under these plans, in any state."""
    ids = connection.execute(select(obligation.c.id).where(obligation.c.plan_id.in_(plan_ids))).scalars()
    return get_obligations(connection, list(ids))


def extended(connection: Connection, plan_ids: Collection[int]) -> frozenset[int]:
    """The obligations under these plans whose present day is one that a person gave."""
    query = (
        select(obligation.c.id)
        .join(ruling, ruling.c.obligation_id == obligation.c.id)
        .where(
            obligation.c.plan_id.in_(plan_ids),
            ruling.c.kind == RulingKind.EXTENSION.value,
            ruling.c.due_after == obligation.c.due_on,
        )
    )
    return frozenset(connection.execute(query).scalars())


def move(connection: Connection, before: Obligation, after: Obligation) -> bool:
    """Put an obligation under another clause, to another day; False where it was moved or settled in the meantime."""
    names = (
        "plan_id", "receiver_id", "clause", "phrase", "basis", "opens_on", "due_on", "due_at", "extended_from",
        "next_rung_on",
    )  # fmt: skip
    values = {name: getattr(after, name) for name in names}
    return connection.execute(update(obligation).where(*_as_found(before)).values(values)).rowcount == 1


def close(connection: Connection, owed: Obligation) -> bool:
    """Note that nobody waits for it any more; False where it was moved or settled in the meantime."""
    values = {"state": ObligationState.CLOSED.value, "next_rung_on": None}
    return connection.execute(update(obligation).where(*_as_found(owed)).values(values)).rowcount == 1


def _as_found(owed: Obligation) -> tuple[ColumnElement[bool], ...]:
    day = obligation.c.due_on.is_(None) if owed.due_on is None else obligation.c.due_on == owed.due_on
    return (
        obligation.c.id == owed.id,
        obligation.c.plan_id == owed.plan_id,
        obligation.c.state.not_in([state.value for state in SETTLED]),
        day,
    )


def recall_letters(
    connection: Connection, keys: Collection[str], obligation_ids: Sequence[int], reason: str, today: date
) -> int:
    """Take back letters that wait: those with these keys, and reminders that carry one of these obligations.

    What else such a reminder carried is reminded of again on the next morning. Returns how many were recalled.
    """
    waiting = letter.c.state == LetterState.QUEUED.value
    carrying = {
        row
        for ids in in_batches(obligation_ids)
        for row in connection.execute(select(reminder.c.letter_id).where(reminder.c.obligation_id.in_(ids))).scalars()
        if row is not None
    }
    meant = or_(letter.c.key.in_(keys), letter.c.id.in_(carrying))
    taken = list(connection.execute(select(letter.c.id).where(waiting, meant)).scalars())
    values = {"state": LetterState.SUPERSEDED.value, "reason": reason}
    connection.execute(update(letter).where(letter.c.id.in_(taken), waiting).values(values))
    others = (reminder.c.letter_id.in_(taken), reminder.c.obligation_id.not_in(obligation_ids))
    left = set(connection.execute(select(reminder.c.obligation_id).where(*others)).scalars())
    connection.execute(delete(reminder).where(*others))
    set_next_rung(connection, dict.fromkeys(left, today))
    return len(taken)


def drafts_under(connection: Connection, plan_ids: Collection[int]) -> dict[str, StoredDraft]:
    """The drafts under these plans by unit."""
    rows = connection.execute(select(draft).where(draft.c.plan_id.in_(plan_ids)).order_by(draft.c.plan_id, draft.c.id))
    return {row.unit_id: StoredDraft(row.id, row.plan_id, row.unit_id, row.blob, row.file_name) for row in rows}


def drafts_in_force(connection: Connection) -> dict[int, list[StoredDraft]]:
    """The drafts under every plan that no other took the place of, by plan."""
    replaced = select(plan.c.replaces_id).where(plan.c.replaces_id.is_not(None))
    query = select(draft).where(draft.c.plan_id.not_in(replaced)).order_by(draft.c.plan_id, draft.c.unit_id)
    found: dict[int, list[StoredDraft]] = {}
    for row in connection.execute(query):
        found.setdefault(row.plan_id, []).append(StoredDraft(row.id, row.plan_id, row.unit_id, row.blob, row.file_name))
    return found


def draft_for(connection: Connection, obligation_id: int) -> StoredDraft | None:
    """The draft that goes with an obligation: of its plan, for its unit."""
    row = connection.execute(_OF_OBLIGATION, {"obligation_id": obligation_id}).one_or_none()
    return StoredDraft(row.id, row.plan_id, row.unit_id, row.blob, row.file_name) if row else None


def take_over_draft(connection: Connection, old: StoredDraft, plan_id: int, blob: str, file_name: str) -> bool:
    """Put a draft under the new version; False where that was done in the meantime."""
    same = (draft.c.id == old.id, draft.c.plan_id == old.plan_id)
    values = {"plan_id": plan_id, "blob": blob, "file_name": file_name}
    return connection.execute(update(draft).where(*same).values(values)).rowcount == 1

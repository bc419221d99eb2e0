"""Why a unit was written to, and why not: each rung of each of its obligations, with the letter or the reason.

Answers a chairman who says that nobody reminded his commune: on 21/02 to whom, under which Message-ID; and T−1 was not
sent because the plan had come in on 24/02.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation, ObligationState
from plan_lifecycle.domain.pausing import RulingKind
from plan_lifecycle.domain.reminder import ASKED_AGAIN, RungChoice, RungDay
from plan_lifecycle.domain.state_words import MET, RELEASED_WORDS
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.domain.writing import first_down, short_date
from plan_lifecycle.lifecycle.office import Office, Scene, known_unit
from plan_lifecycle.lifecycle.remind._morning import Due
from plan_lifecycle.lifecycle.remind._preview import rule_in_words
from plan_lifecycle.store import guesses, pauses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import units as unit_rows


class RungState(StrEnum):
    """What became of a rung; ``waiting`` is in the outbox, ``planned`` is still to come."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    SKIPPED = "skipped"
    NOT_SENT = "not_sent"
    PLANNED = "planned"


RUNG_WORDS = {
    RungState.SENT: "đã gửi",
    RungState.WAITING: "chờ gửi",
    RungState.FAILED: "không gửi được",
    RungState.SUPERSEDED: "không còn cần gửi",
    RungState.SKIPPED: "bỏ qua",
    RungState.NOT_SENT: "không gửi",
    RungState.PLANNED: "dự kiến",
}
"""The states as people read them."""


@dataclass(frozen=True, slots=True)
class ExplainedRung:
    """One rung to one recipient. ``day`` is the morning on which it went or will go out; of one that was passed over
    when it fell due. The rest is as the ledger has it."""

    rung: str
    day: date | None
    state: RungState
    rule: str
    recipient: str | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about the obligation."""

    kind: RulingKind
    due_before: date | None
    due_after: date | None
    decided_by: str
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ExplainedObligation:
    """One obligation with its ladder."""

    id: int
    item: Item
    period: str
    what: str
    clause: str
    state: ObligationState
    due_on: date | None
    extended_from: date | None
    rulings: tuple[Ruling, ...]
    rungs: tuple[ExplainedRung, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A unit, the people who are written to now, and everything it owes."""

    unit_id: str
    unit: str
    contacts: tuple[str, ...]
    obligations: tuple[ExplainedObligation, ...]


def explain(office: Office, unit_id: str, now: datetime) -> Explained:
    """Tell of every rung what became of it. Raises InputError for a unit that is not known."""
    with office.store.read() as connection:
        unit = known_unit(office, connection, unit_id, now)
        owed = sorted(
            (obligation for found in obligation_rows.owed_by(connection, [unit_id]).values() for obligation in found),
            key=lambda obligation: (obligation.due_on or date.max, obligation.id),
        )
        ledger = reminder_rows.ledger_of(connection, [obligation.id for obligation in owed])
        day = now.date()
        scene = Scene(
            office.rules,
            day,
            unit_rows.with_former(connection, unit_rows.load_tree(connection, day), [unit_id]),
            unit_rows.load_contacts(connection, day),
            pauses.suspensions(connection, day),
            pauses.absences(connection, day),
            publication_rows.months_of(
                connection, [obligation.id for obligation in owed if obligation.item is Item.QUOTA]
            ),
            guesses.awaiting(connection),
        )
        rulings = {obligation.id: pauses.rulings_of(connection, obligation.id) for obligation in owed}
    return Explained(
        unit_id=unit_id,
        unit=scene.tree.called(unit_id),
        contacts=tuple(to.email for to in scene.recipients(unit_id)),
        obligations=tuple(
            _obligation(scene, unit, obligation, ledger.get(obligation.id, []), rulings[obligation.id])
            for obligation in owed
        ),
    )


def _obligation(
    scene: Scene, unit: Unit, owed: Obligation, ledger: list[dict[str, Any]], rulings: list[dict[str, Any]]
) -> ExplainedObligation:
    return ExplainedObligation(
        id=owed.id,
        item=owed.item,
        period=owed.period,
        what=owed.what,
        clause=owed.clause,
        state=owed.state,
        due_on=owed.due_on,
        extended_from=owed.extended_from,
        rulings=tuple(Ruling(**ruling) for ruling in rulings),
        rungs=tuple(_rungs(scene, unit, owed, ledger)),
    )


def _rungs(scene: Scene, unit: Unit, owed: Obligation, ledger: list[dict[str, Any]]) -> Iterator[ExplainedRung]:
    """First what the ledger has of rungs before an extension, then the present ladder, rung by rung."""
    days = scene.rules.rung_days(owed, unit)
    present = {rung_day.rung.name for rung_day in days}
    for row in ledger:
        if row["rung"] not in present:
            yield _recorded(row, row["on_day"], _of_no_ladder(row["rung"]))
    coming, choice = _next_morning(scene, owed, {row["rung"] for row in ledger})
    for rung_day in days:
        item = Due(owed, rung_day.rung)
        rows = [row for row in ledger if row["rung"] == rung_day.rung.name]
        for row in rows:
            day = rung_day.day if row["why"] is WhyUnsent.SKIPPED else row["on_day"]
            yield _recorded(row, day, rule_in_words(scene, item, day))
        if not rows:
            state, reason = _unrecorded(scene, owed, rung_day, choice)
            caught_up = state is RungState.PLANNED and choice is not None and rung_day == choice.send
            day = coming if caught_up else rung_day.day
            yield ExplainedRung(rung_day.rung.name, day, state, rule_in_words(scene, item, day), reason=reason)


def _of_no_ladder(rung: str) -> str:
    """What a letter was that no rung of the present ladder stands for."""
    return "gửi lại theo đề nghị của cán bộ đầu mối" if rung.startswith(ASKED_AGAIN) else rung


def _next_morning(scene: Scene, owed: Obligation, recorded: set[str]) -> tuple[date, RungChoice | None]:
    """The next morning on which letters go, and what it does about the obligation; None where its rung comes later."""
    coming = scene.rules.calendar.sending_after(scene.today)
    due = owed.next_rung_on is not None and owed.next_rung_on <= coming
    return coming, replace(scene, today=coming).choice(owed, recorded) if due else None


def _recorded(row: dict[str, Any], day: date, rule: str) -> ExplainedRung:
    states = {
        LetterState.SENT: RungState.SENT,
        LetterState.FAILED: RungState.FAILED,
        LetterState.SUPERSEDED: RungState.SUPERSEDED,
    }
    if row["state"] is None:
        state = RungState.SKIPPED if row["why"] is WhyUnsent.SKIPPED else RungState.NOT_SENT
    else:
        state = states.get(LetterState(row["state"]), RungState.WAITING)
    return ExplainedRung(
        rung=row["rung"],
        day=day,
        state=state,
        rule=rule,
        recipient=row["recipient"] or None,
        message_id=row["message_id"],
        sent_at=row["sent_at"],
        reason=row["reason"],
    )


def _unrecorded(
    scene: Scene, owed: Obligation, rung: RungDay, choice: RungChoice | None
) -> tuple[RungState, str | None]:
    """Why a rung that is not in the ledger is not there."""
    if owed.state not in OUTSTANDING:
        return RungState.NOT_SENT, _settled(owed)
    never = scene.never(owed)
    if never is not None:
        return RungState.NOT_SENT, never.words
    held = scene.held_back(owed)
    if rung.day <= scene.today and held is not None:
        return RungState.NOT_SENT, held
    if owed.next_rung_on is None or rung.day < owed.next_rung_on:
        return RungState.NOT_SENT, "nấc nhắc rơi vào trước khi giao nhiệm vụ, hoặc đã qua"
    if choice is not None and rung in choice.skipped:
        return RungState.NOT_SENT, WhyUnsent.SKIPPED.words
    return RungState.PLANNED, held


def _settled(owed: Obligation) -> str:
    if owed.state in RELEASED_WORDS:
        return f"nội dung {RELEASED_WORDS[owed.state]}"
    if owed.first_received_at is None:
        return first_down(MET)
    return f"đã nhận ngày {short_date(owed.first_received_at.date())}"

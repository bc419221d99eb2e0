"""The letters that a decision would send, seen before it is taken: "12 thư sẽ gửi, xem 3 thư"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.submission import SubmissionState
from plan_lifecycle.lifecycle.office import Office, letter_text, open_desk
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId
from plan_lifecycle.lifecycle.submission import letters_of_verdict
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows

SHOWN = 3


class ForeseenLetter(NamedTuple):
    """A letter that is not queued yet, and what its reader would see."""

    letter: Letter
    text: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a decision about several submissions would send: how many letters, some of them as their readers see them,
    and the units that get none; ``decided`` counts what somebody has decided already."""

    letters: int
    shown: tuple[ForeseenLetter, ...]
    without: tuple[str, ...]
    decided: int


def foresee(office: Office, ids: Sequence[SubjectId], decider: Decider, now: datetime, *, accepted: bool) -> Foreseen:
    """What accepting, or returning, these submissions would send. Raises InputError where a reason is owed."""
    reason = decider.reason if accepted else decider.why
    with office.store.read() as connection:
        numbers = [which.number for which in dict.fromkeys(ids) if which.subject is Subject.SUBMISSION]
        sent = submission_rows.find(connection, numbers)
        owed = obligation_rows.get_obligations(connection, sorted({one.obligation_id for one in sent.values()}))
        desk = open_desk(office, connection, now, owed)
    of = {obligation.id: obligation for obligation in owed}
    waiting = [one for one in sent.values() if one.state is SubmissionState.RECEIVED]
    count, without = 0, []
    shown: list[ForeseenLetter] = []
    for one in waiting:
        obligation = of[one.obligation_id]
        told = desk.both_exist(obligation) and not desk.scene.own_duty(obligation)
        people = desk.recipients(obligation.unit_id)[:1] if told else []
        count += len(people)
        if not people:
            without.append(desk.tree.called(obligation.unit_id))
        elif len(shown) < SHOWN:
            letters = letters_of_verdict(desk, obligation, one, reason, accepted=accepted)
            shown += [ForeseenLetter(each, letter_text(office.store.blobs.get(each.blob)).text) for each in letters]
    return Foreseen(count, tuple(shown[:SHOWN]), tuple(without), len(sent) - len(waiting))

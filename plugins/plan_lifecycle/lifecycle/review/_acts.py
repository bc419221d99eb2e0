"""A named person decides: accept, return, reopen, by the ids of the list of what waits.

The coordinator accepts everything that has no finding in one go and returns xã Hòa Thắng's plan with a reason. Two
coordinators at once: whoever is second is told that it was decided; nothing happens twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import RELEASED, Obligation, ObligationState
from plan_lifecycle.domain.submission import ArrivalState, Submission, SubmissionState, clean, doubtful, not_its_own
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId, seen, unknown
from plan_lifecycle.lifecycle.review._taken import decided_before
from plan_lifecycle.lifecycle.submission import accept, return_for_completion
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit, guesses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.guesses import Guess

NOTHING_WAITS = "chưa có văn bản nào chờ xử lý"
NOT_DECIDED = "không có việc đã xử lý để mở lại"
WHY_ITS_OWN = "có dấu hiệu là văn bản của đơn vị, kỳ khác; đề nghị nêu lý do tiếp nhận"
PLACE_FIRST = "là tài liệu chưa xếp vào nội dung nào; đề nghị dùng “review assign {} --to O…”"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one id; ``done`` is False where somebody was quicker, or there was nothing to do (``why``)."""

    id: str
    act: ActKind
    done: bool
    unit: str | None
    why: str | None = None


Outcomes = Iterator[Decided | InputError]
"""One for each id, in order: what became of it, or that it is not known."""


def clean_submissions(office: Office) -> list[SubjectId]:
    """Every waiting submission that may be seen and has no finding, oldest first; one that a person reopened is for a
    person again."""
    with office.store.read() as connection:
        waiting = submission_rows.in_state(connection, SubmissionState.RECEIVED)
    flawless = (
        submission for submission in waiting if clean(submission.findings) and not doubtful(submission.findings)
    )
    ids = [SubjectId(Subject.SUBMISSION, submission.id) for submission in flawless if not submission.held]
    known = seen(office, ids)
    return [which for which in ids if which in known]


def accept_these(office: Office, ids: Sequence[SubjectId], decider: Decider, now: datetime) -> Outcomes:
    """Accept submissions (or what waits for these obligations); what seems to be another's with a reason only."""

    def decide(desk: Desk, owed: Obligation, sent: Submission) -> bool | str:
        if not_its_own(sent.findings) and decider.reason is None:
            return WHY_ITS_OWN
        return accept(desk, owed, sent, by=decider.by, reason=decider.reason)

    return _decide(office, ids, now, ActKind.ACCEPT, decide)


def return_these(office: Office, ids: Sequence[SubjectId], decider: Decider, now: datetime) -> Outcomes:
    """Return submissions with the reason beside their findings. Raises InputError where none is given."""
    reason = decider.why

    def decide(desk: Desk, owed: Obligation, sent: Submission) -> bool:
        return return_for_completion(desk, owed, sent, by=decider.by, reason=reason)

    return _decide(office, ids, now, ActKind.RETURN, decide)


def lay_aside(office: Office, which: SubjectId, decider: Decider, now: datetime) -> Decided:
    """Refuse an arrival that belongs nowhere. Raises InputError where the id is not known, or no reason is given."""
    reason = decider.why
    with office.store.write() as connection:
        if arrival_rows.get(connection, which.number) is None:
            raise unknown(which)
        done = arrival_rows.lay_aside(connection, which.number, reason)
        if done:
            act = audit.Act(now, decider.by, ActKind.RETURN, ActSubject.ARRIVAL, which.number, reason)
            audit.append(connection, act)
        why_not = None if done else decided_before(connection, which)
    return Decided(str(which), ActKind.RETURN, done, None, why_not)


def reopen(office: Office, which: SubjectId, decider: Decider, now: datetime) -> Decided:
    """Let a decision be taken again: a submission waits once more, a released obligation is owed again.

    No rule decides what was reopened. Raises InputError where the id is not known, or no reason is given.
    """
    reason = decider.why
    with office.store.write() as connection:
        if which.subject is Subject.ARRIVAL:
            done, unit_id = _reopen_arrival(connection, which), None
        elif which.subject is Subject.SUBMISSION:
            done, unit_id = _reopen_submission(connection, which)
        else:
            done, unit_id = _reopen_obligation(office, connection, which, now)
        if done:
            act = audit.Act(now, decider.by, ActKind.REOPEN, which.subject.of_act, which.number, reason)
            audit.append(connection, act)
        name = unit_rows.name_of(connection, unit_id) if unit_id else None
    return Decided(str(which), ActKind.REOPEN, done, name, None if done else NOT_DECIDED)


def _reopen_arrival(connection: Connection, which: SubjectId) -> bool:
    arrival = arrival_rows.get(connection, which.number)
    if arrival is None:
        raise unknown(which)
    if not arrival_rows.reopen(connection, which.number):
        return False
    if arrival.unit_id is not None and not guesses.of(connection, which.number):
        guesses.note(connection, which.number, [Guess(arrival.unit_id)])
    return True


def _reopen_submission(connection: Connection, which: SubjectId) -> tuple[bool, str]:
    found = submission_rows.find(connection, [which.number]).get(which.number)
    if found is None:
        raise unknown(which)
    owed = obligation_rows.lock(connection, found.obligation_id)
    if not submission_rows.reopen(connection, which.number):
        return False, owed.unit_id
    if owed.state not in RELEASED:
        versions = submission_rows.versions(connection, owed.id)
        obligation_rows.reopen(connection, owed.id, _standing(versions), owed.next_rung_on)
    return True, owed.unit_id


def _reopen_obligation(office: Office, connection: Connection, which: SubjectId, now: datetime) -> tuple[bool, str]:
    owed = obligation_rows.lock(connection, the_obligation(connection, which).id)
    if owed.state not in RELEASED:
        return False, owed.unit_id
    versions = submission_rows.versions(connection, owed.id)
    unit = unit_rows.get_unit(connection, owed.unit_id)
    next_rung_on = office.rules.next_rung_on(owed, unit, now.date())
    obligation_rows.reopen(connection, owed.id, _standing(versions), next_rung_on)
    return True, owed.unit_id


def _standing(versions: Sequence[Submission]) -> ObligationState:
    """How an obligation stands by what was sent for it."""
    if not versions:
        return ObligationState.OPEN
    if any(submission.state is SubmissionState.ACCEPTED for submission in versions):
        return ObligationState.MET
    return ObligationState.RETURNED if versions[-1].state is SubmissionState.RETURNED else ObligationState.RECEIVED


def _decide(
    office: Office,
    ids: Sequence[SubjectId],
    now: datetime,
    act: ActKind,
    decide: Callable[[Desk, Obligation, Submission], bool | str],
) -> Outcomes:
    """Decide one after the other; ``decide`` says whether it was done, or why it may not be."""
    with office.store.read() as connection:
        sent = _submissions(connection, ids)
        obligation_ids = {
            submission.obligation_id for submission in sent.values() if isinstance(submission, Submission)
        }
        owed = obligation_rows.get_obligations(connection, sorted(obligation_ids))
        desk = open_desk(office, connection, now, owed)
    obligations = {obligation.id: obligation for obligation in owed}
    for which in ids:
        submission = sent[which]
        if isinstance(submission, InputError):
            yield submission
        elif isinstance(submission, str):
            yield Decided(str(which), act, False, None, submission)
        else:
            obligation = obligations[submission.obligation_id]
            outcome = decide(desk, obligation, submission)
            why_not = outcome if isinstance(outcome, str) else None if outcome else _taken(office, submission)
            yield Decided(str(which), act, outcome is True, desk.tree.called(obligation.unit_id), why_not)


def _taken(office: Office, sent: Submission) -> str:
    with office.store.read() as connection:
        return decided_before(connection, SubjectId(Subject.SUBMISSION, sent.id))


def _submissions(connection: Connection, ids: Sequence[SubjectId]) -> dict[SubjectId, Submission | InputError | str]:
    """The submission that each id means; for an obligation the version that waits; else why there is none."""
    sent = submission_rows.find(
        connection, [subject.number for subject in ids if subject.subject is Subject.SUBMISSION]
    )
    numbers = [subject.number for subject in ids if subject.subject is Subject.OBLIGATION]
    known = {obligation.id for obligation in obligation_rows.get_obligations(connection, numbers)}
    found: dict[SubjectId, Submission | InputError | str] = {}
    for which in ids:
        if which.subject is Subject.SUBMISSION and which.number in sent:
            found[which] = sent[which.number]
        elif which.subject is Subject.OBLIGATION and which.number in known:
            versions = submission_rows.versions(connection, which.number)
            found[which] = next(
                (submission for submission in versions if submission.state is SubmissionState.RECEIVED), NOTHING_WAITS
            )
        elif which.subject is Subject.ARRIVAL and (arrival := arrival_rows.get(connection, which.number)):
            waits = arrival.state is ArrivalState.UNMATCHED
            found[which] = PLACE_FIRST.format(which) if waits else decided_before(connection, which)
        else:
            found[which] = unknown(which)
    return found


def the_obligation(connection: Connection, which: SubjectId) -> Obligation:
    """What an id means: an obligation, or that of a submission. Raises InputError where there is none."""
    number = which.number
    if which.subject is Subject.SUBMISSION:
        sent = submission_rows.find(connection, [number]).get(number)
        number = sent.obligation_id if sent else 0
    found = [] if which.subject is Subject.ARRIVAL else obligation_rows.get_obligations(connection, [number])
    if not found:
        raise unknown(which)
    return found[0]

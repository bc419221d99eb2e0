"""Reviewing: a coordinator accepts what was submitted, or returns it with what is to be completed.

An accepted submission meets its obligation; a returned one leaves it open with a fresh day to send it again, and its
first date still counts. Each decision is one transaction with its letter and its row in the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.config.rules import OnDoubt, Rules
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import BY_RULE
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation, ObligationState
from plan_lifecycle.domain.submission import Submission, SubmissionState, clean, doubtful, unsure
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Desk, Office, contained, open_desk, told_in
from plan_lifecycle.lifecycle.submission._answers import accepted_letters, resend_by, return_letters
from plan_lifecycle.lifecycle.submission._file import is_delivery, state_when_accepted
from plan_lifecycle.lifecycle.submission._owner import hold_crossed
from plan_lifecycle.store import audit
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many submissions were accepted and returned; ``faults`` are those that could not be answered."""

    accepted: int
    returned: int
    faults: tuple[str, ...] = ()


def review_clean(office: Office, now: datetime, *, tree: UnitTree | None = None) -> Reviewed:
    """Accept what has no finding and return what has one, as far as the rules leave that to the software.

    What is only doubtful goes the way that ``on_doubt`` of ``config/cascade.yaml`` says. ``tree`` is that of the units
    as they were read a moment ago.
    """
    with office.store.read() as connection:
        waiting = submission_rows.in_state(connection, SubmissionState.RECEIVED)
        owed = obligation_rows.get_obligations(connection, sorted({submission.obligation_id for submission in waiting}))
        units = {obligation.unit_id for obligation in owed}
        desk = open_desk(office, connection, now, owed, answers_to=units, tree=tree)
    obligations = {obligation.id: obligation for obligation in owed}
    accepted = returned = 0
    faults: list[str] = []
    free = [sent for sent in waiting if not sent.held]
    crossed = hold_crossed(desk, [sent.id for sent in free])
    for submission in [sent for sent in free if sent.id not in crossed]:
        obligation = obligations[submission.obligation_id]
        named = {"unit": obligation.unit_id, "plan": obligation.plan_id, "obligation": obligation.id}
        with contained(obligation.unit_id, told_in(faults, desk.tree.called(obligation.unit_id)), **named):
            becomes = _by_rule(office.rules, submission)
            if becomes is SubmissionState.ACCEPTED:
                accepted += accept(desk, obligation, submission, by=BY_RULE)
            elif becomes is SubmissionState.RETURNED:
                returned += return_for_completion(desk, obligation, submission, by=BY_RULE)
    return Reviewed(accepted, returned, tuple(faults))


def _by_rule(rules: Rules, submission: Submission) -> SubmissionState | None:
    """Say what the rules make of a submission; None: it waits for a person."""
    if not clean(submission.findings):
        return SubmissionState.RETURNED if rules.return_with_findings else None
    if unsure(submission.findings):
        return None
    on_doubt = rules.on_doubt if doubtful(submission.findings) else OnDoubt.ACCEPT
    if on_doubt is OnDoubt.RETURN:
        return SubmissionState.RETURNED
    return SubmissionState.ACCEPTED if on_doubt is OnDoubt.ACCEPT and rules.accept_clean else None


def accept(desk: Desk, obligation: Obligation, submission: Submission, *, by: str, reason: str | None = None) -> bool:
    """Accept a waiting submission; False when somebody decided before."""
    letters = letters_of_verdict(desk, obligation, submission, reason, accepted=True)
    return _decide(desk, submission, SubmissionState.ACCEPTED, letters, by=by, reason=reason)


def return_for_completion(
    desk: Desk, obligation: Obligation, submission: Submission, *, by: str, reason: str | None = None
) -> bool:
    """Return a waiting submission; False when somebody decided before."""
    letters = letters_of_verdict(desk, obligation, submission, reason, accepted=False)
    return _decide(desk, submission, SubmissionState.RETURNED, letters, by=by, reason=reason)


def letters_of_verdict(
    desk: Desk, obligation: Obligation, submission: Submission, reason: str | None, *, accepted: bool
) -> list[Letter]:
    """The letters that a verdict would send, in words and not yet queued."""
    if not accepted:
        return return_letters(desk, obligation, submission, reason)
    with desk.office.store.read() as connection:
        becomes = state_when_accepted(connection, obligation, desk.office.rules.signed_paper_for)
    return accepted_letters(desk, obligation, submission, awaits_paper=becomes is ObligationState.FIGURES_ONLY)


def _decide(
    desk: Desk,
    submission: Submission,
    state: SubmissionState,
    letters: Sequence[Letter],
    *,
    by: str,
    reason: str | None,
) -> bool:
    obligation_id, accepted = submission.obligation_id, state is SubmissionState.ACCEPTED
    with desk.office.store.write() as connection:
        if not submission_rows.review(connection, submission.id, state, at=desk.now, by=by, reason=reason):
            return False
        becomes = ObligationState.RETURNED
        if accepted:
            owed = obligation_rows.lock(connection, obligation_id)
            becomes = state_when_accepted(connection, owed, desk.office.rules.signed_paper_for)
        obligation_rows.set_state(connection, obligation_id, becomes, desk.now)
        if not accepted and not any(map(is_delivery, submission_rows.versions(connection, obligation_id))):
            obligation_rows.forget_receipt(connection, obligation_id)
        if not accepted:
            obligation_rows.set_resend_by(connection, obligation_id, resend_by(desk))
            _climb_again(connection, desk, obligation_id)
        letter_rows.queue(connection, letters)
        details = {"obligation": obligation_id, "version": submission.version, "blob": submission.blob}
        kind = ActKind.ACCEPT if accepted else ActKind.RETURN
        act = audit.Act(desk.now, by, kind, ActSubject.SUBMISSION, submission.id, reason, details)
        audit.append(connection, act)
    return True


def _climb_again(connection: Connection, desk: Desk, obligation_id: int) -> None:
    """Have what was returned reminded of by the day on which it is awaited again, where there is a ladder to that."""
    owed = obligation_rows.lock(connection, obligation_id)
    rules, unit = desk.office.rules, desk.tree.get(owed.unit_id)
    aim = rules.aim(owed)
    if aim is not None and aim.again:
        obligation_rows.set_next_rung(connection, {owed.id: rules.next_rung_on(owed, unit, desk.now.date())})

"""What waits for a coordinator, in one list: *Việc chờ xử lý*.

Xã Bình An's plan with a finding (S12), a file whose sender nobody knows (A7), an obligation whose deadline only a
person can read (O5). The letter before the number says what it is; acts take the same ids.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plan_lifecycle.domain.obligation import Obligation, title
from plan_lifecycle.domain.state_words import OWN_DUTY
from plan_lifecycle.domain.submission import clean, doubtful
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import EndedDuty, Heir, Office, ended_duties, is_own_duty
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId
from plan_lifecycle.lifecycle.review._unplaced import Surroundings, Unplaced
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import sight as seen_rows
from plan_lifecycle.store import statements
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store import waiting as waiting_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.statements import Said, StatementKind
from plan_lifecycle.store.waiting import WaitingArrival, WaitingObligation, WaitingSubmission


class WaitingKind(StrEnum):
    """Why something waits: to be reviewed, to be placed, for a day; it came when its report had been compiled; the
    coordinating agency owes it itself; its unit exists no more; or it was accepted, and something in it should be
    looked at again before its report is compiled; or its unit says that it was sent, or asks for more time."""

    SUBMISSION = "submission"
    ARRIVAL = "arrival"
    OBLIGATION = "obligation"
    ADDENDUM = "addendum"
    OWN_DUTY = "own_duty"
    ENDED = "ended"
    DOUBT = "doubt"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits; ``what`` is its title for users.

    ``clean`` says that nothing was found; ``why`` are the findings, or why it could not be placed or read; ``arrival``
    what is known around one that could not be placed, ``heirs`` who may take over from a unit that exists no more,
    ``stated`` what the unit says or asks on its page.
    """

    id: str
    kind: WaitingKind
    unit_id: str | None
    unit: str | None
    what: str
    item: str | None
    period: str | None
    received_at: datetime | None
    days_late: int | None
    clean: bool
    why: tuple[str, ...]
    file: str | None
    obligation: str | None = None
    reference: str | None = None
    version: int | None = None
    arrival: Unplaced | None = None
    heirs: tuple[Heir, ...] = ()
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a unit says on its page of what it owes until ``due_on``: of a paper number, own date and day of sending,
    or the last day that it asks for and why."""

    kind: StatementKind
    by: str
    due_on: date | None
    reference: str | None
    issued_on: date | None
    sent_on: date | None
    until: date | None
    reason: str


def waiting(office: Office, now: datetime) -> list[Waiting]:
    """Everything that waits: submissions, arrivals, obligations without a day, late ones for an addendum, what the
    coordinating agencies owe themselves, and what is open of units that exist no more; of all this what may be seen."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        submissions = waiting_rows.submissions_to_review(connection)
        addenda = waiting_rows.submissions_for_addendum(connection)
        arrivals = waiting_rows.arrivals_to_place(connection)
        obligations = waiting_rows.obligations_without_day(connection)
        ended = ended_duties(connection, now.date())
        tree = unit_rows.with_former(
            connection,
            tree,
            [*(sent.unit_id for sent in (*submissions, *addenda)), *(arrival.unit_id for arrival in arrivals)],
        )
        known = seen_rows.seen_arrivals(connection, [arrival.id for arrival in arrivals], office.sight)
        arrivals = [arrival for arrival in arrivals if arrival.id in known]
        named = waiting_rows.obligations_of_units_named(connection, office.rules.coordinating_agencies)
        around = Surroundings(office, connection, tree, now, arrivals)
        said = _stated(connection, tree)
        unplaced = [_arrival(tree, arrival, around.of(arrival)) for arrival in arrivals]
    found = [
        *_submissions(tree, WaitingKind.SUBMISSION, submissions),
        *unplaced,
        *said,
        *(_obligation(tree, obligation) for obligation in obligations if obligation.id not in ended),
        *_submissions(tree, WaitingKind.ADDENDUM, addenda),
        *(_own(tree, owed) for owed in named if is_own_duty(office.rules, tree, owed.unit_id, owed.receiver_id)),
        *(_ended(duty) for duty in ended.values()),
    ]
    return [one for one in found if one.kind is WaitingKind.ARRIVAL or office.sight.has(one.unit_id)]


def in_doubt(office: Office, now: datetime) -> list[Waiting]:
    """Accepted reports in which something should be looked at again: nobody has to, and they can be opened again."""
    with office.store.read() as connection:
        found = [sent for sent in waiting_rows.reports_in_doubt(connection) if office.sight.has(sent.unit_id)]
        tree = unit_rows.load_tree(connection, now.date())
        tree = unit_rows.with_former(connection, tree, [sent.unit_id for sent in found])
    doubts = [replace(sent, findings=tuple(one for one in sent.findings if one.doubt)) for sent in found]
    return _submissions(tree, WaitingKind.DOUBT, doubts)


def _stated(connection: Connection, tree: UnitTree) -> list[Waiting]:
    found = statements.waiting(connection)
    ids = sorted({one.said.obligation_id for one in found})
    owed = {one.id: one for one in obligation_rows.get_obligations(connection, ids)}
    tree = unit_rows.with_former(connection, tree, [one.unit_id for one in owed.values()])
    return [_statement(tree, owed[one.said.obligation_id], one.said) for one in found]


def _statement(tree: UnitTree, owed: Obligation, said: Said) -> Waiting:
    which = str(SubjectId(Subject.OBLIGATION, owed.id))
    stated = Stated(
        said.kind, said.stated_by, owed.due_on, said.reference, said.issued_on, said.sent_on, said.until, said.reason
    )
    return Waiting(
        which, WaitingKind.STATED, owed.unit_id, _named(tree, owed.unit_id), owed.what, owed.item.value, owed.period,
        said.stated_at, None, False, (_words(said),), None, obligation=which, reference=said.reference, stated=stated,
    )  # fmt: skip


def _words(said: Said) -> str:
    if said.kind is StatementKind.MORE_TIME:
        until = f" đến hết ngày {short_date(said.until)}" if said.until else ""
        return f"Đơn vị đề nghị thêm thời gian{until}: {said.reason}"
    dated = f" ngày {short_date(said.issued_on)}" if said.issued_on else ""
    return f"Đơn vị cho biết đã gửi qua hệ thống quản lý văn bản và điều hành: số {said.reference}{dated}"


def _ended(duty: EndedDuty) -> Waiting:
    owed, which = duty.owed, str(SubjectId(Subject.OBLIGATION, duty.owed.id))
    return Waiting(
        which, WaitingKind.ENDED, owed.unit_id, duty.unit, owed.what, owed.item.value, owed.period,
        None, None, False, (duty.why,), None, obligation=which, heirs=duty.heirs,
    )  # fmt: skip


def _obligation(tree: UnitTree, each: WaitingObligation) -> Waiting:
    which, unit = str(SubjectId(Subject.OBLIGATION, each.id)), _named(tree, each.unit_id)
    return Waiting(
        which, WaitingKind.OBLIGATION, each.unit_id, unit, title(each.item, each.period, each.abstract),
        each.item.value, each.period,
        None, None, False, (f"Thời hạn chưa xác định được: “{each.phrase}”",), None, obligation=which,
    )  # fmt: skip


def _own(tree: UnitTree, owed: WaitingObligation) -> Waiting:
    which, unit = str(SubjectId(Subject.OBLIGATION, owed.id)), _named(tree, owed.unit_id)
    last_day = f", chậm nhất hết ngày {short_date(owed.due_on)}" if owed.due_on else ""
    return Waiting(
        which, WaitingKind.OWN_DUTY, owed.unit_id, unit, title(owed.item, owed.period, owed.abstract),
        owed.item.value, owed.period,
        None, None, False, (f"{OWN_DUTY}{last_day}",), None, obligation=which,
    )  # fmt: skip


def _arrival(tree: UnitTree, each: WaitingArrival, around: Unplaced) -> Waiting:
    return Waiting(
        str(SubjectId(Subject.ARRIVAL, each.id)), WaitingKind.ARRIVAL, each.unit_id, _named(tree, each.unit_id),
        each.file_name, None, None, each.received_at, None, False,
        (each.reason,) if each.reason else (), each.file_name, arrival=around,
    )  # fmt: skip


def _submissions(tree: UnitTree, kind: WaitingKind, found: Iterable[WaitingSubmission]) -> list[Waiting]:
    return [
        Waiting(
            str(SubjectId(Subject.SUBMISSION, submission.id)),
            kind,
            submission.unit_id,
            _named(tree, submission.unit_id),
            title(submission.item, submission.period, submission.abstract),
            submission.item.value,
            submission.period,
            submission.received_at,
            submission.days_late,
            clean(submission.findings) and not doubtful(submission.findings),
            tuple(finding.whole for finding in submission.findings), submission.file_name,
            obligation=str(SubjectId(Subject.OBLIGATION, submission.obligation_id)),
            reference=submission.reference, version=submission.version,
        )
        for submission in found
    ]  # fmt: skip


def _named(tree: UnitTree, unit_id: str | None) -> str | None:
    unit = tree.known(unit_id)
    return tree.named(unit) if unit else None

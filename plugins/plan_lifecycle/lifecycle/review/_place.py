"""Placing: a person says what an arrival is for that nobody could match, and it is filed as if it had been.

A mail from a private address brings xã Bình An's plan; the coordinator sees in the list what is owed and says O5. Gate,
checks, version and receipt are those of any other arrival, the day is that on which it came, and the trail says who
placed it. Doing it again gives the same answer; of two coordinators the second learns who was quicker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from plan_lifecycle.documents.gate import Verdict
from plan_lifecycle.documents.gate import version as gate_version
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId
from plan_lifecycle.lifecycle.submission import (
    RETURNED_BEFORE,
    Judged,
    Superiors,
    file_arrival,
    fits,
    judge,
    may_be_placed,
    receipt_letters,
    refusal_letters,
    review_clean,
    take_out,
    told_at_once,
)
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.database import Connection

ACT = ActKind.ASSIGN
_DECIDES = frozenset({ACT, ActKind.RETURN})


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one arrival. ``done`` is False where it was not filed for ``to``, and ``why`` says so.

    ``submissions`` are what it is (part of) now, ``findings`` what is to be mended in them; ``days_late`` is 0 in time.
    """

    id: str
    act: ActKind
    done: bool
    unit: str | None
    why: str | None = None
    to: tuple[str, ...] = ()
    submissions: tuple[str, ...] = ()
    days_late: int | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placing:
    """Who places what where: the obligations, all of one unit and item; ``sure`` goes against what the file says."""

    owed: tuple[Obligation, ...]
    by: str
    reason: str
    sure: bool = False


def place_these(
    office: Office,
    ids: Sequence[SubjectId],
    to: Sequence[SubjectId],
    decider: Decider,
    now: datetime,
    *,
    sure: bool = False,
) -> Iterator[Placed | InputError]:
    """File arrivals for the obligations ``to``; one outcome for each arrival, in order.

    Raises InputError where ``to`` are no obligations of one unit and one item, or no reason is given.
    """
    with office.store.read() as connection:
        placing = Placing(_obligations(connection, to), decider.by, decider.why, sure)
        desk = open_desk(office, connection, now, placing.owed)
    superiors = Superiors(office, desk.tree)
    filed = False
    for which in ids:
        outcome = _place(desk, superiors, which, placing)
        filed = filed or (isinstance(outcome, Placed) and outcome.done)
        yield outcome
    if filed:
        review_clean(office, now)


def _obligations(connection: Connection, to: Sequence[SubjectId]) -> tuple[Obligation, ...]:
    numbers = sorted({which.number for which in to if which.subject is Subject.OBLIGATION})
    found = {obligation.id: obligation for obligation in obligation_rows.get_obligations(connection, numbers)}
    for which in to:
        if which.subject is not Subject.OBLIGATION or which.number not in found:
            vi = f"Không có nội dung phải gửi “{which}”."
            raise InputError("the id of an obligation (O5)", field="--to", found=str(which), vi=vi)
    if len({(obligation.unit_id, obligation.item) for obligation in found.values()}) != 1:
        vi = "Các nội dung ở --to phải của cùng một đơn vị và cùng một loại văn bản."
        shown = " ".join(map(str, to))
        raise InputError("obligations of one unit and one item", field="--to", found=shown, vi=vi)
    return tuple(found.values())


def _place(desk: Desk, superiors: Superiors, which: SubjectId, placing: Placing) -> Placed | InputError:
    with desk.office.store.read() as connection:
        arrival = (
            arrival_rows.get(connection, which.number, gate=gate_version())
            if which.subject is Subject.ARRIVAL
            else None
        )
        if arrival is None:
            vi = f"Không có tài liệu tiếp nhận “{which}”."
            return InputError("the id of an arrival (A7)", field="ID", found=str(which), vi=vi)
        if arrival.state is not ArrivalState.UNMATCHED:
            return _decided(connection, desk, arrival, placing)
        owed_by_unit = obligation_rows.owed_by(connection, [placing.owed[0].unit_id])
    refusal = may_be_placed(arrival, placing.owed)
    if refusal is None and arrival.blob is not None:
        upload = take_out(desk.office, arrival)
        judged = judge(desk, superiors, upload, placing.owed, sure=placing.sure)
        refusal = fits(judged, arrival, placing.owed, owed_by_unit, sure=placing.sure)
        if refusal is None:
            return _settle(desk, arrival, judged, placing)
    return _answer(desk, arrival, placing.owed, why=refusal)


def _settle(desk: Desk, arrival: StoredArrival, judged: Judged | Verdict, placing: Placing) -> Placed:
    """Decide the arrival in one transaction, with its letters and its row in the trail."""
    first = placing.owed[0]
    known = replace(arrival, unit_id=first.unit_id, item=first.item.value, period=first.period)
    if isinstance(judged, Judged):
        told = told_at_once(desk.office.store, judged, first, desk.office.rules.signed_paper_for)
        letters = receipt_letters(desk, known, placing.owed, told, everyone=True)
    else:
        letters = refusal_letters(desk, known, first, judged.reason)
    with desk.office.store.write() as connection:
        if not arrival_rows.take_up(connection, arrival.id, first.unit_id, first.item.value, first.period):
            return _decided(connection, desk, arrival_rows.get(connection, arrival.id) or arrival, placing)
        if isinstance(judged, Judged):
            again = partial(refusal_letters, desk, known, reason=RETURNED_BEFORE)
            state = file_arrival(connection, known, judged, letters, again)
        else:
            arrival_rows.settle(connection, arrival.id, state := ArrivalState.REFUSED, judged.reason)
            letter_rows.queue(connection, letters)
        audit.append(connection, _act(desk, arrival, placing, state))
        return _decided(connection, desk, arrival_rows.get(connection, arrival.id) or arrival, placing)


def _act(desk: Desk, arrival: StoredArrival, placing: Placing, state: ArrivalState | None) -> audit.Act:
    details = {
        "obligations": [obligation.id for obligation in placing.owed],
        "became": state.value if state else None,
        "blob": arrival.blob,
        "claimed": {"unit": arrival.unit_id, "item": arrival.item, "period": arrival.period},
        "waited": arrival.reason,
    }
    return audit.Act(desk.now, placing.by, ACT, ActSubject.ARRIVAL, arrival.id, placing.reason, details)


def _decided(connection: Connection, desk: Desk, arrival: StoredArrival, placing: Placing) -> Placed:
    """Answer for an arrival that waits no more: the same to whoever placed it so, else who did what with it."""
    acts = [act for act in audit.acts(connection, ActSubject.ARRIVAL, arrival.id) if act.act in _DECIDES]
    last = acts[-1] if acts else None
    wanted = [obligation.id for obligation in placing.owed]
    placed = last.details["obligations"] if last and last.act is ACT else []
    if last is None or (placed, last.by) != (wanted, placing.by):
        return _answer(desk, arrival, placing.owed, why=_why_not(connection, arrival, last, placed))
    if arrival.state is ArrivalState.REFUSED:
        return _answer(desk, arrival, placing.owed, why=_not_let_in(arrival))
    ids = file_rows.holding(connection, arrival.blob or "", wanted)
    sent = list(submission_rows.find(connection, ids).values())
    findings = dict.fromkeys(found.whole for submission in sent for found in submission.findings if found.blocks)
    done = _answer(desk, arrival, placing.owed, why=arrival.reason)
    return replace(
        done,
        done=True,
        submissions=tuple(str(SubjectId(Subject.SUBMISSION, number)) for number in ids),
        days_late=max((submission.days_late for submission in sent), default=0),
        findings=tuple(findings),
    )


def _why_not(connection: Connection, arrival: StoredArrival, last: audit.Act | None, placed: Sequence[int]) -> str:
    if last is not None and last.act is ACT:
        where = "; ".join(f"“{owed.what}”" for owed in obligation_rows.get_obligations(connection, placed))
        return f"đã được {last.by} xếp vào {where} trước đó"
    if last is not None and arrival.state is ArrivalState.REFUSED:
        return f"đã được {last.by} trả lại: {arrival.reason}; nếu cần, đề nghị mở lại trước khi xếp"
    if arrival.state is ArrivalState.REFUSED:
        return _not_let_in(arrival)
    if arrival.state is ArrivalState.NEW:
        return "đang chờ tiếp nhận tự động; đề nghị xem lại danh sách sau lần chạy tới"
    return arrival.reason or "đã được ghi nhận tự động trước đó"


def _not_let_in(arrival: StoredArrival) -> str:
    return f"không tiếp nhận được: {arrival.reason}"


def _answer(desk: Desk, arrival: StoredArrival, owed: Sequence[Obligation], *, why: str | None) -> Placed:
    return Placed(
        id=str(SubjectId(Subject.ARRIVAL, arrival.id)),
        act=ACT,
        done=False,
        unit=desk.tree.called(owed[0].unit_id),
        why=why,
        to=tuple(str(SubjectId(Subject.OBLIGATION, obligation.id)) for obligation in owed),
    )

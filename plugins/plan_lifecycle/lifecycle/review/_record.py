"""*Ghi nhận thay*: what came over the document axis, on paper or by hand is put on record by the coordinator.

The registry has UBND xã Bình An's plan 07/KH-UBND of 20/02/2023, received on 21/02. One step: the obligation is met,
reminders stop at once, the audit trail says who recorded it. The same paper again changes nothing. Where the unit's
figures or Word file are there already, the paper joins them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.clock import LOCAL, opening_of
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Arrival, ArrivalState, Finding, Rule, Submission, SubmissionState
from plan_lifecycle.domain.text import nfc
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review._acts import the_obligation
from plan_lifecycle.lifecycle.review._ids import SubjectId
from plan_lifecycle.lifecycle.review._owed import owed_as
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit, statements
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.statements import StatementKind, StatementState
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.uploads import RECORDED
from plan_lifecycle.store.waiting import report_compiled

NO_FIGURES = Finding(Rule.REPORT_FIGURES, "Chưa có số liệu: đề nghị gửi biểu số liệu (Excel hoặc Word).", blocks=False)


class Via(StrEnum):
    """How a paper came."""

    AXIS = "axis"
    PAPER = "paper"
    HAND = "hand"


_VIA = {Via.AXIS: "hệ thống quản lý văn bản và điều hành", Via.PAPER: "bản giấy", Via.HAND: "nhận trực tiếp"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the registry knows it: whose and what it is, its number and date, when and how it came."""

    unit_id: str
    item: Item
    period: str
    reference: str | None
    issued_on: date | None
    received_on: date
    via: Via = Via.AXIS
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The submission that the paper is now; ``new`` is False where it was on record. ``days_late`` is 0 in time."""

    id: str
    unit_id: str
    what: str
    new: bool
    days_late: int


def record_paper(office: Office, paper: Paper, decider: Decider, now: datetime) -> Recorded:
    """Put a paper on record for everything that it meets: one paper may meet the same item of several plans.

    Raises InputError where the unit owes no such thing, or the dates cannot be.
    """
    _check_dates(paper, now)
    data = _note(paper)
    blob = office.store.blobs.put(data)
    came = Arrival(
        channel=RECORDED,
        key=blob,
        received_at=opening_of(paper.received_on),
        file_name=f"{(paper.reference or 'van-ban').replace('/', '-')}.json",
        data=data,
        unit_id=paper.unit_id,
        item=paper.item.value,
        period=paper.period,
        sender=decider.by,
    )
    with office.store.write() as connection:
        owed = owed_as(connection, paper.unit_id, paper.item.value, paper.period)
        arrival_rows.record(connection, came, blob)
        arrival_id = arrival_rows.id_of(connection, RECORDED, blob)
        arrival_rows.settle(connection, arrival_id, ArrivalState.FILED)
        done = [_record(connection, obligation.id, paper, arrival_id, blob, decider, now) for obligation in owed]
        for submission_id, new, _ in done:
            if new:
                details = json.loads(data) | {"obligations": [obligation.id for obligation in owed]}
                act = audit.Act(
                    now, decider.by, ActKind.RECORD, ActSubject.SUBMISSION, submission_id, decider.reason, details
                )
                audit.append(connection, act)
    submission_id, new, days_late = done[0]
    return Recorded(f"S{submission_id}", paper.unit_id, owed[0].what, new, days_late)


def paper_for(
    office: Office, which: SubjectId, reference: str, issued_on: date | None, received_on: date, via: Via = Via.AXIS
) -> Paper:
    """A paper for what an id means (O5), as it was typed. Raises InputError where the id is not known."""
    with office.store.read() as connection:
        owed = the_obligation(connection, which)
    reference = " ".join(nfc(reference).split())
    return Paper(owed.unit_id, owed.item, owed.period, reference or None, issued_on, received_on, via)


def read_paper(
    unit_id: str, item: str, period: str, reference: str, issued_on: date | None, received_on: date, via: str
) -> Paper:
    """A paper from what was typed. Raises InputError that names the field."""
    for field, value, kind in (("item", item, Item), ("via", via, Via)):
        if value.strip().lower() not in {choice.value for choice in kind}:
            raise InputError(" | ".join(choice.value for choice in kind), field=field, found=value)
    code = Period.parse(period).code
    reference = " ".join(nfc(reference).split())
    return Paper(
        unit_id, Item(item.strip().lower()), code, reference or None, issued_on, received_on, Via(via.strip().lower())
    )


def _record(
    connection: Connection,
    obligation_id: int,
    paper: Paper,
    arrival_id: int,
    blob: str,
    decider: Decider,
    now: datetime,
) -> tuple[int, bool, int]:
    """Put the paper to one obligation; returns the submission, whether it is new there, and how late."""
    owed = obligation_rows.lock(connection, obligation_id)
    statements.settle(connection, owed.id, StatementKind, StatementState.DONE, by=decider.by, at=now)
    versions = submission_rows.versions(connection, owed.id)
    known = next(
        (submission for submission in versions if submission.blob == blob or _same_paper(submission, paper)), None
    )
    made_of = file_rows.parts(connection, [submission.id for submission in versions])
    if known is not None and Part.PAPER in made_of[known.id]:
        return known.id, False, known.days_late
    received = opening_of(paper.received_on)
    first = min([received, *(submission.received_at for submission in versions)])
    days_late = owed.days_late(first, paper.issued_on)
    latest = versions[-1] if versions else None
    joins = latest is not None and latest.state in (SubmissionState.RECEIVED, SubmissionState.ACCEPTED)
    if latest is not None and joins and Part.PAPER not in made_of[latest.id]:
        submission_rows.join_paper(connection, latest.id, paper.reference, paper.issued_on, days_late)
        file_rows.add_file(connection, latest.id, arrival_id, blob, Part.PAPER)
        if latest.state is SubmissionState.ACCEPTED:
            obligation_rows.set_state(connection, owed.id, ObligationState.MET, received)
        return latest.id, True, days_late
    new_id = _new_version(connection, owed, versions, paper, arrival_id, blob, days_late)
    submission_rows.review(connection, new_id, SubmissionState.ACCEPTED, at=now, by=decider.by, reason=decider.reason)
    obligation_rows.set_state(connection, owed.id, ObligationState.MET, received)
    return new_id, True, days_late


def _new_version(
    connection: Connection,
    owed: Obligation,
    versions: list[Submission],
    paper: Paper,
    arrival_id: int,
    blob: str,
    days_late: int,
) -> int:
    new = Submission(
        obligation_id=owed.id,
        arrival_id=arrival_id,
        version=len(versions) + 1,
        received_at=opening_of(paper.received_on),
        blob=blob,
        days_late=days_late,
        issued_on=paper.issued_on,
        reference=paper.reference,
        findings=(NO_FIGURES,) if owed.item is Item.REPORT else (),
        after_report_id=report_compiled(connection, owed) if owed.item is Item.REPORT else None,
    )
    new_id = submission_rows.add(connection, new)
    file_rows.add_file(connection, new_id, arrival_id, blob, Part.PAPER)
    return new_id


def _same_paper(known: Submission, paper: Paper) -> bool:
    return paper.reference is not None and (known.reference, known.issued_on) == (paper.reference, paper.issued_on)


def _check_dates(paper: Paper, now: datetime) -> None:
    today = now.astimezone(LOCAL).date()
    if paper.received_on > today:
        vi = f"Ngày đến không được sau hôm nay ({short_date(today)})."
        raise InputError(f"a day not after {today}", field="received", found=paper.received_on, vi=vi)
    if paper.issued_on is not None and paper.issued_on > paper.received_on:
        vi = f"Ngày văn bản không được sau ngày đến ({short_date(paper.received_on)})."
        raise InputError(
            f"a day not after {paper.received_on}, its receipt", field="date", found=paper.issued_on, vi=vi
        )


def _note(paper: Paper) -> bytes:
    """What is kept in place of a file: the record itself, spelt the same every time."""
    record = {
        "đơn vị": paper.unit_id,
        "nội dung": paper.item.value,
        "kỳ": paper.period,
        "số, ký hiệu": paper.reference,
        "ngày ban hành": short_date(paper.issued_on) if paper.issued_on else None,
        "ngày đến": short_date(paper.received_on),
        "hình thức": _VIA[paper.via],
        "trích yếu": paper.abstract or None,
    }
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True).encode()

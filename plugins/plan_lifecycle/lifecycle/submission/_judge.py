"""Judging: what the gate says of a file, and what is read of it for each obligation that it may meet.

Xã Bình An's Word file is its plan's source, its signed PDF the paper, a photograph a copy that cannot be read. The
channel does the same when it matches by itself as a person does who says where a file belongs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Purpose, Verdict
from plan_lifecycle.documents.read import NotAPlan, read_heading
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan import PaperType
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.lifecycle.compile import Past
from plan_lifecycle.lifecycle.office import Desk
from plan_lifecycle.lifecycle.submission._bytes import TooCostlyError, Upload, is_copy
from plan_lifecycle.lifecycle.submission._checks import (
    NO_FIGURES,
    PURPOSES,
    Checked,
    check_copy,
    check_submission,
    other_kind,
)
from plan_lifecycle.lifecycle.submission._owner import Echo, held_against_owner
from plan_lifecycle.lifecycle.submission._said_of_tasks import with_tasks
from plan_lifecycle.lifecycle.submission._standard import Superiors
from plan_lifecycle.lifecycle.submission._written import with_words
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.submission_files import Part

OWN_DRAFT = "own_draft"
"""The code of a verdict on our own draft."""
DRAFT_SENT_BACK = (
    "là dự thảo do cơ quan đầu mối gửi để đơn vị tham khảo, nội dung gần như giữ nguyên, chưa có số, ký hiệu và ngày "
    "ban hành nên chưa được ghi nhận là kế hoạch của đơn vị; đề nghị gửi bản đã ban hành"
)
TOUCHED = 0.15
"""The share of its runs of words up to which a draft was touched lightly."""
_REPORTING = (None, PaperType.REPORT, PaperType.LETTER)
"""What a report in words calls itself: some are letters, some bear no name."""
_TURNS = {"docx": 0, "doc": 0, "rtf": 0, "odt": 0, "xlsx": 1, "xls": 1, "ods": 1, "pdf": 2}
CONVERTED = "Nội dung được đọc từ bản chuyển đổi của tệp .{kind}; tệp gốc được lưu giữ nguyên vẹn."


@dataclass(frozen=True, slots=True)
class Judged:
    """A file as it was judged: what it adds to a submission, what was read of it for each obligation, and what is told
    of the same file from other units. ``copy`` is the digest of the converted copy that it was read from, if it was."""

    part: Part
    checked: dict[int, Checked]
    echoes: tuple[Echo, ...] = ()
    copy: str | None = None


def part_of(item: Item, verdict: Verdict) -> Part | None:
    """Name what a file adds to a submission of this item; None where it was refused."""
    if is_copy(verdict) or (verdict.accepted and verdict.kind in ("png", "jpeg") and item is not Item.QUOTA):
        return Part.COPY
    if not verdict.accepted:
        return None
    if item is Item.QUOTA:
        return Part.EVIDENCE
    if verdict.kind == "pdf":
        return Part.PAPER
    return Part.SOURCE if item is Item.SUB_PLAN else Part.FIGURES


def judge(
    desk: Desk, superiors: Superiors, upload: Upload, owed: Sequence[Obligation], *, sure: bool = False
) -> Judged | Verdict:
    """Say what the file adds to each obligation, all of one item; the gate's verdict where it does not let it in.

    A sub-plan is held against the ``superiors``. Our own draft sent back is no delivery, unless a person is ``sure``.
    What takes too much to be read is refused like what the gate refuses.
    """
    verdict = verdict_for(upload, owed[0].item)
    part = part_of(owed[0].item, verdict)
    if part is None:
        return verdict
    try:
        checked = {obligation.id: _check(desk, superiors, upload, verdict, obligation, part) for obligation in owed}
        in_word = part is Part.FIGURES and verdict.kind == "docx"
        judged = _in_word(upload, checked, owed) if in_word else Judged(part, checked)
        judged = replace(judged, checked=with_words(desk, upload, verdict, judged.part, judged.checked, owed))
        judged = replace(judged, checked=with_tasks(desk, upload, verdict, judged.part, judged.checked, owed))
    except TooCostlyError as error:
        return replace(verdict, accepted=False, code=error.code, reason=error.for_user)
    if not sure and any(_our_draft(superiors, obligation, checked[obligation.id]) for obligation in owed):
        return replace(verdict, accepted=False, code=OWN_DRAFT, reason=DRAFT_SENT_BACK)
    return _whose(desk, superiors, upload, judged, owed)


def _our_draft(superiors: Superiors, obligation: Obligation, read: Checked) -> bool:
    """Say whether a plan is the draft that its unit was given, saved again or touched lightly, and not issued yet."""
    if read.wording is None or read.reference is not None or read.issued_on is not None:
        return False
    return read.wording.beyond(superiors.draft(obligation)) <= TOUCHED


def _whose(desk: Desk, superiors: Superiors, upload: Upload, judged: Judged, owed: Sequence[Obligation]) -> Judged:
    """Hold the file against whose it is, for each obligation."""
    found, echoes = {}, dict[int, Echo]()
    for obligation in owed:
        read = judged.checked[obligation.id]
        checked = replace(read, findings=(*read.findings, *_from_copy(upload)))
        found[obligation.id], told = held_against_owner(desk, superiors.register, upload.blob, obligation, checked)
        echoes |= {echo.submission_id: echo for echo in told}
    return Judged(judged.part, found, tuple(echoes.values()), upload.copy)


def _from_copy(upload: Upload) -> Iterator[Finding]:
    """Say of a file that what was read of it was read from a converted copy."""
    if upload.copy:
        text = CONVERTED.format(kind=upload.made_from)
        yield Finding(Rule.PAPER_CONVERTED, text, blocks=False, about=upload.made_from)


def turn(arrival: StoredArrival) -> tuple[datetime, int, int]:
    """Give the order in which arrivals are filed: of what came at one moment, words before figures, pictures last."""
    ending = arrival.file_name.rpartition(".")[2].lower()
    return arrival.received_at, _TURNS.get(ending, len(_TURNS)), arrival.id


def _in_word(upload: Upload, checked: Mapping[int, Checked], owed: Sequence[Obligation]) -> Judged:
    """Take a report in Word, with number and date.

    One in words alone has its figures in a file of their own; a plan, or another paper without figures, is no report.
    """
    try:
        heading = upload.read(read_heading)
    except (NotAPlan, BadDocument):
        return Judged(Part.FIGURES, dict(checked))
    only_words = all(
        any(finding.rule is Rule.REPORT_UNREADABLE for finding in read.findings) for read in checked.values()
    )
    part, found = Part.FIGURES, dict(checked)
    if heading.type == PaperType.PLAN or (only_words and heading.type not in _REPORTING):
        found = {obligation.id: _of_kind(heading.type, obligation, checked[obligation.id]) for obligation in owed}
    elif only_words:
        part, found = Part.SOURCE, dict.fromkeys(checked, Checked((NO_FIGURES,)))
    found = {owed_id: replace(read, letterhead=heading.letterhead) for owed_id, read in found.items()}
    if heading.type == PaperType.REPORT:
        found = {
            owed_id: replace(read, reference=heading.reference, issued_on=heading.issued_on)
            for owed_id, read in found.items()
        }
    return Judged(part, found)


def _of_kind(kind: str | None, obligation: Obligation, read: Checked) -> Checked:
    """Say what came instead of a report; that no figures were found in it needs no saying."""
    others = (finding for finding in read.findings if finding.rule is not Rule.REPORT_UNREADABLE)
    return replace(read, findings=(other_kind(kind or "", obligation), *others))


def verdict_for(upload: Upload, item: Item) -> Verdict:
    """Give the gate's word; a signed PDF or a photograph passes as evidence where the item is another kind of file."""
    verdict = upload.verdict(PURPOSES[item])
    if verdict.code == "wrong_kind" and verdict.kind in ("pdf", "png", "jpeg"):
        return upload.verdict(Purpose.EVIDENCE)
    return verdict


def _check(
    desk: Desk, superiors: Superiors, upload: Upload, verdict: Verdict, obligation: Obligation, part: Part
) -> Checked:
    if part is Part.COPY:
        return check_copy(verdict, upload.name, upload.why_not)
    period = Period.parse(obligation.period)
    indicators = desk.asked(obligation) if obligation.item is Item.REPORT else ()
    standard = superiors.of(obligation) if part is Part.SOURCE else None
    parent = desk.plans.get(obligation.plan_id)
    if part is not Part.FIGURES:
        return check_submission(upload, verdict, obligation, parent, indicators, standard)
    with desk.office.store.read() as connection:
        past = Past(connection, desk.office.rules, [obligation.unit_id])
        background = past.background(obligation.unit_id, period, indicators)
    rows = desk.profile_of(obligation).form_rows
    return check_submission(upload, verdict, obligation, parent, indicators, background=background, form_rows=rows)

"""Times that stand apart from what they are of: in the next sentence, in brackets, under a label of their own.

"… xây dựng kế hoạch để triển khai thực hiện. Thời gian hoàn thành ban hành kế hoạch chậm nhất là ngày 15/01/2026."
Such a sentence gives the duty before it its time; where that has one already, both are kept and compared later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plan_lifecycle.documents.read._agents import subject_of
from plan_lifecycle.documents.read._asked import Duty
from plan_lifecycle.documents.read._outline import Entry
from plan_lifecycle.documents.read._reports import reports_in
from plan_lifecycle.documents.read._when import is_vague, times_in
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_LONGEST = 600
_OPENING = " \t(-–+*•"
_LABEL = regex(r"(?:về )?(?:thời (?:gian|hạn|điểm)|hạn(?: cuối| chót)?|tiến độ)\b")
_PAPER = regex(r"(?:các |bản )?(?:kế hoạch|báo cáo|kết quả|văn bản)\b")
_BARE = regex(r"(?:và |yêu cầu )?(?:hoàn thành|xong|gửi|ban hành|nộp|chậm nhất|muộn nhất|trước ngày)\b")
_MADE = regex(r"\b(?:xây dựng|ban hành|gửi|nộp|lập|hoàn thành|báo cáo)\b")
_NOT_OF_PAPER = regex(r"\b(?:thi đua|chốt|lấy số liệu|phát sóng|đăng ký)\b")
_HAS_DAY = regex(r"\d")
_RECURS = regex(r"^(?:định kỳ\s+)?(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng)$", re.I)


@dataclass(frozen=True, slots=True)
class Apart:
    """A sentence of times: ``plan`` and ``report`` say of what, neither that it is of whatever was asked last.

    ``label``: it opens with "Thời hạn …", so it implies the duty even where none stands before it.
    """

    text: str
    when: str
    label: bool
    plan: bool
    report: bool


def apart(sentence: str) -> Apart | None:
    """Read a sentence that gives a time and asks for nothing; None where it is none."""
    text = " ".join(sentence.split()).lstrip(_OPENING).rstrip(" .;)")
    form = normalise(text)
    label, paper = _LABEL.match(form), _PAPER.match(form)
    if len(text) > _LONGEST or not (label or paper or _BARE.match(form)) or _NOT_OF_PAPER.search(form[:80]):
        return None
    times = [time for time in times_in(text) if not is_vague(time)]
    head, colon, rest = text.partition(":")
    named = bool(label and colon and len(head) <= 120)
    if not times and not (named and rest.strip() and "kế hoạch" in normalise(head)):
        return None
    lead = normalise(head) if named else normalise(text[: times[0].start()])
    plan, report = "kế hoạch" in lead, bool(re.search(r"\bbáo cáo\b|\bsố liệu\b", lead))
    if (paper and not (plan or report)) or len(lead) > 160 or (not label and subject_of(text)):
        return None
    if label and not _MADE.search(lead) and re.search(r"thực hiện|triển khai|tổ chức", lead):
        return None
    when = " ".join((rest if named and not times else _whole(text, times)).split()).strip(" .;")
    return Apart(
        text,
        when,
        label is not None,
        plan and not report,
        report and not (plan and "kế hoạch" in lead.split("báo cáo")[0][:60]),
    )


def _whole(text: str, times: list[re.Match[str]]) -> str:
    first = times[0]
    lead = re.search(r"(?:hoàn thành|xong|chậm nhất|muộn nhất)\s+$", text[: first.start()], re.I)
    return text[lead.start() if lead else first.start() : first.end()]


def give_time(found: list[Duty], said: Apart, entry: Entry, sentence: str, who: str) -> bool:
    """Give what was asked before its time, or make the duty that the sentence alone implies; whether it did."""
    if said.report:
        return _give_reports(found, said, entry, sentence, who)
    wanted = DutyItem.SUB_PLAN if said.plan else None
    here = [at for at in _latest(found, entry) if wanted is None or found[at].item is wanted]
    same = [
        at for at in here if found[at].entry is entry or (not entry.is_heading and _follows(entry, found[at].entry))
    ]
    for at in same if wanted is None else here:
        if not found[at].when:
            found[at] = _timed(found[at], said.when, sentence)
            return True
    if wanted is None:
        return False
    if same:
        at = same[0]
        if normalise(found[at].when) != normalise(said.when):
            found[at] = replace(found[at], also=(*found[at].also, said.when), clause=f"{found[at].clause}. {sentence}")
        return True
    if not said.label:
        return False
    basis = Basis.RECEIPT if re.match(r"[^:]*gửi", sentence) else Basis.ISSUE
    found.append(Duty(DutyItem.SUB_PLAN, who, said.when, None, None, basis, sentence, entry))
    return True


def _give_reports(found: list[Duty], said: Apart, entry: Entry, sentence: str, who: str) -> bool:
    here = [at for at in _latest(found, entry) if found[at].item is not DutyItem.SUB_PLAN]
    last = found[here[0]] if here else None
    given = reports_in(said.text)
    if not said.label and not any(not _HAS_DAY.search(found[at].when) for at in here):
        return False
    used: set[int] = set()
    for item, when in given:
        pending = [at for at in here if at not in used and not _HAS_DAY.search(found[at].when)]
        if item is DutyItem.REPORT:
            of_one = [at for at in pending if last is not None and found[at].clause == last.clause]
            for at in of_one:
                found[at] = _timed(found[at], when, sentence)
            used.update(of_one)
            if of_one:
                continue
        else:
            at = next((at for at in pending if found[at].item in (item, DutyItem.REPORT)), -1)
            if at >= 0:
                used.add(at)
                found[at] = replace(_timed(found[at], when, sentence), item=item)
                continue
        made = Duty(item, who, when, None, None, Basis.RECEIPT, sentence, entry)
        found.append(replace(last, item=item, when=when, clause=f"{last.clause}. {sentence}") if last else made)
    return bool(given)


def _follows(entry: Entry, above: Entry) -> bool:
    """Whether an unnumbered paragraph stands under another, or directly below it."""
    return above in entry.path or (entry.block == above.block + 1 and not above.is_heading)


def _timed(duty: Duty, when: str, sentence: str) -> Duty:
    """The duty with its time; what recurs without a day does so on that day ("hằng năm" and "trước ngày 15/12")."""
    joined = f"{duty.when}, {when}" if _RECURS.match(duty.when) else when
    clause = duty.clause if sentence in duty.clause else f"{duty.clause}. {sentence}"
    return replace(duty, when=joined, clause=clause)


def _latest(found: list[Duty], entry: Entry) -> Iterator[int]:
    """The duties of the same part of the plan, the latest first, those of the same paragraph before all others."""
    branch = [at for at in range(len(found) - 1, -1, -1) if found[at].entry.path[:1] == entry.path[:1]]
    yield from (at for at in branch if found[at].entry is entry)
    yield from (at for at in branch if found[at].entry is not entry)

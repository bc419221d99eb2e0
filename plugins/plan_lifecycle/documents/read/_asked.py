"""What one clause asks for: a plan of one's own, or reports; of whom, towards whom, by which time.

A clause says it with verbs ("xây dựng kế hoạch", "báo cáo", "gửi kết quả"). What only sounds like it makes no duty: a
plan that somebody drafts for another or of a contest, a report that is folded into another, or that a body would owe
to itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plan_lifecycle.documents.read._agents import Address, address_of, instructed_by, told_by
from plan_lifecycle.documents.read._outline import Entry
from plan_lifecycle.documents.read._reports import reports_in
from plan_lifecycle.documents.read._when import is_vague, specificity, times_in
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_PURPOSE = regex(
    r"\s*,?\s*(?:để|nhằm|phục vụ)\s+(?:kịp thời\s+)?(?:tổng hợp|theo dõi|báo cáo|xem xét|biết|phục vụ|kịp|được"
    r"|UBND|Ủy ban).*$"
    r"|(?P<then>\b(?:gửi|về)\b.{4,120}?),?\s+tổng hợp\s*,?\s*(?:báo cáo|trình)\s.*$",
    re.S,
)
_REPORT = regex(
    r"\bbáo cáo\b(?!\s+(?:viên|chí|cấp có thẩm quyền|người có thẩm quyền|của cơ quan"
    r"|tài chính|và đề xuất|,? đề xuất))",
    re.I,
)
_SENT = regex(r"\b(?:gửi|nộp|cung cấp|chuyển|đăng ký)\b", re.I)
_SENDING = regex(r"\bgửi\s+(?:kết quả|số liệu|tổng hợp|thông tin|biểu)", re.I)
_NO_REPORT = regex(
    r"\b(?:chế độ|mẫu|biểu mẫu|hệ thống thông tin|phần mềm|nội dung|số liệu|các|trong"
    r"|tại)\s+$",
    re.I,
)
PLAN = regex(
    r"(?P<verb>ban hành|xây dựng|lập|hoàn thành|cụ thể hóa|đề ra)(?:\s*(?:,|và|hoặc|việc)\s*(?:ban hành"
    r"|xây dựng|lập|triển khai|cụ thể hóa)){0,6}[^.;:]{0,60}?"
    r"\b(?:kế hoạch|chương trình(?:,| và) kế hoạch|kế hoạch, chương trình)\b(?P<rest>[^.;]*)",
    re.I,
)
_OFFICES = regex(
    r"\btài chính(?:\s*[-–,&]\s*|\s+và\s+|\s+)kế hoạch\b|\bkế hoạch(?:\s*[-–&]\s*|\s+và\s+)(?:đầu tư|tài chính)\b", re.I
)
_NOT_OWN = regex(r"tham mưu|trình\b|giúp|tham gia|góp ý|thẩm định|đã\s+$", re.I)
_OWN_PLAN = regex(
    r"triển khai|thực hiện|cụ thể|chi tiết|hằng năm|của (?:cơ quan|đơn vị|địa phương|ngành|mình)|cấp mình|mình"
    r"|phù hợp|năm \d{4}|này|gửi|trước ngày|chậm nhất|trong (?:quý|tháng|năm)|thông tin|tuyên truyền|cải cách"
)
# Who draws up a plan "phối hợp với" others draws up one for all, unless the words say whose it is.
_TOGETHER = regex(r"phối hợp (?:với|cùng)", re.I)
_OF_ITS_OWN = regex(r"mình|của (?:cơ quan|đơn vị|địa phương|ngành)|kế hoạch này|triển khai thực hiện")
_FOLDED = regex(
    r"lồng ghép|tích hợp (?:chung )?(?:vào|trong)|đưa (?:chung )?vào (?:nội dung )?báo cáo"
    r"|(?:kết hợp|ghép|chung) (?:vào|trong|với|cùng) (?:nội dung )?báo cáo|cùng với báo cáo (?:cải cách|cchc)"
)
_OTHER_PLAN = regex(
    r"^\s*(?:hỗ trợ|đào tạo|sử dụng|đầu tư|tài chính|kinh doanh|sản xuất|kiểm tra|tổ chức"
    r"|tham gia|vốn|đấu thầu)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as written: ``when`` is the deadline's phrase, empty where the sentence names none.

    ``also`` are other times that the plan names for the same thing.
    """

    item: DutyItem
    audience: str
    when: str
    addressee: str | None
    office: str | None
    basis: Basis
    clause: str
    entry: Entry
    also: tuple[str, ...] = ()


def duties_of(clause: str, sentence: str, who: str, entry: Entry, organised: bool) -> Iterator[Duty]:
    """The duties of a clause. ``organised``: it stands where a plan says who does what."""
    plan = _asks_for_plan(clause)
    if plan is not None and who and organised:
        yield _sub_plan(clause, sentence, who, entry, plan)
        return
    yield from _reports(clause, sentence, who, entry, organised)


def without_offices(text: str) -> str:
    """``text`` with "Kế hoạch" in an office's name in one word: who sends a budget to it draws up no plan."""
    return _OFFICES.sub(lambda match: re.sub(r"(?i)(?<=kế) (?=hoạch)", "_", match[0]), text)


def _asks_for_plan(clause: str) -> re.Match[str] | None:
    for match in PLAN.finditer(without_offices(clause)):
        before = clause[: match.start()]
        if (
            _NOT_OWN.search(before[-40:])
            or _OTHER_PLAN.match(match["rest"])
            or _NOT_OWN.search(match[0].split("kế hoạch")[0])
            or (_TOGETHER.search(before[-200:]) and not _OF_ITS_OWN.search(normalise(match[0])))
        ):
            continue
        if _OWN_PLAN.search(normalise(match[0])) or not match["rest"].strip():
            return match
    return None


def _sub_plan(clause: str, sentence: str, who: str, entry: Entry, plan: re.Match[str]) -> Duty:
    times = [time for time in times_in(clause) if time.end() <= plan.start() or time.start() >= plan.start()]
    when = max(times, key=lambda time: specificity(time[0])) if times else None
    also = tuple(_phrase(clause, time) for time in times if time is not when and not is_vague(time))
    sent = re.search(r"\bgửi\b", clause)
    receipt = (
        sent is not None
        and (when is None or sent.start() < when.start())
        and not re.search(r"(?:xong|hoàn thành)\s*$", clause[: when.start()] if when else "")
    )
    to = address_of(clause) if sent else None
    who = instructed_by(clause[: plan.end("verb") + 1]) or who
    return Duty(
        DutyItem.SUB_PLAN, who, _phrase(clause, when), to.addressee if to else None, to.office if to else None,
        Basis.RECEIPT if receipt else Basis.ISSUE, sentence, entry, also,
    )  # fmt: skip


def _phrase(clause: str, when: re.Match[str] | None) -> str:
    if when is None:
        return ""
    lead = re.search(r"(?:hoàn thành|xong|chậm nhất|muộn nhất)\s+$", clause[: when.start()], re.I)
    return " ".join((clause[lead.start() if lead else when.start() : when.end()]).split())


def _reports(clause: str, sentence: str, who: str, entry: Entry, organised: bool) -> Iterator[Duty]:
    if _FOLDED.search(normalise(sentence)):
        return  # a section of another report, no paper of its own
    asked = _PURPOSE.sub(lambda match: match["then"] or "", clause)
    trigger = next((m for m in _REPORT.finditer(asked) if not _NO_REPORT.search(asked[: m.start()])), None)
    if trigger is None and _SENDING.search(asked) is None:
        return
    to = address_of(asked)
    timed = asked if times_in(asked) else clause
    received = bool(to.addressee or to.office)
    certain = any(not is_vague(time) for time in times_in(timed))
    if not (received if organised else received and times_in(timed)) and not (organised and certain):
        return
    if who and _is(who, to.office):
        to = Address(to.addressee, None)
    if who and _is(who, to.addressee):
        who = told_by(asked) or ""
        if not who or _is(who, to.addressee):
            return  # nobody reports to itself
    for item, when in reports_in(timed, labelled=asked) or [(DutyItem.REPORT, "")]:
        yield Duty(item, who, when, to.addressee, to.office, Basis.RECEIPT, sentence, entry)


def _is(who: str, other: str | None) -> bool:
    return other is not None and f"{normalise(who)} ".startswith(f"{normalise(other)} ")


def day_of_sending(sentence: str) -> str | None:
    """The day by which a sentence has something sent, or a plan made by several; None where it names none."""
    times = [time for time in times_in(sentence) if specificity(time[0]) == 3]
    if not times or _FOLDED.search(normalise(sentence)):
        return None
    to = address_of(sentence) if _SENT.search(sentence) else Address(None, None)
    joint = any(
        _TOGETHER.search(sentence[max(0, plan.start() - 200) : plan.start()]) for plan in PLAN.finditer(sentence)
    )
    return " ".join(times[0][0].split()) if to.addressee or to.office or joint else None

"""Duties that a plan lays on those below: to issue a plan of their own, and to report.

They stand in sentences, mostly under *Tổ chức thực hiện*: who by a heading or the subject, what by the verb, when by
the time next to it. One sentence may hold several: "báo cáo 6 tháng trước ngày 10/6, năm trước ngày 10/12".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plan_lifecycle.documents.read._agents import address_of, heading_agency, instructed_by, is_agency, subject_of
from plan_lifecycle.documents.read._outline import Entry
from plan_lifecycle.documents.read._reports import reports_in
from plan_lifecycle.documents.read._when import is_vague, times_in
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.text import normalise

_ORGANISED = re.compile(
    r"tổ chức thực hiện|tổ chức triển khai|phân công|trách nhiệm|báo cáo|theo dõi|kiểm tra|chế độ"
    r"|thực hiện kế hoạch|điều \d"
)
_LONGEST = 8_000  # a paragraph beyond is no provision; the patterns here are not made for it
_SENTENCE_LENGTH = 400
_SHORT = 60  # a longer heading is a sentence
_IDLE = re.compile(r"^(?:mục đích|yêu cầu|mục tiêu|quan điểm|tình hình|căn cứ|kết quả đạt)")
_SENTENCE = re.compile(r"(?<=[\w)”\"%])[.;]\s+(?=[^\W\d_]|[-+])|\n+")
_PURPOSE = re.compile(
    r"\s*,?\s*(?:để|nhằm|phục vụ)\s+(?:kịp thời\s+)?(?:tổng hợp|theo dõi|báo cáo|xem xét|biết|phục vụ|kịp|được"
    r"|UBND|Ủy ban).*$"
    r"|(?P<then>\b(?:gửi|về)\b.{4,120}?),?\s+tổng hợp\s*,?\s*(?:báo cáo|trình)\s.*$",
    re.S,
)
_TROUBLE = re.compile(r"khó khăn|vướng mắc|phát sinh|vượt thẩm quyền|cần sửa đổi|bất cập")
_REPORT = re.compile(
    r"\bbáo cáo\b(?!\s+(?:viên|chí|cấp có thẩm quyền|người có thẩm quyền|của cơ quan"
    r"|tài chính|và đề xuất|,? đề xuất))",
    re.I,
)
_SENDING = re.compile(r"\bgửi\s+(?:kết quả|số liệu|tổng hợp|thông tin|biểu)", re.I)
_NO_REPORT = re.compile(
    r"\b(?:chế độ|mẫu|biểu mẫu|hệ thống thông tin|phần mềm|nội dung|số liệu|các|trong"
    r"|tại)\s+$",
    re.I,
)
_PLAN = re.compile(
    r"(?P<verb>ban hành|xây dựng|lập|hoàn thành|cụ thể hóa|đề ra)(?:\s*(?:,|và|hoặc|việc)\s*(?:ban hành"
    r"|xây dựng|lập|triển khai|cụ thể hóa))*[^.;:]{0,60}?"
    r"\b(?:kế hoạch|chương trình(?:,| và) kế hoạch|kế hoạch, chương trình)\b(?P<rest>[^.;]*)",
    re.I,
)
_NOT_OWN = re.compile(r"tham mưu|trình\b|giúp|tham gia|góp ý|thẩm định|đã\s+$", re.I)
_OWN_PLAN = re.compile(
    r"triển khai|thực hiện|cụ thể|chi tiết|hằng năm|của (?:cơ quan|đơn vị|địa phương|ngành|mình)|cấp mình|mình"
    r"|phù hợp|năm \d{4}|này|gửi|trước ngày|thông tin|tuyên truyền|cải cách"
)
_OTHER_PLAN = re.compile(
    r"^\s*(?:hỗ trợ|đào tạo|sử dụng|đầu tư|tài chính|kinh doanh|sản xuất|kiểm tra|tổ chức"
    r"|tham gia|vốn|đấu thầu)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as written: ``when`` is the deadline's phrase, empty where the sentence names none."""

    item: DutyItem
    audience: str
    when: str
    addressee: str | None
    office: str | None
    basis: Basis
    clause: str
    entry: Entry


def duties(entries: Iterable[Entry], used: frozenset[int]) -> list[Duty]:
    """The duties of a plan, in order. ``used`` are the blocks that are tasks already."""
    found: list[Duty] = []
    for entry in entries:
        if entry.block in used or (not entry.path and not entry.is_heading):
            continue
        titles = [normalise(heading.title) for heading in (*entry.path, entry) if heading.is_heading]
        if entry.is_heading and len(titles[-1]) > _SHORT:
            titles.pop()
        if any(_IDLE.match(title) for title in titles):
            continue
        _of_entry(entry, any(_ORGANISED.search(title) for title in titles), found)
    return _distinct(found)


def _of_entry(entry: Entry, organised: bool, found: list[Duty]) -> None:
    title, rest = entry.divided if entry.is_heading else ("", entry.text)
    heading = _audience_above(entry)
    if entry.is_heading and rest and is_agency(title) and subject_of(title) is None:
        heading = heading_agency(title)
        text = rest
    else:
        named, colon, said = entry.text.lstrip("-+ ").partition(":")
        listed = bool(colon) and not entry.is_heading and is_agency(named)
        heading, text = (heading_agency(named), said) if listed else (heading, entry.text)
    who = heading
    for sentence in _sentences(text):
        if _TROUBLE.search(normalise(sentence)):
            break
        label = _label_of_plan(sentence)
        if label is not None:
            _complete(found, entry, sentence, label)
            continue
        for clause in _clauses(sentence):
            subject = subject_of(clause) or subject_of(clause.partition(":")[2].strip())
            who = subject or who
            found += _of_clause(clause, sentence, who, entry, organised or bool(subject))


def _sentences(text: str) -> list[str]:
    """The sentences of a text; names that a semicolon parts stay with the sentence whose subject they are."""
    made: list[str] = []
    for piece in _SENTENCE.split(text[:_LONGEST]):
        if not piece or not piece.strip(" .;-"):
            continue
        bare = piece.strip(" .;")
        if made and is_agency(made[-1]) and subject_of(f"{made[-1]} thực hiện") and subject_of(made[-1]) is None:
            made[-1] = f"{made[-1]}; {bare}"
        else:
            made.append(bare)
    return made


def _clauses(sentence: str) -> list[str]:
    """A sentence that first asks for a plan and then for a report, cut in two."""
    plan = _PLAN.search(sentence)
    if plan is None:
        return [sentence]
    cut = re.compile(
        r"\s*(?:,|\bvà|,\s*và|,\s*đồng thời)\s+(?=(?:định kỳ|báo cáo|gửi báo cáo"
        r"|thực hiện báo cáo|chế độ báo cáo)\b)",
        re.I,
    )
    match = cut.search(sentence, plan.start("rest"))
    return [sentence[: match.start()], sentence[match.end() :]] if match else [sentence]


def _of_clause(clause: str, sentence: str, who: str, entry: Entry, organised: bool) -> Iterator[Duty]:
    plan = _asks_for_plan(clause)
    if plan is not None and who and organised:
        yield _sub_plan(clause, sentence, who, entry, plan)
        return
    yield from _reports(clause, sentence, who, entry, organised)


def _asks_for_plan(clause: str) -> re.Match[str] | None:
    for match in _PLAN.finditer(clause):
        before = clause[: match.start()]
        if (
            _NOT_OWN.search(before[-40:])
            or _OTHER_PLAN.match(match["rest"])
            or _NOT_OWN.search(match[0].split("kế hoạch")[0])
        ):
            continue
        if _OWN_PLAN.search(normalise(match[0])) or not match["rest"].strip():
            return match
    return None


def _sub_plan(clause: str, sentence: str, who: str, entry: Entry, plan: re.Match[str]) -> Duty:
    times = [time for time in times_in(clause) if time.end() <= plan.start() or time.start() >= plan.start()]
    when = times[0] if times else None
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
        Basis.RECEIPT if receipt else Basis.ISSUE, sentence, entry,
    )  # fmt: skip


def _phrase(clause: str, when: re.Match[str] | None) -> str:
    if when is None:
        return ""
    lead = re.search(r"(?:hoàn thành|xong|chậm nhất|muộn nhất)\s+$", clause[: when.start()], re.I)
    return " ".join((clause[lead.start() if lead else when.start() : when.end()]).split())


def _reports(clause: str, sentence: str, who: str, entry: Entry, organised: bool) -> Iterator[Duty]:
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
    for item, when in reports_in(timed) or [(DutyItem.REPORT, "")]:
        yield Duty(item, who, when, to.addressee, to.office, Basis.RECEIPT, sentence, entry)


def _audience_above(entry: Entry) -> str:
    """The agencies that the nearest heading names."""
    for heading in reversed(entry.path):
        if is_agency(heading.title):
            return heading_agency(heading.title)
        subject = subject_of(heading.text[:_SENTENCE_LENGTH])
        if subject:
            return subject
    return ""


def _label_of_plan(sentence: str) -> str | None:
    """The time of "Thời gian hoàn thành xây dựng kế hoạch: …"; None where the sentence is no such label."""
    match = re.match(
        r"(?:thời (?:gian|hạn)|hạn)[^:]{0,40}(?:xây dựng|ban hành"
        r"|gửi)[^:]{0,20}kế hoạch[^:]{0,40}:\s*(.+)",
        sentence,
        re.I | re.S,
    )
    if match:
        return " ".join(match[1].split()).strip(" .;")
    return None


def _complete(found: list[Duty], entry: Entry, sentence: str, when: str) -> None:
    """Give the sub-plan that the text just asked for its time, or make the duty that the label alone implies."""
    for at in range(len(found) - 1, -1, -1):
        duty = found[at]
        if duty.item is DutyItem.SUB_PLAN and not duty.when and duty.entry.path[:1] == entry.path[:1]:
            found[at] = replace(duty, when=when, clause=f"{duty.clause}. {sentence}")
            return
    basis = Basis.RECEIPT if re.match(r"[^:]*gửi", sentence) else Basis.ISSUE
    found.append(Duty(DutyItem.SUB_PLAN, _audience_above(entry), when, None, None, basis, sentence, entry))


def _distinct(found: Iterable[Duty]) -> list[Duty]:
    """Each duty once: the same item of the same audience by the same time may be repeated in a closing sentence."""
    seen: dict[tuple[str, str, str, str | None], Duty] = {}
    for duty in found:
        key = (duty.item, normalise(duty.audience), normalise(duty.when), duty.addressee and normalise(duty.addressee))
        seen.setdefault(key, duty)
    return list(seen.values())

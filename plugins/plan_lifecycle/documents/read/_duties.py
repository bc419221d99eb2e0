"""Duties that a plan lays on those below: to issue a plan of their own, and to report.

They stand in sentences, mostly under *Tổ chức thực hiện*: who by a heading or the subject, what by the verb, when by
the time next to it. One sentence may hold several: "báo cáo 6 tháng trước ngày 10/6, năm trước ngày 10/12".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from plan_lifecycle.documents.read._agents import heading_agency, is_agency, subject_of
from plan_lifecycle.documents.read._apart import apart, give_time
from plan_lifecycle.documents.read._asked import PLAN, Duty, day_of_sending, duties_of, without_offices
from plan_lifecycle.documents.read._data_days import tells_data_days
from plan_lifecycle.documents.read._outline import Entry
from plan_lifecycle.domain.deadline import plainly_dated
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_ORGANISED = regex(
    r"tổ chức thực hiện|tổ chức triển khai|phân công|trách nhiệm|báo cáo|theo dõi|kiểm tra|chế độ"
    r"|thực hiện kế hoạch|điều \d"
)
_LONGEST = 8_000  # a paragraph beyond is no provision; the patterns here are not made for it
_SENTENCE_LENGTH = 400
_SHORT = 60  # a longer heading is a sentence
_IDLE = regex(r"^(?:mục đích|yêu cầu|mục tiêu|quan điểm|tình hình|căn cứ|kết quả đạt)")
_SENTENCE = regex(r"(?<=[\w)”\"%])[.;]\s+(?=[^\W\d_]|[-+])|\n+")
_TROUBLE = regex(r"khó khăn|vướng mắc|phát sinh|vượt thẩm quyền|cần sửa đổi|bất cập")


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence that names a day for sending something that is no plan or report that could be told."""

    sentence: str
    when: str
    entry: Entry


@dataclass(slots=True)
class Duties:
    """The duties of a plan, in order, and the sentences that may hold one more."""

    asked: list[Duty] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def duties(entries: Iterable[Entry], used: frozenset[int]) -> Duties:
    """Read the duties of a plan. ``used`` are the blocks that are tasks already."""
    found = Duties()
    for entry in entries:
        if entry.block in used or (not entry.path and not entry.is_heading):
            continue
        titles = [normalise(heading.title) for heading in (*entry.path, entry) if heading.is_heading]
        if entry.is_heading and len(titles[-1]) > _SHORT:
            titles.pop()
        if any(_IDLE.match(title) for title in titles):
            continue
        _of_entry(entry, any(_ORGANISED.search(title) for title in titles), found)
    found.asked = _distinct(found.asked)
    return found


def _of_entry(entry: Entry, organised: bool, found: Duties) -> None:
    heading, text = _divided(entry)
    if tells_data_days(text):
        return
    who = heading
    for sentence in _sentences(text):
        if _TROUBLE.search(normalise(sentence)):
            break
        plain = plainly_dated(sentence)  # what is quoted stays as it is written
        time = apart(plain)
        if time is not None and give_time(found.asked, time, entry, sentence, who):
            continue
        before = len(found.asked)
        for clause in _clauses(plain):
            subject = subject_of(clause) or subject_of(clause.partition(":")[2].strip())
            who = subject or who
            asked = duties_of(clause, sentence, who, entry, organised or bool(subject))
            found.asked += [_addressed(duty, found.asked) for duty in asked]
        when = day_of_sending(plain) if len(found.asked) == before else None
        if when:
            found.unread.append(Unread(sentence, when, entry))


def _addressed(duty: Duty, before: list[Duty]) -> Duty:
    """A report of the same paragraph goes where the one before it goes: "…; báo cáo năm chậm nhất ngày …"."""
    last = before[-1] if before else None
    if last is None or last.entry is not duty.entry or DutyItem.SUB_PLAN in (last.item, duty.item):
        return duty
    if duty.addressee or duty.office or last.audience != duty.audience:
        return duty
    return replace(duty, addressee=last.addressee, office=last.office)


def _divided(entry: Entry) -> tuple[str, str]:
    """Who acts in a paragraph by its heading or its own first words, and what it says."""
    title, rest = entry.divided if entry.is_heading else ("", entry.text)
    heading = _audience_above(entry)
    if entry.is_heading and rest and is_agency(title) and subject_of(title) is None:
        heading = heading_agency(title)
        text = rest
    else:
        named, colon, said = entry.text.lstrip("-+ ").partition(":")
        listed = bool(colon) and not entry.is_heading and is_agency(named)
        heading, text = (heading_agency(named), said) if listed else (heading, entry.text)
    return heading, text


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
    plan = PLAN.search(without_offices(sentence))
    if plan is None:
        return [sentence]
    cut = re.compile(
        r"\s*(?:,|\bvà|,\s*và|,\s*đồng thời)\s+(?=(?:định kỳ|báo cáo|gửi báo cáo"
        r"|thực hiện báo cáo|chế độ báo cáo)\b)",
        re.I,
    )
    match = cut.search(sentence, plan.start("rest"))
    return [sentence[: match.start()], sentence[match.end() :]] if match else [sentence]


def _audience_above(entry: Entry) -> str:
    """The agencies that the nearest heading names."""
    for heading in reversed(entry.path):
        if is_agency(heading.title):
            return heading_agency(heading.title)
        subject = subject_of(heading.text[:_SENTENCE_LENGTH])
        if subject:
            return subject
    return ""


def _distinct(found: Iterable[Duty]) -> list[Duty]:
    """Each duty once: the same item of the same audience by the same time may be repeated in a closing sentence."""
    seen: dict[tuple[str, str, str, str | None], Duty] = {}
    for duty in found:
        key = (duty.item, normalise(duty.audience), normalise(duty.when), duty.addressee and normalise(duty.addressee))
        seen.setdefault(key, duty)
    return list(seen.values())

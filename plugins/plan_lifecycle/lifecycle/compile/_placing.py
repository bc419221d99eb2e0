"""The paragraphs of a compiled report, and where a coordinator puts them: under another heading, or out of it.

What xã Bình An wrote about its staff stands under "Nội dung khác" of huyện Bắc Bình's draft. Phòng Nội vụ puts it under
"Nhân sự"; the draft is out of date then, and its next version, made that moment or the next morning, has it there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.gathering import Said
from plan_lifecycle.domain.passage import OTHER
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.placing import Placing, Placings, placing_of, statements
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.release import Way
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.compile._outline import OTHERS
from plan_lifecycle.lifecycle.compile._trace import file_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import act_on, named_way
from plan_lifecycle.store import placings as placing_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.audit import append
from plan_lifecycle.store.reports import StoredReport

_BELOW = " › "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A statement of a report: ``units`` are who makes it, by name; ``section`` is the code of the heading that they
    wrote it under. ``placing`` is what was decided about it; ``pending`` says that the newest version does not show it.
    """

    statement: str
    section: str
    text: str
    units: tuple[str, ...]
    placing: Placing | None
    pending: bool


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a report's newest version; ``headings`` are its headings in order, by code."""

    way: Way
    headings: Mapping[str, str]
    every: tuple[Paragraph, ...]

    @property
    def pending(self) -> int:
        """How many decisions the newest version does not show yet."""
        return sum(one.pending for one in self.every)


def report_paragraphs(office: Office, unit_id: str, period: str, *, profile: str | None = None) -> Paragraphs:
    """What units wrote for a report, statement by statement, as its newest version has it.

    Raises InputError where there is no such report, or none of two kinds is named.
    """
    with office.store.read() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        stored = report_rows.get(connection, way.newest.id)
        decided = placing_rows.standing(connection, way.key)
    kind = next((one for one in office.rules.profiles if one.code == way.profile), None)
    if stored is None or kind is None:
        raise InputError("a kind of report that is configured", field="REPORT", found=way.profile)
    return Paragraphs(way, _headings(kind, period), tuple(_paragraphs(office, stored, kind, decided)))


def move_paragraph(
    office: Office,
    unit_id: str,
    period: str,
    paragraph: str,
    target: str,
    decider: Decider,
    now: datetime,
    *,
    profile: str | None = None,
) -> bool:
    """Put a paragraph under another heading; False where it is there. ``paragraph`` is its statement, or words that it
    alone has; ``target`` is a heading by its code or its words.

    Raises InputError where there is none or are several such, or the newest version was issued.
    """
    known = report_paragraphs(office, unit_id, period, profile=profile)
    one, heading = _named(known, paragraph), _heading(known, target)
    if heading == (one.placing.target if one.placing else one.section):
        return False
    if heading == one.section:
        return put_back_paragraph(office, unit_id, period, paragraph, decider, now, profile=profile)
    return _decide(office, known, one, Placing(
        known.way.key, one.statement, one.section, one.text, heading, decider.reason or "", now, decider.by
    ), decider)  # fmt: skip


def leave_out_paragraph(
    office: Office,
    unit_id: str,
    period: str,
    paragraph: str,
    decider: Decider,
    now: datetime,
    *,
    profile: str | None = None,
) -> bool:
    """Leave a paragraph out of the report, with a reason; False where it is out. Raises InputError as for a move."""
    known = report_paragraphs(office, unit_id, period, profile=profile)
    one, why = _named(known, paragraph), decider.why
    if one.placing and (one.placing.target, one.placing.reason) == (None, why):
        return False
    new = Placing(known.way.key, one.statement, one.section, one.text, None, why, now, decider.by)
    return _decide(office, known, one, new, decider)


def put_back_paragraph(
    office: Office,
    unit_id: str,
    period: str,
    paragraph: str,
    decider: Decider,
    now: datetime,
    *,
    profile: str | None = None,
) -> bool:
    """Let a paragraph stand where its units wrote it again; False where it does. Raises InputError as for a move."""
    known = report_paragraphs(office, unit_id, period, profile=profile)
    one, way = _named(known, paragraph), _draft(known.way)
    if one.placing is None:
        return False
    with office.store.write() as connection:
        reason = decider.reason or ""
        if not placing_rows.take_back(connection, one.placing.id, at=now, by=decider.by, reason=reason):
            return False
        details = {"paragraph": one.text, "section": one.section}
        append(connection, act_on(ActKind.PUT_BACK_PARAGRAPH, way, way.newest, decider, now, details))
    return True


def _decide(office: Office, known: Paragraphs, one: Paragraph, new: Placing, decider: Decider) -> bool:
    """Keep a decision in the place of the one that stands."""
    way = _draft(known.way)
    kind = ActKind.LEAVE_OUT_PARAGRAPH if new.target is None else ActKind.MOVE_PARAGRAPH
    with office.store.write() as connection:
        if one.placing is not None:
            at, by = new.decided_at, new.decided_by
            placing_rows.take_back(connection, one.placing.id, at=at, by=by, reason=new.reason)
        if placing_rows.put(connection, new) is None:
            return False
        details = {"paragraph": new.text, "section": new.section, "target": new.target}
        append(connection, act_on(kind, way, way.newest, decider, new.decided_at, details))
    return True


def _draft(way: Way) -> Way:
    if way.newest.issued:
        vi = "Báo cáo đã ban hành; nội dung không chuyển được nữa."
        raise InputError("a report that was not issued", field="REPORT", found=f"{way.unit_id}:{way.period}", vi=vi)
    return way


def _headings(kind: Profile, period: str) -> dict[str, str]:
    """Each with those above it: a draft leaves headings out, so that a number would be another's."""
    found, above = dict[str, str](), list[str]()
    for one in kind.numbered(Period.parse(period).kind):
        above = [*above[: one.depth], one.section.heading]
        found[one.section.code] = _BELOW.join(above)
    return found | {OTHER: OTHERS}


def _paragraphs(office: Office, stored: StoredReport, kind: Profile, decided: Placings) -> Iterator[Paragraph]:
    file = json.loads(file_of(office, stored))
    papers = {one["submission_id"]: one for one in file["papers"]}
    shown, said = set(stored.summary.get("placings", ())), defaultdict[str, list[Said]](list)
    placed = [("written_under" in row) for row in file["paragraphs"]]
    for number, row in enumerate(file["paragraphs"]):
        paper = papers[row["submission_id"]]
        section = row.get("written_under", row["section"])
        said[section].append(Said(paper["unit_id"], paper["unit"], row["text"], number))
    order = [*(one.section.code for one in kind.numbered()), *said]
    for section in dict.fromkeys(code for code in order if code in said):
        for statement, group in statements(said[section], section, kind.likeness):
            placing = placing_of(section, group, decided)
            moved = any(placed[one.source] for one in group.said)
            pending = placing.id not in shown if placing else moved
            names = tuple(dict.fromkeys(one.name for one in group.said))
            yield Paragraph(statement, section, group.text, names, placing, pending)


def _named(known: Paragraphs, paragraph: str) -> Paragraph:
    """The paragraph of a statement, or the one that has these words. Raises InputError where that is not one."""
    exact = [one for one in known.every if one.statement == paragraph.strip()]
    words = normalise(paragraph)
    found = exact or [one for one in known.every if words and words in normalise(one.text)]
    if len(found) != 1:
        vi = "Không có đoạn này trong báo cáo; có thể đơn vị đã gửi lại."
        if found:
            vi = "Nhiều đoạn có lời văn này; đề nghị ghi đủ lời văn của một đoạn."
        raise InputError("the words of one paragraph", field="paragraph", found=paragraph, vi=vi)
    return found[0]


def _heading(known: Paragraphs, target: str) -> str:
    """The code of a heading. Raises InputError where there is none, or are several."""
    wanted = normalise(target)
    found = {code for code, text in known.headings.items() if code and wanted in (code, *_ways_to_say(text))}
    if len(found) != 1:
        vi = "Đề nghị chọn một đề mục của báo cáo."
        raise InputError("a heading of the report", field="target", found=target, vi=vi)
    return found.pop()


def _ways_to_say(heading: str) -> Sequence[str]:
    whole = normalise(heading)
    return whole, whole.rpartition(normalise(_BELOW))[2].strip()

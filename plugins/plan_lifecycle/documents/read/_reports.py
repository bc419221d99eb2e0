"""Which reports a clause asks for, and which of its times belongs to which of them.

"báo cáo 6 tháng trước ngày 10/6, năm trước ngày 10/12" asks for two; "báo cáo quý, 6 tháng, năm trước ngày 10 của
tháng cuối kỳ" for three by one rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plan_lifecycle.documents.read._when import times_in
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_LABELS: tuple[tuple[DutyItem, re.Pattern[str]], ...] = (
    (DutyItem.REPORT_H1, regex(r"(?:sơ kết\s+)?(?<!\d)(?:0?6|sáu)\s+tháng(?:\s+đầu)?(?:\s+năm)?(?:\s+\d{4})?"
                             r"|báo cáo sơ kết(?!\s+(?:0?6|sáu))|bán niên", re.I)),
    (DutyItem.REPORT_QUARTER,
     regex(r"(?:(?:hằng|hàng|mỗi)\s+)?\bquý\b(?:\s+(?:IV|III|II|I|[1-4])(?!\w))?"
                r"|(?<!\d)(?:0?9|chín)\s+tháng(?:\s+đầu)?(?:\s+năm)?(?:\s+\d{4})?", re.I)),
    (DutyItem.REPORT_MONTH,
     regex(r"(?:hằng|hàng|mỗi)\s+tháng|báo cáo tháng|(?:[,(/]|\bvà)\s*tháng\b(?!\s*\d)", re.I)),
    (
        DutyItem.REPORT_YEAR,
        regex(
            r"(?:hằng|hàng|cuối|cả|mỗi|(?:báo cáo )?tổng kết|báo cáo|kết quả)\s+năm\b(?:\s+\d{4})?|(?:[,(/;]"
            r"|\bvà)\s*(?:cuối\s+)?năm\b(?!\s+(?:nay|sau|tiếp|\d{4}\s*\)))|báo cáo tổng kết|01 năm|một năm",
            re.I,
        ),
    ),
)  # fmt: skip
_YEARLY = regex(
    r"(?:hằng|hàng|mỗi)\s+(năm|quý|tháng)|tháng\s+(?:cuối|đầu)(?:\s+(?:của|tiên|cùng|mỗi)){0,3}\s+(quý)"
    r"|cuối (quý)|(?:của\s+)(tháng)\s+(?:sau|liền kề|kế tiếp|tiếp theo)",
    re.I,
)
_DATED = regex(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|tháng\s+\d{1,2}\s+năm\s+\d{4}", re.I)
# "chỉ số cải cách hành chính của tỉnh hằng năm", "dự toán được duyệt hằng năm": the year of something else.
_OF_ANOTHER = regex(
    r"(?:chỉ số|dự toán|kế hoạch|chương trình|xếp loại|xếp hạng|ngân sách|được duyệt|được giao"
    r"|của (?:tỉnh|huyện|thành phố|xã|cơ quan|đơn vị|địa phương|ngành))(?:\s+[^\W\d]+){0,3}\s+$",
    re.I,
)
_NUMBERED = regex(r"\bquý\s+(?:IV|III|II|I|[1-4])(?!\w)|(?<!\d)(?:0?9|chín)\s+tháng", re.I)
_MONTH = regex(r"\d{1,2}\s*(?:/|tháng)\s*(\d{1,2})(?!\d)")
_OF_YEARLY = {"năm": DutyItem.REPORT_YEAR, "quý": DutyItem.REPORT_QUARTER, "tháng": DutyItem.REPORT_MONTH}


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    end: int
    item: DutyItem
    text: str


def reports_in(clause: str, *, labelled: str | None = None) -> list[tuple[DutyItem, str]]:
    """The reports that a clause asks for: item and the phrase of its time, empty where it has none.

    ``labelled`` is the part of the clause that may name them: "… chỉ số của tỉnh hằng năm" after it names none.
    """
    times = times_in(clause)
    masked = clause[: len(labelled)] if labelled is not None and clause.startswith(labelled) else clause
    times_masked = [time for time in times if time.end() <= len(masked)]
    for time in times_masked:
        masked = masked[: time.start()] + "\0" * (time.end() - time.start()) + masked[time.end() :]
    labels = _labels(masked)
    if not labels:
        return [(item, " ".join(time[0].split())) for time in times if time[0].strip() for item in _items_of(time[0])]
    made: dict[tuple[DutyItem, str], None] = {}
    for time in times:  # "vào ngày 20 hằng tháng, báo cáo quý vào ngày …": the first names its period itself
        if time.start() < labels[0].start and times[-1].start() > labels[-1].start and _YEARLY.search(time[0]):
            made[_item_of_time(time[0]), " ".join(time[0].split())] = None
    quarters: dict[str, list[str]] = {}
    for label, its_time in _paired(labels, times):
        when = _worded(clause, label, its_time, labels)
        if label.item is DutyItem.REPORT_QUARTER and _NUMBERED.search(label.text) and not _NUMBERED.search(when):
            quarters.setdefault(when, []).append(" ".join(label.text.split()))
        else:
            made[label.item, when] = None
    for when, names in quarters.items():  # "quý I, 6 tháng, quý III trước ngày 20 …": the first and the third quarter
        made[DutyItem.REPORT_QUARTER, f"{', '.join(names)} {when}" if when else ""] = None  # its name is no time
    dated = {item for item, when in made if when}
    return [(item, when) for item, when in made if when or item not in dated]


def _worded(clause: str, label: _Label, time: re.Match[str] | None, labels: list[_Label]) -> str:
    """The phrase of a report's time; one without a year takes its period along: "hằng năm (trước ngày 15/11)"."""
    if time is None:
        return label.text if re.match(r"(?:hằng|hàng|mỗi|cuối|định kỳ)\s", label.text, re.I) else ""
    if _DATED.search(time[0]):
        return " ".join(time[0].split())
    between = clause[label.end : time.start()]
    alone = not any(label.start < other.start < time.start() for other in labels)
    if label.end <= time.start() and alone and re.fullmatch(r"\s*[,(:]?\s*", between):
        return " ".join(clause[label.start : time.end()].split()) + (")" if "(" in between else "")
    return " ".join(time[0].split())


def _labels(masked: str) -> list[_Label]:
    found: list[_Label] = []
    for item, pattern in _LABELS:
        for match in pattern.finditer(masked):
            if _of_another(masked, match):
                continue
            text = re.sub(r"^(?:báo cáo|kết quả)\s+(?=năm|tháng)", "", match[0].strip(" ,(/;"), flags=re.I)
            start = match.start() + match[0].index(text)
            found.append(_Label(start, start + len(text), item, text))
        masked = pattern.sub(lambda match: "\0" * len(match[0]), masked)
    return sorted(found, key=lambda label: label.start)


def _of_another(masked: str, label: re.Match[str]) -> bool:
    """Whether "hằng năm" belongs to what stands before it; not where its time follows: "hằng năm (trước 15/11)"."""
    timed = re.match(r"\s*[,(:]?\s*\0", masked[label.end() : label.end() + 8])
    before = _OF_ANOTHER.search(masked, max(0, label.start() - 60), label.start())
    return before is not None and timed is None and "báo cáo" not in label[0].lower()


def _paired(labels: list[_Label], times: list[re.Match[str]]) -> Iterator[tuple[_Label, re.Match[str] | None]]:
    """Each label with the time that follows it (or, where times come first, that precedes it)."""
    in_turn = _in_turn(labels, times)
    if in_turn:
        yield from zip(labels, in_turn, strict=True)
        return
    first = bool(times) and times[0].start() < labels[0].start and times[-1].start() < labels[-1].start
    for label in labels:
        after = next((time for time in times if time.start() > label.start), None)
        before = next((time for time in reversed(times) if time.start() < label.start), None)
        yield label, (before if first else after) or before


def _in_turn(labels: list[_Label], times: list[re.Match[str]]) -> list[re.Match[str]]:
    """The times one by one where all labels stand before them and they are as many: "… trước ngày 20/6 và 20/12"."""
    if len(times) < 2 or labels[-1].end > times[0].start():
        return []
    order = [time for time in times for _ in range(max(1, len(_MONTH.findall(time[0]))))]
    return order if len(order) == len(labels) else []


def item_named(text: str) -> DutyItem | None:
    """The paper that a cell of a table names: "Báo cáo 6 tháng", "Kế hoạch của đơn vị"; None where it names none."""
    form = normalise(text)
    if "kế hoạch" in form and not form.startswith("báo cáo"):
        return DutyItem.SUB_PLAN
    labels = _labels(f"báo cáo {text}" if re.match(r"(?:quý|tháng|năm|0?6)\b", form) else text)
    if labels:
        return labels[0].item
    return DutyItem.REPORT if "báo cáo" in form else None


def _items_of(time: str) -> list[DutyItem]:
    """ "trước ngày 01/6 và 15/11 hằng năm" is the half-yearly and the yearly report; other times are of one."""
    months = [int(month) for month in _MONTH.findall(time)]
    if len(months) == 2 and months[0] in (5, 6, 7) and months[1] in (11, 12, 1):
        return [DutyItem.REPORT_H1, DutyItem.REPORT_YEAR]
    return [_item_of_time(time)]


def _item_of_time(time: str) -> DutyItem:
    match = _YEARLY.search(time)
    if match is None or len(re.findall(r"\d{1,2}\s*/\s*\d{1,2}", time)) > 1:
        return DutyItem.REPORT
    return _OF_YEARLY[normalise(match[1] or match[2] or match[3] or match[4])]

"""What must hold of consolidated reports, told by what units sent and by the files themselves, not by the store.

Every paragraph of an accepted report stands in the workbook under its unit and can be traced; nothing is left as dots;
what a level hands up as it is comes out as the same figures; sums agree with the figures of units beside them.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.indicator import RollUp
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.compile import Found, compile_report, trace
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, reopen
from plan_lifecycle.simulation.case import Case
from plan_lifecycle.simulation.papers import lines_of
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.reports import StoredReport

LEFT_OPEN = re.compile(r"(?<![\w,;.)”%])…|……|\.{4}")
"""Dots that stand for what is to be filled in, not those that end a list, as "phí, lệ phí,…" of a form's row."""
_SUMS, _UNITS, _WORDS = "Tổng hợp", "Từng đơn vị", "Lời văn"
_TASKS, _TASK, _DONE = "Tiến độ nhiệm vụ", 3, 14
_NEAR = 0.005


class SentReport(NamedTuple):
    """A report as a unit sent it: the name under which it stands in reports, what its bytes are kept under, its words,
    the workbook of its own consolidated report where it handed that on, and which tasks of the plan it says are done or
    not, by their words."""

    unit_id: str
    name: str
    digest: str
    lines: tuple[str, ...]
    handed_on: bytes | None = None
    tasks: Mapping[str, bool] = MappingProxyType({})

    @property
    def as_it_was(self) -> bool:
        """Whether what it handed on is the very workbook that was compiled for it."""
        return self.handed_on is not None and self.digest == hashlib.sha256(self.handed_on).hexdigest()


@dataclass(frozen=True)
class _Report:
    """The newest version of a report: its files as they are read, and what is in it by submission."""

    stored: StoredReport
    lines: tuple[str, ...]
    totals: Mapping[str, object]
    names: Mapping[str, str]
    figures: Mapping[str, Mapping[str, object]]
    words: frozenset[tuple[str, str]]
    tasks: Mapping[str, float]
    inside: Mapping[int, SentReport]


def report_invariants(office: Office, sent: Iterable[SentReport]) -> dict[str, bool]:
    """Which of the rules hold of the newest version of every report."""
    reports = _newest(office, sent)
    return {
        "texts_in_the_workbook": all(map(_texts_are_there, reports)),
        "texts_are_traced": all(_texts_are_traced(office, report) for report in reports),
        "no_dotted_lines": not any(LEFT_OPEN.search(line) for report in reports for line in report.lines),
        "nothing_is_retyped": all(_handed_on_as_it_is(office, report) for report in reports),
        "sums_of_the_units": all(_adds_up(office, report) for report in reports),
        "tasks_as_units_say": all(_tasks_are_as_said(report, reports) for report in reports),
    }


def withdrawn_leaves_nothing(office: Office, sent: Sequence[SentReport], case: Case) -> bool:
    """Withdraw the acceptance of one paper of the fullest report, make that again, and look for what is left of it."""
    now = opening_of(case.ends)
    fullest = _fullest(office)
    if fullest is None:
        return True
    (before,) = _newest(office, sent, fullest)
    number, taken = next((each for each in before.inside.items() if each[1].lines), next(iter(before.inside.items())))
    which, decider = SubjectId(Subject.SUBMISSION, number), Decider("Người chạy thử", "Đơn vị đề nghị rút báo cáo")
    reopen(office, which, decider, now)
    unit_id, period, profile = key = before.stored.key
    made = compile_report(office, unit_id, period, now, profile=profile)
    (after,) = _newest(office, sent, key)
    traced = {origin.unit_id for one in trace(office, unit_id, period, None, profile=profile) for origin in one.origins}
    return (
        made.version == before.stored.version + 1
        and number not in after.inside
        and taken.unit_id not in traced
        and not any(name == taken.name for name, _ in after.words)
        and not any(after.figures[taken.name].values())
        and _adds_up(office, after)
    )


def _fullest(office: Office) -> ReportKey | None:
    """The report whose newest version is of most papers; None where there is no paper in any."""
    with office.store.read() as connection:
        newest = {one.key: one.id for one in report_rows.every(connection)}
        papers = {
            key: sum(row["submission_id"] is not None for row in report_rows.sources(connection, report_id))
            for key, report_id in newest.items()
        }
    return max(papers, key=lambda key: papers[key]) if any(papers.values()) else None


def _newest(office: Office, sent: Iterable[SentReport], only: ReportKey | None = None) -> list[_Report]:
    """The newest version of every report, or of one."""
    by_digest = {one.digest: one for one in sent}
    with office.store.read() as connection:
        every = {one.key: one for one in report_rows.every(connection) if only in (None, one.key)}
        numbers = {
            one.id: [row["submission_id"] for row in report_rows.sources(connection, one.id) if row["submission_id"]]
            for one in every.values()
        }
        taken = submission_rows.find(connection, [number for of_one in numbers.values() for number in of_one])
    return [
        _read(office, stored, {number: by_digest[taken[number].blob] for number in numbers[stored.id]})
        for stored in every.values()
    ]


def _read(office: Office, stored: StoredReport, inside: Mapping[int, SentReport]) -> _Report:
    get = office.store.blobs.get
    sheets = _sheets(get(stored.excel_blob))
    totals = {str(row[0]): row for row in _below(sheets[_SUMS], "Mã")}
    heads, *rows = _from(sheets[_UNITS], "TT đơn vị")
    return _Report(
        stored,
        tuple(lines_of(get(stored.word_blob))),
        {code: row[3] for code, row in totals.items()},
        {code: str(row[1]) for code, row in totals.items()},
        {str(row[1]): dict(zip(map(str, heads[2:]), row[2:], strict=False)) for row in rows if row[0] != ""},
        frozenset((str(row[2]), normalise(str(row[1]))) for row in _below(sheets.get(_WORDS, []), "Đề mục")),
        {normalise(str(row[_TASK])): _number(row[_DONE]) for row in _below(sheets.get(_TASKS, []), "Kế hoạch")},
        inside,
    )


def _sheets(data: bytes) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _from(rows: Sequence[Sequence[Any]], head: str) -> Iterator[Sequence[Any]]:
    """The rows from that of the headings on."""
    first = next((number for number, row in enumerate(rows) if row and row[0] == head), len(rows))
    yield from rows[first:]


def _below(rows: Sequence[Sequence[Any]], head: str) -> list[Sequence[Any]]:
    return [*_from(rows, head)][1:]


def _texts_are_there(report: _Report) -> bool:
    for one in report.inside.values():
        mine = [text for name, text in report.words if name == one.name]
        if one.handed_on is None:
            if not {normalise(line) for line in one.lines} <= set(mine):
                return False
        elif one.as_it_was:
            below = [normalise(str(row[1])) for row in _below(_sheets(one.handed_on).get(_WORDS, []), "Đề mục")]
            if not all(any(text.endswith(line) for text in mine) for line in below):
                return False
    return True


def _texts_are_traced(office: Office, report: _Report) -> bool:
    traced = {
        (origin.submission_id, normalise(one.text))
        for one in trace(office, *report.stored.key[:2], None, profile=report.stored.profile)
        if one.found is Found.PARAGRAPH
        for origin in one.origins
    }
    return all(
        (number, normalise(line)) in traced
        for number, one in report.inside.items()
        for line in one.lines
        if one.handed_on is None
    )


def _handed_on_as_it_is(office: Office, report: _Report) -> bool:
    """A unit that handed its consolidated report on stands with that report's totals, whichever file it sent."""
    for one in report.inside.values():
        if one.handed_on is None:
            continue
        below = {str(row[0]): row[3] for row in _below(_sheets(one.handed_on)[_SUMS], "Mã")}
        given = report.figures[one.name]
        for code in _summed(office, report):
            if code in below and not _same(given.get(report.names[code]), below[code]):
                return False
    return True


def _adds_up(office: Office, report: _Report) -> bool:
    for code in _summed(office, report):
        values = [row.get(report.names[code]) for row in report.figures.values()]
        if not _same(sum(value for value in values if isinstance(value, int | float)), report.totals[code]):
            return False
    return True


def _tasks_are_as_said(report: _Report, reports: Sequence[_Report]) -> bool:
    """Of each task as many units are counted as done as say so in the last of their reports of the kind until then."""
    period, said = Period.parse(report.stored.period), dict[tuple[str, str], bool]()
    alike = [one for one in reports if one.stored.key._replace(period="") == report.stored.key._replace(period="")]
    for one in sorted(alike, key=lambda other: Period.parse(other.stored.period).data_to):
        if Period.parse(one.stored.period).data_to <= period.data_to:
            for paper in one.inside.values():
                said |= {(paper.unit_id, normalise(task)): done for task, done in paper.tasks.items()}
    counts = Counter(task for (_, task), done in said.items() if done)
    return all(report.tasks.get(task, 0) == counts[task] for task in {*report.tasks, *counts})


def _summed(office: Office, report: _Report) -> list[str]:
    year = int(report.stored.period[:4])
    summed = {one.code for one in office.rules.indicators_of(year) if one.roll_up is RollUp.SUM}
    return [code for code in report.totals if code in summed]


def _same(one: object, other: object) -> bool:
    return abs(_number(one) - _number(other)) < _NEAR


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0

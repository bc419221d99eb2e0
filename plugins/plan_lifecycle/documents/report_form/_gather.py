"""What all tables of a file say together: the sheets of the period, each indicator once, and what was left out.

xã Bình An spreads its figures over a sheet for each field and keeps last year's beside them. Figures of sheets that
name this period, or none, are put together; of a sheet that names another none is taken. What differs is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from plan_lifecycle.documents.report_form._finder import Finder
from plan_lifecycle.documents.report_form._formula import Book
from plan_lifecycle.documents.report_form._headings import find_tables
from plan_lifecycle.documents.report_form._left_out import (
    columns_unknown,
    cut_off,
    hidden_sheet,
    left_out,
    strange_rows,
)
from plan_lifecycle.documents.report_form._periods import When, said, titles, when_of
from plan_lifecycle.documents.report_form._sheet import Sheet
from plan_lifecycle.documents.report_form._table import Found, TableReading, read_table
from plan_lifecycle.documents.report_form._twice import once_each
from plan_lifecycle.documents.report_form._writing import COMPILED, MARK
from plan_lifecycle.domain.figure import NotKnown
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.writing import first_up

_TITLE_ROWS = 12


@dataclass(frozen=True, slots=True)
class Marks:
    """Unit and period out of the hidden column of our own form."""

    unit_id: str
    period: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The tables of one sheet, and what it says of its period. ``torn``: its name says another than its title;
    ``other`` is what names another period."""

    sheet: Sheet
    tables: tuple[TableReading, ...]
    when: When
    torn: bool = False
    other: str = ""
    marks: Marks | None = None

    @property
    def figures(self) -> list[Found]:
        """The figures of all its tables."""
        return [found for table in self.tables for found in table.figures]

    @property
    def seen(self) -> set[str]:
        """The indicators that it names."""
        return set[str]().union(*(table.seen for table in self.tables))


@dataclass(slots=True)
class Gathered:
    """Figures and findings of a whole file; ``used`` are the sheets that they come from."""

    figures: list[Found] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    unknown: dict[str, NotKnown] = field(default_factory=dict)
    used: list[SheetReading] = field(default_factory=list)


def gather(sheets: Iterable[Sheet], finder: Finder, period: Period | None) -> Gathered | None:
    """Read all tables of figures; None where there is none. Of a compiled report of ours only its totals count."""
    sheets = list(sheets)
    sheets = [sheet for sheet in sheets if _starts_with(sheet, COMPILED)] or sheets
    book = Book(sheets)
    read = [_read(sheet, finder, period, book) for sheet in sheets]
    found = [each for each in read if each.tables]
    shown = [each for each in read if not each.sheet.hidden]
    told = [each for each in shown if each.seen] or _strangest(shown)
    if not told and not any(each.figures for each in found):
        return None
    gathered = Gathered()
    _choose(gathered, told, period)
    for each in gathered.used:
        for table in each.tables:
            gathered.findings += table.findings
            gathered.unread |= table.unread
            gathered.unknown |= table.unknown
    figures, differing = once_each(list(chain.from_iterable(each.figures for each in gathered.used)), finder)
    gathered.findings += differing
    gathered.figures = figures
    gathered.unread |= {found.figure.indicator for each in gathered.used for found in each.figures} - _codes(figures)
    gathered.unknown = {code: one for code, one in gathered.unknown.items() if code not in _codes(figures)}
    for each in shown:
        if each in gathered.used or (each not in told and each.when is not When.OTHER):
            unknown = columns_unknown(each.sheet, each.tables, finder, _codes(figures) | gathered.unread)
            gathered.findings += [finding for finding, _codes_of in unknown]
            gathered.unread |= set[str]().union(*(codes for _finding, codes in unknown))
    for each in gathered.used:
        gathered.findings += [*left_out(each.sheet, each.tables), *strange_rows(each.sheet, each.tables)]
        gathered.findings += [cut_off(each.sheet)] if each.sheet.cut else []
    gathered.findings += [
        hidden_sheet(each.sheet, each.figures, sure=_is_no_matter(each, figures))
        for each in found
        if each.sheet.hidden and each.figures
    ]
    return gathered


def _is_no_matter(hidden: SheetReading, taken: Sequence[Found]) -> bool:
    """Whether a hidden sheet is of another period by its own word, or a copy of what was taken."""
    known = {(found.figure.indicator, found.figure.value) for found in taken}
    copied = all((found.figure.indicator, found.figure.value) in known for found in hidden.figures)
    return copied or (hidden.when is When.OTHER and not hidden.torn)


def _codes(figures: Iterable[Found]) -> set[str]:
    return {found.figure.indicator for found in figures}


def _strangest(read: Sequence[SheetReading]) -> list[SheetReading]:
    """Where no sheet names an indicator: the one with the most rows that are about something else."""
    known = [each for each in read if any(not table.columns.guessed for table in each.tables)]
    return sorted(known, key=lambda each: -sum(len(table.strange) for table in each.tables))[:1]


def _read(sheet: Sheet, finder: Finder, period: Period | None, book: Book) -> SheetReading:
    tables = find_tables(sheet, period)
    readings = tuple(read_table(sheet, columns, finder, book) for columns in tables)
    marks = marks_of(sheet)
    if marks is not None:
        when = When.UNSAID if period is None else When.THIS if marks.period == period.code else When.OTHER
        return SheetReading(sheet, readings, when, marks=marks)
    name = "" if sheet.in_word else sheet.name
    above = list(_titles(sheet, tables[0].heading if tables else 0))
    named, titled = when_of((name,), period), when_of(above, period)
    torn = {named, titled} == {When.THIS, When.OTHER}
    other = said((name, *above), period, When.OTHER)
    return SheetReading(sheet, readings, titled if named is When.UNSAID else named, torn, other)


def _titles(sheet: Sheet, heading: int) -> Iterator[str]:
    above = range(max(0, heading - _TITLE_ROWS), heading)
    cells = (sheet.text(row, column) for row in above for column in range(len(sheet.cells[row])))
    return titles(sheet.titles if sheet.in_word else cells)


def marks_of(sheet: Sheet) -> Marks | None:
    """Whose form it is and of which period, by its hidden first column; None where that is gone."""
    for number, row in enumerate(sheet.cells[:10]):
        if row and row[0] in (MARK, COMPILED) and len(sheet.cells) > number + 2:
            return Marks(sheet.text(number + 1, 0), sheet.text(number + 2, 0))
    return None


def _starts_with(sheet: Sheet, mark: str) -> bool:
    return bool(sheet.cells and sheet.cells[0]) and sheet.cells[0][0] == mark


def _choose(gathered: Gathered, read: Sequence[SheetReading], period: Period | None) -> None:
    """Take the sheets of the period; where none is, say which others there are."""
    ours = [each for each in read if each.when is not When.OTHER or each.torn]
    others = [each for each in read if each not in ours]
    gathered.used = ours or (others if _are_one(others) else [])
    torn = [each for each in ours if each.torn]
    gathered.findings += [_torn(each, period) for each in torn]
    if period is None or not others:
        return
    names = ", ".join(each.sheet.where for each in others)
    if ours:
        sure = any(each.when is When.THIS and not each.torn for each in ours)
        taken = ", ".join(each.sheet.where for each in ours)
        text = f"số liệu được lấy ở {taken}; {names} ghi kỳ khác nên không được tính"
        text = f"{first_up(text)}." if sure else f"{TO_LOOK_AT}{text}; đề nghị kiểm tra lại."
        gathered.findings.append(Finding(Rule.REPORT_SHEET, text, blocks=False, doubt=not sure, about=names))
    elif _are_one(others):
        if others[0].marks is None:
            text = f"{first_up(names)} ghi “{others[0].other[:120]}”, chưa phải kỳ {period.label}; đề nghị gửi đúng kỳ."
            gathered.findings.append(Finding(Rule.REPORT_PERIOD, text, about=names))
    else:
        gathered.unread |= set[str]().union(*(each.seen for each in others))
        text = f"Tệp có {names}, chưa có trang của kỳ {period.label}; đề nghị gửi số liệu của kỳ này trên một trang."
        gathered.findings.append(Finding(Rule.REPORT_SHEET, text, about=names))


def _are_one(sheets: Sequence[SheetReading]) -> bool:
    """Whether these are a single sheet, or the sheets of one form of ours."""
    return len(sheets) == 1 or (
        bool(sheets) and sheets[0].marks is not None and len({one.marks for one in sheets}) == 1
    )


def _torn(read: SheetReading, period: Period | None) -> Finding:
    label = period.label if period else ""
    text = f"{TO_LOOK_AT}{read.sheet.where} vừa ghi kỳ {label}, vừa ghi “{read.other[:120]}”; đề nghị kiểm tra lại."
    return Finding(Rule.REPORT_SHEET, text, blocks=False, doubt=True, about=read.sheet.name)

"""The rows of one table, each with its place; and which of them are only parts of the one above ("Trong đó")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plan_lifecycle.documents.drafts import BREAK
from plan_lifecycle.documents.report_form._finder import Finder, Match, opens_parts, plain_name
from plan_lifecycle.documents.report_form._headings import Columns
from plan_lifecycle.documents.report_form._sheet import Sheet
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_NUMBERING = regex(r"\(?\s*(?:\d{1,2}|[a-zđ])\s*\)?(?:\s*=.*)?")
_LABEL = regex(r"\(?(\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-ZĐ])[.)]?(?:\s|$)")
_LISTED = regex(r"\s*(?:[-–+*•]|[a-zđ][.)]\s)")
_SUM = regex(r"(?:tổng(?: cộng| số)?|cộng)(?: chung)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that has a name, in ``column``, or a code.

    ``part_of`` is the number of the row that it is a part of, ``told`` whether "Trong đó" says so. ``fits``: whether
    the row above that its number names ("3.1" of "3.1.2") is what it belongs to; None where there is no such row.
    ``of_form``: the form has such a row, maybe for other units.
    """

    number: int
    column: int | None
    name: str
    code: str
    found: Match | None
    fits: bool | None = None
    part_of: int | None = None
    told: bool = False
    of_form: bool = False


def read_rows(sheet: Sheet, columns: Columns, finder: Finder) -> Iterator[Row]:
    """The rows of a table below its heading, without the line that numbers the columns and without the sum of all."""
    parts = _Parts()
    by_label: dict[str, Match | None] = {}
    for number in range(columns.first, columns.end):
        column, code = _name_column(sheet, columns, number, finder), sheet.text(number, columns.code).replace(BREAK, "")
        name = sheet.text(number, column)
        if not (name or code) or _NUMBERING.fullmatch(normalise(name or code)) or _SUM.fullmatch(plain_name(name)):
            continue
        if opens_parts(name) and not plain_name(name):
            parts.open()
            continue
        ordinal = sheet.text(number, columns.ordinal)
        label = _label(name, ordinal)
        above = by_label.get(label.rpartition(".")[0])
        whole = above if isinstance(above, Indicator) else None
        found = finder.find(name, code, whole, nearly=False)
        part_of = parts.of(number, name, ordinal, exact=found is not None)
        if found is None and part_of is None:
            found = finder.find(name, code)
        by_label[label] = found
        fits: bool | None = isinstance(found, Indicator) and finder.belongs(found, whole)
        fits = fits if label.rpartition(".")[0] in by_label else None
        yield Row(number, column, name, code, found, fits, part_of, parts.told, finder.is_of_form(name))


def _name_column(sheet: Sheet, columns: Columns, number: int, finder: Finder) -> int | None:
    """In which column a row's name stands, where each level of names has its own, or a field stands before it."""
    filled = [column for column in columns.names if sheet.text(number, column)]
    named = (column for column in filled if finder.exactly(sheet.text(number, column)))
    return next(named, filled[0] if filled else columns.name)


def _label(name: str, ordinal: str) -> str:
    """A row's number as it stands in its own column or before its name: "3.1", "II"; empty where there is none."""
    match = _LABEL.match(ordinal) or _LABEL.match(name)
    return match[1] if match else ""


class _Parts:
    """Knows from row to row whether it belongs to one above: by "Trong đó", a dash, or a number below that row's."""

    def __init__(self) -> None:
        self.told = False
        self._whole: int | None = None
        self._label = ""

    def open(self) -> None:
        """See "Trong đó"."""
        self.told = self._whole is not None

    def of(self, number: int, name: str, ordinal: str, *, exact: bool) -> int | None:
        """The row that this one is a part of; None where it stands for itself."""
        opens = opens_parts(name)
        if opens:
            self.open()
        label, listed = _label(name, ordinal), bool(_LISTED.match(ordinal) or _LISTED.match(name))
        deeper = bool(self._label and label.startswith(f"{self._label}."))
        below = deeper or opens or (not label and (listed or (self.told and not exact)))
        if self._whole is not None and below and (self.told or not exact):
            return self._whole
        self.told, self._whole, self._label = False, number, label
        return None

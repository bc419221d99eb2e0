"""Reporting periods: what "6 tháng đầu năm 2023" covers (Nghị định 09/2019/NĐ-CP, Điều 12).

A period's data do not follow the calendar: they run from the 15th of the month before it to the 14th of its last
month, so that a report can be written before the period ends. A year runs from 15/12 of the year before to 14/12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.regex import regex


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
_LETTERS = {"M": PeriodKind.MONTH, "Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}
_CODE = regex(r"(\d{4})(?:-(?:(Q)([1-4])|(H)([12])|(M)(0[1-9]|1[0-2])))?")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period. ``ordinal`` counts the periods of its kind within the year, from 1.

    Its ``code`` is ``2023-M05``, ``2023-Q1``, ``2023-H1`` or ``2023``; periods of one kind sort by time.
    """

    year: int
    kind: PeriodKind
    ordinal: int = 1

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a code, upper or lower case. Raises InputError."""
        match = _CODE.fullmatch(code.strip().upper()) if code.isascii() else None
        if match is None or match[1] == "0000":
            vi = f"Kỳ báo cáo “{code}” chưa đúng; ví dụ: 2023, 2023-H1, 2023-Q1, 2023-M05."
            raise InputError("a period such as 2023, 2023-H1, 2023-Q1, 2023-M05", field="period", found=code, vi=vi)
        letter, ordinal = next(((match[i], match[i + 1]) for i in (2, 4, 6) if match[i]), (None, "1"))
        return cls(int(match[1]), _LETTERS[letter] if letter else PeriodKind.YEAR, int(ordinal))

    @classmethod
    def holding(cls, kind: PeriodKind, day: date) -> Period:
        """The period of this kind whose data include ``day``."""
        months = day.year * 12 + day.month - 1 + (day.day >= 15)
        year, month = divmod(months, 12)
        return cls(year, kind, month // _MONTHS[kind] + 1)

    @property
    def code(self) -> str:
        """The period's key in file names, tables and commands."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year:04}"
            case PeriodKind.MONTH:
                return f"{self.year:04}-M{self.ordinal:02}"
        return f"{self.year:04}-{'Q' if self.kind is PeriodKind.QUARTER else 'H'}{self.ordinal}"

    @property
    def first_month(self) -> int:
        """The first calendar month, 1 to 12."""
        return (self.ordinal - 1) * _MONTHS[self.kind] + 1

    @property
    def last_month(self) -> int:
        """The last calendar month, 1 to 12."""
        return self.ordinal * _MONTHS[self.kind]

    @property
    def data_from(self) -> date:
        """The first day whose data belong to the period."""
        if self.first_month == 1:
            return date(self.year - 1, 12, 15)
        return date(self.year, self.first_month - 1, 15)

    @property
    def data_to(self) -> date:
        """The last day whose data belong to the period, the cut-off (*ngày chốt số liệu*)."""
        return date(self.year, self.last_month, 14)

    @property
    def label(self) -> str:
        """The period in words, as in a title: "6 tháng đầu năm 2023"."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"năm {self.year}"
            case PeriodKind.HALF:
                return f"6 tháng {('đầu', 'cuối')[self.ordinal - 1]} năm {self.year}"
            case PeriodKind.QUARTER:
                return f"quý {_ROMAN[self.ordinal - 1]} năm {self.year}"
        # Nghị định 30/2020/NĐ-CP pads the months 1 and 2 only.
        return f"tháng {self.ordinal:0{2 if self.ordinal < 3 else 1}} năm {self.year}"

    @property
    def previous(self) -> Period:
        """The period of the same kind just before."""
        if self.ordinal > 1:
            return Period(self.year, self.kind, self.ordinal - 1)
        return Period(self.year - 1, self.kind, 12 // _MONTHS[self.kind])

    @property
    def same_last_year(self) -> Period:
        """The same period a year before (*cùng kỳ năm trước*)."""
        return Period(self.year - 1, self.kind, self.ordinal)

    def parts(self, kind: PeriodKind) -> Iterator[Period]:
        """The shorter periods that make this one up, in order; nothing where ``kind`` is longer."""
        size = _MONTHS[kind]
        for first in range(self.first_month, self.last_month + 2 - size, size):
            if (first - 1) % size == 0:
                yield Period(self.year, kind, (first - 1) // size + 1)

    def __str__(self) -> str:
        return self.code

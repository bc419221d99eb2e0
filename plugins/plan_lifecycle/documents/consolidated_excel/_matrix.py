"""Every unit's figures, and under them the totals as formulas over the column."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from plan_lifecycle.documents.consolidated_excel._places import Places
from plan_lifecycle.documents.consolidated_excel._sheet import Cell, Formula, Link, Sheet, shown
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.figure import NOT_KNOWN
from plan_lifecycle.domain.indicator import NUMERIC, Indicator, RollUp, Value
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.writing import first_up, write_value

_PLAIN = {RollUp.SUM: "SUM", RollUp.MEAN: "AVERAGE", RollUp.MIN: "MIN", RollUp.MAX: "MAX"}
_FIXED = 2
_LARGEST = "9.99E+307"
"""Larger than any figure: the last number of a column is found by looking for it."""


def write_matrix(
    sheet: Sheet,
    indicators: Sequence[Indicator],
    contributions: Sequence[Contribution],
    totals: Sequence[Total | None],
    places: Places,
    *,
    last_year: bool = False,
) -> None:
    """A row for each unit and a column for each indicator; ``totals`` in the order of ``indicators``."""
    names = [Link(indicator.alone, places.to_total(indicator.code)) for indicator in indicators]
    sheet.head(("TT đơn vị", "Cơ quan, đơn vị", *names), (10, 40, *(14 for _ in names)), fixed=_FIXED)
    sheet.print_in_its_size(_FIXED)
    for contribution in contributions:
        values: dict[str, Value] = {one.indicator: first_up(NOT_KNOWN) for one in contribution.unknown}
        values |= {figure.indicator: figure.value for figure in contribution.figures}
        figures = [shown(values.get(indicator.code), indicator) for indicator in indicators]
        name = Link(contribution.unit_name, places.to_paper(contribution.unit_id, last_year=last_year))
        sheet.row((places.number[contribution.unit_id], name, *figures))
    sheet.filter()
    sums = _Sums(places, len(contributions), indicators)
    sheet.row((None, "Cộng", *map(sums.cell, indicators, totals)), bold=True)


class _Sums:
    """The totals of a matrix of so many units."""

    def __init__(self, places: Places, units: int, indicators: Sequence[Indicator]) -> None:
        self._column, self._units = places.column, units
        self._codes = {indicator.code for indicator in indicators}

    def cell(self, indicator: Indicator, total: Total | None) -> Cell:
        """The total as a formula where a sheet can work it out; the value else."""
        value = shown(total.value, indicator) if total and total.figures else None
        if total is None or isinstance(value, str | None):
            return value
        by_parts = any(reported.figure.indicator != indicator.code for reported in total.figures)
        formula = self._computed(indicator) if by_parts else self._formula(indicator)
        return Formula(formula, value) if formula else value

    def _formula(self, indicator: Indicator) -> str:
        column = self._area(indicator.code)
        match indicator.roll_up:
            case RollUp.SUM | RollUp.MEAN | RollUp.MIN | RollUp.MAX:
                return f"={_PLAIN[indicator.roll_up]}({column})"
            case RollUp.SHARE:
                yes, no = (f'COUNTIF({column},"{write_value(said, indicator)}")' for said in (True, False))
                return f"=100*{yes}/({yes}+{no})"
            case RollUp.LAST if indicator.type in NUMERIC:
                return f"=LOOKUP({_LARGEST},{column})"
            case RollUp.WEIGHTED if indicator.weight in self._codes:
                weights = self._area(indicator.weight)
                return f"=SUMPRODUCT({column},{weights})/SUMPRODUCT(--ISNUMBER({column}),{weights})"
            case RollUp.COMPUTED:
                return self._computed(indicator)
        return ""

    def _computed(self, indicator: Indicator) -> str:
        """A share of its part in its whole, or the sum of its parts, out of their totals."""
        if share := indicator.checks.share_of:
            part, whole = (self._sum(code) for code in share)
            return f"=100*{part}/{whole}" if part and whole else ""
        parts = [self._sum(code) for code in indicator.checks.parts]
        return f"={'+'.join(filter(None, parts))}"

    def _sum(self, code: str) -> str:
        return xl_rowcol_to_cell(self._units + 1, self._column[code]) if code in self._codes else ""

    def _area(self, code: str) -> str:
        first, last = (xl_rowcol_to_cell(row, self._column[code]) for row in (1, self._units))
        return f"{first}:{last}"

"""Where things stand in the workbook, known before it is written: links and formulas lead there."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.report import Consolidated

TOTALS = "Tổng hợp"
MATRIX = "Từng đơn vị"
LAST_YEAR = "Cùng kỳ năm trước"
PAPERS = "Nguồn số liệu"
EVIDENCE = "Minh chứng"
TEXT_SHEET = "Lời văn"
"""The sheet that holds all that units wrote."""
CHANGE_SHEET = "Thay đổi"
"""The sheet that says what has changed since the version before."""
FIRST_TOTAL = 4
"""The row of the first indicator in the sheet of totals, from 0: a title, two lines and the headings stand above."""
FIRST_VALUE = 2
"""The column of the first indicator in a matrix, from 0: number and name stand before it."""


class Places:
    """Rows and columns, from 0, of units, papers and indicators."""

    def __init__(self, whole: Consolidated) -> None:
        now, then = whole.contributions, whole.last_year.contributions
        units = [one.unit_id for one in (*now, *then)] + [one.unit_id for one in whole.published]
        self.number = {unit_id: number for number, unit_id in enumerate(dict.fromkeys(units), start=1)}
        """The number of each unit, the same on every sheet: names recur, and our ids say nothing to people."""
        self.row = {False: _rows(now), True: _rows(then)}
        """The row of each unit in the matrix of this year and in that of last year, its first where it has two."""
        self._rows = {False: len(now), True: len(then)}
        papers = [(False, one.unit_id) for one in now if one.counts] + [
            (True, one.unit_id) for one in then if one.counts
        ]
        self.paper = {key: number for number, key in enumerate(papers, start=1)}
        """The row of what each unit sent, by whether it was last year."""
        self.total = {indicator.code: FIRST_TOTAL + number for number, indicator in enumerate(whole.indicators)}
        self.column = {indicator.code: FIRST_VALUE + number for number, indicator in enumerate(whole.indicators)}
        self.of_last_year = any(total.figures for total in whole.last_year.totals.values())
        self.evidence = any(one.unknown or any(figure.note for figure in one.figures) for one in (*now, *then))

    def sums(self, *, last_year: bool = False) -> int:
        """The row of the totals in a matrix."""
        return self._rows[last_year] + 1

    def to_unit(self, unit_id: str, *, last_year: bool = False) -> str:
        """The address of a unit's row in its matrix; empty where it has none."""
        row = self.row[last_year].get(unit_id)
        return "" if row is None else address(LAST_YEAR if last_year else MATRIX, row, 1)

    def to_paper(self, unit_id: str, *, last_year: bool = False) -> str:
        """The address of what a unit sent; empty where it sent nothing."""
        row = self.paper.get((last_year, unit_id))
        return "" if row is None else address(PAPERS, row, 1)

    def to_sum(self, code: str, *, last_year: bool = False) -> str:
        """The address of an indicator's total in a matrix."""
        return address(LAST_YEAR if last_year else MATRIX, self.sums(last_year=last_year), self.column[code])

    def to_total(self, code: str) -> str:
        """The address of an indicator in the sheet of totals."""
        return address(TOTALS, self.total[code], 1)


def address(sheet: str, row: int, column: int) -> str:
    """A cell as formulas and links name it: 'Từng đơn vị'!C7."""
    return f"'{sheet}'!{xl_rowcol_to_cell(row, column)}"


def _rows(contributions: Sequence[Contribution]) -> dict[str, int]:
    """The row of each unit under the headings of a matrix: the first where it sent reports of two kinds."""
    rows: dict[str, int] = {}
    for row, contribution in enumerate(contributions, start=1):
        rows.setdefault(contribution.unit_id, row)
    return rows

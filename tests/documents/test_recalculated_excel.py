"""Whoever has the workbook of a report calculate again finds the totals that the store has, and no row less.

The formulas are calculated here by a reader of the few shapes that there are; what it cannot read fails.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from tests.documents.test_consolidated_excel import H1, given, missing, reported

from plan_lifecycle.documents.consolidated_excel import write_consolidated_excel
from plan_lifecycle.domain.contribution import completeness
from plan_lifecycle.domain.indicator import Checks, Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.report import Consolidated, LastYear
from plan_lifecycle.domain.roll_up import roll_up, with_computed

COUNT, RATIO = IndicatorType.COUNT, IndicatorType.RATIO
INDICATORS = (
    Indicator("sent", "Hồ sơ", "hồ sơ", COUNT, RollUp.SUM, (3,)),
    Indicator("done", "Đúng hạn", "hồ sơ", COUNT, RollUp.SUM, (3,)),
    Indicator("share", "Tỷ lệ", "%", RATIO, RollUp.COMPUTED, (3,), checks=Checks(share_of=("done", "sent"))),
    Indicator("both", "Cộng", "hồ sơ", COUNT, RollUp.COMPUTED, (3,), checks=Checks(parts=("done", "sent"))),
    Indicator("mean", "Trung bình", "%", RATIO, RollUp.MEAN, (3,)),
    Indicator("most", "Nhiều nhất", "hồ sơ", COUNT, RollUp.MAX, (3,)),
    Indicator("least", "Ít nhất", "hồ sơ", COUNT, RollUp.MIN, (3,)),
    Indicator("weighed", "Theo trọng số", "%", RATIO, RollUp.WEIGHTED, (3,), weight="sent"),
    Indicator(
        "rounded",
        "Đã làm tròn",
        "%",
        RATIO,
        RollUp.WEIGHTED,
        (3,),
        weight="sent",
        checks=Checks(share_of=("done", "sent")),
    ),
    Indicator("issued", "Đã ban hành", "", IndicatorType.BOOLEAN, RollUp.SHARE, (3,)),
)
_RANGE = re.compile(r"([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)")
_CELL = re.compile(r"(?:'([^']+)'!)?\b([A-Z]{1,3})(\d+)\b(?!\()")
Cell = object


class Book:
    """A workbook that calculates: its values, and the formulas that stand in place of some of them."""

    def __init__(self, data: bytes) -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.names = book.sheet_names
        self.values = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in self.names}
        self.formulas: dict[tuple[str, str], str] = {}
        with ZipFile(io.BytesIO(data)) as package:
            for number, name in enumerate(self.names, start=1):
                sheet = package.read(f"xl/worksheets/sheet{number}.xml").decode()
                for place, formula in re.findall(r'<c r="([A-Z]+\d+)"(?![^>]* t="str")[^>]*><f>([^<]*)</f>', sheet):
                    self.formulas[name, place] = formula.replace("&quot;", '"').replace("&apos;", "'")

    def value(self, sheet: str, column: str, row: int) -> Cell:
        """A cell's value, calculated where a formula gives it."""
        formula = self.formulas.get((sheet, f"{column}{row}"))
        return self.calculated(sheet, formula) if formula else self.kept(sheet, column, row)

    def kept(self, sheet: str, column: str, row: int) -> Cell:
        """A cell's value as it is kept in the file."""
        number = 0
        for letter in column:
            number = 26 * number + ord(letter) - 64
        line = self.values[sheet][row - 1]
        return line[number - 1] if number <= len(line) else ""

    def calculated(self, sheet: str, formula: str) -> float:
        """What a formula gives."""
        terms: list[Cell] = []

        def kept(term: Cell) -> str:
            terms.append(term)
            return f"terms[{len(terms) - 1}]"

        def every(found: re.Match[str]) -> str:
            rows = range(int(found[2]), int(found[3]) + 1)
            return kept([self.value(sheet, found[1], row) for row in rows])

        def one(found: re.Match[str]) -> str:
            return kept(self.value(found[1] or sheet, found[2], int(found[3])))

        text = _CELL.sub(one, _RANGE.sub(every, formula)).replace("--ISNUMBER", "ISNUMBER")
        return float(eval(text, {"__builtins__": {}, "terms": terms} | FUNCTIONS))  # noqa: S307  our own formulas


def numbers(column: Sequence[Cell]) -> list[float]:
    return [float(cell) for cell in column if isinstance(cell, int | float) and not isinstance(cell, bool)]


def sum_product(one: Sequence[Cell], other: Sequence[Cell]) -> float:
    pairs = zip(one, other, strict=True)
    return sum(a * b for a, b in pairs if isinstance(a, int | float) and isinstance(b, int | float))


FUNCTIONS: dict[str, Callable[..., object]] = {
    "SUM": lambda column: sum(numbers(column)),
    "AVERAGE": lambda column: sum(numbers(column)) / len(numbers(column)),
    "MIN": lambda column: min(numbers(column)),
    "MAX": lambda column: max(numbers(column)),
    "COUNTIF": lambda column, wanted: sum(cell == wanted for cell in column),
    "ISNUMBER": lambda column: [int(isinstance(cell, int | float)) for cell in column],
    "SUMPRODUCT": sum_product,
}


@pytest.mark.parametrize("units", [1, 2, 37])
def test_every_total_is_calculated_to_the_stored_one_from_the_units_rows_of_which_none_is_missing(units: int) -> None:
    chance = random.Random(units)
    given_by = [given(f"Số {number}", **figures(chance)) for number in range(units)]
    contributions = (*given_by, missing("Không gửi"))
    sources = reported(H1, *contributions)
    weights = {one.unit_id: float(value) for one in contributions if isinstance(value := one.value("sent"), int)}
    totals = with_computed(INDICATORS, [roll_up(one, sources, weights) for one in INDICATORS])
    whole = Consolidated(
        H1, INDICATORS, tuple(totals), contributions, completeness(contributions), LastYear("6 tháng đầu năm 2022")
    )
    book = Book(write_consolidated_excel("BÁO CÁO TỔNG HỢP", whole))
    matrix = book.names[1]
    assert len([row for row in book.values[matrix][1:] if str(row[1]).startswith("UBND xã")]) == units + 1
    last = max(int(re.sub(r"\D", "", place)) for sheet, place in book.formulas if sheet == matrix)
    stored = {one.indicator: one.value for one in totals}
    for number, indicator in enumerate(INDICATORS):
        column = chr(ord("C") + number)
        assert (matrix, f"{column}{last}") in book.formulas, indicator.code
        assert book.value(matrix, column, last) == pytest.approx(stored[indicator.code]), indicator.code
    for (sheet, place), formula in book.formulas.items():
        column, row = re.sub(r"\d", "", place), int(re.sub(r"\D", "", place))
        assert book.calculated(sheet, formula) == pytest.approx(book.kept(sheet, column, row)), (sheet, place)


def figures(chance: random.Random) -> dict[str, Value]:
    """What one unit reports."""
    sent = chance.randint(1, 5_000)
    done = chance.randint(0, sent)
    return {
        "sent": sent,
        "done": done,
        "share": 100 * done / sent,
        "both": sent + done,
        "mean": chance.randint(0, 1000) / 10,
        "most": chance.randint(0, 99),
        "least": chance.randint(0, 99),
        "weighed": chance.randint(0, 1000) / 10,
        "rounded": round(100 * done / sent, 1),
        "issued": chance.random() < 0.5,
    }

"""A unit that reports in several forms has a sheet for each of them; they are read together, as the one sheet was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from tests.documents.word_samples import with_members
from tests.factories import FINANCE, rules
from tests.growth import steps

from plan_lifecycle.documents.report_form import TextRow, read_marks, read_report_form, write_report_form
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Form

PROFILE = next(one for one in rules().profiles if one.code == "cchc")
INDICATORS = PROFILE.of_year(2026, 1)
YEAR = Period.parse("2026")
FORMS = PROFILE.forms


def _value(indicator: Indicator) -> Value:
    if indicator.type is IndicatorType.CODE:
        return indicator.options[-1][0]
    kinds: dict[IndicatorType, Value] = {
        IndicatorType.BOOLEAN: False,
        IndicatorType.DATE: date(2026, 3, 9),
        IndicatorType.TEXT: "Theo Kế hoạch số 5",
        IndicatorType.COUNT: 7,
        IndicatorType.RANK: 3,
    }
    return kinds.get(indicator.type, 0.5)


VALUES = {one.code: _value(one) for one in INDICATORS}
FILLED = write_report_form(
    INDICATORS, FINANCE, YEAR, values=VALUES, texts=(TextRow("outlook", "IV. Phương hướng", "Tiếp tục."),), forms=FORMS
)
ALONE = write_report_form(INDICATORS, FINANCE, YEAR, values=VALUES)


def names(data: bytes) -> list[str]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


def rearranged(order: Callable[[list[str]], list[str]]) -> bytes:
    """The filled-in form with its sheets in another order, or some of them deleted."""
    with zipfile.ZipFile(io.BytesIO(FILLED)) as package:
        book = package.read("xl/workbook.xml").decode()
    sheets = re.findall(r"<sheet [^>]*/>", book)
    book = re.sub(r"<sheets>.*</sheets>", f"<sheets>{''.join(order(sheets))}</sheets>", book)
    book = re.sub(r"<definedNames>.*</definedNames>", "", book)
    return with_members(FILLED, {"xl/workbook.xml": book})


def test_each_form_of_which_something_is_asked_has_a_sheet_with_its_title() -> None:
    assert names(FILLED)[:3] == [
        "1. Công tác chỉ đạo điều hành", "2. Cải cách thể chế", "3. Cải cách thủ tục hành chính"
    ]  # fmt: skip
    assert names(FILLED)[len(FORMS) :] == ["Nội dung báo cáo"]
    second = CalamineWorkbook.from_filelike(io.BytesIO(FILLED)).get_sheet_by_index(1).to_python()
    assert "BIỂU SỐ LIỆU 2. Cải cách thể chế" in second[0]


def test_every_sheet_is_locked_but_for_figures_and_says_what_may_be_typed() -> None:
    with zipfile.ZipFile(io.BytesIO(FILLED)) as package:
        pages = [package.read(f"xl/worksheets/sheet{place}.xml").decode() for place in range(1, len(FORMS) + 1)]
    checked = sum(one.type is not IndicatorType.TEXT for one in INDICATORS)
    assert sum(page.count("<dataValidation ") for page in pages) == checked
    assert all("<sheetProtection " in page and "<dataValidation " in page for page in pages)


@pytest.mark.parametrize("data", [FILLED, ALONE], ids=["sheets", "one sheet, as before"])
def test_what_was_filled_in_is_read_back_sheet_by_sheet(data: bytes) -> None:
    reading = read_report_form(data, INDICATORS, YEAR, PROFILE.form_rows)
    assert {one.indicator: one.value for one in reading.figures} == VALUES
    assert (reading.findings, reading.unit_id, reading.period) == ((), FINANCE.id, "2026")
    assert read_marks(data) == (FINANCE.id, "2026")


def test_a_row_with_its_check_costs_few_steps() -> None:
    """Looking through each formula for the functions of newer Excels took three hundred steps a row."""
    checked = [one for one in INDICATORS if one.type is IndicatorType.COUNT][:21]
    one, many = (steps(lambda n=n: write_report_form(checked[:n], FINANCE, YEAR)) for n in (1, 21))  # type: ignore[misc]
    assert (many - one) / 20 < 500


def test_the_order_of_the_sheets_is_no_matter() -> None:
    reading = read_report_form(rearranged(lambda sheets: sheets[::-1]), INDICATORS, YEAR, PROFILE.form_rows)
    assert {one.indicator: one.value for one in reading.figures} == VALUES
    assert (reading.findings, reading.unit_id, reading.period) == ((), FINANCE.id, "2026")


def test_a_sheet_that_was_deleted_takes_its_figures_along_and_no_others() -> None:
    reading = read_report_form(rearranged(lambda sheets: sheets[:1] + sheets[2:]), INDICATORS, YEAR, PROFILE.form_rows)
    gone = {row.code for row in FORMS[1].rows}
    assert {one.indicator: one.value for one in reading.figures} == {c: v for c, v in VALUES.items() if c not in gone}


def test_the_sheets_of_another_period_are_one_form_of_it_as_the_one_sheet_was() -> None:
    other = Period.parse("2026-H1")
    several, one = (read_report_form(data, INDICATORS, other, PROFILE.form_rows) for data in (FILLED, ALONE))
    assert (several.figures, several.findings, several.unread) == (one.figures, one.findings, one.unread)
    assert (several.period, one.period) == ("2026", "2026")


@pytest.mark.parametrize("forms", [(), FORMS[:1]])
def test_a_unit_of_one_form_has_one_sheet(forms: tuple[Form, ...]) -> None:
    asked = [one for one in INDICATORS if one.code in {row.code for row in FORMS[0].rows}]
    assert names(write_report_form(asked, FINANCE, YEAR, forms=forms)) == ["Biểu số liệu"]


def test_what_no_form_has_comes_last() -> None:
    more = Indicator("more", "Số khác", "", IndicatorType.COUNT, RollUp.SUM, (1,))
    data = write_report_form([more, *INDICATORS], FINANCE, YEAR, values={"more": 4}, forms=FORMS)
    assert names(data)[-1] == f"{len(FORMS) + 1}. Số liệu khác"
    assert [one.value for one in read_report_form(data, [more, *INDICATORS], YEAR).figures] == [4]

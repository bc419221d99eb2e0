"""Cells that are formulas: computed where that is plain and the file has no value, held against what is stored."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.workbooks import DONE, GIVEN, HEAD, NEWS, ONLINE, PLANNED, SHARE, SOCIAL, book, figures, read, told

from plan_lifecycle.documents.report_form import ReportFormReading

FIRST = (HEAD, (1, NEWS, "", 30, ""), (2, SOCIAL, "", 20, ""))


def total(formula: str, *more: tuple[str, Any], look: dict[str, Any] | None = None) -> ReportFormReading:
    """The reading of a form whose D4 is a formula without a stored value; D2 is 30, D3 is 20."""
    return read(book(("Sheet1", [*FIRST, (3, ONLINE, "", (formula, look or {}), "")]), *more))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=D2+D3", 50),
        ("=SUM(D2:D3)", 50),
        ("=SUM(D2,D3)", 50),
        ("=$D$2+D$3", 50),
        ("=D2-D3", 10),
        ("=D2*D3", 600),
        ("=(D2+D3)*2", 100),
        ("=-D3+D2", 10),
        ("=D2+100%*D3", 50),
        ("=SUM(D2:D3)+5", 55),
        ("=ROUND(D2/4,0)", 8),
        ("=D2+D9", 30),
        ("=SUM(A1:D3)", 53),
        ("='Phụ lục 1'!B1+D2", 37),
        ("=Tin!B1", 7),
        ("=D2+'Phụ lục 1'!B2", 44),
    ],
)
def test_a_plain_formula_without_a_value_is_computed_and_said_so(formula: str, value: int) -> None:
    reading = total(formula, ("Phụ lục 1", [("a", 7), ("b", "=B1*2")]), ("Tin", [("a", 7)]))
    assert figures(reading)["online_items"] == value
    assert told(reading) == [("report.formula", "said")]
    said = f"Trang “Sheet1”, ô D4: “{ONLINE}” là công thức chưa có giá trị ({formula}), được tính là {value}."
    assert reading.findings[0].text == said


@pytest.mark.parametrize(
    "formula",
    [
        "=IF(D2>0,D2,0)",
        "=VLOOKUP(A1,B1:C3,2,0)",
        "=[1]Sheet1!D2",
        "='C:\\x\\[a.xlsx]S'!D2",
        "=D4+1",
        "=D2/D9",
        "=B2+1",
        "=SUMIF(D2:D3,10)",
        "=TODAY()",
        "=Khac!D2",
        "=INDIRECT(D2)",
        "=_[0]",
        "=__import__(D2)",
        "=" + "(" * 300 + "D2" + ")" * 300,
        "=" + "+".join(["D2"] * 400),
    ],
)
def test_any_other_formula_without_a_value_is_asked_about(formula: str) -> None:
    reading = total(formula)
    assert figures(reading) == {"news_items": 30, "social_media_items": 20}
    assert told(reading) == [("report.formula", "blocks")]
    assert "ô D4" in reading.findings[0].text
    assert "đề nghị mở tệp bằng Excel, lưu lại rồi gửi" in reading.findings[0].text
    assert reading.unread == {"online_items"}


def test_formulas_that_lead_to_each_other_end() -> None:
    rows = [HEAD, *((at, name, "", f"=D{at % 3 + 2}+1", "") for at, name in enumerate((NEWS, SOCIAL, ONLINE), start=1))]
    reading = read(book(("Sheet1", rows)))
    assert (figures(reading), told(reading)) == ({}, [("report.formula", "blocks")] * 3)


def test_a_share_that_is_computed_is_one_of_a_hundred() -> None:
    rows = [HEAD, (1, PLANNED, "", 12, ""), (2, DONE, "", 6, ""), (3, SHARE, "", ("=D3/D2", {"num_format": "0%"}), "")]
    assert figures(read(book(("Sheet1", rows))))["plan_share_done"] == 50


def test_a_share_that_is_computed_without_its_format_is_asked_about() -> None:
    rows = [HEAD, (1, PLANNED, "", 12, ""), (2, DONE, "", 6, ""), (3, SHARE, "", "=D3/D2", "")]
    assert told(read(book(("Sheet1", rows)))) == [("report.formula", "said"), ("report.percent", "blocks")]


def stored(formula: str, value: Any, name: str = ONLINE, look: dict[str, Any] | None = None) -> ReportFormReading:
    """The reading of a form whose D4 is a formula with a stored value."""

    def write(sheet: Any, made: Any) -> None:
        sheet.write_formula("D4", formula, made.add_format(look or {}), value)

    return read(book(("Sheet1", [*FIRST, (3, name, "", None, "")], write)))


def test_a_stored_value_that_the_formula_does_not_give_is_asked_about() -> None:
    reading = stored("=D2+D3", 0)
    assert (figures(reading), told(reading)) == (
        {"news_items": 30, "social_media_items": 20},
        [("report.formula", "blocks")],
    )
    assert "lưu giá trị 0, công thức (=D2+D3) lại cho 50" in reading.findings[0].text


@pytest.mark.parametrize(
    ("formula", "value", "name", "look", "read_as"),
    [
        ("=D2+D3", 50, ONLINE, {}, 50),
        ("=SUM(B2:D3)", 50, ONLINE, {}, 50),
        ("=IF(D2>0,9,0)", 9, ONLINE, {}, 9),
        ("=[1]Sheet1!D2", 9, ONLINE, {}, 9),
        ("=D3/D2", 0.6666666666666666, SHARE, {"num_format": "0.00%"}, 66.66666667),
        ("=D3/D2*100", 66.66666666666667, SHARE, {}, 66.6666666666667),
        ("=D2/3", 10.000000000000002, GIVEN, {}, 10),
        ("=SUM(D2:D3)*1.1-5", 49.99999999999999, ONLINE, {}, 50),
    ],
)
def test_a_stored_value_counts_as_it_was_shown(
    formula: str, value: float, name: str, look: dict[str, Any], read_as: float
) -> None:
    reading = stored(formula, value, name, look)
    assert told(reading) == []
    assert [figure.value for figure in reading.figures][-1] == read_as


def test_a_formula_that_shows_nothing_is_no_figure() -> None:
    def write(sheet: Any, _made: Any) -> None:
        sheet.write_formula("D4", '=IF(D2>0,"","x")', None, "-")

    reading = read(book(("Sheet1", [*FIRST, (3, ONLINE, "", None, "")], write)))
    assert told(reading) == []
    assert "online_items" not in figures(reading)

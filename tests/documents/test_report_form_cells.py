"""What one cell of figures holds: struck out, hidden, a formula, another unit of measure, a number as a text."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.workbooks import (
    DONE,
    GIVEN,
    HEAD,
    ISSUED_ON,
    LEAFLETS,
    NEWS,
    PLANNED,
    SHARE,
    SPENT,
    book,
    figures,
    form,
    read,
    told,
)

STRUCK = {"font_strikeout": True}


def only(name: str, value: object, unit: str = "", above: tuple[str, ...] = ()) -> bytes:
    return book(("Sheet1", form((name, value, unit), above=above)))


def test_a_struck_figure_does_not_count() -> None:
    reading = read(book(("Sheet1", form((PLANNED, 12), (LEAFLETS, (1250, STRUCK))))))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [("report.struck", "doubt")])
    assert (
        f"trang “Sheet1”: số liệu bị gạch ngang không được tính: “{LEAFLETS}” (ô D3: 1250)" in reading.findings[0].text
    )


def test_a_row_whose_name_is_struck_does_not_count() -> None:
    reading = read(book(("Sheet1", form((PLANNED, 12), ((LEAFLETS, STRUCK), 1250)))))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [("report.struck", "doubt")])


def test_letters_that_are_struck_within_a_cell_do_not_count() -> None:
    def write(sheet: Any, made: Any) -> None:
        sheet.write_rich_string("D2", made.add_format(STRUCK), "1250", made.add_format(), " 1300")

    reading = read(book(("Sheet1", form((LEAFLETS, None)), write)))
    assert (figures(reading), told(reading)) == ({"leaflets": 1300}, [("report.struck", "doubt")])
    assert "có phần gạch ngang, được tính là 1.300" in reading.findings[0].text


def test_struck_evidence_is_none() -> None:
    reading = read(book(("Sheet1", [HEAD, (1, PLANNED, "", 12, ("Công văn số 5", STRUCK))])))
    assert (reading.figures[0].evidence, told(reading)) == ("", [])


@pytest.mark.parametrize(
    "hide",
    [
        lambda sheet, _book: sheet.set_row(2, None, None, {"hidden": True}),
        lambda sheet, _book: sheet.set_row(2, 0),
        lambda sheet, _book: sheet.set_row(2, 0.75),
        lambda sheet, _book: (sheet.autofilter("A1:E3"), sheet.set_row(2, 15, None, {"hidden": True})),
        lambda sheet, _book: sheet.set_row(2, 15, None, {"hidden": True, "level": 1, "collapsed": True}),
    ],
    ids=["hidden", "no height", "drawn shut", "filtered", "folded"],
)
def test_a_hidden_row_does_not_count_and_is_named(hide: Any) -> None:
    reading = read(book(("Sheet1", form((PLANNED, 12), (DONE, 6)), hide)))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [("report.hidden", "doubt")])
    assert f"“{DONE}” (ô D3: 6)" in reading.findings[0].text


@pytest.mark.parametrize("look", [{"num_format": ";;;"}, {"font_color": "#FFFFFF"}])
def test_a_figure_that_its_format_hides_does_not_count(look: dict[str, str]) -> None:
    reading = read(only(PLANNED, (12, look)))
    assert (figures(reading), told(reading)) == ({}, [("report.hidden", "doubt")])


def test_white_letters_on_a_colour_are_seen() -> None:
    reading = read(only(PLANNED, (12, {"font_color": "#FFFFFF", "bg_color": "#1F4E78"})))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


def test_one_cell_merged_over_two_indicators_is_asked_about() -> None:
    rows = form((PLANNED, None), (DONE, None))
    reading = read(book(("Sheet1", rows, lambda sheet, _book: sheet.merge_range("D2:D3", 7))))
    assert (figures(reading), told(reading)) == ({}, [("report.merged", "blocks")])
    assert "ô D2: một ô gộp cho nhiều chỉ tiêu" in reading.findings[0].text
    assert reading.unread == {"tasks_planned", "tasks_done"}


def test_a_name_merged_over_two_columns_and_rows_is_one_row() -> None:
    rows = [("STT", "Chỉ tiêu", None, "Số liệu"), (1, PLANNED, None, 12), (None, None, None, None)]

    def merge(sheet: Any, _book: Any) -> None:
        sheet.merge_range("B1:C1", "Chỉ tiêu")
        sheet.merge_range("B2:C3", PLANNED)
        sheet.merge_range("D2:D3", 12)

    reading = read(book(("Sheet1", rows, merge)))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
def test_an_error_is_a_finding_with_its_cell(error: str) -> None:
    def write(sheet: Any, _book: Any) -> None:
        sheet.write_formula("D2", "=1/0", None, error)

    reading = read(book(("Sheet1", form((PLANNED, None)), write)))
    assert (figures(reading), told(reading)) == ({}, [("report.formula", "blocks")])
    assert f"Trang “Sheet1”, ô D2: “{PLANNED}” là {error}" in reading.findings[0].text
    assert reading.unread == {"tasks_planned"}


@pytest.mark.parametrize(
    ("value", "read_as"),
    [
        ((0.5, {"num_format": "0%"}), 50),
        ((0.955, {"num_format": "0.0%"}), 95.5),
        ((1, {"num_format": "0.00%"}), 100),
        ("50%", 50),
        ("95,5 %", 95.5),
        ("0,5%", 0.5),
        ("1%", 1),
        ("6/12", 50),
        (50, 50),
        (1.5, 1.5),
        (0, 0),
    ],
)
def test_a_share_that_is_clear_is_read(value: object, read_as: float) -> None:
    reading = read(only(SHARE, value))
    assert (figures(reading), told(reading)) == ({"plan_share_done": read_as}, [])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "là 1% hay 100% (ghi 100 nếu là 100%)"),
        (1.0, "là 1% hay 100%"),
        (0.95, "là 0,95% hay 95%"),
        ("1", "là 1% hay 100%"),
        ("0,95", "là 0,95% hay 95%"),
        ((1, {"num_format": "0.00"}), "là 1% hay 100%"),
    ],
)
def test_a_share_that_may_be_a_hundredth_is_asked_about(value: object, words: str) -> None:
    reading = read(only(SHARE, value, "%"))
    assert (figures(reading), told(reading)) == ({}, [("report.percent", "blocks")])
    assert words in reading.findings[0].text


@pytest.mark.parametrize(
    ("name", "value", "unit", "read_as"),
    [
        (GIVEN, 1_250_500_000, "đồng", {"budget_planned": 1250.5}),
        (GIVEN, 1_250_500, "nghìn đồng", {"budget_planned": 1250.5}),
        (GIVEN, 1_250_500, "1.000 đồng", {"budget_planned": 1250.5}),
        (GIVEN, 1.2505, "tỷ đồng", {"budget_planned": 1250.5}),
        (GIVEN, "1.250.500.000", "VNĐ", {"budget_planned": 1250.5}),
        (SPENT, "1,2", "Tỷ đồng", {"budget_spent": 1200}),
        (f"{SPENT} (nghìn đồng)", 50_000, "", {"budget_spent": 50}),
        (LEAFLETS, "1,2", "nghìn tờ", {"leaflets": 1200}),
    ],
)
def test_another_unit_of_measure_is_converted_and_said_so(
    name: str, value: object, unit: str, read_as: dict[str, float]
) -> None:
    reading = read(only(name, value, unit))
    assert (figures(reading), told(reading)) == (read_as, [("report.measure", "said")])
    assert "được tính là" in reading.findings[0].text


@pytest.mark.parametrize(
    "data",
    [
        only(GIVEN, 50_000_000, above=("Đơn vị tính: đồng",)),
        only(GIVEN, 50_000, above=("BIỂU SỐ LIỆU (ĐVT: 1.000đ)",)),
        book(("Sheet1", [("TT", "Chỉ tiêu", "Số liệu (nghìn đồng)"), (1, GIVEN, 50_000)])),
    ],
)
def test_the_unit_of_the_whole_table_counts_for_money(data: bytes) -> None:
    reading = read(data)
    assert (figures(reading), told(reading)) == ({"budget_planned": 50}, [("report.measure", "said")])


@pytest.mark.parametrize(
    ("value", "unit", "rule"),
    [
        (1250.5, "đồng", "report.measure"),
        (12, "nghìn đồng", "report.measure"),
        (30_000_000, "triệu đồng", "report.value"),
    ],
)
def test_an_amount_that_its_unit_makes_absurd_is_asked_about(value: float, unit: str, rule: str) -> None:
    reading = read(only(GIVEN, value, unit))
    assert (figures(reading), told(reading)) == ({}, [(rule, "blocks")])
    assert "đơn vị tính" in reading.findings[0].text


@pytest.mark.parametrize("unit", ["%", "Tỷ lệ (%)", "triệu đồng"])
def test_a_count_in_per_cents_or_money_is_asked_about(unit: str) -> None:
    reading = read(only(PLANNED, 50, unit))
    assert (figures(reading), told(reading)) == ({}, [("report.measure", "blocks")])
    assert f"50 ghi đơn vị tính “{unit}”; đề nghị ghi số nhiệm vụ" in reading.findings[0].text


@pytest.mark.parametrize(
    ("name", "value", "unit", "read_as"),
    [
        (GIVEN, "1,2 tỷ đồng", "triệu đồng", {"budget_planned": 1200}),
        (GIVEN, "350 triệu đồng", "đồng", {"budget_planned": 350}),
        (GIVEN, 350, "trđ", {"budget_planned": 350}),
        (NEWS, 12, "tin", {"news_items": 12}),
        (NEWS, 12, "lượt", {"news_items": 12}),
        (PLANNED, "12 nhiệm vụ", "việc", {"tasks_planned": 12}),
    ],
)
def test_what_a_unit_of_measure_does_not_change_is_let_be(
    name: str, value: object, unit: str, read_as: dict[str, float]
) -> None:
    reading = read(only(name, value, unit))
    assert (figures(reading), told(reading)) == (read_as, [])


@pytest.mark.parametrize(
    ("name", "value", "read_as", "estimate"),
    [
        (GIVEN, "1.250,5", 1250.5, False),
        (GIVEN, "1,250.5", 1250.5, False),
        (PLANNED, "1.250", 1250, False),
        (PLANNED, "1 250", 1250, False),
        (PLANNED, "12 (ước)", 12, True),
        (PLANNED, "khoảng 12", 12, True),
        (PLANNED, "Ước đạt 12", 12, True),
        (PLANNED, "không", 0, False),
        (PLANNED, "chưa phát sinh", 0, False),
        (PLANNED, "'12", 12, False),
    ],
)
def test_a_number_that_is_a_text_is_read(name: str, value: str, read_as: float, estimate: bool) -> None:
    (figure,) = read(only(name, value)).figures
    assert (figure.value, figure.estimate) == (read_as, estimate)


@pytest.mark.parametrize("value", ["-", "…", "", None, "/"])
def test_a_dash_is_no_figure(value: object) -> None:
    reading = read(book(("Sheet1", form((PLANNED, value), (DONE, 6)))))
    assert (figures(reading), told(reading)) == ({"tasks_done": 6}, [])


@pytest.mark.parametrize("value", ["hơn 12", "12-15", "nhiều", "12/5", "1,250", "12 tin và 5 bài"])
def test_a_text_with_two_readings_or_none_is_asked_about(value: str) -> None:
    reading = read(only(PLANNED, value))
    assert (figures(reading), told(reading)) == ({}, [("report.value", "blocks")])
    assert "ô D2" in reading.findings[0].text


def test_a_day_that_lost_its_format_is_asked_about_with_the_day() -> None:
    reading = read(only(ISSUED_ON, 44977))
    assert (figures(reading), told(reading)) == ({}, [("report.value", "blocks")])
    assert "có phải ngày 20/02/2023" in reading.findings[0].text


def test_a_count_that_was_taken_for_a_day_is_asked_about() -> None:
    reading = read(only(PLANNED, (44977, {"num_format": "dd/mm/yyyy"})))
    assert (figures(reading), told(reading)) == ({}, [("report.value", "blocks")])
    assert "20/02/2023" in reading.findings[0].text

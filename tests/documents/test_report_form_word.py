"""The tables of a Word report are read as the sheets of a workbook are: gathered, without what is struck or hidden."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pytest
from tests.documents.workbooks import (
    CONFERENCES,
    DONE,
    GIVEN,
    H1,
    HEAD,
    INDICATORS,
    LEAFLETS,
    NEWS,
    PLANNED,
    SHARE,
    book,
    figures,
    read,
    told,
)

from plan_lifecycle.documents.drafts import IndicatorRow
from plan_lifecycle.documents.report_form import ReportFormReading, read_report_docx

OURS = {"tasks_planned": 12, "tasks_done": 6}
FORM = (HEAD, (1, PLANNED, "", 12, ""), (2, DONE, "", 6, ""))


def word(
    *tables: tuple[str, Sequence[Sequence[object]]], change: Callable[[Any], object] = lambda document: None
) -> ReportFormReading:
    """The reading of a report with these tables, each below a line."""
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    for above, rows in tables:
        document.add_paragraph(above)
        table = document.add_table(0, max(map(len, rows)))
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=False):
                cell.text = "" if value is None else str(value)
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return read_report_docx(stream.getvalue(), INDICATORS, H1)


def cell_of(document: Any, row: int, column: int) -> Any:
    return document.tables[0].rows[row].cells[column]


def font(row: int, column: int, **looks: bool) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        for run in cell_of(document, row, column).paragraphs[0].runs:
            for name, on in looks.items():
                setattr(run.font, name, on)

    return change


def test_several_tables_are_put_together() -> None:
    reading = word(("1. Chỉ đạo", FORM), ("2. Tuyên truyền", (("TT", "Nội dung", "Kết quả"), (1, NEWS, "30"))))
    assert (figures(reading), told(reading)) == ({**OURS, "news_items": 30}, [])


def test_a_code_that_may_break_after_each_of_its_words_is_read_as_it_is() -> None:
    """In a narrow column of a signed report a code stands in whole words, not in pieces."""
    shown = IndicatorRow("1", "tasks_planned", "", "").shown_code
    assert shown == "tasks_\u200bplanned"
    reading = word(("", [("STT", "Mã", "Chỉ tiêu", "Số liệu"), (1, shown, "", 12)]))
    assert figures(reading) == {"tasks_planned": 12}


def test_the_table_of_another_period_is_left_out() -> None:
    last = (HEAD, (1, PLANNED, "", 84, ""))
    reading = word(("Biểu số liệu 6 tháng đầu năm 2023", FORM), ("Biểu số liệu năm 2022", last))
    assert (figures(reading), told(reading)) == (OURS, [("report.sheet", "said")])
    assert "Số liệu được lấy ở bảng 1; bảng 2 ghi kỳ khác" in reading.findings[0].text


def test_two_tables_that_differ_are_both_named() -> None:
    reading = word(("a", FORM), ("b", (HEAD, (1, PLANNED, "", 84, ""))))
    assert (figures(reading), told(reading)) == ({"tasks_done": 6}, [("report.twice", "blocks")])
    assert "12 (bảng 1, hàng 2); 84 (bảng 2, hàng 2)" in reading.findings[0].text


@pytest.mark.parametrize(
    ("column", "looks", "rule"),
    [
        (3, {"strike": True}, "report.struck"),
        (3, {"double_strike": True}, "report.struck"),
        (1, {"strike": True}, "report.struck"),
        (3, {"hidden": True}, "report.hidden"),
    ],
)
def test_what_is_struck_or_hidden_does_not_count_and_is_named(column: int, looks: dict[str, bool], rule: str) -> None:
    reading = word(("a", FORM), change=font(2, column, **looks))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [(rule, "doubt")])
    assert f"“{DONE}” (hàng 3: 6)" in reading.findings[0].text


def test_a_figure_written_anew_beside_a_struck_one_counts() -> None:
    def change(document: Any) -> None:
        font(2, 3, strike=True)(document)
        cell_of(document, 2, 3).paragraphs[0].add_run(" 9")

    reading = word(("a", FORM), change=change)
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12, "tasks_done": 9}, [("report.struck", "doubt")])


def test_links_that_are_struck_prove_nothing() -> None:
    reading = word(("a", (HEAD, (1, NEWS, "", 1, "https://a.example/1"))), change=font(1, 4, strike=True))
    assert (reading.links, reading.figures[0].evidence) == (frozenset(), "")


def test_units_of_measure_and_shares_are_asked_about_as_in_a_workbook() -> None:
    rows = (HEAD, (1, GIVEN, "đồng", "1.250.500.000", ""), (2, SHARE, "%", "0,95", ""), (3, LEAFLETS, "tờ", "250", ""))
    reading = word(("a", rows))
    assert figures(reading) == {"budget_planned": 1250.5, "leaflets": 250}
    assert told(reading) == [("report.measure", "said"), ("report.percent", "blocks")]
    assert "Bảng 1, hàng 2:" in reading.findings[0].text


def test_the_unit_above_a_table_counts_for_its_money() -> None:
    assert figures(word(("Đơn vị tính: nghìn đồng", (HEAD, (1, GIVEN, "", "50.000", ""))))) == {"budget_planned": 50}


def test_parts_are_no_totals() -> None:
    parts = (("", "Trong đó:", "", "", ""), ("", "- trực tuyến", "", 4, ""), ("", "- trực tiếp", "", 8, ""))
    reading = word(("a", (HEAD, (1, CONFERENCES, "", 10, ""), *parts, (2, LEAFLETS, "", 250, ""))))
    assert (figures(reading), told(reading)) == (
        {"conferences": 10, "leaflets": 250}, [("report.within", "doubt")],
    )  # fmt: skip


def test_one_cell_merged_over_two_indicators_is_asked_about() -> None:
    def merge(document: Any) -> None:
        cell_of(document, 2, 3).text = ""
        cell_of(document, 1, 3).merge(cell_of(document, 2, 3))

    reading = word(("a", FORM), change=merge)
    assert (figures(reading), told(reading)) == ({}, [("report.merged", "blocks")])


def test_a_title_over_the_whole_row_is_no_figure() -> None:
    rows = (HEAD, ("I. CHỈ ĐẠO", None, None, None, None), *FORM[1:])

    def merge(document: Any) -> None:
        cell_of(document, 1, 0).merge(cell_of(document, 1, 4))

    assert told(word(("a", rows), change=merge)) == []
    merged = read(book(("Sheet1", rows, lambda sheet, _book: sheet.merge_range("A2:E2", "I. CHỈ ĐẠO"))))
    assert (figures(merged), told(merged)) == (OURS, [])


def test_a_heading_over_two_rows_with_merged_cells() -> None:
    rows = (
        ("STT", "Chỉ tiêu thống kê", "Kết quả thống kê", "", "Ghi chú"),
        ("", "", "Đơn vị tính", "Số liệu", ""),
        (1, PLANNED, "Nhiệm vụ", 12, "a"),
    )

    def merge(document: Any) -> None:
        for column in (0, 1, 4):
            cell_of(document, 0, column).merge(cell_of(document, 1, column))
        cell_of(document, 0, 2).merge(cell_of(document, 0, 3))

    reading = word(("Biểu mẫu 1", rows), change=merge)
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])

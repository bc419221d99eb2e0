"""Which column holds the period's figures, under all headings that forms have; where two may be it, both are named."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.workbooks import DONE, PLANNED, book, figures, read, told

from plan_lifecycle.domain.period import Period


def table(heads: tuple[object, ...], *rows: tuple[object, ...]) -> bytes:
    return book(("Sheet1", [heads, *rows]))


@pytest.mark.parametrize(
    "name",
    [
        "Chỉ tiêu", "Tên chỉ tiêu", "Chỉ tiêu báo cáo", "Các chỉ tiêu chủ yếu", "Nội dung", "Nội dung, chỉ tiêu",
        "Nội dung báo cáo", "Tiêu chí", "Chỉ số", "Nhiệm vụ", "Danh mục chỉ tiêu", "CHỈ TIÊU THỐNG KÊ",
        "Chỉ tiêu thống kê\n(Sử dụng trong kỳ báo cáo quý, 6 tháng, năm)",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "value",
    [
        "Số liệu", "Kết quả", "Kết quả thống kê", "Kết quả thực hiện", "KQ thực hiện", "Số thực hiện", "Đã thực hiện",
        "Số lượng", "Kỳ này", "Thực hiện trong kỳ", "Kỳ báo cáo", "Số liệu kỳ báo cáo", "Tổng số", "6T 2023", "2023",
        "Thực hiện 6 tháng đầu năm 2023", "Số liệu (từ 15/12/2022 đến 14/6/2023)", "Lũy kế từ đầu năm",
    ],
)  # fmt: skip
def test_a_heading_of_the_field_is_understood(name: str, value: str) -> None:
    reading = read(table(("STT", name, "ĐVT", value, "Ghi chú"), (1, PLANNED, "nhiệm vụ", 12, "a")))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])
    assert reading.figures[0].evidence == "a"


@pytest.mark.parametrize(
    ("heads", "values"),
    [
        (("6T 2022", "6T 2023", "So với cùng kỳ"), (84, 12, "14%")),
        (("Năm 2022", "6 tháng năm 2023", "Tăng, giảm"), (84, 12, -72)),
        (("Kỳ trước", "Kỳ này", "Chênh lệch"), (84, 12, -72)),
        (("Số liệu kỳ báo cáo trước", "Số liệu kỳ báo cáo này"), (84, 12)),
        (("Năm trước liền kề", "Thực hiện", "Văn bản minh chứng"), (84, 12, "a")),
        (("Kế hoạch năm 2023", "Thực hiện 6 tháng", "Tỷ lệ so với KH (%)"), (84, 12, 14)),
        (("Quý I", "Quý II", "6 tháng"), (5, 7, 12)),
        (("Quý I", "Quý II", "Tổng cộng"), (5, 7, 12)),
        (("Cùng kỳ năm trước", "Kết quả", "Lũy kế"), (84, 12, 12)),
        (("Chỉ tiêu giao", "Thực hiện", "Minh chứng"), (84, 12, "a")),
    ],
)
def test_the_column_of_the_period_is_taken(heads: tuple[str, ...], values: tuple[object, ...]) -> None:
    reading = read(table(("TT", "Nội dung", "ĐVT", *heads), (1, PLANNED, "", *values)))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


def test_what_is_counted_up_and_differs_is_named() -> None:
    rows = ((1, PLANNED, "", 12, 20), (2, DONE, "", 5, 5))
    reading = read(table(("TT", "Nội dung", "ĐVT", "Kỳ này", "Luỹ kế"), *rows))
    assert figures(reading) == {"tasks_planned": 12, "tasks_done": 5}
    assert told(reading) == [("report.column", "doubt")]
    assert "ô D2 khác cột lũy kế bên cạnh" in reading.findings[0].text


@pytest.mark.parametrize("heads", [("Lũy kế",), ("Lũy kế từ đầu năm", "So với cùng kỳ")])
def test_what_is_counted_up_is_no_months_figure(heads: tuple[str, ...]) -> None:
    reading = read(table(("TT", "Nội dung", *heads), (1, PLANNED, 12, 7)), Period.parse("2023-M05"))
    assert (figures(reading), told(reading)) == ({}, [("report.column", "blocks")])
    assert f"“{heads[0]}”" in reading.findings[0].text
    assert reading.unread == {"tasks_planned"}


@pytest.mark.parametrize("heads", [("Quý I", "Quý II"), ("Kết quả lần 1", "Kết quả lần 2"), ("Năm 2021", "Năm 2022")])
def test_columns_that_may_both_be_it_are_named(heads: tuple[str, ...]) -> None:
    reading = read(table(("TT", "Nội dung", *heads), (1, PLANNED, 5, 7)))
    assert (figures(reading), told(reading)) == ({}, [("report.column", "blocks")])
    assert f"(“{heads[0]}”, “{heads[1]}”)" in reading.findings[0].text


def test_a_column_under_words_of_the_units_own_is_taken_in_doubt() -> None:
    reading = read(table(("STT", "Chỉ tiêu", "Đạt", "Ghi chú"), (1, PLANNED, 12, "a")))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [("report.column", "doubt")])
    assert "ô C1: cột “Đạt” được hiểu là cột số liệu" in reading.findings[0].text


def test_a_column_whose_heading_is_struck_is_none() -> None:
    struck = {"font_strikeout": True}
    reading = read(table(("TT", "Nội dung", ("Số liệu", struck), "Số liệu"), (1, PLANNED, (84, struck), 12)))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


def test_the_column_that_names_the_period_comes_before_one_of_now() -> None:
    reading = read(table(("TT", "Nội dung", "Kỳ này", "Lũy kế cả năm"), (1, PLANNED, 5, 12)), Period.parse("2023"))
    assert figures(reading) == {"tasks_planned": 12}


def test_an_estimated_column_makes_estimates() -> None:
    (figure,) = read(table(("TT", "Nội dung", "Ước thực hiện 6 tháng"), (1, PLANNED, 12))).figures
    assert figure.estimate


@pytest.mark.parametrize("merged", [True, False])
def test_the_ministrys_heading_over_two_rows(merged: bool) -> None:
    rows = [
        ("STT", "Chỉ tiêu thống kê", "Kết quả thống kê", None, "Ghi chú"),
        (None, None, "Đơn vị tính", "Số liệu", None),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, PLANNED, "Nhiệm vụ", 12, "a"),
    ]

    def merge(sheet: Any, _book: Any) -> None:
        for corner in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            if merged:
                sheet.merge_range(corner, rows[0]["ABCDE".index(corner[0])])

    reading = read(book(("Biểu 1", rows, merge)))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])
    assert reading.figures[0].evidence == "a"


def test_a_heading_over_three_rows() -> None:
    rows = [
        ("TT", "Nội dung", "Kết quả", None, None, None),
        (None, None, "Năm 2022", None, "Năm 2023", None),
        (None, None, "6 tháng", "Cả năm", "6 tháng", "Cả năm"),
        (1, PLANNED, 40, 84, 12, None),
    ]
    reading = read(book(("Sheet1", rows)))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


def test_years_that_are_numbers_head_columns() -> None:
    rows = [("TT", "Nội dung", "Kết quả", None), (None, None, 2022, 2023), (1, PLANNED, 84, 12)]
    reading = read(book(("Sheet1", rows)), Period.parse("2023"))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


@pytest.mark.parametrize("column", [3, 4])
def test_a_heading_merged_over_two_columns_is_one_column_of_figures(column: int) -> None:
    row: list[object] = [1, PLANNED, None, None, None, "a"]
    row[column] = 12
    rows = [("STT", "Chỉ tiêu", "ĐVT", "Số liệu", None, "Ghi chú"), row]
    reading = read(book(("Sheet1", rows, lambda sheet, _book: sheet.merge_range("D1:E1", "Số liệu"))))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [])


def test_names_of_each_level_have_a_column_of_their_own() -> None:
    rows = [
        ("STT", "Chỉ tiêu", None, "Số liệu"),
        ("I", "Chỉ đạo", None, None),
        (1, None, PLANNED, 12),
        (2, DONE, None, 6),
    ]
    reading = read(book(("Sheet1", rows, lambda sheet, _book: sheet.merge_range("B1:C1", "Chỉ tiêu"))))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12, "tasks_done": 6}, [])


def test_a_field_before_the_indicator_is_not_its_name() -> None:
    rows = [("TT", "Nội dung", "Chỉ tiêu", "Số liệu"), (1, "Chỉ đạo", PLANNED, 12), (2, None, DONE, 6)]
    reading = read(book(("Sheet1", rows, lambda sheet, _book: sheet.merge_range("B2:B3", "Chỉ đạo"))))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12, "tasks_done": 6}, [])


def test_a_text_without_borders_heads_the_columns_right_of_it() -> None:
    rows = [("TT", "Nội dung", "Kết quả", None), (None, None, "Kỳ trước", "Kỳ này"), (1, PLANNED, 84, 12)]
    assert figures(read(book(("Sheet1", rows)))) == {"tasks_planned": 12}


def test_a_hidden_column_of_last_year_is_said_to_be_left_out() -> None:
    rows = [("STT", "Chỉ tiêu", "Số liệu", "Số liệu 6T 2022"), (1, PLANNED, 12, 84)]
    reading = read(book(("Sheet1", rows, lambda sheet, _book: sheet.set_column("D:D", None, None, {"hidden": True}))))
    assert (figures(reading), told(reading)) == ({"tasks_planned": 12}, [("report.hidden", "said")])


def test_figures_in_a_hidden_column_alone_do_not_count() -> None:
    rows = [("STT", "Chỉ tiêu", "Số liệu"), (1, PLANNED, 12)]
    reading = read(book(("Sheet1", rows, lambda sheet, _book: sheet.set_column("C:C", 0))))
    assert (figures(reading), told(reading)) == ({}, [("report.hidden", "doubt")])
    assert f"“{PLANNED}” (ô C2: 12)" in reading.findings[0].text

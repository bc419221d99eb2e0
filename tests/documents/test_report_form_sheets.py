"""Which sheets of a workbook count: those of the period, put together; never last year's, never a hidden one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.documents.workbooks import (
    CONFERENCES,
    DONE,
    GIVEN,
    HEAD,
    LEAFLETS,
    NEWS,
    PLANNED,
    SOCIAL,
    book,
    figures,
    form,
    read,
    told,
)

from plan_lifecycle.documents.report_form import NotAReportFormError
from plan_lifecycle.domain.period import Period

LAST = form((PLANNED, 84), (DONE, 42))
NOW = form((PLANNED, 12), (DONE, 6))
OURS = {"tasks_planned": 12, "tasks_done": 6}


def very_hidden(sheet: Any, _book: Any) -> None:
    sheet.very_hidden()


def hidden(sheet: Any, _book: Any) -> None:
    sheet.hide()


@pytest.mark.parametrize(
    ("ours", "other"),
    [
        ("6T 2023", "6T 2022"),
        ("6T2023", "Năm 2022"),
        ("6TĐN 2023", "Quý I"),
        ("6 tháng đầu năm", "6 tháng cuối năm"),
        ("Sáu tháng 2023", "9 tháng 2022"),
        ("06T-2023", "T5.2023"),
        ("KQ 6 tháng 2023", "2022"),
        ("2023 - 6T", "2023 - Q1"),
        ("BC 6T", "BC Q1"),
    ],
)
@pytest.mark.parametrize("ours_first", [True, False])
def test_the_sheet_that_names_the_period_is_taken(ours: str, other: str, ours_first: bool) -> None:
    sheets = [(ours, NOW), (other, LAST)]
    reading = read(book(*sheets if ours_first else reversed(sheets)))
    assert figures(reading) == OURS
    assert told(reading) == [("report.sheet", "said")]
    assert f"trang “{ours}”; trang “{other}” ghi kỳ khác" in reading.findings[0].text


def test_the_title_in_a_sheet_says_its_period_as_well() -> None:
    ours, other = "BIỂU SỐ LIỆU 6 THÁNG ĐẦU NĂM 2023", "BIỂU SỐ LIỆU NĂM 2022"
    last = form((PLANNED, 84), (DONE, 42), above=[other])
    reading = read(book(("Sheet1", last), ("Sheet2", form((PLANNED, 12), (DONE, 6), above=[ours]))))
    assert (figures(reading), told(reading)) == (OURS, [("report.sheet", "said")])


def test_a_title_that_cites_papers_and_days_says_no_period() -> None:
    above = [
        "Thực hiện Nghị quyết của HĐND năm 2021",
        "(Kèm theo Báo cáo số 5/BC-UBND năm 2022)",
        "Bắc Bình, ngày 12 tháng 6 năm 2022",
        "Căn cứ Kế hoạch năm 2022",
    ]
    reading = read(book(("Sheet1", form((PLANNED, 12), (DONE, 6), above=above))))
    assert (figures(reading), told(reading)) == (OURS, [])


def test_a_form_for_all_periods_says_none() -> None:
    above = ["(Sử dụng trong kỳ báo cáo quý, 6 tháng, năm)"]
    reading = read(book(("Sheet1", form((PLANNED, 12), (DONE, 6), above=above))), Period.parse("2023"))
    assert (figures(reading), told(reading)) == (OURS, [])


def test_two_sheets_that_name_no_period_and_differ_are_both_named() -> None:
    reading = read(book(("Sheet1", [*LAST, (3, NEWS, "", 9)]), ("Sheet2", NOW)))
    assert figures(reading) == {"news_items": 9}
    assert told(reading) == [("report.twice", "blocks")] * 2
    assert "84 (trang “Sheet1”, ô D2); 12 (trang “Sheet2”, ô D2)" in reading.findings[0].text
    assert reading.unread == {"tasks_planned", "tasks_done"}


def test_two_sheets_that_differ_in_nearly_all_are_asked_about_once() -> None:
    one, other = (
        form(*((name, start + at) for at, name in enumerate((PLANNED, DONE, NEWS, SOCIAL)))) for start in (1, 9)
    )
    reading = read(book(("A", one), ("B", other)))
    assert (figures(reading), told(reading)) == ({}, [("report.twice", "blocks")])
    assert "Trang “A” và trang “B” có số liệu khác nhau ở 4 chỉ tiêu" in reading.findings[0].text


def test_the_same_figure_on_two_sheets_is_one() -> None:
    reading = read(book(("A", NOW), ("B", NOW)))
    assert (figures(reading), told(reading)) == (OURS, [])


def test_only_another_periods_sheet_is_no_report_of_this_one() -> None:
    reading = read(book(("Năm 2022", LAST)))
    assert told(reading) == [("report.period", "blocks")]
    assert "Trang “Năm 2022” ghi “Năm 2022”, chưa phải kỳ 6 tháng đầu năm 2023" in reading.findings[0].text


def test_sheets_of_two_other_periods_give_no_figure() -> None:
    reading = read(book(("Quý I", LAST), ("Quý II", NOW)))
    assert (figures(reading), told(reading)) == ({}, [("report.sheet", "blocks")])
    assert "trang “Quý I”, trang “Quý II”" in reading.findings[0].text
    assert reading.unread == {"tasks_planned", "tasks_done"}


def test_a_sheet_without_a_period_beside_last_years_is_taken_in_doubt() -> None:
    reading = read(book(("Sheet1", NOW), ("Năm 2022", LAST)))
    assert (figures(reading), told(reading)) == (OURS, [("report.sheet", "doubt")])


def test_a_sheet_whose_name_and_title_go_apart_is_doubtful() -> None:
    rows = form((PLANNED, 12), (DONE, 6), above=["SỐ LIỆU 6 THÁNG ĐẦU NĂM 2022"])
    reading = read(book(("6T 2023", rows)))
    assert (figures(reading), told(reading)) == (OURS, [("report.sheet", "doubt")])
    assert "vừa ghi “SỐ LIỆU 6 THÁNG ĐẦU NĂM 2022”" in reading.findings[0].text


def test_the_year_takes_the_years_sheet_and_not_its_halves() -> None:
    reading = read(book(("6T đầu", LAST), ("6T cuối", LAST), ("Cả năm 2023", NOW)), Period.parse("2023"))
    assert (figures(reading), told(reading)) == (OURS, [("report.sheet", "said")])


@pytest.mark.parametrize("hide", [hidden, very_hidden])
@pytest.mark.parametrize(("name", "grade"), [("Năm 2022", "said"), ("Sheet2", "doubt"), ("6T 2023", "doubt")])
def test_a_hidden_sheet_is_left_out_and_named(hide: Any, name: str, grade: str) -> None:
    reading = read(book(("Sheet1", NOW), (name, LAST, hide)))
    assert (figures(reading), told(reading)) == (OURS, [("report.hidden", grade)])
    assert f"rang “{name}” đang ẩn, có 2 số liệu không được tính" in reading.findings[0].text


def test_a_hidden_copy_is_no_doubt() -> None:
    reading = read(book(("Sheet1", NOW), ("Sheet1 (2)", NOW, hidden)))
    assert (figures(reading), told(reading)) == (OURS, [("report.hidden", "said")])


def test_a_hidden_sheet_without_figures_is_not_spoken_of() -> None:
    reading = read(book(("Sheet1", NOW), ("DanhMuc", [("Có",), ("Không",)], hidden)))
    assert (figures(reading), told(reading)) == (OURS, [])


def test_figures_of_several_sheets_and_tables_are_put_together() -> None:
    second = [HEAD, (1, NEWS, "", 30), (), ("II. KINH PHÍ",), ("TT", "Nội dung", "ĐVT", "Kết quả"), (1, GIVEN, "", 50)]
    reading = read(book(("I. Chỉ đạo", NOW), ("II. Tuyên truyền", second)))
    assert figures(reading) == {**OURS, "news_items": 30, "budget_planned": 50}
    assert told(reading) == []


def test_two_tables_side_by_side_are_two() -> None:
    rows = [("TT", "Chỉ tiêu", "Số liệu", "TT", "Chỉ tiêu", "Số liệu"), (1, PLANNED, 12, 2, DONE, 6)]
    reading = read(book(("Sheet1", rows)))
    assert (figures(reading), told(reading)) == (OURS, [])


def test_other_tables_of_the_workbook_are_no_findings() -> None:
    staff = [("TT", "Nội dung", "Kết quả"), (1, "Số cán bộ nữ", 5), (2, "Số đảng viên", 9)]
    reading = read(book(("Sheet1", NOW), ("Nhân sự", staff)))
    assert (figures(reading), told(reading)) == (OURS, [])


def test_a_second_table_whose_columns_are_not_known_is_asked_about() -> None:
    rows = [*NOW, (), ("TT", "Tên gọi", "Đạt", "Điểm"), (1, LEAFLETS, 250, 3), (2, CONFERENCES, 4, 5)]
    reading = read(book(("Sheet1", rows)))
    assert (figures(reading), told(reading)) == (OURS, [("report.column", "blocks")])
    assert f"“{LEAFLETS}” (hàng 6), “{CONFERENCES}” (hàng 7)" in reading.findings[0].text
    assert reading.unread == {"leaflets", "conferences"}


def test_a_sheet_that_goes_on_below_what_is_read_is_said_to() -> None:
    reading = read(book(("Sheet1", NOW, lambda sheet, _book: sheet.write(4_000, 1, "Ghi thêm"))))
    assert (figures(reading), told(reading)) == (OURS, [("report.sheet", "doubt")])
    assert "chỉ đọc 3.000 hàng đầu" in reading.findings[0].text


def test_a_workbook_about_something_else_is_no_report() -> None:
    with pytest.raises(NotAReportFormError):
        read(book(("Sheet1", [("STT", "Nội dung", "Số tiền"), (1, "Mua bàn ghế", 12)])))

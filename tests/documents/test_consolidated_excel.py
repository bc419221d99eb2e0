"""The workbook of a consolidated report: numbers as numbers, every figure traced, nothing cut without a word."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from zipfile import ZipFile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from plan_lifecycle.documents.consolidated_excel import write_consolidated_excel
from plan_lifecycle.documents.consolidated_excel._plain_cells import PlainCells
from plan_lifecycle.documents.consolidated_excel._sheet import _as_formula
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.contribution import Contribution, completeness
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.report import Consolidated, LastYear, Published
from plan_lifecycle.domain.roll_up import Reported, roll_up

H1, BEFORE = Period.parse("2023-H1"), Period.parse("2022-H1")
NEWS = Indicator("news", "Số tin, bài", "tin, bài", IndicatorType.COUNT, RollUp.SUM, (3,))
DECIDED = Indicator("decided", "Đã ban hành", "", IndicatorType.BOOLEAN, RollUp.SHARE, (3,))
STORY = Indicator("story", "Mô hình", "", IndicatorType.TEXT, RollUp.LIST, (3,))
INDICATORS = (NEWS, DECIDED, STORY)
CAME = datetime(2023, 6, 10, 8, tzinfo=LOCAL)


def given(name: str, *, late: int = 0, notes: str = "", unsigned: bool = False, **figures: Value) -> Contribution:
    return Contribution(
        unit_id=name, unit_name=f"UBND xã {name}", obligation_id=1, due_on=date(2023, 6, 16), submission_id=7,
        received_at=CAME, days_late=late, document="45/BC-UBND", unsigned=unsigned,
        figures=tuple(Figure(code, value, notes) for code, value in figures.items()), files=("bao-cao.xlsx",),
    )  # fmt: skip


def missing(name: str, *, came: bool = False, waiting: bool = False) -> Contribution:
    received = CAME if came else None
    return Contribution(name, f"UBND xã {name}", 1, None, None, received, 0, None, (), waiting=waiting)


def reported(period: Period, *contributions: Contribution) -> list[Reported]:
    """Their figures with unit and period."""
    return [Reported(one.unit_id, period, figure) for one in contributions for figure in one.figures]


def whole(*contributions: Contribution, last_year: LastYear | None = None, **more: object) -> Consolidated:
    figures = reported(H1, *contributions)
    totals = tuple(roll_up(indicator, figures) for indicator in INDICATORS)
    year, standing = last_year or LastYear("6 tháng đầu năm 2022"), completeness(contributions)
    return Consolidated(H1, INDICATORS, totals, contributions, standing, year, **more)  # type: ignore[arg-type]


def sheets(made: Consolidated) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_consolidated_excel("BÁO CÁO TỔNG HỢP", made)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def line(rows: list[list[object]], first: str) -> list[object]:
    """The row that begins with a word."""
    (found,) = [row for row in rows if row[0] == first]
    return found


def test_totals_are_numbers_with_how_many_reported() -> None:
    rows = sheets(whole(given("A", news=1250, decided=True), given("B", news=2, decided=False), missing("C")))[
        "Tổng hợp"
    ]
    assert rows[0][1] == "BÁO CÁO TỔNG HỢP"
    assert rows[1][1] == "Đã nhận báo cáo của 2/3 cơ quan, đơn vị"
    assert line(rows, "news")[:7] == [
        "news", "Số tin, bài", "tin, bài", 1252.0, 2.0, "không có số liệu", 0.0,
    ]  # fmt: skip
    assert line(rows, "decided")[2:5] == ["% đơn vị", 50.0, 2.0]
    assert line(rows, "story")[3:7] == ["", 0.0, "", 0.0]


def test_last_year_stands_beside_with_the_change_and_a_mark_where_others_reported() -> None:
    then = (given("A", news=10, decided=True),)
    figures = reported(BEFORE, *then)
    year = LastYear(
        "6 tháng đầu năm 2022", {one.code: roll_up(one, figures) for one in (NEWS, DECIDED)}, then,
        frozenset({"news"}), ("(*) Không cùng đơn vị.",),
    )  # fmt: skip
    made = whole(given("A", news=15, decided=False), last_year=year, remarks=("Chưa tổng hợp được.",))
    rows = sheets(made)["Tổng hợp"]
    assert line(rows, "news")[5:] == [10.0, 1.0, 5.0, 50.0, "(*)"]
    assert line(rows, "decided")[5:] == [100.0, 1.0, -100.0, "", ""]
    assert [row[1] for row in rows[-2:]] == ["Chưa tổng hợp được.", "(*) Không cùng đơn vị."]


def test_every_unit_has_its_own_figures_and_the_last_row_the_totals() -> None:
    rows = sheets(whole(given("A", news=5, decided=True, story="Ngày thứ năm"), missing("B")))["Từng đơn vị"]
    assert rows == [
        ["TT đơn vị", "Cơ quan, đơn vị", "Số tin, bài", "Đã ban hành", "Mô hình"],
        [1.0, "UBND xã A", 5.0, "có", "Ngày thứ năm"],
        [2.0, "UBND xã B", "", "", ""],
        ["", "Cộng", 5.0, 100.0, "Ngày thứ năm"],
    ]


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (given("A"), "Đúng thời hạn"),
        (given("A", late=1), "Chậm"),
        (given("A", unsigned=True), "Đúng thời hạn; có số liệu, chờ văn bản ký"),
        (missing("A"), "Chưa nhận được"),
        (missing("A", came=True), "Đề nghị hoàn thiện"),
        (missing("A", came=True, waiting=True), "Đã nhận, chờ kiểm tra"),
    ],
)
def test_the_state_of_each_unit_is_told_in_words(one: Contribution, state: str) -> None:
    (row,) = sheets(whole(one))["Tình hình gửi"][1:]
    assert (row[1], row[6]) == ("UBND xã A", state)


def test_days_are_written_where_they_are_known() -> None:
    rows = sheets(whole(given("A", late=3), missing("B")))["Tình hình gửi"]
    assert rows[1][2:6] == ["16/6/2023", "10/6/2023", 3.0, "45/BC-UBND"]
    assert rows[2][2:6] == ["", "", 0.0, ""]


def test_every_figure_of_both_years_is_traced_to_its_paper() -> None:
    then = (given("A", news=10),)
    year = LastYear("6 tháng đầu năm 2022", {"news": roll_up(NEWS, reported(BEFORE, *then))}, then)
    made = whole(given("A", news=5, notes="https://a.vn"), given("B", news=6), missing("C"), last_year=year)
    book = sheets(made)
    assert [row[:3] for row in book["Từng đơn vị"][1:3]] == [[1.0, "UBND xã A", 5.0], [2.0, "UBND xã B", 6.0]]
    assert book["Cùng kỳ năm trước"][1][:3] == [1.0, "UBND xã A", 10.0]
    assert book["Nguồn số liệu"][1:] == [
        [1.0, "UBND xã A", "6 tháng đầu năm 2023", "45/BC-UBND", 1.0, "10/6/2023", 1.0, "bao-cao.xlsx"],
        [2.0, "UBND xã B", "6 tháng đầu năm 2023", "45/BC-UBND", 1.0, "10/6/2023", 1.0, "bao-cao.xlsx"],
        [1.0, "UBND xã A", "6 tháng đầu năm 2022", "45/BC-UBND", 1.0, "10/6/2023", 1.0, "bao-cao.xlsx"],
    ]
    assert book["Minh chứng"][1:] == [
        ["news", "Số tin, bài", "6 tháng đầu năm 2023", 1.0, "UBND xã A", 5.0, "https://a.vn"]
    ]


def month(code: str, count: int | None, *, undated: int = 0, why: str | None = None) -> PublicationMonth:
    return PublicationMonth("A", code, 5, count, undated, CAME, CAME if why is None else None, why)


def test_months_of_news_are_told_one_by_one_and_summed_up() -> None:
    months = (
        month("2023-M04", 6),
        month("2023-M05", 3, undated=2),
        month("2023-M06", 1),
        month("2023-M03", None, why="x"),
    )
    made = whole(given("A"), published=(Published("A", "UBND xã A", months, 12, date(2023, 6, 10)),))
    rows = sheets(made)["Tin, bài theo tháng"]
    assert [(row[2], row[3], row[4], row[5], row[8]) for row in rows[1:5]] == [
        ("tháng 4 năm 2023", 5.0, 6.0, "Đạt", ""),
        ("tháng 5 năm 2023", 5.0, 3.0, "Chưa đạt", "2 tin, bài không ghi ngày, chưa tính"),
        ("tháng 6 năm 2023", 5.0, 1.0, "Chưa hết tháng", ""),
        ("tháng 3 năm 2023", 5.0, "", "Chưa kiểm tra được", "x"),
    ]
    assert rows[5][2:8] == ["Cộng", "", 10.0, "Đạt 1/4 tháng", 12.0, 2.0]


def test_sheets_that_would_be_empty_are_left_out() -> None:
    assert list(sheets(whole(given("A")))) == ["Tổng hợp", "Từng đơn vị", "Tình hình gửi", "Nguồn số liệu"]


def test_doubts_have_a_sheet_of_their_own() -> None:
    doubtful = Contribution("A", "UBND xã A", 1, None, 7, CAME, 0, None, (), doubts=("Cần xem lại: tăng 5 lần", "y"))
    rows = sheets(whole(doubtful, given("B")))["Cần xem lại"]
    assert rows[1:] == [[1.0, "UBND xã A", "tăng 5 lần"], [1.0, "UBND xã A", "y"]]


@pytest.mark.parametrize("text", ["=1+1", "+84", "@x", "https://example.vn", "-5"])
def test_what_a_unit_writes_stays_a_text(text: str) -> None:
    rows = sheets(whole(given("A", story=text)))["Từng đơn vị"]
    assert rows[1][4] == text


@pytest.mark.parametrize(("length", "shown"), [(31_999, 31_999), (32_000, 32_000), (32_001, 32_000), (40_000, 32_000)])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(length: int, shown: int) -> None:
    text = sheets(whole(given("A", story="x" * length)))["Từng đơn vị"][1][4]
    assert isinstance(text, str)
    assert (len(text), text.endswith("…")) == (shown, length > 32_000)


def test_the_same_report_gives_the_same_bytes() -> None:
    made = whole(given("A", news=5))
    assert write_consolidated_excel("x", made) == write_consolidated_excel("x", made)


def part(made: Consolidated, number: int) -> str:
    """The markup of a sheet, counted from 1."""
    with ZipFile(io.BytesIO(write_consolidated_excel("x", made))) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_totals_are_formulas_over_the_units_that_carry_their_value() -> None:
    made = whole(given("A", news=5, decided=True), given("B", news=6, decided=False), given("C", news=7, decided=False))
    assert "<f>SUM(C2:C4)</f><v>18</v>" in part(made, 2)
    share = '<f>100*COUNTIF(D2:D4,"có")/(COUNTIF(D2:D4,"có")+COUNTIF(D2:D4,"không"))</f><v>33.3333333333333'
    assert share in part(made, 2)
    assert "<f>'Từng đơn vị'!C5</f><v>18</v>" in part(made, 1)


def test_a_total_leads_to_its_column_and_a_unit_to_its_paper_and_back() -> None:
    made = whole(given("A", news=5), missing("B"), given("C", news=6))
    places = [re.findall(r'<hyperlink ref="(\w+)" location="([^"]+)"', part(made, number)) for number in (1, 2, 4)]
    assert ("B5", "'Từng đơn vị'!C5") in places[0]
    assert {("B2", "'Nguồn số liệu'!B2"), ("B4", "'Nguồn số liệu'!B3"), ("C1", "'Tổng hợp'!B5")} <= {*places[1]}
    assert places[2] == [("B2", "'Từng đơn vị'!B2"), ("B3", "'Từng đơn vị'!B4")]


def test_a_link_of_several_lines_is_a_formula_for_libreoffice_breaks_no_text_of_a_link() -> None:
    long = "Sở Văn hóa, Thể thao và Du lịch của một tỉnh có tên rất dài"
    made = whole(given("A", news=5), given(long, news=6))
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_consolidated_excel("x", made)))
    assert [row[1] for row in book.get_sheet_by_index(1).to_python()[1:3]] == ["UBND xã A", f"UBND xã {long}"]
    units = part(made, 2).replace("&quot;", '"')
    assert f'<f>"UBND xã {long}"</f><v>UBND xã {long}</v>' in units
    assert '<f>"UBND xã A"</f>' not in units
    assert {"B2", "B3"} <= set(re.findall(r'<hyperlink ref="(\w+)"', units))
    assert _as_formula('một "hai"') == '="một ""hai"""'
    assert _as_formula("a" * 401) == f'="{"a" * 200}"&"{"a" * 200}"&"a"'


def test_rows_can_be_filtered_under_headings_that_stay_in_sight() -> None:
    made = whole(given("A", news=5), missing("B"))
    for number, area in ((1, "A4:J7"), (2, "A1:E3"), (3, "A1:G3"), (4, "A1:H2")):
        assert f'<autoFilter ref="{area}"' in part(made, number)
        assert 'state="frozen"' in part(made, number)


@pytest.mark.parametrize("text", ["=1+1", "+84", "@x", "-5", "\t=1"])
def test_what_looks_like_a_formula_is_kept_from_becoming_one_when_it_is_edited(text: str) -> None:
    made = whole(given("A", story=text))
    assert "<f>" not in part(made, 2).partition("</row>")[2].partition("</row>")[0]
    with ZipFile(io.BytesIO(write_consolidated_excel("x", made))) as book:
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_plain_cells_are_written_to_the_byte_as_xlsxwriter_writes_them() -> None:
    texts = (
        "Tin, bài",
        "a & b",
        "<b>",
        "_x0041_",
        "direction_acts",
        " trước",
        "sau ",
        "\n",
        "a\x01",
        "",
        "\ufffe",
        "==",
    )
    numbers = (0, 7, -1.5, 1e20, 0.1, 123456789.25)

    def written(kind: type | None) -> bytes:
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": False})
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  as the workbook itself does
        look, sheet = book.add_format({"bold": True}), book.add_worksheet("A", kind)
        for row, (text, number) in enumerate(zip(texts, numbers * 2, strict=True)):
            sheet.set_row(row, 32)
            sheet.write_string(row, 0, text, look)
            sheet.write_string(row, 1, text)
            sheet.write_number(row, 2, number, look)
            sheet.write_formula(row, 3, "=1+1", look, 2)
            sheet.write_blank(row, 4, None, look)
            sheet.write_url(row, 5, "internal:'A'!A1", look, text)
        book.close()
        return stream.getvalue()

    assert written(PlainCells) == written(None)

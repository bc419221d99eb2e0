"""Whatever xã Bình An did to its form, it is read as the unit saw it and no figure is guessed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.draft_samples import report_form
from tests.documents.filled_forms import ALL, BINH_AN, H1, HEADING, NEWS, VALUES, word, workbook

from plan_lifecycle.documents.drafts import FigureTable, IndicatorRow
from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.render import render_report_form
from plan_lifecycle.documents.report_form import (
    NotAReportFormError,
    read_report_docx,
    read_report_form,
    write_report_form,
)
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.submission import Rule
from plan_lifecycle.domain.writing import write_value


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (HEADING, (1, "news", "Số tin, bài trên trang thông tin", "tin, bài", "1.250", "a")),
        (HEADING, (1, "NEWS", "đổi tên", "tin, bài", 1250, "a")),
        (("TT", "Nội dung", "Kết quả", "Ghi chú"), (1, "1. Số tin, bài trên trang thông tin:", "1250 tin, bài", "a")),
        (("Chỉ tiêu", "Cùng kỳ năm trước", "Kết quả", "Minh chứng"), ("Số tin bài trên trang thông tin", 7, 1250, "a")),
        (("Chỉ tiêu", "Kế hoạch", "Thực hiện", "Minh chứng"), ("Số tin, bài trên trang thông tin (*)", 7, 1250, "a")),
    ],
)  # fmt: skip
def test_a_table_of_the_units_own_is_understood(heading: tuple[object, ...], row: tuple[object, ...]) -> None:
    reading = read_report_form(workbook(("BÁO CÁO",), (), heading, row), ALL)
    assert reading.figures == (Figure("news", 1250, "a"),)
    assert reading.findings == ()
    assert reading.unit_id is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "news", "", "", "nhiều", ""), "Trang “Sheet1”, ô E2: Số tin, bài trên trang thông tin: giá trị “nhiều”"),
        (("", "news", "", "", 12.5, ""), "Trang “Sheet1”, ô E2: Số tin, bài"),
        (("", "news", "", "", -1, ""), "nằm ngoài khoảng"),
        (("", "done", "", "", 120, ""), "nằm ngoài khoảng"),
        (("", "done", "", "", 0.85, ""), "đề nghị xác nhận là 0,85% hay 85%"),
        (("", "lạ", "Chỉ tiêu lạ", "", 5, ""), "“Chỉ tiêu lạ” không thuộc các chỉ tiêu"),
        (("", "news", "Tỷ lệ hoàn thành kế hoạch", "", 5, ""), "mã “news” là của"),
        (("", "plan_date", "", "", "31/02/2023", ""), "Ngày ban hành kế hoạch"),
        (("", "plan_issued", "", "", "đang xây dựng", ""), "Đã ban hành kế hoạch"),
    ],
)
def test_what_cannot_be_read_is_a_finding_with_its_row(row: tuple[object, ...], words: str) -> None:
    reading = read_report_form(workbook(HEADING, row), ALL)
    assert reading.figures == ()
    assert len(reading.findings) == 1
    assert words in reading.findings[0].text


def test_two_rows_that_differ_give_no_figure() -> None:
    rows = [("", "news", "", "", value, "") for value in (5, 6)]
    reading = read_report_form(workbook(HEADING, *rows), ALL)
    assert reading.figures == ()
    assert "2 số liệu khác nhau: 5 (trang “Sheet1”, ô E2); 6 (trang “Sheet1”, ô E3)" in reading.findings[0].text
    assert len(read_report_form(workbook(HEADING, rows[0], rows[0]), ALL).figures) == 1


@pytest.mark.parametrize(
    ("value", "note", "shown"),
    [
        ("ước 12", "", "ước thực hiện"),
        ("12 (ước)", "", "ước thực hiện"),
        ("Ước thực hiện: 12", "", "ước thực hiện"),
        (12, "ước thực hiện", "ước thực hiện"),
    ],
)
def test_an_estimate_is_marked(value: object, note: str, shown: str) -> None:
    (figure,) = read_report_form(workbook(HEADING, ("", "news", "", "", value, note)), ALL).figures
    assert figure == Figure("news", 12, estimate=True)
    assert figure.note == shown


@pytest.mark.parametrize("note", ["Ước, theo Công văn số 5/UBND", "ước"])
def test_an_estimate_in_the_units_own_words_keeps_them(note: str) -> None:
    (figure,) = read_report_form(workbook(HEADING, ("", "news", "", "", 12, note)), ALL).figures
    assert figure == Figure("news", 12, note, estimate=True)
    assert figure.note == note


def test_a_word_report_may_hold_the_table() -> None:
    other = [("TT", "Nội dung", "Kết quả"), ("1", "Hội nghị triển khai", "tốt")]
    table = [
        HEADING,
        ("1", "news", "Số tin, bài", "tin, bài", "1.250", "https://binhan.example/tin"),
        ("2", "done", "", "%", "85%", ""),
    ]
    reading = read_report_docx(word(other, table), ALL)
    assert reading.figures == (Figure("news", 1250, "https://binhan.example/tin"), Figure("done", 85))
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("TT", "Chỉ tiêu", "Cùng kỳ", "Kỳ báo cáo", ""), ("", "", "", "Số liệu", "Minh chứng")),
        (
            ("TT", "Chỉ tiêu", "Số liệu", "Số liệu", "Minh chứng"),
            ("TT", "Chỉ tiêu", "Kỳ trước", "Kỳ này", "Minh chứng"),
        ),
    ],
)
def test_a_heading_over_two_rows(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    table = [first, second, ("1", NEWS.name, "5", "7", "a")]
    assert read_report_docx(word(table), ALL).figures == (Figure("news", 7, "a"),)


def test_the_word_form_that_we_send_is_read_back() -> None:
    rows = tuple(
        IndicatorRow(
            str(i), each.code, each.name, each.unit_of_measure, write_value(VALUES[each.code], each), "kèm theo"
        )
        for i, each in enumerate(ALL, start=1)
    )
    reading = read_report_docx(
        render_report_form(replace(report_form(), tables=(FigureTable("1", "Số liệu", rows),))), ALL
    )
    assert {figure.indicator: figure.value for figure in reading.figures} == VALUES
    assert {figure.evidence for figure in reading.figures} == {"kèm theo"}
    assert reading.findings == ()


def test_two_columns_of_values_are_not_guessed_between() -> None:
    table = [("Chỉ tiêu", "Kết quả quý I", "Kết quả quý II"), (NEWS.name, "5", "7")]
    reading = read_report_docx(word(table), ALL)
    assert (reading.figures, reading.unread) == ((), {"news"})
    (finding,) = reading.findings
    assert (finding.rule, finding.blocks) == (Rule.REPORT_COLUMN, True)
    assert "(“Kết quả quý I”, “Kết quả quý II”)" in finding.text


@pytest.mark.parametrize("data", [workbook(("Kính gửi", "Sở Nội vụ")), workbook()])
def test_a_workbook_without_the_table_says_what_to_do(data: bytes) -> None:
    with pytest.raises(NotAReportFormError) as error:
        read_report_form(data, ALL)
    assert "đề nghị dùng biểu số liệu" in error.value.for_user


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", word([("a", "b")]), workbook(HEADING)])
def test_a_document_without_the_table_says_what_to_do(data: bytes) -> None:
    with pytest.raises((NotAReportFormError, BadDocument)) as error:
        read_report_docx(data, ALL)
    assert "đề nghị" in error.value.for_user


def test_cells_far_apart_do_not_fill_the_memory() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, (1, "news", "", "", 7, "a"))
        sheet.write_number(1_000_000, 16_000, 1)
    assert read_report_form(stream.getvalue(), ALL).figures == (Figure("news", 7, "a"),)


@pytest.mark.parametrize(
    ("shown", "row", "figure"),
    [
        ("0%", ("done", 0.85), Figure("done", 85)),
        ("0.0%", ("done", 1), Figure("done", 100)),
        ("dd/mm/yyyy", ("plan_date", 44977), Figure("plan_date", date(2023, 2, 20))),
        ('[$-42A]dd "tháng" mm', ("plan_date", 44977), Figure("plan_date", date(2023, 2, 20))),
        ("#,##0", ("news", 1250), Figure("news", 1250)),
        ('0 "điểm"', ("news", 5), Figure("news", 5)),
    ],
)
def test_a_number_is_read_as_the_unit_saw_it(shown: str, row: tuple[str, float], figure: Figure) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Mã", "Số liệu"))
        sheet.write_string(1, 0, row[0])
        sheet.write_number(1, 1, row[1], book.add_format({"num_format": shown}))
    assert read_report_form(stream.getvalue(), ALL).figures == (figure,)


def test_a_formula_counts_as_what_it_showed() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Mã", "Số liệu"))
        sheet.write_string(1, 0, "news")
        sheet.write_formula(1, 1, "=3+4", None, 7)
        sheet.write_string(2, 0, "spent")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    reading = read_report_form(stream.getvalue(), ALL)
    assert reading.figures == (Figure("news", 7),)
    assert reading.findings[0].rule is Rule.REPORT_FORMULA
    assert "ô B3: “Kinh phí đã sử dụng” là #DIV/0!" in reading.findings[0].text


GOOD = write_report_form(ALL, BINH_AN, H1, values=VALUES)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_damaged_file_is_refused_in_the_words_of_the_domain(place: int, noise: bytes, cut: bool) -> None:
    data = GOOD[:place] if cut else GOOD[:place] + noise + GOOD[place + len(noise) :]
    try:
        reading = read_report_form(data, ALL)
    except (BadDocument, NotAReportFormError) as error:
        assert "đề nghị" in error.for_user  # noqa: PT017  either outcome is right
    else:
        assert len(reading.figures) <= len(ALL)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_member_that_is_damaged_is_refused_in_the_words_of_the_domain(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(members)))
    place = data.draw(st.integers(0, len(members[name])))
    members[name] = (
        members[name][:place] + data.draw(st.binary(max_size=4)) + members[name][place + data.draw(st.integers(0, 9)) :]
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for each, content in members.items():
            package.writestr(each, content)
    try:
        read_report_form(stream.getvalue(), ALL)
    except (BadDocument, NotAReportFormError) as error:
        assert "đề nghị" in error.for_user  # noqa: PT017  either outcome is right

"""The form in which a unit scores itself: written, filled in, read back, and told where it cannot be taken."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
import xlsxwriter
from docx import Document

from plan_lifecycle.documents.report_form._workbook import read_sheets
from plan_lifecycle.documents.score_form import read_score_form, write_score_form
from plan_lifecycle.domain.appraisal import NOT_APPLICABLE, Entry, ScoreSheet
from plan_lifecycle.domain.criteria import Criterion, Part, RankedGroup, Scale, Scheme
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import UnitKind

FILES = Criterion("files", "Giải quyết hồ sơ đúng hạn", Decimal(10), scale=Scale(least=Decimal(90)))
IDEAS = Criterion("ideas", "Sáng kiến", Decimal("2.5"))
SCHEME = Scheme("xa", "Xã", (RankedGroup("Xã", frozenset({UnitKind.COMMUNE})),), (Part("Thủ tục", (FILES, IDEAS)),))
HEADS = ("Tiêu chí", "Số được giao", "Số hoàn thành", "Điểm tự chấm", "Minh chứng", "Giải trình, lý do")
GOOD = ("Giải quyết hồ sơ đúng hạn", 20, 19, "9,5", "Báo cáo số 12/BC-UBND", "")


def book(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    """A unit's own workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate((heads, *rows)):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def test_what_was_said_stands_in_the_form_and_is_read_back() -> None:
    claims = {
        "files": Entry(Decimal("9.5"), evidence="=BC 12", asked=20, done=19),
        "ideas": Entry(None, applies=False, reason="Không có"),
    }
    questions = {"ideas": Entry(None, reason="Vì sao không áp dụng?")}
    data = write_score_form(ScoreSheet(SCHEME, "a", claims, questions=questions), "UBND xã A", 2026)
    read = read_score_form(data, SCHEME, "form.xlsx")
    assert (read.unit, read.year) == ("UBND xã A", 2026)
    assert {code: entry.said for code, entry in read.claims.items()} == {code: one.said for code, one in claims.items()}
    (sheet,) = read_sheets(data)
    assert "Vì sao không áp dụng?" in [cell for row in sheet.cells for cell in row]
    assert [row[2] for row in sheet.cells if row[1] in ("Thủ tục", "Tổng cộng")] == [12.5, 12.5]


def test_a_table_in_word_with_other_headings_is_a_form_too() -> None:
    document = Document()
    document.add_paragraph("Cơ quan, đơn vị: UBND xã A")
    table = document.add_table(rows=0, cols=3)
    for texts in (("Nội dung", "Tự chấm", "Tài liệu kiểm chứng"), ("Sáng kiến", "2.25", "BC 12"), ("Ký tên", "", "")):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    read = read_score_form(stream.getvalue(), SCHEME, "form.docx")
    assert (read.unit, read.year, read.claims["ideas"].points) == ("UBND xã A", None, Decimal("2.25"))
    assert (read.claims["ideas"].evidence, read.claims["ideas"].place) == ("BC 12", "3")


def test_comma_point_and_number_are_the_same_and_an_empty_row_says_nothing() -> None:
    for points in ("9,5", "9.5", 9.5):
        read = read_score_form(book((*GOOD[:3], points), ("Sáng kiến", "", "", "")), SCHEME, "form.xlsx")
        assert {code: entry.points for code, entry in read.claims.items()} == {"files": Decimal("9.5")}


@pytest.mark.parametrize(
    ("row", "field", "why"),
    [
        ((*GOOD[:3], 99), "Điểm tự chấm", "vượt điểm tối đa"),
        ((*GOOD[:3], "-1"), "Điểm tự chấm", "nhỏ hơn 0"),
        ((*GOOD[:3], "1.000,5"), "Điểm tự chấm", "không phải là số"),
        ((*GOOD[:3], "85%"), "Điểm tự chấm", "không phải là số"),
        ((*GOOD[:3], NOT_APPLICABLE), "Giải trình, lý do", "ghi rõ lý do"),
        ((*GOOD[:3], ""), "Điểm tự chấm", "chưa ghi điểm"),
        ((GOOD[0], 20, 21, 9), "Số hoàn thành", "lớn hơn số được giao"),
        ((GOOD[0], 20, "2,5", 9), "Số hoàn thành", "không phải là số nguyên"),
        ((GOOD[0], "", "", 9), "Số được giao", "chưa ghi số được giao"),
        (("Tiêu chí lạ", "", "", 1), "Tiêu chí", "không có trong bộ tiêu chí"),
    ],
)
def test_a_fault_is_told_with_file_row_and_column(row: tuple[object, ...], field: str, why: str) -> None:
    with pytest.raises(InputError) as raised:
        read_score_form(book(("Thủ tục", "", "", 5), row), SCHEME, "form.xlsx")
    error = raised.value
    assert (error.file, error.line, error.field) == ("form.xlsx", 3, field)
    assert why in error.for_user


def test_a_criterion_twice_and_all_other_faults_are_told_together() -> None:
    with pytest.raises(InputError) as raised:
        read_score_form(book(GOOD, GOOD, ("Sáng kiến", "", "", 3)), SCHEME, "form.xlsx")
    assert [line.split(":")[0] for line in raised.value.for_user.splitlines()] == [
        "Tệp form.xlsx, dòng 3, cột “Tiêu chí”",
        "Tệp form.xlsx, dòng 4, cột “Điểm tự chấm”",
    ]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [(book(heads=("Nội dung", "Kết quả")), "chưa có bảng"), (book(("Sáng kiến", "", "", "")), "chưa ghi điểm tự chấm")],
)
def test_a_file_that_says_nothing_is_told_so(data: bytes, wanted: str) -> None:
    with pytest.raises(InputError) as raised:
        read_score_form(data, SCHEME, "form.xlsx")
    assert wanted in raised.value.for_user

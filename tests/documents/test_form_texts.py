"""The sheet of words in a form: written with its headings, filled in, read back line by line."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from tests.factories import BINH_AN, rules

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.report_form import TextRow, read_form_texts, read_report_form, write_report_form
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.period import Period

H1 = Period.parse("2023-H1")
INDICATORS = rules().profile_of().of_year(2023, 3)
ROWS = (
    TextRow("assessment_good", "III. 1. Mặt tích cực", "Đúng hạn.\n\n Công khai  thủ tục. "),
    TextRow("outlook", "IV. Phương hướng"),
    TextRow("proposals", "V. Kiến nghị", "=HYPERLINK(1)"),
)


def form(rows: tuple[TextRow, ...] = ROWS) -> bytes:
    return write_report_form(INDICATORS, BINH_AN, H1, values={"news_items": 5}, texts=rows)


def copied(*rows: tuple[str, ...]) -> bytes:
    """What somebody copied out of a form into a workbook of one's own."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Trang 1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def test_what_was_written_comes_back_line_by_line_with_its_section_and_row() -> None:
    assert read_form_texts(form()) == (
        Passage("assessment_good", "Đúng hạn.", "III. 1. Mặt tích cực", 4),
        Passage("assessment_good", "Công khai thủ tục.", "III. 1. Mặt tích cực", 4),
        Passage("proposals", "=HYPERLINK(1)", "V. Kiến nghị", 6),
    )


def test_a_form_without_such_a_sheet_says_nothing() -> None:
    assert read_form_texts(form(())) == ()


def test_a_row_whose_code_is_lost_keeps_its_heading_and_belongs_to_no_section() -> None:
    data = copied(("Báo cáo",), ("Đề mục", "Nội dung"), ("III. 1. Mặt tích cực", "Đúng hạn."))
    assert read_form_texts(data) == (Passage(OTHER, "Đúng hạn.", "III. 1. Mặt tích cực", 3),)


def test_the_figures_are_read_as_without_it() -> None:
    assert read_report_form(form(), INDICATORS, H1) == read_report_form(form(()), INDICATORS, H1)


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(BadDocument):
        read_form_texts(b"no workbook")

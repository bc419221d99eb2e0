"""A figure with answers to choose from is a drop-down of the Word form; what is chosen in it is read as if typed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from tests.documents.draft_samples import report_form
from tests.documents.word_samples import with_members
from tests.factories import rules

from plan_lifecycle.documents.drafts import FigureTable, IndicatorRow
from plan_lifecycle.documents.render import render_report_form
from plan_lifecycle.documents.report_form import ReportFormReading, choices_of, read_report_docx
from plan_lifecycle.domain.figure_text import parse_value, says_not_known
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp

ISSUED = Indicator("issued", "Đã ban hành kế hoạch", "", IndicatorType.BOOLEAN, RollUp.SHARE, (3,))
WAYS = ((0, "Trực tuyến"), (1, "Phát phiếu"), (2, "Kết hợp"))
WAY = Indicator("way", "Hình thức khảo sát", "", IndicatorType.CODE, RollUp.NONE, (3,), options=WAYS)
NEWS = Indicator("news", "Số tin, bài", "tin, bài", IndicatorType.COUNT, RollUp.SUM, (3,))
ALL = (ISSUED, WAY, NEWS)
_CONTENT = re.compile(r"<w:sdtContent>(.*?)</w:sdtContent>", re.DOTALL)
_CONTROL = re.compile(r"<w:sdt>.*?</w:sdt>", re.DOTALL)
_RUN = '<w:r><w:rPr><w:lang w:val="vi-VN"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


def form(*values: str) -> bytes:
    """The Word form with these values of the three indicators."""
    rows = tuple(
        IndicatorRow(str(place), one.code, one.name, one.measured, value, choices=choices_of(one))
        for place, (one, value) in enumerate(zip(ALL, values, strict=True), start=1)
    )
    return render_report_form(replace(report_form(), tasks=(), tables=(FigureTable("1", "Số liệu", rows),)))


EMPTY = form("", "", "")


def body(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def changed(pattern: re.Pattern[str], *texts: str, kept: bytes = EMPTY) -> ReportFormReading:
    """What is read of a form where each of these stands in the place of a match."""
    left = iter(texts)
    document = pattern.sub(lambda _match: next(left), body(kept))
    return read_report_docx(with_members(kept, {"word/document.xml": document}), ALL)


def values(reading: ReportFormReading) -> dict[str, object]:
    assert reading.findings == ()
    return {one.indicator: one.value for one in reading.figures}


def test_only_what_has_answers_is_a_drop_down_and_offers_all_of_them() -> None:
    controls = [re.findall(r'w:displayText="([^"]*)"', control) for control in _CONTROL.findall(body(EMPTY))]
    assert controls == [["Có", "Chưa", "Chưa có số liệu"], ["Trực tuyến", "Phát phiếu", "Kết hợp", "Chưa có số liệu"]]


def test_a_form_that_nobody_filled_in_says_nothing() -> None:
    assert values(read_report_docx(EMPTY, ALL)) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<w:sdtContent>" + _RUN, "</w:sdtContent>"),
        ("<w:sdtContent><w:r><w:rPr><w:kern w:val='0'/></w:rPr></w:r>" + _RUN, "</w:sdtContent>"),
    ],
    ids=["by Word", "by LibreOffice"],
)
def test_what_is_chosen_is_read_as_the_same_value(before: str, after: str) -> None:
    chosen = [before.format(text) + after for text in ("Chưa", "Kết hợp")]
    assert values(changed(_CONTENT, *chosen)) == {"issued": False, "way": 2}


def test_what_is_known_stands_chosen() -> None:
    assert values(read_report_docx(form("Có", "Phát phiếu", "5"), ALL)) == {"issued": True, "way": 1, "news": 5}


def test_a_form_of_before_without_drop_downs_is_read_alike() -> None:
    assert values(changed(_CONTROL, _RUN.format("có"), _RUN.format("1"))) == {"issued": True, "way": 1}


def test_no_figure_yet_can_be_chosen() -> None:
    reading = changed(_CONTENT, *(f"<w:sdtContent>{_RUN.format('Chưa có số liệu')}</w:sdtContent>" for _ in range(2)))
    assert {one.indicator for one in reading.unknown} == {"issued", "way"}


def test_every_answer_of_every_profile_is_read_as_itself() -> None:
    for profile in rules().profiles:
        for one in (one for level in (1, 2, 3) for one in profile.of_year(2026, level)):
            *words, not_known = choices_of(one) or ("",)
            numbers: list[object] = [number for number, _ in one.options] or [True, False][: len(words)]
            assert [parse_value(text, one) for text in words] == numbers
            assert not words or says_not_known(not_known, one)

"""An estimate says that it is one and whose, and the final figure takes its place."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from tests.factories import BINH_AN, HOA_THANG, rules
from tests.lifecycle.compile.reports import compiled, line_of, paper, send_file, send_in, sheet, stored, text

from plan_lifecycle.documents.report_form import read_report_form, write_report_form
from plan_lifecycle.domain.indicator import IndicatorType, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.tables import figure

H1 = Period.parse("2023-H1")
INDICATORS = rules().profile_of().of_year(2023, 3)
REQUIRED: dict[str, Value] = {
    one.code: True if one.type is IndicatorType.BOOLEAN else 3 for one in INDICATORS if one.required
}


def form(news: str) -> bytes:
    """Xã Bình An's form with its number of news items as it wrote it."""
    return write_report_form(INDICATORS, BINH_AN, H1, values=REQUIRED | {"news_items": news})


def line(office: Office) -> list[str]:
    """The row of the news items in the annex of forms."""
    rows = ([cell.text for cell in row.cells] for table in paper(office).tables for row in table.rows)
    return next(cells for cells in rows if len(cells) > 2 and cells[1].startswith("Số tin, bài đăng trên cổng"))


def test_an_estimate_is_told_with_its_unit_until_the_final_figure_takes_its_place(district: Office) -> None:
    send_file(district, BINH_AN, form("ước 12"), "2023-06-10")
    send_in(district, HOA_THANG, {"news_items": 30})
    compiled(district)
    assert "42 (ước)" in line(district)
    assert "Ước thực hiện của UBND xã Bình An" in line(district)[-1]
    assert "Còn 01 chỉ tiêu có số ước thực hiện, của 01 cơ quan, đơn vị. Ước thực hiện của UBND xã Bình An" in text(
        district
    )
    totals = {row[0]: row for row in sheet(district, "Tổng hợp")}
    assert "Ước thực hiện của UBND xã Bình An" in str(totals["news_items"][-1])
    send_file(district, BINH_AN, form("15"), "2023-06-21")
    compiled(district, "2023-06-22")
    assert "45" in line(district)
    assert "ước thực hiện" not in text(district).lower()
    (changed,) = (row for row in sheet(district, "Thay đổi") if str(row[1]).startswith("Số tin, bài đăng trên cổng"))
    assert changed[2:4] == ["42 (ước)", "45"]


def test_an_estimate_stays_one_in_the_level_above(district: Office) -> None:
    send_file(district, BINH_AN, form("ước 12"), "2023-06-10")
    send_in(district, HOA_THANG, {"news_items": 30})
    compiled(district)
    book = district.store.blobs.get(stored(district)[-1].excel_blob)
    read = read_report_form(book, rules().profile_of().of_year(2023, 2), H1)
    (news,) = (figure for figure in read.figures if figure.indicator == "news_items")
    assert (news.value, news.estimate) == (42, True)


def form_with(evidence: Mapping[str, str]) -> bytes:
    """Xã Bình An's form with every required figure and what it wrote beside some of them."""
    return write_report_form(INDICATORS, BINH_AN, H1, values=REQUIRED, evidence=evidence)


def test_an_estimate_is_said_to_be_one(office: Office) -> None:
    send_file(office, BINH_AN, form_with({"dialogues": "ước thực hiện"}), "2023-06-10")
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[3] == "3 (ước)"


def test_an_estimate_is_told_beside_its_evidence_once_in_our_words_or_in_the_units_own(office: Office) -> None:
    notes = {"dialogues": "ước thực hiện; Công văn số 5", "news_items": "Ước đến hết tháng, Công văn số 6"}
    send_file(office, BINH_AN, form_with(notes), "2023-06-10")
    compiled(office)
    with office.store.read() as connection:
        rows = connection.execute(select(figure).where(figure.c.indicator.in_(notes)).order_by(figure.c.indicator))
        kept = [(row.estimate, row.evidence) for row in rows]
    assert kept == [(True, "Công văn số 5"), (True, notes["news_items"])]
    assert {row[0]: row[6] for row in sheet(office, "Minh chứng") if row[0] in notes} == notes
    assert {
        row[0] for row in sheet(office, "Tổng hợp") if str(row[-1]).startswith("Ước thực hiện của UBND xã Bình An")
    } == {*notes}

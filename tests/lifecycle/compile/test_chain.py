"""The chain between levels: what a level compiled is read back to the same figures, so that nobody retypes them."""

from __future__ import annotations

import pytest
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, arrival, day, fill, make_office, owe, plan_row, rules
from tests.fakes import FakeChannel

from plan_lifecycle.documents.read import read_passages
from plan_lifecycle.documents.report_form import (
    TextRow,
    read_form_texts,
    read_report_docx,
    read_report_form,
    write_report_form,
)
from plan_lifecycle.domain.indicator import IndicatorType, RollUp, Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.reports import StoredReport

H1 = Period.parse("2023-H1")
OF_A_COMMUNE = rules().profile_of().of_year(2023, 3)
OF_THE_DISTRICT = rules().profile_of().of_year(2023, 2)
GIVEN: dict[Unit, dict[str, Value]] = {
    BINH_AN: {"news_items": 1250, "budget_planned": 12.5, "budget_spent": 10.25, "model_cases": "Tổ công nghệ số."},
    HOA_THANG: {"news_items": 30, "budget_planned": 7.5, "budget_spent": 7, "plan_issued": False},
}
TOLD = {BINH_AN: "Mở tổ công nghệ số ở các thôn.", HOA_THANG: "Đối thoại với người dân hằng quý."}


@pytest.fixture
def report(store: Store) -> tuple[Store, StoredReport]:
    """The report of huyện Bắc Bình over two communes, one of which has no plan and estimates its news."""
    fill(store)
    office, plan_id = make_office(store), plan_row(store)
    for unit, given in GIVEN.items():
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        required = {one.code: True if one.type is IndicatorType.BOOLEAN else 3 for one in OF_A_COMMUNE if one.required}
        data = write_report_form(
            OF_A_COMMUNE,
            unit,
            H1,
            values=required | given,
            evidence={"dialogues": "ước thực hiện", "news_items": "danh sách kèm theo"},
            texts=[TextRow("assessment_good", "Mặt tích cực", TOLD[unit])],
        )
        sent = arrival(data, unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name="bieu.xlsx")
        assert collect(office, [FakeChannel([sent])], day("2023-06-10")).accepted == 1
    compile_report(office, DISTRICT.id, "2023-H1", day("2023-06-17"))
    with store.read() as connection:
        return store, report_rows.every(connection)[-1]


def added_up(code: str) -> float:
    return sum(float(given.get(code, 3)) for given in GIVEN.values())  # type: ignore[arg-type]


@pytest.mark.parametrize("excel", [True, False])
def test_a_compiled_report_of_ours_is_read_back_to_its_totals_without_a_finding(
    report: tuple[Store, StoredReport], excel: bool
) -> None:
    store, stored = report
    reader = read_report_form if excel else read_report_docx
    reading = reader(store.blobs.get(stored.excel_blob if excel else stored.word_blob), OF_THE_DISTRICT, H1)
    figures = {figure.indicator: figure.value for figure in reading.figures}
    summed = [one.code for one in OF_THE_DISTRICT if one.roll_up is RollUp.SUM and one.code in figures]
    assert {"news_items", "budget_planned", "budget_spent", "dialogues", "tasks_done"} <= set(summed)
    assert {code: figures[code] for code in summed} == {code: added_up(code) for code in summed}
    assert (reading.findings, "plan_issued" in figures, "plan_issued" in reading.unread) == ((), False, True)


def test_the_workbook_says_whose_and_of_which_period_it_is(report: tuple[Store, StoredReport]) -> None:
    store, stored = report
    reading = read_report_form(store.blobs.get(stored.excel_blob), OF_THE_DISTRICT, H1)
    assert (reading.unit_id, reading.period) == (DISTRICT.id, "2023-H1")


def test_an_estimate_stays_one_on_its_way_up(report: tuple[Store, StoredReport]) -> None:
    store, stored = report
    for reading in (
        read_report_form(store.blobs.get(stored.excel_blob), OF_THE_DISTRICT, H1),
        read_report_docx(store.blobs.get(stored.word_blob), OF_THE_DISTRICT, H1),
    ):
        estimates = {figure.indicator for figure in reading.figures if figure.estimate}
        assert estimates == {"dialogues"}


def test_what_units_wrote_is_found_under_its_heading_again(report: tuple[Store, StoredReport]) -> None:
    store, stored = report
    in_word = read_passages(store.blobs.get(stored.word_blob), rules().profile_of().sections)
    in_excel = read_form_texts(store.blobs.get(stored.excel_blob))
    for passages in (in_word, in_excel):
        assert [one.text for one in passages if one.section == "assessment_good"] == [
            f"{unit.agency}: {told}" for unit, told in TOLD.items()
        ]
    assert {one.section for one in in_excel} == {"assessment_good"}


def test_the_level_above_is_told_where_the_lists_behind_a_total_stand(report: tuple[Store, StoredReport]) -> None:
    store, stored = report
    reading = read_report_form(store.blobs.get(stored.excel_blob), OF_THE_DISTRICT, H1)
    (news,) = [figure for figure in reading.figures if figure.indicator == "news_items"]
    assert "Danh sách kèm theo: trang “Minh chứng”" in news.note

"""What is drawn in a report: what its profile asks for, from the figures of its text, where that says something."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    arrival,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    report_file,
    rules,
)
from tests.fakes import FakeChannel

from plan_lifecycle.documents.check import check_form
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import walk
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.report import Consolidated, Published
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.compile._charts import charts_of
from plan_lifecycle.lifecycle.compile._fingerprint import fingerprint
from plan_lifecycle.lifecycle.compile._material import gather_material
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import open_store

COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU)
H1 = Period.parse("2023-H1")
KEY = ReportKey(DISTRICT.id, "2023-H1", "tuyen-truyen")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Huyện Bắc Bình compiled its first quarter; of the half-year one report is in, one came late, one is missing."""
    folder = tmp_path_factory.mktemp("charts")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office, plan_id = make_office(store), plan_row(store)
    for period, due in (("2022-H1", "2022-06-16"), ("2023-Q1", "2023-03-16"), ("2023-H1", "2023-06-16")):
        for unit in COMMUNES:
            owe(store, unit, Item.REPORT, period, due, plan_id=plan_id)
    send(office, BINH_AN, "2022-H1", "2022-06-10", {"news_items": 10})
    send(office, BINH_AN, "2023-Q1", "2023-03-10", {"tasks_planned": 10, "tasks_done": 2})
    compile_report(office, DISTRICT.id, "2023-Q1", day("2023-03-17"))
    send(office, BINH_AN, "2023-H1", "2023-06-10", {"news_items": 12, "tasks_planned": 10, "tasks_done": 6})
    send(office, HOA_THANG, "2023-H1", "2023-06-20", {"news_items": 30, "tasks_planned": 8, "tasks_done": 1})
    compile_report(office, DISTRICT.id, "2023-H1", day("2023-06-21"))
    yield office
    store.close()


def send(office: Office, unit: Unit, period: str, at: str, values: dict[str, Value]) -> None:
    data = report_file(unit, period, values=values)
    sent = arrival(data, unit, "report", period, at, key=f"{unit.id}{period}", file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([sent])], day(at)).accepted == 1


def consolidated(office: Office) -> Consolidated:
    return gather_material(office, KEY, day("2023-06-21")).whole


def test_a_compiled_report_draws_its_figures_in_word_and_in_excel(office: Office) -> None:
    whole = consolidated(office)
    drawn = charts_of(whole)
    assert {code: [one.alternative for one in charts] for code, charts in drawn.items()} == {
        "leading_plans": [
            "Tình hình gửi báo cáo theo nhóm cơ quan, đơn vị (cơ quan, đơn vị). "
            "Xã, phường, thị trấn: Đúng thời hạn 1, Chậm 1, Chưa gửi 1.",
            "Thực hiện nhiệm vụ tuyên truyền qua các kỳ báo cáo trong năm (nhiệm vụ). "
            "Quý I năm 2023: Nhiệm vụ đề ra 10, Nhiệm vụ đã hoàn thành 2; "
            "6 tháng đầu năm 2023: Nhiệm vụ đề ra 18, Nhiệm vụ đã hoàn thành 7.",
        ],
        "channels_online": [
            "Số tin, bài đã đăng so với cùng kỳ năm trước (tin, bài). "
            "Cổng, trang thông tin điện tử (*): 6 tháng đầu năm 2022 10, 6 tháng đầu năm 2023 42."
        ],
    }
    with office.store.read() as connection:
        stored = report_rows.every(connection)[-1]
    assert check_form(office.store.blobs.get(stored.word_blob), draft=True) == ()
    with zipfile.ZipFile(io.BytesIO(office.store.blobs.get(stored.word_blob))) as archive:
        text = archive.read("word/document.xml").decode()
        assert sum(name.startswith("word/charts/bieu") for name in archive.namelist()) == 3
    for number, title in enumerate((chart.title for charts in drawn.values() for chart in charts), start=1):
        assert f"Biểu đồ {number}. {title}" in text
    rows = CalamineWorkbook.from_filelike(io.BytesIO(office.store.blobs.get(stored.excel_blob)))
    assert ["Xã, phường, thị trấn", 1, 1, 1] in [row[:4] for row in rows.get_sheet_by_name("Biểu đồ").to_python()]


def test_what_shows_in_a_chart_makes_another_report(office: Office) -> None:
    whole = consolidated(office)
    other = replace(whole, earlier=(("quý I năm 2023", {"tasks_planned": 11}),))
    moved = replace(whole, groups=dict.fromkeys(whole.groups, "Sở, ban, ngành"))
    assert len({fingerprint(one) for one in (whole, other, moved)}) == 3


def test_months_of_news_stand_beside_their_quota_unless_they_run_or_were_not_counted(office: Office) -> None:
    def month(code: str, count: int | None) -> PublicationMonth:
        return PublicationMonth(BINH_AN.id, code, 5, count, 0, day("2023-06-20"), day("2023-06-20"))

    months = (month("2023-M03", 4), month("2023-M04", None), month("2023-M05", 3), month("2023-M06", 1))
    whole = replace(
        consolidated(office), published=(Published(BINH_AN.id, "UBND xã Bình An", months, None, date(2023, 6, 21)),)
    )
    assert charts_of(whole)["channels_online"][-1].alternative == (
        "Số tin, bài đếm được theo tháng so với định mức (tin, bài). "
        "Tháng 3: Định mức 5, Đếm được 4; Tháng 5: Định mức 5, Đếm được 3."
    )


def test_what_has_nothing_beside_it_is_not_drawn(office: Office) -> None:
    whole = consolidated(office)
    in_time = tuple(replace(one, days_late=0) for one in whole.contributions if one.counts)
    alone = replace(whole, contributions=in_time, last_year=replace(whole.last_year, totals={}), earlier=())
    assert charts_of(alone) == {}


def test_each_shipped_profile_asks_for_two_to_four_charts() -> None:
    for profile in rules().profiles:
        assert 2 <= sum(len(section.charts) for section in walk(profile.sections)) <= 4

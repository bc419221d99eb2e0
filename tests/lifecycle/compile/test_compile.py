"""Compiling: totals, who is missing and who was late, the way back from every number, and never twice the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    PROVINCE,
    UNITS,
    arrival,
    day,
    obligation_of,
    owe,
    plan_row,
    report_file,
    set_state,
)
from tests.fakes import FakeChannel
from tests.lifecycle.compile.reports import (
    COMMUNES,
    DUE,
    MORNING,
    compiled,
    leaders_letter,
    letters,
    plain,
    send_in,
    sheet,
    stored,
    words,
)

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report, reports_due
from plan_lifecycle.lifecycle.compile._run import Compiled
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import shown_reports
from plan_lifecycle.lifecycle.review import close_these, ended_ids
from plan_lifecycle.store import audit
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.tables import plan
from plan_lifecycle.store.units import save_contacts, save_units


def test_a_report_is_due_on_the_working_morning_after_its_units_last_day(office: Office) -> None:
    assert reports_due(office, day("2023-06-16")) == []
    assert reports_due(office, day("2023-06-17")) == reports_due(office, day("2023-06-18")) == []  # a weekend
    assert reports_due(office, MORNING) == [DUE]


def test_feeders_come_before_their_aggregator(office: Office) -> None:
    owe(office.store, DISTRICT, Item.REPORT, "2023-H1", "2023-06-19", plan_id=plan_row(office.store, PROVINCE, "36"))
    assert [each.unit_id for each in reports_due(office, day("2023-06-20"))] == ["bb", "bt"]


def test_counts_come_from_what_was_accepted_and_the_missing_are_named(office: Office) -> None:
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG)
    assert compiled(office) == Compiled(
        "bb", "UBND huyện Bắc Bình", "2023-H1", "tuyen-truyen", 1, 3, 2, ("UBND thị trấn Chợ Lầu",), new=True
    )


def test_totals_add_up_and_say_how_many_reported(office: Office) -> None:
    send_in(
        office,
        BINH_AN,
        {"news_items": 12, "video_clips": 2, "plan_share_done": 80, "tasks_planned": 10, "tasks_done": 8},
    )
    send_in(office, HOA_THANG, {"news_items": 30, "plan_share_done": 100, "tasks_planned": 30, "tasks_done": 30})
    compiled(office)
    totals = stored(office)[0].summary["totals"]
    assert (totals["news_items"], totals["video_clips"], totals["plan_issued"]) == (42, 2, 100)
    assert totals["plan_share_done"] == 95  # weighted by the tasks planned
    rows = {row[0]: row[3:5] for row in sheet(office, "Tổng hợp")[4:]}
    assert rows["news_items"] == [42, 2]
    assert rows["video_clips"] == [2, 1]


def test_the_workbook_has_every_unit_and_its_own_figures(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 12, "model_cases": "=HYPERLINK(1)"})
    compiled(office)
    head, *rows = sheet(office, "Từng đơn vị")
    column = head.index("Số tin, bài đăng trên cổng (trang) thông tin điện tử")
    assert [(row[1], row[column]) for row in rows] == [
        ("UBND xã Bình An", 12), ("UBND thị trấn Chợ Lầu", ""), ("UBND xã Hòa Thắng", ""), ("Cộng", 12),
    ]  # fmt: skip
    assert rows[0][head.index("Mô hình, sáng kiến hay")] == "=HYPERLINK(1)"
    assert [row[6] for row in sheet(office, "Tình hình gửi")[1:]] == [
        "Đúng thời hạn; có số liệu, chờ văn bản ký",
        "Chưa nhận được",
        "Chưa nhận được",
    ]
    assert "Báo cáo đã nhận mới có số liệu, chờ văn bản ký." in words(office)


def test_who_was_late_and_got_in_is_named_as_late(office: Office) -> None:
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG, at="2023-06-18")
    done = compiled(office, "2023-06-19")
    assert (done.received, done.missing) == (2, ("UBND thị trấn Chợ Lầu",))
    assert stored(office)[0].summary["late"] == 1
    assert "Chậm 02 ngày" in words(office)


def test_a_late_one_that_was_put_right_keeps_its_first_day(office: Office) -> None:
    send_in(office, BINH_AN, {"dialogues": 1}, at="2023-06-18")
    send_in(office, BINH_AN, {"dialogues": 2}, at="2023-06-25")
    compiled(office, "2023-06-26")
    assert "UBND xã Bình An | Chậm 02 ngày | Nhận ngày 18/6/2023" in words(office)
    assert stored(office)[0].summary["totals"]["dialogues"] == 2


def test_what_went_back_is_missing_and_said_to_be_mended(office: Office) -> None:
    bad = arrival(b"%PDF-1.4\n%%EOF", item="report", period="2023-H1", at="2023-06-10")
    collect(office, [FakeChannel([bad])], day("2023-06-10"))
    assert "UBND xã Bình An" in compiled(office).missing


def test_every_unit_is_traced_to_its_submission_or_to_none(office: Office) -> None:
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG, at="2023-06-18")
    compiled(office, "2023-06-19")
    with office.store.read() as connection:
        rows = report_rows.sources(connection, 1)
    assert [(row["obligation_id"], row["submission_id"] is not None, row["days_late"]) for row in rows] == [
        (obligation_of(office.store, unit, Item.REPORT, "2023-H1").id, came, late)
        for unit, came, late in ((BINH_AN, True, 0), (HOA_THANG, True, 2), (CHO_LAU, False, None))
    ]


def test_the_leader_gets_both_files_and_the_names_of_the_missing(office: Office) -> None:
    with office.store.write() as connection:
        save_contacts(connection, [Contact("bb", ContactRole.HEAD, "Chủ tịch", "lanh-dao@example.vn")])
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG)
    compiled(office)
    message = leaders_letter(office)
    attached = {
        str(part.get_filename()): part.get_payload(decode=True) for part in message.walk() if part.get_filename()
    }
    report = stored(office)[0]
    assert "lanh-dao@example.vn" in str(message["To"])
    assert set(attached.values()) == {
        office.store.blobs.get(report.word_blob), office.store.blobs.get(report.excel_blob),
    }  # fmt: skip


def test_whoever_was_let_off_is_neither_expected_nor_missing(office: Office) -> None:
    set_state(office.store, obligation_of(office.store, CHO_LAU, Item.REPORT, "2023-H1"), ObligationState.WAIVED)
    send_in(office, BINH_AN)
    assert (compiled(office).expected, compiled(office).missing) == (2, ("UBND xã Hòa Thắng",))


def test_a_report_of_nothing_is_not_made_and_the_coordinator_hears_once_who_is_missing(office: Office) -> None:
    done = compiled(office)
    assert (done.version, done.received, len(done.missing), done.new) == (0, 0, 3, False)
    compiled(office, "2023-06-20")
    assert stored(office) == []
    (told,) = letters(office, "nothing_reported")
    assert "bb-pnv@example.vn" in str(told["To"])
    assert (
        "chưa có báo cáo nào trong số 03 đơn vị được tiếp nhận nên chưa lập Báo cáo thông tin, tuyên truyền CCHC"
        in plain(told)
    )
    assert all(unit.agency in plain(told) for unit in COMMUNES)
    assert reports_due(office, day("2023-06-27")) == []


def test_below_the_share_the_leader_is_not_written_to_and_above_it_is(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    assert letters(office, "report_to_leader") == []
    (told,) = letters(office, "report_to_coordinator")
    assert "chưa đạt 50% nên dự thảo chưa được trình lãnh đạo" in plain(told)
    missing = plain(told).partition("Chưa có số liệu của: ")[2].splitlines()[0]
    assert set(missing.removesuffix(".").split("; ")) == {"UBND xã Hòa Thắng", "UBND thị trấn Chợ Lầu"}
    send_in(office, HOA_THANG, at="2023-06-20")
    compiled(office, "2023-06-21")
    assert (len(letters(office, "report_to_coordinator")), len(letters(office, "report_to_leader"))) == (2, 1)


def test_a_figure_without_its_weight_does_not_stop_the_report_and_is_told(office: Office) -> None:
    for unit in COMMUNES:
        send_in(office, unit, {"plan_share_done": 80, "tasks_planned": 0, "tasks_done": 0})
    compiled(office)
    assert stored(office)[0].summary["totals"]["plan_share_done"] is None
    assert "Chưa tổng hợp được chỉ tiêu “Tỷ lệ hoàn thành kế hoạch”" in plain(leaders_letter(office))


def test_a_report_of_units_that_have_merged_since_keeps_their_names(office: Office) -> None:
    send_in(office, BINH_AN)
    with office.store.write() as connection:
        save_units(connection, [replace(unit, valid_to=date(2025, 6, 30)) for unit in UNITS if unit.level > 1])
    assert reports_due(office, day("2025-07-02")) == []  # a dissolved district is compiled for only when asked
    done = compiled(office, "2025-07-02")
    assert (done.unit, done.received) == ("UBND huyện Bắc Bình", 1)
    assert "UBND xã Hòa Thắng" in done.missing


@pytest.mark.parametrize(("last", "compiles"), [(date(2023, 6, 15), False), (date(2023, 6, 16), True)])
def test_a_receiver_must_be_in_being_on_the_last_day(office: Office, last: date, compiles: bool) -> None:
    with office.store.write() as connection:
        save_units(connection, [replace(DISTRICT, valid_to=last)])
    if compiles:
        assert compiled(office).unit == "UBND huyện Bắc Bình"
    else:
        with pytest.raises(InputError, match="existed when its reports were due"):
            compiled(office)


def test_another_districts_units_are_not_in_it(office: Office) -> None:
    owe(office.store, PHUOC_THE, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_row(office.store, OTHER_DISTRICT))
    assert compiled(office).expected == 3


@pytest.mark.parametrize(
    ("unit_id", "period", "told"),
    [
        ("nobody", "2023-H1", "nobody, 2023-H1"),
        ("bb", "2024", "bb, 2024"),
        ("bb", "2023-H7", "period"),
    ],
)
def test_what_nobody_reports_is_told(office: Office, unit_id: str, period: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        compile_report(office, unit_id, period, MORNING)


def test_a_period_is_known_however_it_is_spelt(office: Office) -> None:
    assert compile_report(office, "bb", "2023-h1", MORNING).period == "2023-H1"


def test_a_unit_that_owes_under_two_plans_is_expected_once(office: Office) -> None:
    other = plan_row(office.store, OTHER_DISTRICT)
    owe(office.store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=other)
    given = arrival(report_file(values={"news_items": 12}), BINH_AN, "report", "2023-H1", file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([given])], day("2023-06-10")).accepted == 2
    done = compiled(office)
    assert (done.expected, done.received) == (3, 1)
    assert stored(office)[0].summary["totals"]["news_items"] == 12


def test_only_what_units_of_these_levels_report_is_in_it(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    codes = [row[0] for row in sheet(office, "Tổng hợp")[4:]]
    assert "loudspeaker_broadcasts" in codes
    assert not {"papi", "pci", "radio_items"} & {*codes}


def test_a_plan_whose_day_is_open_stops_no_report(office: Office) -> None:
    send_in(office, BINH_AN)
    with office.store.write() as connection:
        connection.execute(update(plan).values(issued_on=None))
    assert compiled(office).expected == 3
    assert "Kế hoạch số …" in words(office)


def test_a_unit_that_ended_before_the_last_day_keeps_its_name(office: Office) -> None:
    with office.store.write() as connection:
        save_units(connection, [replace(CHO_LAU, valid_to=date(2023, 5, 31))])
    assert "UBND thị trấn Chợ Lầu" in compiled(office).missing


def test_figures_stay_in_the_report_when_nobody_waits_for_their_signed_paper_any_more(office: Office) -> None:
    """A commune ended with its paper still to be signed; that was closed, and its figures were gone from the total."""
    send_in(office, BINH_AN, {"news_items": 12})
    send_in(office, HOA_THANG, {"news_items": 30})
    compiled(office)
    with office.store.write() as connection:
        save_units(connection, [replace(HOA_THANG, valid_to=date(2023, 6, 30))])
    now = day("2023-07-03")
    assert all(one.done for one in close_these(office, ended_ids(office, now), Decider("Hoa", "sắp xếp"), now))  # type: ignore[union-attr]
    assert reports_due(office, day("2023-07-04")) == []
    send_in(office, CHO_LAU, {"news_items": 1}, at="2023-07-04")
    compiled(office, "2023-07-05")
    assert (stored(office)[-1].summary["totals"]["news_items"], stored(office)[-1].summary["received"]) == (43, 3)


def test_a_report_that_a_person_asks_for_stands_under_that_name_in_the_trail_once(office: Office) -> None:
    send_in(office, BINH_AN)
    for _ in range(2):
        compile_report(office, DISTRICT.id, "2023-H1", MORNING, asked_by="Trần Thị Hoa")
    send_in(office, HOA_THANG)
    compile_report(office, DISTRICT.id, "2023-H1", MORNING)
    with office.store.read() as connection:
        asked = [act for act in audit.newest(connection, 50) if act.act is ActKind.COMPILE_REPORT]
    assert [(act.by, act.details["version"]) for act in asked] == [("Trần Thị Hoa", 1)]
    (shown,) = shown_reports(office, MORNING)
    assert [version.asked_by for version in shown.versions] == [None, "Trần Thị Hoa"]

"""Compiling: totals, who is missing and who was late, the way back from every number, and never twice the same."""

from __future__ import annotations

import email
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event, select, update
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
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    report_file,
    set_state,
)
from tests.fakes import FakeChannel

from plan_lifecycle.documents.read import Paragraph, Table, read_blocks
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.unit import Contact, ContactRole, Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report, reports_asked, reports_due
from plan_lifecycle.lifecycle.compile._due import DueReport
from plan_lifecycle.lifecycle.compile._run import Compiled
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import deliver_reports
from plan_lifecycle.lifecycle.review import close_these, ended_ids
from plan_lifecycle.store import publications
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import figure, letter, plan
from plan_lifecycle.store.units import save_contacts, save_units

MORNING = day("2023-06-19")
DUE = DueReport(
    "bb",
    "UBND huyện Bắc Bình",
    "2023-H1",
    "tuyen-truyen",
    "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023",
)
"""The Monday after Friday 16/6."""
COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU)


@pytest.fixture
def office(store: Store) -> Office:
    """Three communes of huyện Bắc Bình owe their report of the first half by 16/6."""
    fill(store)
    plan_id = plan_row(store)
    for unit in COMMUNES:
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    return make_office(store)


def send_in(office: Office, unit: Unit, values: dict[str, Value] | None = None, at: str = "2023-06-10") -> None:
    given = arrival(
        report_file(unit, values=values), unit, "report", "2023-H1", at, key=f"{unit.id}{at}", file_name="bao-cao.xlsx"
    )
    assert collect(office, [FakeChannel([given])], day(at)).accepted == 1


def compiled(office: Office, at: str = "2023-06-19") -> Compiled:
    return compile_report(office, "bb", "2023-H1", day(at))


def stored(office: Office) -> list[report_rows.StoredReport]:
    with office.store.read() as connection:
        return report_rows.every(connection)


def sheet(office: Office, name: str) -> list[list[object]]:
    data = office.store.blobs.get(stored(office)[-1].excel_blob)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()


def words(office: Office) -> str:
    """All text of the Word report, cells too."""
    return "\n".join(_texts(read_blocks(office.store.blobs.get(stored(office)[-1].word_blob))))


def _texts(blocks: object) -> list[str]:
    found = []
    for block in blocks:  # type: ignore[attr-defined]
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [" | ".join(cell.text for cell in row) for row in block.rows]
    return found


def letters(office: Office, kind: str) -> list[email.message.Message]:
    """Those of a kind that were queued by the working morning after the coordinator's."""
    for at in ("2023-06-19", "2023-06-20"):
        deliver_reports(office, day(at))
    with office.store.read() as connection:
        query = select(letter.c.blob).where(letter.c.kind == kind).order_by(letter.c.id)
        blobs = connection.execute(query).scalars().all()
    return [email.message_from_bytes(office.store.blobs.get(blob)) for blob in blobs]


def leaders_letter(office: Office) -> email.message.Message:
    return letters(office, "report_to_leader")[-1]


def plain(message: email.message.Message) -> str:
    """What a letter says, without what is attached."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


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
    send_in(office, BINH_AN, {"news_items": 12, "video_clips": 2, "plan_share_done": 80, "tasks_planned": 10})
    send_in(office, HOA_THANG, {"news_items": 30, "plan_share_done": 100, "tasks_planned": 30})
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
    assert "Trong số đã nhận, 01 cơ quan, đơn vị mới có số liệu, chờ văn bản ký." in words(office)


def test_yes_and_days_are_written_as_people_write_them(office: Office) -> None:
    send_in(office, BINH_AN, {"plan_date": date(2023, 2, 20), "plan_number": "07/KH-UBND"})
    compiled(office)
    head, row, *_ = sheet(office, "Từng đơn vị")
    given = dict(zip(head, row, strict=False))
    assert given["Đã ban hành kế hoạch triển khai"] == "có"
    assert given["Ngày ban hành kế hoạch triển khai"] == "20/02/2023"
    assert given["Số, ký hiệu kế hoạch triển khai"] == "07/KH-UBND"


def test_the_word_report_says_who_is_missing_and_the_workbook_where_each_number_comes_from(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 12})
    send_in(office, HOA_THANG, {"news_items": 30}, at="2023-06-16")
    compiled(office)
    text = words(office)
    assert "02/03" in text
    assert "UBND thị trấn Chợ Lầu" in text
    assert "15/KH-UBND" in text
    assert "42" in text
    assert "Đã đăng 42 tin, bài trên cổng, trang thông tin điện tử" in text
    head, *rows = sheet(office, "Từng đơn vị")
    items = next(at for at, name in enumerate(head) if str(name).startswith("Số tin, bài"))
    assert {("UBND xã Bình An", 12), ("UBND xã Hòa Thắng", 30)} <= {(row[1], row[items]) for row in rows}
    assert [row[1] for row in sheet(office, "Nguồn số liệu")[1:]] == ["UBND xã Bình An", "UBND xã Hòa Thắng"]


def test_who_was_late_and_got_in_is_named_as_late(office: Office) -> None:
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG, at="2023-06-18")
    done = compiled(office, "2023-06-19")
    assert (done.received, done.missing) == (2, ("UBND thị trấn Chợ Lầu",))
    assert stored(office)[0].summary["late"] == 1
    assert "Quá hạn 02 ngày" in words(office)


def test_a_late_one_that_was_put_right_keeps_its_first_day(office: Office) -> None:
    send_in(office, BINH_AN, {"dialogues": 1}, at="2023-06-18")
    send_in(office, BINH_AN, {"dialogues": 2}, at="2023-06-25")
    compiled(office, "2023-06-26")
    assert "UBND xã Bình An | Quá hạn 02 ngày | Nhận ngày 18/6/2023" in words(office)
    assert stored(office)[0].summary["totals"]["dialogues"] == 2


def test_what_went_back_is_missing_and_said_to_be_mended(office: Office) -> None:
    bad = arrival(b"%PDF-1.4\n%%EOF", item="report", period="2023-H1", at="2023-06-10")
    collect(office, [FakeChannel([bad])], day("2023-06-10"))
    assert "UBND xã Bình An" in compiled(office).missing


def test_the_same_inputs_are_not_compiled_twice(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    again = compiled(office, "2023-06-20")
    assert (again.version, again.new) == (1, False)
    assert len(stored(office)) == 1
    assert reports_due(office, day("2023-06-20")) == []


def test_plans_of_two_kinds_make_two_reports_and_two_of_one_kind_make_one(office: Office) -> None:
    reform = plan_row(office.store, number="21", abstract="V/v Cải cách hành chính nhà nước năm 2023")
    again = plan_row(office.store, number="22", abstract="Tuyên truyền cải cách hành chính năm 2023")
    owe(office.store, CHO_LAU, Item.REPORT, "2023-H1", "2023-06-16", plan_id=reform)
    owe(office.store, CHO_LAU, Item.REPORT, "2023-H1", "2023-06-16", plan_id=again)
    send_in(office, BINH_AN)
    of_two = [(one.profile, one.name) for one in reports_due(office, MORNING)]
    assert sorted(of_two) == [
        ("cchc", "Báo cáo CCHC 6 tháng đầu năm 2023"),
        ("tuyen-truyen", "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023"),
    ]
    assert [one.profile for one in reports_asked(office, "bb", "2023-H1")] == ["cchc", "tuyen-truyen"]
    for named in ("cchc", "báo cáo công tác  Cải cách hành chính"):
        assert [one.profile for one in reports_asked(office, "bb", "2023-H1", named)] == ["cchc"]
    for unknown in ("thi-dua", "khác"):
        with pytest.raises(InputError) as refused:
            reports_asked(office, "bb", "2023-H1", unknown)
        assert "báo cáo công tác cải cách hành chính" in refused.value.for_user
    made = [compile_report(office, "bb", "2023-H1", MORNING, profile=kind) for kind in ("cchc", "tuyen-truyen")]
    assert [(one.version, one.expected, one.received) for one in made] == [(0, 1, 0), (1, 3, 1)]
    assert [(one.version, one.profile) for one in stored(office)] == [(1, "tuyen-truyen")]
    (told,) = letters(office, "nothing_reported")
    assert "Báo cáo CCHC 6 tháng đầu năm 2023" in plain(told)


def test_what_comes_later_makes_a_new_version_by_itself_and_once(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 12})
    compiled(office)
    assert reports_due(office, day("2023-06-20")) == []
    send_in(office, HOA_THANG, {"news_items": 30}, at="2023-06-20")
    assert reports_due(office, day("2023-06-21")) == [DUE]
    assert (compiled(office, "2023-06-21").version, compiled(office, "2023-06-21").new) == (2, False)
    assert reports_due(office, day("2023-06-22")) == []
    first, second = stored(office)
    assert (first.summary["totals"]["news_items"], second.summary["totals"]["news_items"]) == (12, 42)


def test_compiling_at_once_gives_one_version(office: Office) -> None:
    send_in(office, BINH_AN)
    send_in(office, HOA_THANG)
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: compiled(office), range(3)))
    assert [each.version for each in runs] == [1, 1, 1]
    assert sum(each.new for each in runs) == len(stored(office)) == 1


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


def last_year(office: Office, unit: Unit, period: str = "2022-H1", at: str = "2022-06-10", **values: Value) -> None:
    """A unit's accepted report of a year ago."""
    owe(office.store, unit, Item.REPORT, period, "2022-06-16", plan_id=1)
    file = report_file(unit, period, values)
    given = arrival(file, unit, "report", period, at, key=f"{unit.id}{period}", file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([given])], day(at)).accepted == 1


def line_of(office: Office, name: str) -> list[str]:
    """The row of the Word report's table that is about an indicator."""
    return next(line.split(" | ") for line in words(office).splitlines() if f"| {name} |" in line)


def test_last_years_figures_stand_beside_with_the_change(office: Office) -> None:
    for unit, count in ((BINH_AN, 10), (HOA_THANG, 20), (CHO_LAU, 12)):
        last_year(office, unit, dialogues=count, plan_share_done=80, tasks_planned=10, tasks_done=8)
        values: dict[str, Value] = {"plan_share_done": 90, "tasks_planned": 10, "tasks_done": 9, "video_clips": 1}
        send_in(office, unit, {"dialogues": count + 3, **values})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[3:] == [
        "51",
        "42",
        "tăng 9 (21,43%)",
        "",
    ]
    assert line_of(office, "Tỷ lệ hoàn thành kế hoạch")[3:] == ["90", "80", "tăng 10 điểm %", ""]
    assert line_of(office, "Đã ban hành kế hoạch triển khai")[3:] == ["100%", "100%", "không đổi", ""]
    assert line_of(office, "Số video clip tuyên truyền")[3:] == ["3", "không có số liệu", "", ""]
    assert "Số liệu cùng kỳ năm trước (6 tháng đầu năm 2022) lấy từ báo cáo đã tiếp nhận của 3/3 đơn vị." in words(
        office
    )
    rows = {row[0]: row[5:] for row in sheet(office, "Tổng hợp")[4:]}
    assert rows["dialogues"] == [42, 3, 9, 21.4, ""]
    assert rows["plan_share_done"] == [80, 3, 10, "", ""]
    assert rows["plan_number"][:2] == ["", 0]


def test_every_figure_of_both_years_is_traced_to_its_paper(office: Office) -> None:
    last_year(office, BINH_AN, dialogues=10)
    send_in(office, BINH_AN, {"dialogues": 12})
    compiled(office)
    assert [(row[2], row[0], row[5]) for row in sheet(office, "Nguồn số liệu")[1:]] == [
        ("6 tháng đầu năm 2023", 1, "10/6/2023"),
        ("6 tháng đầu năm 2022", 1, "10/6/2022"),
    ]
    for name, count in (("Từng đơn vị", 12), ("Cùng kỳ năm trước", 10)):
        head, row, *_ = sheet(office, name)
        assert (row[0], row[head.index("Số cuộc đối thoại với người dân, doanh nghiệp")]) == (1, count)


def test_nothing_known_of_last_year_is_said(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    assert "Không có số liệu cùng kỳ năm trước (6 tháng đầu năm 2022) nên chưa so sánh được." in words(office)
    assert "| Số liệu | Ghi chú" in words(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:] == ["1/3 đơn vị"]


def test_what_was_nothing_a_year_ago_has_no_per_cent(office: Office) -> None:
    last_year(office, BINH_AN, dialogues=0)
    send_in(office, BINH_AN, {"dialogues": 4})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["0", "tăng 4"]


def test_where_other_units_reported_then_the_change_is_marked(office: Office) -> None:
    for unit in COMMUNES:
        last_year(office, unit, dialogues=10)
    send_in(office, BINH_AN, {"dialogues": 12})
    send_in(office, HOA_THANG, {"dialogues": 12})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["30", "giảm 6 (20%) (*)"]
    assert "(*) Các đơn vị có số liệu ở hai kỳ không như nhau" in words(office)


def test_a_merged_commune_is_held_against_its_forebears_and_a_part_against_nothing(office: Office) -> None:
    old = [Unit(name, f"xã {name}", UnitKind.COMMUNE, 3, "bb", valid_to=date(2023, 2, 28)) for name in "ABCD"]
    new = Unit("bb-moi", "xã Mới", UnitKind.COMMUNE, 3, "bb", valid_from=date(2023, 3, 1))
    with office.store.write() as connection:
        links = [Succession(unit.id, new.id, unit.id != "D") for unit in old]
        save_units(connection, [*old, new], links)
    for unit, count in zip(old, (10, 20, 30, 500), strict=True):
        last_year(office, unit, dialogues=count)
    owe(office.store, new, Item.REPORT, "2023-H1", "2023-06-16", plan_id=1)
    send_in(office, new, {"dialogues": 66})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["60", "tăng 6 (10%) (*)"]
    assert "là các đơn vị trước khi sắp xếp của 4 đơn vị kỳ này" in words(office)
    assert "Chưa tính số liệu của xã D: chỉ một phần thuộc các đơn vị kỳ này" in words(office)
    assert "Số liệu cùng kỳ gồm của: UBND xã A, UBND xã B, UBND xã C." in words(office)
    assert "Chưa có báo cáo kỳ đó của: UBND xã Bình An, UBND thị trấn Chợ Lầu, UBND xã Hòa Thắng." in words(office)


def test_a_commune_that_was_split_among_them_counts_once(office: Office) -> None:
    old = Unit("A", "xã A", UnitKind.COMMUNE, 3, "bb", valid_to=date(2023, 2, 28))
    new = [Unit(f"bb-{name}", f"xã {name}", UnitKind.COMMUNE, 3, "bb", valid_from=date(2023, 3, 1)) for name in "xy"]
    with office.store.write() as connection:
        save_units(connection, [old, *new], [Succession(old.id, unit.id, whole=False) for unit in new])
    last_year(office, old, dialogues=10)
    for unit in new:
        owe(office.store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=1)
        send_in(office, unit, {"dialogues": 6})
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[4:6] == ["10", "tăng 2 (20%)"]
    assert line_of(office, "Kinh phí đã sử dụng")[3] == "Chưa có số liệu"


def test_figures_of_last_year_that_come_in_later_make_a_new_version_when_asked(office: Office) -> None:
    send_in(office, BINH_AN)
    compiled(office)
    last_year(office, BINH_AN)
    assert (compiled(office).version, compiled(office).new) == (2, False)


def test_doubts_are_listed_for_the_coordinator(office: Office) -> None:
    last_year(office, BINH_AN, leaflets=10)
    send_in(office, BINH_AN, {"leaflets": 5000})
    compiled(office)
    doubts = sheet(office, "Cần xem lại")[1:]
    assert any(row[1] == "UBND xã Bình An" and "là 5.000; kỳ trước" in str(row[2]) for row in doubts)


def test_an_estimate_is_said_to_be_one(office: Office) -> None:
    from plan_lifecycle.documents.report_form import write_report_form

    indicators = make_office(office.store).rules.profile_of().of_year(2023, 3)
    values: dict[str, Value] = {
        each.code: True if each.type == "boolean" else 3 for each in indicators if each.required
    }
    data = write_report_form(
        indicators, BINH_AN, Period.parse("2023-H1"), values=values, evidence={"dialogues": "ước thực hiện"}
    )
    collect(
        office, [FakeChannel([arrival(data, BINH_AN, "report", "2023-H1", file_name="bc.xlsx")])], day("2023-06-10")
    )
    compiled(office)
    assert line_of(office, "Số cuộc đối thoại với người dân, doanh nghiệp")[3] == "3 (ước)"


def test_an_estimate_is_told_beside_its_evidence_once_in_our_words_or_in_the_units_own(office: Office) -> None:
    from plan_lifecycle.documents.report_form import write_report_form

    indicators = make_office(office.store).rules.profile_of().of_year(2023, 3)
    values: dict[str, Value] = {
        each.code: True if each.type == "boolean" else 3 for each in indicators if each.required
    }
    notes = {"dialogues": "ước thực hiện; Công văn số 5", "news_items": "Ước đến hết tháng, Công văn số 6"}
    data = write_report_form(indicators, BINH_AN, Period.parse("2023-H1"), values=values, evidence=notes)
    came = arrival(data, BINH_AN, "report", "2023-H1", file_name="bc.xlsx")
    collect(office, [FakeChannel([came])], day("2023-06-10"))
    compiled(office)
    with office.store.read() as connection:
        rows = connection.execute(select(figure).where(figure.c.indicator.in_(notes)).order_by(figure.c.indicator))
        kept = [(row.estimate, row.evidence) for row in rows]
    assert kept == [(True, "Công văn số 5"), (True, notes["news_items"])]
    assert {row[0]: row[6] for row in sheet(office, "Minh chứng") if row[0] in notes} == notes
    assert {
        row[0] for row in sheet(office, "Tổng hợp") if str(row[-1]).startswith("Ước thực hiện của UBND xã Bình An")
    } == {*notes}


def test_a_unit_that_owes_under_two_plans_is_expected_once(office: Office) -> None:
    other = plan_row(office.store, OTHER_DISTRICT)
    owe(office.store, BINH_AN, Item.REPORT, "2023-H1", "2023-06-16", plan_id=other)
    given = arrival(report_file(values={"news_items": 12}), BINH_AN, "report", "2023-H1", file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([given])], day("2023-06-10")).accepted == 2
    done = compiled(office)
    assert (done.expected, done.received) == (3, 1)
    assert stored(office)[0].summary["totals"]["news_items"] == 12


def test_what_waits_for_a_person_is_not_said_to_be_missing_without_a_word(office: Office) -> None:
    send_in(office, HOA_THANG)
    office = make_office(office.store, accept_clean=False)
    given = arrival(report_file(), BINH_AN, "report", "2023-H1", file_name="bao-cao.xlsx")
    collect(office, [FakeChannel([given])], day("2023-06-10"))
    compiled(office)
    assert "UBND xã Bình An | Đã nhận, chờ kiểm tra | Nhận ngày 20/02/2023" in words(office)


def test_what_units_tell_in_words_is_whole_under_its_heading_and_out_of_the_narrow_columns(office: Office) -> None:
    story = "Tổ công nghệ số cộng đồng đến từng nhà. " * 20
    send_in(office, BINH_AN, {"model_cases": story, "plan_number": "07/KH-UBND" * 50})
    compiled(office)
    text = words(office)
    assert line_of(office, "Mô hình, sáng kiến hay")[3:] == ["", "1/3 đơn vị; 01 nội dung"]
    assert f"- UBND xã Bình An: {story.strip()}" in text
    assert text.count(story.strip()) == 1
    assert "07/KH-UBND" * 50 not in text


def test_forty_links_are_whole_in_the_workbook_and_not_in_the_paper(office: Office) -> None:
    from plan_lifecycle.documents.report_form import write_report_form

    indicators = make_office(office.store).rules.profile_of().of_year(2023, 3)
    values: dict[str, Value] = {
        each.code: True if each.type == "boolean" else 3 for each in indicators if each.required
    }
    links = " ".join(f"https://binhan.example.vn/cai-cach-hanh-chinh/{n}" for n in range(40))
    data = write_report_form(
        indicators, BINH_AN, Period.parse("2023-H1"), values=values | {"news_items": 40}, evidence={"news_items": links}
    )
    came = arrival(data, BINH_AN, "report", "2023-H1", file_name="bc.xlsx")
    collect(office, [FakeChannel([came])], day("2023-06-10"))
    compiled(office)
    assert "https://" not in words(office)
    assert links in {row[6] for row in sheet(office, "Minh chứng")}


def test_a_text_longer_than_a_cell_is_cut_and_says_so(office: Office) -> None:
    for unit in COMMUNES:
        send_in(office, unit, {"model_cases": f"{unit.name} " * 2000})
    compiled(office)
    (row,) = (row for row in sheet(office, "Tổng hợp") if row[0] == "model_cases")
    assert len(str(row[3])) == 32_000
    assert str(row[3]).endswith("…")


def test_a_total_that_cannot_be_formed_is_told_in_the_report(office: Office) -> None:
    for unit in COMMUNES:
        send_in(office, unit, {"plan_share_done": 80, "tasks_planned": 0, "tasks_done": 0})
    compiled(office)
    assert "Chưa tổng hợp được chỉ tiêu “Tỷ lệ hoàn thành kế hoạch”" in words(office)


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


def counted(office: Office, unit: Unit, month: str, count: int | None, seen: str, why: str | None = None) -> None:
    """A month as the check of publications left it."""
    at = day(seen)
    with office.store.write() as connection:
        month_of = PublicationMonth(unit.id, month, 5, count, 0, at, None if why else at, why)
        publications.save_month(connection, month_of)


def test_months_that_were_counted_stand_beside_what_units_report(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 20})
    send_in(office, HOA_THANG, {"news_items": 9})
    for month, count in (("2023-M01", 6), ("2023-M02", 3)):
        counted(office, BINH_AN, month, count, "2023-04-01")
    counted(office, BINH_AN, "2023-M03", None, "2023-04-02", "không kết nối được")
    counted(office, BINH_AN, "2023-M06", 4, "2023-06-16")
    owe(office.store, HOA_THANG, Item.QUOTA, "2023-M01", "2023-01-31", plan_id=1)
    compiled(office)
    rows = sheet(office, "Tin, bài theo tháng")[1:]
    assert [(row[2], row[4], row[5]) for row in rows if row[1] == BINH_AN.agency] == [
        ("tháng 01 năm 2023", 6, "Đạt"),
        ("tháng 02 năm 2023", 3, "Chưa đạt"),
        ("tháng 3 năm 2023", "", "Chưa kiểm tra được"),
        ("tháng 6 năm 2023", 4, "Chưa hết tháng"),
        ("Cộng", 13, "Đạt 1/4 tháng"),
    ]
    assert [row[6:8] for row in rows if row[2] == "Cộng"] == [[20, 7], [9, ""]]
    text = words(office)
    assert "02 lượt tháng chưa kiểm tra được (không có nghĩa là không có tin, bài)" in text
    assert "01 đơn vị có số báo cáo khác số đếm được" in text


def test_months_from_which_a_unit_was_let_off_and_later_months_are_not_counted(office: Office) -> None:
    owed = owe(office.store, BINH_AN, Item.QUOTA, "2023-M01", "2023-01-31", plan_id=1)
    set_state(office.store, owed, ObligationState.WAIVED)
    owe(office.store, BINH_AN, Item.QUOTA, "2023-M07", "2023-07-31", plan_id=1)
    send_in(office, BINH_AN)
    compiled(office)
    assert "lượt tháng đạt" not in words(office)
    data = office.store.blobs.get(stored(office)[-1].excel_blob)
    assert "Tin, bài theo tháng" not in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names


def test_a_morning_on_which_nothing_came_loads_no_papers_however_many_units_report(office: Office) -> None:
    """The questions to the store are counted, of a report of one unit and of one of three."""
    send_in(office, BINH_AN, {"news_items": 12})
    compiled(office)
    alone = asked_of_the_store(office, day("2023-06-20"))
    send_in(office, HOA_THANG, {"news_items": 30}, at="2023-06-20")
    compiled(office, "2023-06-21")
    assert asked_of_the_store(office, day("2023-06-22")) == alone


def asked_of_the_store(office: Office, now: datetime) -> int:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    event.listen(office.store.engine, "before_cursor_execute", note)
    assert reports_due(office, now) == []
    event.remove(office.store.engine, "before_cursor_execute", note)
    return len(asked)


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

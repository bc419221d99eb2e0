"""*Ghi nhận thay*: one step puts a paper on record, the book puts many, nothing is guessed, reminders stop."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    PROVINCE,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel

from plan_lifecycle.documents.registry_book import read_registry
from plan_lifecycle.domain.act import ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office, find_province, find_unit
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import read_paper, record_book, record_paper
from plan_lifecycle.lifecycle.review._record import Paper, Via
from plan_lifecycle.lifecycle.review._registry_book import Line, Status
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submissions import versions
from plan_lifecycle.store.units import save_units

AN = "Nguyễn Văn An"
NOW = day("2023-03-02")
PLAN = Paper(BINH_AN.id, Item.SUB_PLAN, "2023", "07/KH-UBND", date(2023, 2, 20), date(2023, 2, 21))
REPORT = Paper(BINH_AN.id, Item.REPORT, "2023-H1", "45/BC-UBND", date(2023, 2, 20), date(2023, 2, 21))


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes its plan and its report."""
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    return make_office(store)


def trail(office: Office) -> int:
    with office.store.read() as connection:
        found = audit.verify(connection)
    assert found.broken is None
    return found.rows


@pytest.mark.parametrize(
    ("via", "words"),
    [
        (Via.AXIS, "hệ thống quản lý văn bản và điều hành"),
        (Via.PAPER, "bản giấy"),
        (Via.HAND, "nhận trực tiếp"),
    ],
)
def test_a_paper_is_kept_in_a_spelling_that_never_changes_for_it_is_known_by_its_bytes(
    office: Office, via: Via, words: str
) -> None:
    record_paper(office, replace(PLAN, via=via), Decider(AN), NOW)
    with office.store.read() as connection:
        (sent,) = versions(connection, obligation_of(office.store).id)
    kept = {
        "hình thức": words, "kỳ": "2023", "ngày ban hành": "20/02/2023", "ngày đến": "21/02/2023",
        "nội dung": "sub_plan", "số, ký hiệu": "07/KH-UBND", "trích yếu": None, "đơn vị": "bb-binh-an",
    }  # fmt: skip
    expected = json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True)
    assert office.store.blobs.get(sent.blob).decode() == expected


def test_one_step_meets_the_obligation_and_stops_reminders(office: Office) -> None:
    done = record_paper(office, PLAN, Decider(AN), NOW)
    owed = obligation_of(office.store)
    assert (done.new, done.days_late, owed.state) == (True, 0, ObligationState.MET)
    assert owed.first_received_at == day("2023-02-21")
    remind(office, day("2023-03-03"))
    with office.store.read() as connection:
        reminded = connection.exec_driver_sql("SELECT DISTINCT obligation_id FROM reminder").scalars().all()
    assert owed.id not in reminded


def test_the_same_paper_again_changes_nothing(office: Office) -> None:
    first = record_paper(office, PLAN, Decider(AN), NOW)
    again = record_paper(office, PLAN, Decider("Trần Thị Bình"), NOW)
    assert (again.id, again.new, trail(office)) == (first.id, False, 1)


def test_recorded_by_many_at_once_it_is_there_once(office: Office) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda n: record_paper(office, PLAN, Decider(f"Cán bộ {n}"), NOW), range(4)))
    assert sum(each.new for each in done) == 1
    assert trail(office) == 1


def test_lateness_is_by_issue_for_a_plan_and_by_receipt_for_a_report(office: Office) -> None:
    late = Paper(BINH_AN.id, Item.SUB_PLAN, "2023", "07/KH-UBND", date(2023, 3, 2), date(2023, 3, 2))
    assert record_paper(office, late, Decider(AN), NOW).days_late == 2
    sent = Paper(BINH_AN.id, Item.REPORT, "2023-H1", "45/BC-UBND", date(2023, 6, 15), date(2023, 6, 19))
    assert record_paper(office, sent, Decider(AN), day("2023-06-20")).days_late == 3


def test_a_paper_joins_the_figures_that_came_before(office: Office) -> None:
    sent = arrival(report_file(), item="report", period="2023-H1", key="1", file_name="bao-cao.xlsx")
    collect(office, [FakeChannel([sent])], day("2023-02-20"))
    done = record_paper(office, REPORT, Decider(AN), NOW)
    owed = obligation_of(office.store, item=Item.REPORT, period="2023-H1")
    with office.store.read() as connection:
        (only,) = versions(connection, owed.id)
    assert (done.new, only.reference, owed.state) == (True, "45/BC-UBND", ObligationState.MET)


def test_one_paper_meets_the_same_item_of_two_plans(office: Office) -> None:
    owe(office.store, plan_id=plan_row(office.store, number="16"))
    record_paper(office, PLAN, Decider(AN), NOW)
    with office.store.read() as connection:
        states = connection.exec_driver_sql(
            "SELECT state FROM obligation WHERE unit_id = 'bb-binh-an' AND item = 'sub_plan'"
        ).scalars()
        assert list(states) == ["met", "met"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"unit_id": "bb-khong-co"}, "what unit bb-khong-co owes"),
        ({"period": "2024"}, "owes"),
        ({"received_on": date(2023, 3, 3)}, "not after 2023-03-02"),
        ({"issued_on": date(2023, 2, 22)}, "its receipt"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(office: Office, changed: dict[str, Any], told: str) -> None:
    values = {name: getattr(PLAN, name) for name in Paper.__dataclass_fields__}
    with pytest.raises(InputError, match=told):
        record_paper(office, Paper(**values | changed), Decider(AN), NOW)
    assert (trail(office), obligation_of(office.store).state) == (0, ObligationState.OPEN)


@pytest.mark.parametrize(("item", "period", "via"), [("plan", "2023", "axis"), ("report", "2023-X", "axis")])
def test_what_is_typed_wrong_is_told(item: str, period: str, via: str) -> None:
    with pytest.raises(InputError):
        read_paper("x", item, period, "", None, date(2023, 2, 21), via)


HEADINGS = ("Số đến", "Ngày đến", "Số, ký hiệu", "Ngày tháng", "Tác giả", "Tên loại và trích yếu nội dung")
ABSTRACT = "Kế hoạch thông tin, tuyên truyền cải cách hành chính năm 2023"


def book(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS, above: int = 2) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet()
    as_date = workbook.add_format({"num_format": "dd/mm/yyyy"})
    if above:
        sheet.write(0, 0, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN")
    for line, cells in enumerate([headings, *rows], start=above):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(line, column, cell, as_date)
            else:
                sheet.write(line, column, cell)
    workbook.close()
    return stream.getvalue()


def line(*, number: object = "07/KH-UBND", agency: str = "UBND xã Bình An", abstract: str = ABSTRACT) -> list[object]:
    return [112, datetime(2023, 2, 21), number, "20/02/2023", agency, abstract]  # noqa: DTZ001


def recorded(office: Office, *rows: list[object], dry_run: bool = False) -> list[Line]:
    return record_book(office, read_registry(book(rows)), PROVINCE, Decider(AN), NOW, dry_run=dry_run)


def test_a_line_that_surely_meets_an_obligation_is_recorded(office: Office) -> None:
    (found,) = recorded(office, line())
    assert (found.status, found.unit_id, found.item, found.period) == (Status.MATCHED, BINH_AN.id, "sub_plan", "2023")
    assert (found.issued_on, found.received_on, found.line) == (date(2023, 2, 20), date(2023, 2, 21), 4)
    assert obligation_of(office.store).state is ObligationState.MET
    assert recorded(office, line())[0].status is Status.KNOWN


def test_a_dry_run_records_nothing(office: Office) -> None:
    assert recorded(office, line(), dry_run=True)[0].status is Status.MATCHED
    assert obligation_of(office.store).state is ObligationState.OPEN


@pytest.mark.parametrize(
    ("changed", "status", "why"),
    [
        ({"agency": "ỦY BAN NHÂN DÂN XÃ BÌNH AN, HUYỆN BẮC BÌNH"}, Status.MATCHED, None),
        ({"agency": "Uỷ ban nhân dân xã Bình An"}, Status.MATCHED, None),
        ({"abstract": "Về việc tuyên truyền CCHC năm 2023"}, Status.MATCHED, None),
        ({"agency": "UBND xã Không Có"}, Status.DOUBT, "chưa rõ cơ quan"),
        ({"abstract": "Kế hoạch cải cách hành chính năm 2023"}, Status.DOUBT, "chưa rõ có phải kế hoạch thông tin"),
        ({"abstract": "Kế hoạch tuyên truyền CCHC năm 2024"}, Status.DOUBT, "chưa ứng với nội dung nào"),
        ({"abstract": "Kế hoạch phòng, chống thiên tai năm 2023"}, Status.UNRELATED, None),
        ({"abstract": "Báo cáo CCHC 6 tháng đầu năm 2023", "number": "45/BC-UBND"}, Status.MATCHED, None),
        ({"abstract": "Báo cáo CCHC năm 2023", "number": "45/BC-UBND"}, Status.DOUBT, "chưa ứng với nội dung nào"),
        ({"number": ""}, Status.DOUBT, "chưa có số, ký hiệu"),
    ],
)
def test_nothing_is_guessed(office: Office, changed: dict[str, Any], status: Status, why: str | None) -> None:
    (found,) = recorded(office, line(**changed))
    assert (found.status, bool(found.id)) == (status, status is Status.MATCHED)
    assert (why is None) or (found.why is not None and why in found.why)


def test_a_name_that_two_communes_bear_is_doubtful_and_with_its_district_it_is_not(office: Office) -> None:
    with office.store.write() as connection:
        save_units(connection, [Unit("tp-binh-an", "xã Bình An", UnitKind.COMMUNE, 3, "tp")])
    assert recorded(office, line())[0].status is Status.DOUBT
    assert recorded(office, line(agency="UBND xã Bình An (huyện Bắc Bình)"))[0].unit_id == BINH_AN.id


def test_headings_come_in_any_order_and_case() -> None:
    headings = ("TRÍCH YẾU", "cơ quan", "NGÀY", "Số", "Ngày Đến")
    (found,) = read_registry(book([[ABSTRACT, "UBND xã Bình An", "20.2.2023", "07/KH-UBND", 44978]], headings, above=0))
    assert (found.number, found.issued_on, found.received_on) == ("07/KH-UBND", date(2023, 2, 20), date(2023, 2, 21))


def test_a_date_that_cannot_be_read_is_a_doubt(office: Office) -> None:
    row = [1, "31/02/2023", "07/KH-UBND", "hôm qua", "UBND xã Bình An", ABSTRACT]
    (found,) = recorded(office, row)
    assert found.status is Status.DOUBT
    assert found.why == "ngày văn bản chưa đọc được: “hôm qua”; ngày đến chưa đọc được: “31/02/2023”"


def test_a_sheet_without_headings_is_told() -> None:
    with pytest.raises(InputError, match="headings"):
        read_registry(book([["một", "hai"]], ("A", "B")))


def test_units_and_provinces_are_found_by_name(office: Office) -> None:
    assert find_province(office, "Bình Thuận", NOW) == PROVINCE
    assert find_unit(office, "UBND huyện Bắc Bình", NOW).id == DISTRICT.id
    for name in ("", "xã Không Có"):
        with pytest.raises(InputError):
            find_unit(office, name, NOW)
    with pytest.raises(InputError):
        find_province(office, "Lâm Đồng", NOW)


def test_how_it_came_is_kept(office: Office) -> None:
    done = record_paper(
        office,
        read_paper(BINH_AN.id, "SUB_PLAN", "2023", "07/KH-UBND", None, date(2023, 2, 21), Via.PAPER),
        Decider(AN),
        NOW,
    )
    with office.store.read() as connection:
        (act,) = audit.acts(connection, ActSubject.SUBMISSION, int(done.id[1:]))
    assert act.details["hình thức"] == "bản giấy"

"""A submission is read before it is decided, the letters it brings are seen first, and late papers make an addendum."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    address,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    owe,
    plan_file,
    plan_row,
    report_file,
    task,
)
from tests.fakes import FakeChannel
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.store import letters, portal, units
from plan_lifecycle.store.engine import open_store

NOW = day("2023-02-21")
TASKS = (task("1", "Phát <b>tờ rơi</b> đến hộ dân", "UBND các xã, thị trấn", "Trước ngày 01/11/2023"),)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The district's plan was cascaded; two communes have sent theirs, a third's lies with nobody."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    plan = register_plan(office, district_plan(activities=TASKS), issuer_id="bb", now=day("2023-02-10"))
    cascade_plan(office, plan, day("2023-02-10"))
    came = [
        arrival(plan_file(), BINH_AN, key="1", file_name="kế hoạch.docx"),
        arrival(plan_file(HOA_THANG, number="08"), HOA_THANG, key="2", file_name="<b>kh</b>.docx"),
        arrival(plan_file(CHO_LAU, number="09"), CHO_LAU, key="3", file_name="kh.docx"),
    ]
    collect(office, [FakeChannel(list(came))], NOW)
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


def queued(desk: Desk) -> int:
    """How many letters there are."""
    with desk.office.store.read() as connection:
        return sum(letters.states(connection).values())


def test_a_plan_is_read_beside_its_findings_and_the_rows_of_the_plan_above(desk: Desk) -> None:
    assert '<a href="/viec/S2/">UBND xã Hòa Thắng</a>' in desk.page()
    answer = desk.client.get("/viec/S2/")
    page = unescape(answer.text)
    text = page[page.index('id="van-ban-doc"') :]
    assert "KẾ HOẠCH" in text
    assert "<table>" in text
    assert "Phát <b>tờ rơi</b> đến hộ dân" in page[page.index('id="nhiem-vu"') : page.index('id="van-ban-doc"')]
    assert "<b>tờ rơi</b>" not in answer.text
    assert "<b>kh</b>" not in answer.text
    assert 'href="/viec/S1/" rel="prev"' in page
    assert 'href="/viec/S3/" rel="next"' in page
    assert [desk.client.get(f"/viec/{which}/").status_code for which in ("S99", "O1", "A1", "x")] == [404] * 4


def test_from_reading_one_goes_on_to_the_next_and_a_refusal_stays_where_it_is_read(desk: Desk) -> None:
    form: dict[str, str | list[str]] = {"id": "S1", "doc": "S1", "sau": "S2"}
    refused = desk.act("hoan-thien", form | {"ly_do_rieng": ""})
    assert refused.status_code == 422
    assert "Nội dung văn bản" in unescape(refused.text)
    assert "ly_do_rieng-thieu" in refused.text
    done = desk.act("tiep-nhan", form)
    assert str(done.url).split("?")[0].endswith("/viec/S2/")
    assert "Đã ghi: Tiếp nhận (01)" in unescape(done.text)
    assert "Văn bản này đã được xử lý." in desk.page("/viec/S1/")
    late = desk.act("hoan-thien", form | {"ly_do_rieng": "Thiếu phụ lục kinh phí"})
    assert f"đã được xử lý trước đó: đ/c {NAME}, tiếp nhận" in unescape(late.text)
    assert "Thiếu phụ lục kinh phí" in unescape(late.text), "what was typed is still to be read"


def test_the_letters_are_seen_before_anything_is_decided(desk: Desk) -> None:
    before = queued(desk)
    chosen = {"id": ["S1", "S2", "S3"], "ly_do_rieng": "Đề nghị bổ sung <i>kinh phí</i>"}
    owing_a_reason = desk.act("xem-thu-hoan-thien", {"id": ["S1"]})
    assert owing_a_reason.status_code == 422
    seen = desk.act("xem-thu-hoan-thien", chosen)
    page = unescape(seen.text)
    assert "03 thư sẽ gửi</h3>" in page
    assert page.count("Đề nghị bổ sung <i>kinh phí</i>") == 4, "in three letters, and in the field"
    assert "<i>kinh" not in seen.text
    assert seen.text.count(" checked>") == 3
    assert f"({address(BINH_AN)})" in page
    assert (queued(desk), desk.trail()) == (before, [])
    assert desk.state(BINH_AN) is ObligationState.RECEIVED
    one = unescape(desk.act("xem-thu-tiep-nhan", {"id": "S2", "doc": "S2"}).text)
    assert "01 thư sẽ gửi" in one
    assert "Nội dung văn bản" in one
    desk.act("hoan-thien", {"id": ["S1"], "ly_do_rieng": "Thiếu phụ lục"})
    rest = unescape(desk.act("xem-thu-tiep-nhan", chosen).text)
    assert "02 thư sẽ gửi" in rest
    assert "01 văn bản đã được xử lý trước đó" in rest


def test_what_waits_about_people_is_decided_here(desk: Desk) -> None:
    with desk.office.store.write() as connection:
        values = {
            "unit_id": BINH_AN.id, "replaces": None, "name": "Lê <b>Mới</b>", "email": "moi@binhan.example.vn",
            "stated_by": "Văn thư xã", "requested_at": NOW,
        }  # fmt: skip
        portal.request_contact(connection, values)
        units.mark_unreachable(connection, address(HOA_THANG), NOW)
    answer = desk.client.get("/viec/")
    page = unescape(answer.text)
    assert "Lê <b>Mới</b>" in page
    assert "Lê <b>Mới" not in answer.text
    assert address(HOA_THANG) in page[page.index('id="thu-khong-den"') :]
    assert "đơn vị không còn địa chỉ nào khác" in page
    assert "Đã ghi: Xác nhận người liên hệ (01)" in unescape(desk.act("nhan-lien-he", {"de_nghi": "1"}).text)
    assert "Không có đề nghị số 1" in unescape(desk.act("khong-nhan-lien-he", {"de_nghi": "1"}).text)
    assert "Lê <b>Mới</b>" not in desk.page()


def test_a_paper_that_came_after_its_report_makes_the_addendum_by_a_button(desk: Desk) -> None:
    office, plan = make_office(desk.office.store), plan_row(desk.office.store, number="16")
    then, later = day("2023-06-10"), day("2023-06-20")
    for unit, moment in ((BINH_AN, then), (HOA_THANG, later)):
        owe(office.store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan)
        if unit is HOA_THANG:
            assert compile_report(office, "bb", "2023-H1", day("2023-06-19")).version == 1
        given = arrival(
            report_file(unit), unit, "report", "2023-H1", str(moment.date()), key=unit.id, file_name="b.xlsx"
        )
        assert collect(office, [FakeChannel([given])], moment).filed == 1
    then_desk = Desk(office, TestClient(board_of(office, later), base_url=HOME))
    page = then_desk.page()
    assert "Lập báo cáo bổ sung ngay" in page
    number = page[page.index('id="bo-sung"') :].split('name="id" value="')[1].split('"')[0]
    answer = then_desk.act("bo-sung", {"id": number})
    assert str(answer.url).startswith(f"{HOME}/bao-cao/")
    reports = then_desk.page("/bao-cao/")
    assert reports.count('<td data-name="Lập lúc">') == 2
    assert reports.count(f"theo yêu cầu của {NAME}") == 1
    assert (NAME, "compile_report", None) in then_desk.trail()
    assert "Lập báo cáo bổ sung ngay" not in then_desk.page()
    again = then_desk.act("bo-sung", {"id": number})
    assert "không có văn bản được tiếp nhận thêm" in unescape(again.text)
    figures = then_desk.page(f"/viec/{number}/")
    assert "Số liệu đọc được" in figures

"""The board's pages of units and letters: who was told what and why not, and what a coordinator does about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from starlette.testclient import TestClient
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, address, obligation_of
from tests.web.boards import CHROMIUM, FLAGS, HOME, MORNING, NAME, Desk, a_morning, board_of, served
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.domain.obligation import ObligationState
from plan_lifecycle.domain.unit import Contact, ContactRole, Succession
from plan_lifecycle.lifecycle.remind import preview
from plan_lifecycle.store.units import mark_unreachable, save_contacts, save_units


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The morning of 07/3."""
    yield from a_morning(tmp_path)


def test_a_unit_is_found_without_diacritics_and_who_is_late_stands_first(desk: Desk) -> None:
    page = desk.page("/don-vi/")
    assert page.index("UBND thị trấn Chợ Lầu") < page.index("UBND xã Bình An")
    found = desk.page("/don-vi/?tim=hoa thang")
    assert "01 đơn vị có “hoa thang” trong tên" in found
    assert "UBND xã Hòa Thắng" in found
    assert "UBND xã Bình An" not in found
    districts = desk.page("/don-vi/?nhom=Huyện, thị xã, thành phố")
    assert "02 đơn vị." in districts
    assert "UBND xã Bình An" not in districts


def test_whom_to_call_stands_beside_who_is_late_also_where_mail_is_refused(desk: Desk) -> None:
    with desk.office.store.write() as connection:
        save_contacts(
            connection,
            [
                Contact(HOA_THANG.id, ContactRole.HEAD, "Trần Văn Hòa", "hoa@example.vn", phone="02523822999;12"),
                Contact(CHO_LAU.id, ContactRole.OFFICER, "Lê Thị Lâu", address(CHO_LAU), phone="0912345678"),
            ],
        )
        mark_unreachable(connection, address(CHO_LAU), MORNING)
    for path in ("/", "/don-vi/"):
        page = desk.page(path)
        assert 'href="tel:+842523822999;ext=12" class="phone">0252 3822 999, máy lẻ 12</a>' in page
        assert 'Lê Thị Lâu <a href="tel:+84912345678"' in page
    assert f"<b>Thư không đến:</b> {address(CHO_LAU)}" in page


def test_one_unit_tells_why_it_got_a_letter_and_the_letter_as_it_went(desk: Desk) -> None:
    page = desk.page(f"/don-vi/{HOA_THANG.id}/")
    assert "Quá hạn 07 ngày" in page
    assert "đã gửi lúc" in page
    assert "Dự kiến".lower() in page.lower()
    letter = desk.page("/thu/1")
    assert "UBND xã" in letter
    assert '<div class="card letter">' in letter
    assert [desk.client.get(path).status_code for path in ("/thu/999", "/don-vi/khong-co/", "/thu/x")] == [404] * 3


def test_a_unit_s_page_tells_what_came_what_was_found_and_whose_place_it_took(desk: Desk) -> None:
    former = replace(BINH_AN, id="bb-cu", name="xã <i>Cũ</i>", valid_to=date(2022, 12, 31))
    with desk.office.store.write() as connection:
        save_units(connection, [former], [Succession(former.id, BINH_AN.id)])
    page = desk.page(f"/don-vi/{BINH_AN.id}/")
    assert "<dt>Trực thuộc</dt><dd>UBND huyện Bắc Bình</dd>" in page
    assert '/tep/S1" download>ke-hoach.docx</a>, nhận 08 giờ 00 phút ngày 20/02/2023' in page
    assert "Đã nhận, chờ kiểm tra" in page
    assert "<i>" not in desk.client.get(f"/don-vi/{BINH_AN.id}/").text
    before = desk.page(f"/don-vi/{former.id}/")
    assert "<dt>Chuyển sang</dt><dd>" in before
    assert "đến hết ngày 31/12/2022" in before


def test_the_day_is_put_later_there_with_a_reason_and_not_without(desk: Desk) -> None:
    owed = obligation_of(desk.office.store, HOA_THANG)
    fields = {"id": f"O{owed.id}", "den_ngay": "2023-03-20"}
    refused = desk.act("thoi-han", fields, page=f"/don-vi/{HOA_THANG.id}/")
    assert refused.status_code == 422
    assert obligation_of(desk.office.store, HOA_THANG).due_on == owed.due_on
    done = desk.act("thoi-han", {**fields, "ly_do": "thien-tai"}, page=f"/don-vi/{HOA_THANG.id}/")
    assert "Đã ghi." in done.text
    assert "gia hạn từ 28/02/2023" in done.text
    assert desk.trail()[0] == (NAME, "extend", "Gia hạn do thiên tai, dịch bệnh.")


def test_a_decision_of_long_ago_is_taken_again_there_and_once(desk: Desk) -> None:
    """Among the newest decisions of the office it is no longer."""
    here = f"/don-vi/{CHO_LAU.id}/"
    desk.act("mien", {"id": ["O3"], "ly_do_rieng": "Sáp nhập"}, page=here)
    assert obligation_of(desk.office.store, CHO_LAU).state is ObligationState.WAIVED
    again = re.findall(r'action="mo-lai"><input type="hidden" name="id" value="(\w+)"', desk.page(here))
    assert again == ["O3"]
    desk.act("mo-lai", {"id": again, "ly_do": "nham-lan"}, page=here)
    assert obligation_of(desk.office.store, CHO_LAU).state is ObligationState.OPEN
    assert 'action="mo-lai"' not in desk.page(here)
    assert desk.trail()[0] == (NAME, "reopen", "Đã xử lý nhầm.")


def test_letters_to_one_unit_and_all_letters_are_paused_until_a_day_and_go_on(desk: Desk) -> None:
    def planned(unit_id: str) -> int:
        begin = MORNING.date()
        return len(preview(desk.office, begin, begin.replace(day=10), MORNING, unit_id).letters)

    assert planned(CHO_LAU.id) > 0
    again = {"ly_do_rieng": "Cho gửi thư trở lại."}
    fields = {"den_ngay": "2023-03-10", "ly_do_rieng": "Đơn vị khắc phục hậu quả mưa lũ."}
    assert "mưa lũ" in desk.act("tam-dung", fields, page=f"/don-vi/{CHO_LAU.id}/").text
    assert planned(CHO_LAU.id) == 0
    refused = desk.act("tam-dung", {"den_ngay": "2023-03-10"}, page="/thu/")
    assert refused.status_code == 422
    assert 'value="2023-03-10"' in refused.text
    assert "Đề nghị chọn hoặc ghi rõ lý do." in unescape(refused.text)
    refused = desk.act("tam-dung", {"den_ngay": "2023-03-06", "ly_do_rieng": "Nghỉ."}, page="/thu/")
    assert refused.status_code == 422
    assert 'value="Nghỉ."' in unescape(refused.text)
    assert "Ngày cuối cùng phải từ ngày 07/3/2023 trở đi." in unescape(refused.text)
    assert desk.act("tam-dung", {"ly_do_rieng": "Nghỉ."}, page="/thu/").status_code == 422
    assert 'action="/thu/tam-dung"' in desk.page("/")
    assert "Mọi thư" in desk.act("tam-dung", {**fields, "ly_do_rieng": "Đổi máy chủ."}, page="/thu/").text
    banner = "Mọi thư đang được tạm dừng đến hết ngày 10/3/2023: Đổi máy chủ (" + NAME
    for path in ("/", "/viec/", "/thu/", "/don-vi/", f"/don-vi/{CHO_LAU.id}/", "/ke-hoach-moi/", "/bao-cao/"):
        assert desk.page(path).count(banner) == 1, path
        assert 'action="/thu/tam-dung"' not in desk.page(path)
    assert "Đã ghi: Cho gửi thư trở lại (01)" in desk.act("tiep-tuc", {**again, "tam_dung": "2"}, page="/thu/").text
    assert "Đã ghi." in desk.act("tiep-tuc", {**again, "tam_dung": "1"}, page=f"/don-vi/{CHO_LAU.id}/").text
    assert planned(CHO_LAU.id) > 0
    assert desk.act("tiep-tuc", {**again, "tam_dung": "x"}, page="/thu/").status_code == 422
    assert desk.act("tiep-tuc", {**again, "tam_dung": "9"}, page="/thu/").status_code == 422


def test_whoever_only_looks_finds_no_form_and_is_refused(desk: Desk) -> None:
    desk = Desk(desk.office, TestClient(board_of(desk.office, MORNING, decide=False), base_url=HOME))
    for path in ("/thu/", f"/don-vi/{HOA_THANG.id}/"):
        assert "<form method=" not in desk.page(path)
    fields = {"den_ngay": "2023-03-10", "ly_do_rieng": "x"}
    assert desk.act("tam-dung", fields, page="/thu/").status_code == 403
    assert desk.act("mien", fields, page=f"/don-vi/{HOA_THANG.id}/").status_code == 403


@pytest.mark.system
@pytest.mark.enable_socket
def test_a_coordinator_goes_from_the_home_page_to_a_late_unit_and_lets_it_off(desk: Desk) -> None:
    """Three clicks after the home page; every page reads wide and on a telephone."""
    with served(desk.office, MORNING) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in (1366, 390):
            page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN").new_page()
            for address in ("", "don-vi/", f"don-vi/{BINH_AN.id}/", "thu/", "thu/1"):
                page.goto(f"{home}{address}")
                assert broken_rules(page) == [], address
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        page.goto(home)
        page.get_by_role("link", name="UBND xã Hòa Thắng").click()
        page.get_by_text("Gia hạn hoặc miễn").click()
        page.get_by_label("Lý do thường dùng").select_option(label="Đơn vị sắp xếp, sáp nhập trong kỳ.")
        page.get_by_role("button", name="Miễn").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi")
        browser.close()
    assert desk.state(HOA_THANG) is ObligationState.WAIVED

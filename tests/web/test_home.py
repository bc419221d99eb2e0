"""The board's first page as a coordinator of huyện Bắc Bình meets it at 8 a.m."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright
from starlette.testclient import TestClient
from tests.factories import CHO_LAU, HOA_THANG, address, arrival, day
from tests.web.boards import CHROMIUM, FLAGS, HOME, MORNING, Desk, a_morning, board_of, served
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.store import arrivals, guesses, portal, units
from plan_lifecycle.store.guesses import Guess

NOW = MORNING


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The morning of 07/3."""
    yield from a_morning(tmp_path_factory.mktemp("home"))


def test_one_page_says_who_is_late_what_falls_due_and_what_waits(desk: Desk) -> None:
    page = desk.page("/")
    assert "Thứ Ba, 07/3/2023" in page
    assert "<b>01</b> văn bản chờ xem xét" in page
    assert "Quá hạn (02)" in page
    late = page[page.index('id="qua-han"') :]
    assert [name in late for name in ("UBND xã Bình An", "UBND xã Hòa Thắng", "UBND thị trấn Chợ Lầu")] == [
        False,
        True,
        True,
    ]
    assert "07 ngày" in late
    assert "01 lần, gần nhất ngày 02/3/2023" in late
    soon = page[page.index('id="sap-den-han"') : page.index('id="qua-han"')]
    assert "Báo cáo thông tin, tuyên truyền CCHC quý I năm 2023" in soon
    assert "Thứ Ba, 14/3/2023" in soon
    assert "00/01" in soon


def test_it_says_how_many_letters_went_today_and_go_on_the_next_day(desk: Desk) -> None:
    mail = desk.page("/").split('id="thu"')[1].split("</section>")[0]
    assert "Hôm nay: đã gửi <b>00</b> thư; còn <b>02</b> thư nhắc, đôn đốc sẽ gửi." in mail
    assert "Thứ Tư, 08/3/2023: không có thư nhắc." in mail
    then = TestClient(board_of(desk.office, day("2023-03-02")), base_url=HOME).get("/").text
    assert "đã gửi <b>03</b> thư" in then
    eve = TestClient(board_of(desk.office, day("2023-03-06")), base_url=HOME).get("/").text
    assert "Thứ Ba, 07/3/2023: sẽ gửi <b>01</b> thư nhắc, đôn đốc nếu đơn vị chưa gửi." in eve


def test_its_links_lead_to_the_pages_wherever_airflow_stands(desk: Desk) -> None:
    page = desk.page("/")
    assert '<a href="/" aria-current="page">Tình hình</a>' in page
    assert '<a href="/viec/#van-ban">' in page
    below = TestClient(board_of(desk.office, NOW), base_url=HOME, root_path="/cchc/plan-lifecycle")
    assert '<a href="/cchc/plan-lifecycle/viec/#van-ban">' in below.get("/").text


def test_whoever_is_not_logged_in_is_led_to_the_login_and_back(desk: Desk) -> None:
    client = TestClient(board_of(desk.office, NOW, refused=401), base_url=HOME, follow_redirects=False)
    answer = client.get("/viec/?trang=2", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/api/v2/auth/login?next=%2Fviec%2F%3Ftrang%3D2")
    assert client.get("/viec/").status_code == 401


@pytest.mark.system
@pytest.mark.enable_socket
def test_it_reads_wide_and_on_a_telephone(desk: Desk) -> None:
    with served(desk.office, NOW) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in (390, 1366):
            page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN").new_page()
            page.goto(home)
            assert broken_rules(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()


def test_a_proposed_contact_and_a_dead_address_are_counted_and_lead_to_what_waits(desk: Desk) -> None:
    assert "đề nghị đổi người liên hệ" not in desk.page("/")
    values = {"unit_id": HOA_THANG.id, "name": "Lê Thị Lan", "email": "lan@example.vn", "replaces": None}
    with desk.office.store.write() as connection:
        portal.request_contact(connection, values | {"stated_by": "Lê Văn Bình", "requested_at": NOW})
        units.mark_unreachable(connection, address(CHO_LAU), NOW)
    page = desk.page("/")
    assert '<a href="/viec/#lien-he"><b>01</b> đề nghị đổi người liên hệ</a>' in page
    assert '<a href="/viec/#thu-khong-den"><b>01</b> địa chỉ không nhận được thư</a>' in page


def test_what_a_file_that_waits_may_be_is_told_beside_the_late_ones(desk: Desk) -> None:
    assert "Chưa kể" not in desk.page("/")
    with desk.office.store.write() as connection:
        arrivals.record(connection, arrival(b"paper", key="9"), "0" * 64)
        number = arrivals.id_of(connection, "fake", "9")
        arrivals.settle(connection, number, ArrivalState.UNMATCHED, "chưa rõ", "nothing_owed")
        guesses.note(connection, number, [Guess(HOA_THANG.id)])
    page = desk.page("/")
    assert "Quá hạn (01)" in page
    assert "Chưa kể 01 nội dung quá hạn có thể đã được gửi" in page

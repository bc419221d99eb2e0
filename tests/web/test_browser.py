"""The portal as a unit walks it, in Debian's Chromium, on a phone and on a desk, and as everyone can."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.factories import plan_file
from tests.web.conftest import World
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.lifecycle.links import open_until, scope_of

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}

pytestmark = [
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed"),
]


@pytest.fixture
def served(world: World) -> Iterator[str]:
    """The portal on a port of the loopback; its links are of that address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    world.links.home = f"http://127.0.0.1:{port}/"
    server = uvicorn.Server(
        uvicorn.Config(world.app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield world.links.home.rstrip("/")
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=list(WIDTHS))
def page(request: pytest.FixtureRequest, browser: Any, served: str) -> Iterator[Any]:
    """A page of each width; whatever the policy of content forbids fails the test."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", accept_downloads=True)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert [each for each in complaints if "favicon" not in each and "404" not in each and "422" not in each] == []


def link(world: World, obligation: Any) -> str:
    """The whole address in today's letter."""
    until = open_until(obligation.due_on, world.clock.now.date())
    return world.links.address(scope_of(obligation), (0, 0), until)


def test_a_unit_opens_its_link_and_hands_in_its_plan(page: Any, world: World, served: str, tmp_path: Path):
    file = tmp_path / "Kế hoạch số 07.docx"
    file.write_bytes(plan_file())
    page.goto(link(world, world.plan))
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    assert page.get_by_role("heading", level=1).inner_text() == "Kế hoạch thông tin, tuyên truyền CCHC năm 2023"
    assert broken_rules(page) == []
    page.get_by_label("Họ và tên người gửi").fill("Nguyễn Văn An")
    page.get_by_label("Chức vụ, chức danh").fill("Công chức Văn phòng - Thống kê")
    page.get_by_label("Tệp cần gửi").set_input_files(file)
    assert page.locator("#da-chon li").inner_text().startswith("Kế hoạch số 07.docx (")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(re.compile(r"lan="))
    assert "Đã nhận, chờ kiểm tra (bản 01)" in page.locator("section.said").inner_text()
    assert broken_rules(page) == []


def test_a_unit_fills_in_the_form_and_takes_it_home(page: Any, world: World, served: str):
    page.goto(link(world, world.report))
    page.get_by_role("link", name="Biểu báo cáo", exact=True).click()
    page.get_by_label("Số liệu (tin, bài)").first.fill("1.250")
    page.get_by_role("button", name="Lưu và tải báo cáo Word").click()
    assert page.get_by_role("alert").is_visible()
    assert broken_rules(page) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "v_plan_issued"
    for field in page.locator("[aria-invalid]").all():
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option("Có")
        else:
            field.fill("3")
    with page.expect_download() as word:
        page.get_by_role("button", name="Lưu và tải báo cáo Word").click()
    assert word.value.suggested_filename == "bao-cao-2023-H1.docx"
    with page.expect_download() as excel:
        page.get_by_role("link", name="Tải biểu Excel").click()
    assert excel.value.suggested_filename == "bieu-so-lieu-2023-H1.xlsx"


def test_a_link_opens_from_a_page_of_another_site(page: Any, world: World, served: str):
    """A mail program in the browser: a strict cookie must be there on the page after."""
    page.goto("data:text/html,<a href='" + link(world, world.plan) + "'>Mở</a>")
    page.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    assert page.get_by_role("heading", level=1).inner_text().startswith("Kế hoạch")


def test_it_all_works_without_scripts(browser: Any, world: World, served: str, tmp_path: Path):
    file = tmp_path / "ke-hoach.docx"
    file.write_bytes(plan_file())
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(served)
    page.get_by_label("Mã trong thư").fill(world.links.code(scope_of(world.plan), (0, 0)).lower())
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Họ và tên người gửi").fill("Nguyễn Văn An")
    page.get_by_label("Chức vụ, chức danh").fill("Văn phòng")
    page.get_by_label("Tệp cần gửi").set_input_files(file)
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert "Đã nhận, chờ kiểm tra" in page.locator("section.said").inner_text()
    context.close()


def test_every_page_can_be_used_by_everyone(page: Any, world: World, served: str):
    page.goto(served)
    assert broken_rules(page) == []
    page.goto(f"{served}/n/abc")
    assert broken_rules(page) == []
    page.goto(link(world, world.report))
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    for name in ("Biểu báo cáo", "Liên hệ của đơn vị", "Nội dung phải gửi"):
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()
        assert broken_rules(page) == []


def test_the_keyboard_goes_through_a_page_in_its_order(page: Any, world: World, served: str):
    page.goto(link(world, world.plan))
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    places = []
    for _ in range(8):
        page.keyboard.press("Tab")
        places.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))
    assert places[:8] == [
        "Đến nội dung chính", "Nội dung phải gửi", "Liên hệ của đơn vị", "Kết thúc phiên", "ho_ten", "chuc_vu", "tep",
        "Gửi",
    ]  # fmt: skip

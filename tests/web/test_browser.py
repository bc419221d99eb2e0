"""The portal as a unit walks it, in Debian's Chromium, on a phone and on a desk, and as everyone can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select
from tests.documents.office_files import saved_as
from tests.factories import plan_file
from tests.patience import PATIENCE
from tests.web.conftest import World
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.lifecycle.office import open_until, scope_of
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.tables import arrival

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP nop.example 127.0.0.1",
]  # fmt: skip
expect.set_options(timeout=PATIENCE * 1000)
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}

pytestmark = [
    pytest.mark.system,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed"),
]


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
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    expected = ("favicon", "403", "404", "410", "422", "ERR_INTERNET_DISCONNECTED", "Cross-Origin-Opener-Policy")
    assert [each for each in complaints if not any(one in each for one in expected)] == []


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


def test_a_plan_of_an_older_word_is_taken_in_and_said_to_be_read_from_a_copy(
    page: Any, world: World, served: str, tmp_path: Path
):
    file = tmp_path / "Kế hoạch số 07.doc"
    file.write_bytes(saved_as(tmp_path, "doc", {"ke-hoach": plan_file()})["ke-hoach"])
    open_plan(page, world)
    assert "Word (.docx, .doc, .rtf, .odt)" in page.locator("#tep-goi-y").inner_text()
    page.get_by_label("Tệp cần gửi").set_input_files(file)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(re.compile(r"lan="))
    said = page.locator("section.said").inner_text()
    assert "Kế hoạch số 07.doc" in said
    assert "Đã nhận, chờ kiểm tra (bản 01)" in said
    assert "Nội dung được đọc từ bản chuyển đổi của tệp .doc; tệp gốc được lưu giữ nguyên vẹn." in said
    assert broken_rules(page) == []


def test_a_unit_fills_in_the_form_and_takes_it_home(page: Any, world: World, served: str):
    page.goto(link(world, world.report))
    page.get_by_role("link", name="Biểu báo cáo", exact=True).click()
    page.get_by_label("Số liệu (tin, bài)").first.fill("1.250")
    page.get_by_role("button", name="Lưu và tải báo cáo Word").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_focused()
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
    assert word.value.suggested_filename == "Bao cao 6 thang dau nam 2023.docx"
    page.locator("#v_news_items").fill("1.300")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_url(re.compile("luu=1"))
    with page.expect_download() as excel:
        page.get_by_role("link", name="Tải biểu Excel").click()
    assert excel.value.suggested_filename == "Bieu so lieu 6 thang dau nam 2023.xlsx"


@pytest.mark.parametrize("host", ["127.0.0.1", "nop.example"])
def test_a_code_is_typed_on_the_page_of_its_own_and_no_other_page_sends_one(
    page: Any, world: World, served: str, host: str
):
    """Over plain http to a name a browser does not say where a form comes from, but for the page's origin."""
    world.links.home = served.replace("127.0.0.1", host) + "/"
    code = world.links.code(scope_of(world.plan), (0, 0))
    page.set_content(f'<form method="post" action="{world.links.home}ma"><input name="ma" value="{code}"></form>')
    with page.expect_navigation():
        page.evaluate("document.forms[0].submit()")
    expect(page.get_by_role("alert")).to_have_text("Yêu cầu không xuất phát từ trang này.")
    assert page.context.cookies() == []
    page.goto(world.links.home)
    page.get_by_label("Mã trong thư").fill(code)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    assert broken_rules(page) == []


def open_plan(page: Any, world: World) -> None:
    """The page of the plan, with name and post filled in."""
    page.goto(link(world, world.plan))
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    page.get_by_label("Họ và tên người gửi").fill("Nguyễn Văn An")
    page.get_by_label("Chức vụ, chức danh").fill("Công chức Văn phòng - Thống kê")


def reopen_link(page: Any, world: World, obligation: Any) -> None:
    """Open the letter's link again in another window of the same browser."""
    other = page.context.new_page()
    other.goto(link(world, obligation))
    other.wait_for_url(re.compile(r"/v/\w+/$"))
    other.close()


def plans(folder: Path, count: int) -> list[Path]:
    """So many files, each a plan of another number."""
    files = [folder / f"ke-hoach-{number}.docx" for number in range(1, count + 1)]
    for number, file in enumerate(files, start=1):
        file.write_bytes(plan_file(number=f"{number:02}"))
    return files


def count_arrivals(world: World) -> int:
    with world.store.read() as connection:
        return connection.execute(select(func.count()).select_from(arrival)).scalar_one()


def test_several_files_travel_together_and_progress_is_shown(page: Any, world: World, served: str, tmp_path: Path):
    open_plan(page, world)
    page.get_by_label("Tệp cần gửi").set_input_files(plans(tmp_path, 3))
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 200, "downloadThroughput": -1, "uploadThroughput": 12_000}
    network.send("Network.emulateNetworkConditions", slow)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.locator("#tien-do").wait_for(state="visible")
    assert page.get_by_role("button", name="Gửi", exact=True).is_disabled()
    expect(page.locator("#phan-tram")).to_contain_text("%")
    page.wait_for_url(re.compile(r"lan="))
    for number in (1, 2, 3):
        assert f"ke-hoach-{number}.docx" in page.locator("[aria-labelledby=vua-gui]").inner_text()
    assert count_arrivals(world) == 3


def test_what_is_too_large_or_wanting_is_said_before_anything_travels(
    page: Any, world: World, served: str, tmp_path: Path
):
    large = tmp_path / "ban-quet.pdf"
    large.write_bytes(b"%PDF-1.7" + b"x" * (21 * 1024 * 1024))
    open_plan(page, world)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_label("Chức vụ, chức danh").fill(" ")
    page.get_by_label("Tệp cần gửi").set_input_files(large)
    assert "vượt mức 20 MB" in page.locator("#da-chon").inner_text()
    page.get_by_role("button", name="Gửi", exact=True).click()
    told = page.get_by_role("alert")
    assert "Đề nghị ghi chức vụ, chức danh người gửi." in told.inner_text()
    assert "Tệp “ban-quet.pdf” (21,0 MB) vượt mức 20 MB một tệp" in told.inner_text()
    assert page.evaluate("document.activeElement.id") == "can-bo-sung"
    assert broken_rules(page) == []
    told.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "chuc_vu"
    assert sent == []


def test_a_file_over_the_limit_is_told_of_without_scripts(browser: Any, world: World, served: str, tmp_path: Path):
    large = tmp_path / "ban-quet.pdf"
    large.write_bytes(b"%PDF-1.7" + b"x" * (21 * 1024 * 1024))
    page = browser.new_context(java_script_enabled=False).new_page()
    open_plan(page, world)
    page.get_by_label("Tệp cần gửi").set_input_files(large)
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert "ban-quet.pdf" in page.get_by_role("alert").inner_text()
    assert "20 MB" in page.get_by_role("alert").inner_text()
    page.get_by_role("link", name="Trở lại trang nội dung phải gửi").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Kế hoạch")
    page.context.close()


def test_a_lost_connection_keeps_the_files_for_another_try(page: Any, world: World, served: str, tmp_path: Path):
    open_plan(page, world)
    page.get_by_label("Tệp cần gửi").set_input_files(plans(tmp_path, 2))
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert "Chưa gửi được do mất kết nối" in page.get_by_role("alert").inner_text()
    page.context.set_offline(False)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(re.compile(r"lan="))
    assert count_arrivals(world) == 2


def test_files_are_not_lost_to_a_session_that_has_ended(page: Any, world: World, served: str, tmp_path: Path):
    open_plan(page, world)
    page.get_by_label("Tệp cần gửi").set_input_files(plans(tmp_path, 1))
    world.clock.now += timedelta(hours=5)
    page.get_by_role("button", name="Gửi", exact=True).click()
    assert "Phiên làm việc đã kết thúc" in page.get_by_role("alert").inner_text()
    reopen_link(page, world, world.plan)
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(re.compile(r"lan="))
    assert count_arrivals(world) == 1


def test_pressing_twice_hands_in_once(page: Any, world: World, served: str, tmp_path: Path):
    open_plan(page, world)
    page.get_by_label("Tệp cần gửi").set_input_files(plans(tmp_path, 1))
    page.get_by_role("button", name="Gửi", exact=True).dblclick()
    page.wait_for_url(re.compile(r"lan="))
    assert count_arrivals(world) == 1


def test_the_way_back_is_not_barred(page: Any, world: World, served: str):
    page.goto(served)
    open_plan(page, world)
    page.go_back()
    assert page.get_by_label("Mã trong thư").is_visible()


def open_form(page: Any, world: World) -> Any:
    """The report form; the field for news items."""
    page.goto(link(world, world.report))
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    page.get_by_role("link", name="Biểu báo cáo", exact=True).click()
    return page.locator("#v_news_items")


def saved_fields(world: World) -> dict[str, str]:
    with world.store.read() as connection:
        return dict(portal_rows.get_draft(connection, world.report.id).fields)


def test_the_form_is_saved_while_it_is_filled_in(page: Any, world: World, served: str):
    page.clock.install()
    open_form(page, world).fill("31")
    page.clock.fast_forward(21_000)
    expect(page.locator("#da-luu")).to_contain_text("Bản nháp lưu lúc 08 giờ 00 phút ngày 20/02/2023")
    assert saved_fields(world) == {"v_news_items": "31"}
    page.locator("#v_news_items").fill("32")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_url(re.compile("luu=1"))
    assert page.get_by_role("status").inner_text() == "Đã lưu bản nháp."
    assert saved_fields(world) == {"v_news_items": "32"}


def test_what_was_typed_is_not_lost_to_a_session_that_has_ended(page: Any, world: World, served: str):
    open_form(page, world).fill("31")
    world.clock.now += timedelta(hours=5)
    page.get_by_role("button", name="Lưu bản nháp").click()
    assert "Phiên làm việc đã kết thúc" in page.get_by_role("alert").inner_text()
    assert page.locator("#v_news_items").input_value() == "31"
    reopen_link(page, world, world.report)
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_url(re.compile("luu=1"))
    assert saved_fields(world) == {"v_news_items": "31"}


def test_what_was_typed_is_not_lost_to_a_lost_connection(page: Any, world: World, served: str):
    open_form(page, world).fill("31")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi số liệu").click()
    assert "Chưa gửi được do mất kết nối" in page.get_by_role("alert").inner_text()
    page.context.set_offline(False)
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_url(re.compile("luu=1"))
    assert saved_fields(world) == {"v_news_items": "31"}


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


def test_the_pages_that_end_something_can_be_used_by_everyone(page: Any, world: World, served: str):
    page.goto(served)
    page.get_by_label("Mã trong thư").fill("AAAA-BBBB")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.get_by_label("Mã trong thư").input_value() == "AAAA-BBBB"
    assert broken_rules(page) == []
    page.goto(link(world, world.plan))
    page.wait_for_url(re.compile(r"/v/\w+/$"))
    page.get_by_role("button", name="Kết thúc phiên").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Đã kết thúc phiên làm việc"
    assert broken_rules(page) == []
    old = link(world, world.plan)
    world.clock.now += timedelta(days=90)
    page.goto(old)
    assert broken_rules(page) == []
    page.get_by_role("button", name="Gửi địa chỉ mới").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Đã ghi nhận"
    assert broken_rules(page) == []


def test_a_contact_is_proposed_and_what_is_wanting_is_named(page: Any, world: World, served: str):
    page.goto(link(world, world.plan))
    page.get_by_role("link", name="Liên hệ của đơn vị").click()
    page.get_by_label("Nội dung đề nghị").select_option(label="Thay cho Cán bộ xã Bình An (b…@example.vn)")
    page.get_by_label("Họ và tên người nhận thư").fill("Phạm Thị Mới")
    page.get_by_label("Địa chỉ thư công vụ").fill("moi@binhan")
    page.get_by_label("Họ và tên người đề nghị").fill("Nguyễn Văn An")
    page.get_by_label("Chức vụ, chức danh").fill("Văn phòng")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert broken_rules(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "thu_moi"
    assert page.get_by_label("Nội dung đề nghị").evaluate("each => each.selectedOptions[0].text").startswith("Thay cho")
    page.get_by_label("Địa chỉ thư công vụ").fill("moi@binhan.example.vn")
    page.get_by_role("button", name="Gửi đề nghị").click()
    assert "cán bộ đầu mối sẽ xác nhận" in page.get_by_role("status").inner_text()
    assert "Phạm Thị Mới (m…@binhan.example.vn)" in page.locator("main").inner_text()
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

"""The board as the coordinator of huyện Bắc Bình meets it: what waits, one decision after the other, by name."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect, sync_playwright
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.documents.office_files import copying
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel
from tests.lifecycle.review.reorganised import NOW as AFTERWARDS
from tests.lifecycle.review.reorganised import h1, reorganised
from tests.web.boards import CHROMIUM, FLAGS, HOME, NAME, NOW, Desk, board_of, served
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.board import Board


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two communes have sent plans that wait, a third's came from nobody known; its report has no day."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, plan_id=plan_id)
    owe(store, CHO_LAU, Item.REPORT, "2023-H1", None, plan_id=plan_id, phrase="theo quy định")
    office = make_office(store, accept_clean=False, return_with_findings=False)
    came = [
        arrival(plan_file(), BINH_AN, key="1", file_name="kế hoạch.docx"),
        arrival(plan_file(HOA_THANG, number="08"), HOA_THANG, key="2", file_name="<b>kh</b>.docx"),
        arrival(plan_file(CHO_LAU, number="09"), "bb-khong-co", "", "", key="3", file_name="KH Cho Lau.docx"),
    ]
    collect(office, [FakeChannel(list(came))], NOW)
    yield Desk(office, TestClient(board_of(office), base_url=HOME))
    store.close()


def test_everything_that_waits_is_shown_and_nothing_of_it_is_markup(desk: Desk) -> None:
    answer = desk.client.get("/viec/")
    for text in (
        "UBND xã Bình An",
        "UBND xã Hòa Thắng",
        "KH Cho Lau.docx",
        "theo quy định",
        "chưa xếp được: <b>01</b>",
    ):
        assert text in unescape(answer.text), text
    assert "<b>kh</b>" not in answer.text
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_chosen_ones_are_accepted_by_the_name_of_who_is_logged_in(desk: Desk) -> None:
    answer = desk.act("tiep-nhan", {"id": ["S1"], "ly_do": "da-trao-doi"})
    assert answer.status_code == 200
    assert "Đã ghi: Tiếp nhận (01)" in unescape(answer.text)
    assert (desk.state(BINH_AN), desk.state(HOA_THANG)) == (ObligationState.MET, ObligationState.RECEIVED)
    assert desk.trail()[0] == (NAME, "accept", "Đã trao đổi, thống nhất với đơn vị.")


def test_a_return_needs_a_reason_and_one_of_ones_own_goes_first(desk: Desk) -> None:
    answer = desk.act("hoan-thien", {"id": ["S1", "S2"]})
    assert answer.status_code == 422
    assert unescape(answer.text).count("Đề nghị chọn hoặc ghi rõ lý do.") == 2, "above, and beside the field"
    assert answer.text.count(" checked>") == 2, "what was ticked stays ticked"
    assert desk.state(BINH_AN) is ObligationState.RECEIVED
    desk.act("hoan-thien", {"id": ["S1", "S2"], "ly_do": "chua-ky", "ly_do_rieng": "Thiếu phụ lục."})
    assert (desk.state(BINH_AN), desk.state(HOA_THANG)) == (ObligationState.RETURNED, ObligationState.RETURNED)
    assert {each[2] for each in desk.trail()[:2]} == {"Thiếu phụ lục."}


def test_what_somebody_else_decided_meanwhile_is_told(desk: Desk) -> None:
    desk.act("tiep-nhan", {"id": ["S1"]})
    answer = desk.act("hoan-thien", {"id": ["S1", "S2"], "ly_do": "chua-ky"})
    assert answer.status_code == 422
    assert f"UBND xã Bình An: đã được xử lý trước đó: đ/c {NAME}, tiếp nhận, " in unescape(answer.text)
    assert (desk.state(BINH_AN), desk.state(HOA_THANG)) == (ObligationState.MET, ObligationState.RETURNED)


def test_all_without_findings_are_accepted_in_one_go(desk: Desk) -> None:
    page = desk.page()
    clean = page.count("Không có nội dung cần hoàn thiện</td>")
    desk.act("tiep-nhan-het", {})
    assert clean == 2
    assert "Tiếp nhận 02 văn bản không có nội dung cần hoàn thiện" in page
    assert [each[1] for each in desk.trail()] == ["accept"] * 2


def test_an_arrival_is_placed_or_laid_aside(desk: Desk) -> None:
    owed = obligation_of(desk.office.store, CHO_LAU)
    answer = desk.act("xep", {"id": "A3", "noi_dung": f"O{owed.id}", "ly_do": "dung-don-vi"})
    assert answer.status_code == 200, answer.text
    assert desk.state(CHO_LAU) is ObligationState.RECEIVED
    assert desk.trail()[0][1] == "assign"
    answer = desk.act("khong-tiep-nhan", {"id": "A3", "ly_do": "sai-van-ban"})
    assert answer.status_code == 422


def test_whose_head_a_file_bears_is_proposed_and_what_another_unit_owes_is_looked_up(desk: Desk) -> None:
    owed, other = obligation_of(desk.office.store, CHO_LAU), obligation_of(desk.office.store, HOA_THANG)
    page = desk.page()
    assert "nơi ban hành ghi “Bình An”" in page
    assert f'name="noi_dung" value="O{owed.id}"' in page
    assert f'value="O{other.id}"' not in page
    assert f'name="noi_dung" value="O{other.id}"' in desk.page("/viec/?tai_lieu=A3&don_vi=xã hòa thắng")
    assert "Chưa có đơn vị “xã Không Có”" in desk.page("/viec/?tai_lieu=A3&don_vi=xã Không Có")


def test_a_day_is_set_or_the_unit_let_off(desk: Desk) -> None:
    owed = obligation_of(desk.office.store, CHO_LAU, Item.REPORT, "2023-H1")
    fields: dict[str, str | list[str]] = {"id": f"O{owed.id}", "ly_do_rieng": "Theo công văn số 12."}
    assert "Đề nghị ghi ngày cuối cùng." in unescape(desk.act("thoi-han", fields).text)
    desk.act("thoi-han", fields | {"den_ngay": "2023-06-16"})
    assert str(obligation_of(desk.office.store, CHO_LAU, Item.REPORT, "2023-H1").due_on) == "2023-06-16"
    desk.act("mien", fields)
    assert obligation_of(desk.office.store, CHO_LAU, Item.REPORT, "2023-H1").state is ObligationState.WAIVED


def test_an_accepted_report_whose_text_is_nobody_s_is_shown_and_can_be_opened_again(desk: Desk) -> None:
    store = desk.office.store
    owe(store, HOA_THANG, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_row(store, number="16"))
    office = make_office(store)
    for key, name, data in (("4", "bieu.xlsx", report_file(HOA_THANG)), ("5", "bao-cao.docx", strange_report())):
        came = arrival(data, HOA_THANG, "report", "2023-H1", "2023-06-10", key=key, file_name=name)
        assert collect(office, [FakeChannel([came])], day("2023-06-10")).filed == 1
    page = desk.page()
    assert "có nội dung cần xem lại: <b>01</b>" in page
    assert "TÌNH HÌNH KHÍ TƯỢNG" in page
    assert "Nội dung khác" in page
    desk.act("mo-lai", {"id": "S3", "ly_do": "nham-lan"})
    assert "có nội dung cần xem lại" not in desk.page()
    assert obligation_of(store, HOA_THANG, Item.REPORT, "2023-H1").state is ObligationState.RECEIVED


def strange_report() -> bytes:
    document = docx.Document()
    for line in ("BÁO CÁO", "Kết quả", "I. TÌNH HÌNH KHÍ TƯỢNG", "Trong kỳ có hai đợt mưa lớn."):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_the_last_decision_can_be_taken_back(desk: Desk) -> None:
    desk.act("tiep-nhan", {"id": ["S1"]})
    page = desk.page()
    assert 'action="mo-lai"' in page
    assert "UBND xã Bình An: Kế hoạch" in page
    desk.act("mo-lai", {"id": "S1", "ly_do": "nham-lan"})
    assert desk.state(BINH_AN) is ObligationState.RECEIVED
    assert 'action="mo-lai"' not in desk.page()


def test_the_file_is_saved_and_never_shown(desk: Desk) -> None:
    answer = desk.client.get("/tep/S1")
    assert answer.content == plan_file()
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''k%E1%BA%BF%20ho%E1%BA%A1ch.docx"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert [desk.client.get(f"/tep/{which}").status_code for which in ("S99", "A3", "x", "S1/x")] == [404] * 4


def test_the_file_is_saved_as_it_was_sent_and_not_as_it_was_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copying(tmp_path, {"rtf": plan_file(number="11")}, monkeypatch)
    older = b"{\\rtf1 ke hoach}"
    collect(desk.office, [FakeChannel([arrival(older, BINH_AN, key="9", file_name="kế hoạch.rtf")])], NOW)
    assert "Nội dung được đọc từ bản chuyển đổi của tệp .rtf" in unescape(desk.page())
    answer = desk.client.get("/tep/S3")
    assert answer.content == older
    assert answer.headers["Content-Disposition"].endswith("k%E1%BA%BF%20ho%E1%BA%A1ch.rtf")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_a_form_of_another_site_decides_nothing(desk: Desk, headers: dict[str, str]) -> None:
    answer = desk.client.post("/viec/tiep-nhan", data={"id": "S1"}, headers=headers)
    assert answer.status_code == 400
    assert desk.trail() == []


def test_an_older_browser_is_known_by_the_origin(desk: Desk) -> None:
    assert desk.client.post("/viec/tiep-nhan", data={"id": "S1"}, headers={"Origin": HOME}).status_code == 200


def test_who_may_only_look_decides_nothing(desk: Desk) -> None:
    client = TestClient(board_of(desk.office, decide=False), base_url=HOME)
    page = client.get("/viec/")
    assert page.status_code == 200
    assert "formaction" not in page.text
    assert client.post("/viec/tiep-nhan", data={"id": "S1"}, headers={"Origin": HOME}).status_code == 403
    assert desk.trail() == []


def test_who_may_not_look_sees_nothing(desk: Desk) -> None:
    client = TestClient(board_of(desk.office, look=False), base_url=HOME)
    assert [client.get(path).status_code for path in ("/", "/viec/", "/tep/S1")] == [403, 403, 403]
    assert [client.get(path).status_code for path in ("/docs", "/openapi.json")] == [404, 404]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"id=" + b"1" * 600_000, "application/x-www-form-urlencoded", 413),
        (b"&".join([b"id=S1"] * 6_000), "application/x-www-form-urlencoded", 400),
        (b"id=S1", "text/plain", 415),
        (b"id=%ff", "application/x-www-form-urlencoded", 400),
        (b"id=S1%00", "application/x-www-form-urlencoded", 422),
        (b"", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_form_that_is_none_is_turned_away(desk: Desk, body: bytes, kind: str, status: int) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
    assert desk.client.post("/viec/tiep-nhan", content=body, headers=headers).status_code == status
    assert desk.trail() == []


def test_it_is_built_when_it_is_first_asked(desk: Desk) -> None:
    built: list[str] = []

    def build():  # type: ignore[no-untyped-def]
        built.append("once")
        return board_of(desk.office)

    client = TestClient(Board(build), base_url=HOME)
    assert built == []
    assert [client.get("/viec/").status_code for _ in range(2)] == [200, 200]
    assert built == ["once"]


@pytest.mark.system
@pytest.mark.enable_socket
@pytest.mark.parametrize("width", [390, 1280])
def test_a_coordinator_walks_it_in_a_browser_as_everyone_can(desk: Desk, width: int) -> None:
    """Looks up a unit, places an arrival, returns a plan, takes that back; nothing that the policy forbids is tried."""
    complaints: list[str] = []
    with served(desk.office) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN").new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{home}viec/")
        page.wait_for_load_state()
        assert broken_rules(page) == []
        page.get_by_label("Tài liệu của đơn vị khác").fill("thị trấn Chợ Lầu")
        page.get_by_role("button", name="Xem nội dung phải gửi").click()
        page.get_by_label("UBND thị trấn Chợ Lầu: Kế hoạch").check()
        unplaced = page.locator("#tai-lieu")
        unplaced.get_by_label("Lý do thường dùng").select_option(label="Đã xác minh người gửi là cán bộ của đơn vị.")
        unplaced.get_by_role("button", name="Xếp vào nội dung đã chọn").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi: Xếp vào nội dung phải gửi (01)")
        page.get_by_label("Chọn S1").check()
        page.get_by_role("button", name="Đề nghị hoàn thiện văn bản đã chọn").click()
        expect(page.get_by_role("alert")).to_contain_text("Đề nghị chọn hoặc ghi rõ lý do.")
        page.wait_for_load_state()
        assert broken_rules(page) == []
        page.get_by_label("Chọn S1").check()
        page.locator("#van-ban").get_by_label("Hoặc ghi lý do riêng").fill("Thiếu phụ lục.")
        page.get_by_role("button", name="Đề nghị hoàn thiện văn bản đã chọn").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi: Đề nghị hoàn thiện (01)")
        assert desk.state(BINH_AN) is ObligationState.RETURNED
        page.get_by_role("button", name="Mở lại").first.click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi: Xem xét lại (01)")
        page.wait_for_load_state()
        assert broken_rules(page) == []
        browser.close()
    assert desk.state(BINH_AN) is ObligationState.RECEIVED
    assert [each for each in complaints if "422" not in each and "404" not in each] == []


@pytest.mark.parametrize(
    "address", ["/tep/S99999999999999999999", "/viec/?tu=99999999999999999999", "/viec/?trang=-1", "/viec/?tu=x"]
)
def test_an_address_of_no_page_is_answered_as_such_with_its_headers(desk: Desk, address: str) -> None:
    """A number beyond what the store may hold, or none at all: no page of an error, no English, the same headers."""
    answer = desk.client.get(address)
    assert (answer.status_code, answer.text) == (404, "Không có nội dung này.")
    assert answer.headers["content-security-policy"] == desk.client.get("/viec/").headers["content-security-policy"]


@pytest.fixture
def ended(tmp_path: Path) -> Iterator[Desk]:
    """Bình Thuận has become part of Lâm Đồng with four reports open."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    reorganised(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU, DISTRICT):
        h1(store, unit)
    office = make_office(store)
    yield Desk(office, TestClient(board_of(office, AFTERWARDS), base_url=HOME))
    store.close()


def test_what_units_left_open_is_handed_over_or_closed_by_ticks(ended: Desk) -> None:
    page = ended.page()
    assert "Của đơn vị đã kết thúc hoạt động: <b>04</b>" in page
    assert "UBND thị trấn Chợ Lầu" in page
    assert "ld-bac-binh" not in page.replace('value="ld-bac-binh"', "")
    answered = ended.act("ban-giao", {"id": ["O1", "O2", "O3"], "den": "", "ly_do_rieng": "Sắp xếp đơn vị"})
    assert answered.status_code == 422
    assert "UBND thị trấn Chợ Lầu có nhiều đơn vị kế thừa" in unescape(answered.text)
    fields = {"id": "O3", "den": "ld-luong-son", "ly_do": "sap-xep-to-chuc"}
    assert "Đã ghi: Bàn giao (01)" in unescape(ended.act("ban-giao", fields).text)
    page = unescape(ended.act("ket-thuc", {"id": "O4", "ly_do_rieng": "Không còn phải gửi"}).text)
    assert "Của đơn vị đã kết thúc" not in page
    assert "UBND huyện Bắc Bình: Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2025" in page
    assert [act for _, act, _ in ended.trail()] == ["close", "hand_over", "hand_over", "hand_over"]


def test_handing_over_needs_a_reason(ended: Desk) -> None:
    assert ended.act("ban-giao", {"id": "O1", "den": ""}).status_code == 422
    assert ended.trail() == []


@pytest.mark.system
@pytest.mark.enable_socket
@pytest.mark.parametrize("width", [390, 1280])
def test_a_coordinator_hands_over_in_a_browser(ended: Desk, width: int) -> None:
    with served(ended.office, AFTERWARDS) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN").new_page()
        page.goto(f"{home}viec/")
        page.wait_for_load_state()
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        part = page.locator("#ban-giao")
        part.get_by_label("Chọn O3").check()
        part.get_by_label("Đơn vị nhận bàn giao").select_option(label="UBND xã Lương Sơn")
        part.get_by_label("Lý do thường dùng").select_option(index=1)
        part.get_by_role("button", name="Bàn giao nội dung đã chọn").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi: Bàn giao (01)")
        browser.close()


def test_the_coordinating_agency_finds_its_own_duty_and_draft_here(tmp_path: Path) -> None:
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    office = make_office(store)
    plan_id = register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=day("2023-02-10"))
    cascade_plan(office, plan_id, day("2023-02-10"))
    own = obligation_of(store, DIVISION)
    desk = Desk(office, TestClient(board_of(office), base_url=HOME))
    page = desk.page()
    assert "<b>Phòng Nội vụ huyện Bắc Bình</b>: Kế hoạch thông tin, tuyên truyền CCHC năm 2023." in page
    assert "Việc của chính cơ quan điều phối, chậm nhất hết ngày 28/02/2023" in page
    answer = desk.client.get(f"/tep/O{own.id}")
    assert (
        "Du%20thao%20Ke%20hoach%20thong%20tin%20tuyen%20truyen%20CCHC%20nam%202023"
        in answer.headers["content-disposition"]
    )
    assert answer.content.startswith(b"PK")
    assert desk.client.get("/tep/O999").status_code == 404
    store.close()

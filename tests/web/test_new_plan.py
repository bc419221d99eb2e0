"""The page *Kế hoạch mới*: a coordinator uploads a plan, settles what it leaves open, and starts its cascade."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import expect, sync_playwright
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import (
    BELOW_DISTRICT,
    HOA_THANG,
    PROVINCE,
    day,
    district_plan,
    fill,
    make_office,
    plan_file,
    report_file,
)
from tests.web.boards import CHROMIUM, FLAGS, HOME, NAME, Desk, board_of, served
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.documents.drafts import DutyRow
from plan_lifecycle.lifecycle.cascade import reading_of, waiting_plans
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import letters
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.board import _upload

NOW = day("2023-02-13")
PAGE = "/ke-hoach-moi/"
SAME = {"Sec-Fetch-Site": "same-origin"}
UNCLEAR = (
    DutyRow(BELOW_DISTRICT, "ban hành kế hoạch triển khai", "khi có yêu cầu", "UBND huyện Bắc Bình"),
    DutyRow("Các phòng, ban liên quan", "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2023", "UBND huyện Bắc Bình"),
)


def opened(folder: Path) -> Iterator[Desk]:
    """A district whose plan has not come yet."""
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store, without=(HOA_THANG,))
    office = make_office(store)
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One office for all of what is refused and for one plan that is not."""
    yield from opened(tmp_path_factory.mktemp("plans"))


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Desk]:
    """An office of one test's own."""
    (tmp_path / "office").mkdir()
    yield from opened(tmp_path / "office")


def sent(desk: Desk, data: bytes, name: str = "ke-hoach.docx", status: int = 200, **fields: str) -> str:
    """What the page says after a file was uploaded."""
    answer = desk.client.post(f"{PAGE}nap", files={"tep": (name, data)}, data=fields, headers=SAME)
    assert answer.status_code == status, answer.text
    return answer.text


PROVINCE_DUTIES = (
    DutyRow("UBND các huyện, thị xã, thành phố", "ban hành kế hoạch triển khai", "trước ngày 01/3/2023"),
    DutyRow("UBND các xã, phường, thị trấn", "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2023", "UBND tỉnh"),
)


def test_whom_a_plan_reaches_through_the_plans_of_others_is_told(desk: Desk) -> None:
    plan = plan_file(PROVINCE, number="36", place="Bình Thuận", parent=None, duties=PROVINCE_DUTIES)
    read = unescape(re.sub(r"<[^>]+>", " ", sent(desk, plan)))
    assert "chưa khớp đơn vị nào" not in read
    below = " ".join(read.split()).partition("Cấp dưới: ")[2]
    assert below.startswith("04 đơn vị")
    assert "UBND xã Bình An" in below
    assert "giao qua kế hoạch của UBND huyện Bắc Bình; UBND huyện Tuy Phong" in below


def plans(office: Office) -> int:
    with office.store.read() as connection:
        return len(plan_rows.registered_files(connection))


def other_paper() -> bytes:
    document, to = Document(), io.BytesIO()
    document.add_paragraph("Giấy mời họp giao ban")
    document.save(to)
    return to.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"MZ\x90\x00not a paper", "ke-hoach.docx", "đề nghị gửi lại đúng loại tệp"),
        (district_plan()[:4000], "ke-hoach.docx", "hỏng"),
        (report_file(), "so-lieu.xlsx", "đề nghị"),
        (other_paper(), "giay-moi.docx", "đề nghị"),
        (district_plan(number=None), "<b>du-thao</b>.docx", "chưa có số, ký hiệu"),
    ],
)
def test_what_is_no_issued_plan_is_answered_by_a_sentence_and_nothing_typed_is_lost(
    desk: Desk, data: bytes, name: str, says: str
) -> None:
    before, trail = plans(desk.office), desk.trail()
    page = sent(desk, data, name, 422, don_vi="huyện Bắc Bình")
    assert says in page
    assert "<b>du-thao" not in page
    assert 'value="huyện Bắc Bình"' in page
    assert (plans(desk.office), desk.trail()) == (before, trail)


def test_too_large_a_file_is_turned_away_by_what_the_request_says_and_while_it_comes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_upload, "MOST", 50_000)
    assert "20 MB" in sent(desk, b"x" * 60_000, status=413)
    pieces = iter([b"x" * 1000])
    huge = {**SAME, "Content-Length": str(10**12), "Content-Type": "multipart/form-data; boundary=x"}
    assert desk.client.post(f"{PAGE}nap", content=pieces, headers=huge).status_code == 413
    head = b'--xyz\r\nContent-Disposition: form-data; name="tep"; filename="a.docx"\r\n\r\n'
    trickling = iter([head, *([b"y" * 10_000] * 8)])
    silent = {**SAME, "Content-Type": "multipart/form-data; boundary=xyz"}
    assert "20 MB" in desk.client.post(f"{PAGE}nap", content=trickling, headers=silent).text
    assert desk.client.post(f"{PAGE}nap", content=b"x", headers=SAME).status_code == 415


def test_number_and_date_that_a_paper_leaves_open_are_told_and_none_that_it_denies(desk: Desk) -> None:
    draft = district_plan(number=None, issued=None, abstract="Cải cách hành chính năm 2023")
    assert "chưa đúng" in sent(desk, draft, status=422, so="số 9", ngay="2023-02-10")
    assert "khác với nội dung đã nhập" in sent(desk, district_plan(), status=422, so="16/KH-UBND")
    page = sent(desk, draft, so="21/KH-UBND", ngay="2023-02-12", don_vi="huyện Bắc Bình")
    assert "Chưa có đơn vị “huyện Bình Bắc”" in sent(
        desk, draft, status=422, so="21/KH-UBND", ngay="2023-02-12", don_vi="huyện Bình Bắc"
    )
    assert "Kế hoạch số 21/KH-UBND của UBND huyện Bắc Bình" in page
    assert "12/02/2023" in page
    assert desk.trail()[0] == (NAME, "register", None)


def test_a_plan_is_read_decided_and_cascaded_once_by_name(desk: Desk) -> None:
    before = [act for _, act, _ in desk.trail()].count("register")
    page = sent(desk, data := district_plan(duties=UNCLEAR))
    with desk.office.store.read() as connection:
        (plan,) = plan_rows.find_plans(connection, "15/KH-UBND")
    here = f"{PAGE}{plan.id}/"
    assert sent(desk, data) == page
    assert [act for _, act, _ in desk.trail()].count("register") == before + 1
    assert "<b>01</b> đơn vị được giao dự thảo" in page
    assert "Chờ quyết định thời hạn:" in page
    points = {point.field: point.point for point in reading_of(desk.office, plan.id, NOW).points}
    ask = {"noi_dung": points["deadline"], "den_ngay": "2023-02-28"}
    refused = desk.act("quyet-dinh", ask, page=here)
    assert refused.status_code == 422
    assert 'value="2023-02-28"' in refused.text
    nothing = desk.act("quyet-dinh", {"noi_dung": points["deadline"], "ly_do_rieng": "Họp"}, page=here)
    assert "Đề nghị chọn ngày hoặc đơn vị" in nothing.text
    decided = desk.act("quyet-dinh", {**ask, "ly_do_rieng": "Họp giao ban 13/02"}, page=here).text
    assert "chậm nhất ngày 28/02/2023. Họp giao ban 13/02" in decided
    whom = {"noi_dung": points["audience"], "don_vi": ["bb-pnv"], "ly_do_rieng": "Họp giao ban 13/02"}
    assert "Đã quyết định: Phòng Nội vụ" in desk.act("quyet-dinh", whom, page=here).text
    assert desk.act("quyet-dinh", {**whom, "don_vi": ["bt"]}, page=here).status_code == 422
    ready = desk.page(here)
    assert "<b>04</b> đơn vị được giao dự thảo, <b>02</b> thư được lập" in ready
    assert "Chưa có địa chỉ thư:</b> UBND xã Hòa Thắng" in ready
    for _ in range(2):
        assert "Đã triển khai" in desk.act("trien-khai", {}, page=here).text
    with desk.office.store.read() as connection:
        assert plan_rows.count_drafts(connection) == 4
        assert len(letters.newest(connection, 50)) == 2
    assert [act for by, act, _ in desk.trail() if by == NAME].count("cascade") == 1
    assert plan.id not in [one.plan_id for one in waiting_plans(desk.office, NOW)]
    assert desk.client.get(f"{here}tep").content == data
    assert [desk.client.get(f"{PAGE}{one}").status_code for one in ("99/", "99/tep", "x/")] == [404] * 3
    assert desk.act("khac", {}, page=here).status_code == 404


def test_a_plan_that_asks_nobody_below_is_not_said_to_be_under_way(desk: Desk) -> None:
    sent(desk, district_plan(number="31", duties=(), abstract="Sắp xếp lưu trữ năm 2023"))
    with desk.office.store.read() as connection:
        (plan,) = plan_rows.find_plans(connection, "31/KH-UBND")
    answer = desk.act("trien-khai", {}, page=f"{PAGE}{plan.id}/")
    assert answer.status_code == 422
    assert "Chưa giao được cho đơn vị nào" in answer.text


def test_whoever_only_looks_finds_no_form_and_another_site_sends_none(desk: Desk) -> None:
    looks = TestClient(board_of(desk.office, NOW, decide=False), base_url=HOME)
    assert 'method="post"' not in looks.get(PAGE).text
    assert 'method="post"' not in looks.get(f"{PAGE}1/").text
    file = {"tep": ("a.docx", district_plan())}
    assert looks.post(f"{PAGE}nap", files=file, headers=SAME).status_code == 403
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert desk.client.post(f"{PAGE}nap", files=file, headers=cross).status_code == 400


@pytest.mark.system
@pytest.mark.enable_socket
def test_a_coordinator_uploads_decides_and_cascades_in_the_browser(tmp_path: Path, fresh: Desk) -> None:
    """From the home page to the letters: seven clicks; each page reads wide and on a telephone."""
    file = tmp_path / "Kế hoạch 15.docx"
    file.write_bytes(district_plan(duties=UNCLEAR))
    with served(fresh.office, NOW) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        wide = {"width": 1366, "height": 900}
        page = browser.new_context(viewport=wide, locale="vi-VN", reduced_motion="reduce").new_page()

        def reads_well() -> None:
            page.wait_for_load_state()
            for width in (390, 1366):
                page.set_viewport_size({"width": width, "height": 900})
                assert broken_rules(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width

        page.goto(home)
        page.get_by_role("link", name="Kế hoạch mới").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kế hoạch mới")
        reads_well()
        page.get_by_label("Tệp kế hoạch đã ban hành").set_input_files(file)
        page.get_by_role("button", name="Nạp và đọc kế hoạch").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Kế hoạch số 15/KH-UBND")
        page.locator("summary", has_text="khi có yêu cầu").click()
        page.get_by_label("Chậm nhất ngày").first.fill("2023-02-28")
        page.locator("details[open]").get_by_label("Lý do").fill("Họp giao ban ngày 13/02")
        reads_well()
        page.locator("details[open]").get_by_role("button", name="Ghi quyết định").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định")
        page.get_by_role("button", name="Triển khai kế hoạch").click()
        expect(page.get_by_role("status")).to_contain_text("Đã triển khai")
        reads_well()
        browser.close()
    assert [act for _, act, _ in fresh.trail()] == ["cascade", "decide", "register"]

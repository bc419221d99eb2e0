"""The page *Báo cáo* as the coordinator uses it: she holds a report, lets it go, records how it was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import expect, sync_playwright
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.documents import hostile
from tests.factories import BINH_AN, HOA_THANG, arrival, day, fill, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel
from tests.lifecycle.release.editing import edited
from tests.web.boards import CHROMIUM, FLAGS, HOME, NAME, Desk, board_of, served
from tests.web.rules_for_all import broken_rules

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.release import deliver_reports
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.board import _upload

NOW = day("2023-06-20")
PAGE = "/bao-cao/"
REPORT = {"don_vi": "bb", "ky": "2023-H1", "loai": "tuyen-truyen"}
SIGNED = {"lan": "1", "so": "45", "ngay": "2023-06-20", "nguoi_ky": "Nguyễn Văn Ánh"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Huyện Bắc Bình's report of the first half-year lies there, compiled yesterday; the coordinator has it."""
    folder = tmp_path_factory.mktemp("reports")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office, plan_id = make_office(store), plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        given = arrival(report_file(unit), unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name="b.xlsx")
        assert collect(office, [FakeChannel([given])], day("2023-06-10")).accepted == 1
    empty = Desk(office, TestClient(board_of(office, NOW), base_url=HOME)).page(PAGE)
    assert "Chưa có báo cáo tổng hợp nào." in empty
    assert compile_report(office, "bb", "2023-H1", day("2023-06-19")).new
    deliver_reports(office, day("2023-06-19"))
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


def act(desk: Desk, what: str, status: int = 200, **fields: str) -> str:
    """What the page says after a form of it was sent."""
    answer = desk.act(what, {**REPORT, **fields}, page=PAGE)
    assert answer.status_code == status, answer.text
    return Desk.page(desk, PAGE) if status == 200 else answer.text


def test_a_report_is_held_with_a_reason_let_go_issued_and_taken_back_and_the_trail_names_her(desk: Desk) -> None:
    page = desk.page(PAGE)
    assert "Báo cáo thông tin, tuyên truyền CCHC 6 tháng đầu năm 2023 của UBND huyện Bắc Bình" in page
    assert "dự thảo" in page
    assert "Đề nghị chọn hoặc ghi rõ lý do." in act(desk, "giu-lai", 422)
    assert "Ngày “x” chưa đúng." in act(desk, "giu-lai", 422, ly_do_rieng="Chờ", den_ngay="x")
    held = act(desk, "giu-lai", ly_do_rieng="<b>Chờ</b>", den_ngay="2023-06-22")
    assert f"Đang giữ lại đến hết ngày 22/6/2023: <b>Chờ</b> ({NAME}" in held  # ``page`` unescapes
    assert "&lt;b&gt;Chờ&lt;/b&gt;" in desk.client.get(PAGE).text
    gone = act(desk, "trinh")
    assert "đã trình lãnh đạo" in gone
    assert "Đang giữ lại" not in gone
    for wrong in ({"so": "45/BC-SNV"}, {"ngay": ""}, {"ngay": "2023-06-21"}, {"nguoi_ky": " "}, {"lan": "9"}):
        assert "Nội dung chưa thực hiện được" in act(desk, "ban-hanh", 422, **SIGNED | wrong)
    typed = act(desk, "ban-hanh", 422, **SIGNED | {"so": "45/<BC"})
    assert typed.count("Đề nghị ghi số của báo cáo") == 2  # above, and beside its field
    for kept in ('value="45/&lt;BC"', 'value="2023-06-20"', 'value="Nguyễn Văn Ánh"', '<details open=""><summary>Ghi'):
        assert typed.count(kept) == 1
    assert "đã ban hành: số 45, ngày 20/6/2023, người ký Nguyễn Văn Ánh" in act(desk, "ban-hanh", **SIGNED)
    assert "Báo cáo đã ban hành." in act(desk, "trinh", 422)
    assert "Đề nghị chọn hoặc ghi rõ lý do." in act(desk, "rut", 422, lan="1")
    assert "đã trình lãnh đạo" in act(desk, "rut", lan="1", ly_do_rieng="Nhầm số")
    assert desk.trail()[:4] == [
        (NAME, ActKind.UNDO_ISSUE, "Nhầm số"),
        (NAME, ActKind.ISSUE_REPORT, None),
        (NAME, ActKind.RELEASE_REPORT, None),
        (NAME, ActKind.HOLD_REPORT, "<b>Chờ</b>"),
    ]


def test_the_signed_paper_is_kept_with_the_issue_and_a_hostile_one_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent(name: str, data: bytes) -> tuple[int, str]:
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = desk.client.post(
            f"{PAGE}ban-hanh", files={"tep": (name, data)}, data={**REPORT, **SIGNED}, headers=headers
        )
        return answer.status_code, answer.text

    trail = desk.trail()
    refused = [("45.pdf", b"MZ\x90\x00"), ("45.pdf", b""), ("45.docx", b"PK\x03\x04x"), ("b.xlsx", report_file())]
    for name, data in refused:
        status, page = sent(name, data)
        assert (status, page.count("Nội dung chưa thực hiện được")) == (422, 1)
    with monkeypatch.context() as smaller:
        smaller.setattr(_upload, "MOST", 2_000)
        status, page = sent("45.pdf", b"x" * 3_000)
        assert (status, "20 MB" in page) == (413, True)
    assert (desk.trail(), "đã ban hành" in desk.page(PAGE)) == (trail, False)
    assert desk.client.get(f"{PAGE}ban-ky/1").status_code == 404
    paper = hostile.pdf(b"<</Type /Catalog>>")
    status, page = sent("../<b>45-BC.pdf", paper)
    assert (status, 'bản ký: <a href="ban-ky/1">' in page, "<b>45" in page) == (200, True, False)
    answer = desk.client.get(f"{PAGE}ban-ky/1")
    assert (answer.content, answer.headers["content-disposition"]) == (
        paper,
        "attachment; filename*=UTF-8''_b_45-BC.pdf",
    )
    assert desk.trail()[0] == (NAME, ActKind.ISSUE_REPORT, None)
    act(desk, "rut", lan="1", ly_do_rieng="Nhầm số")
    assert desk.client.get(f"{PAGE}ban-ky/1").status_code == 404


def test_a_corrected_draft_comes_back_what_differs_is_shown_and_it_is_taken_back_with_a_reason(desk: Desk) -> None:
    def sent(to: str, data: bytes, **fields: str) -> tuple[int, str]:
        headers = {"Sec-Fetch-Site": "same-origin"}
        given = {**REPORT, "lan": "1", **fields}
        answer = desk.client.post(f"{PAGE}{to}", files={"tep": ("sua.docx", data)}, data=given, headers=headers)
        return answer.status_code, unescape(answer.text)

    draft = desk.client.get(f"{PAGE}tep/1/docx").content
    status, page = sent("ban-sua", draft)
    assert (status, page.count("Tệp này chính là bản dự thảo, chưa sửa.")) == (422, 2)
    assert sent("ban-sua", b"")[0] == 422
    file = edited(draft, {"Đã đăng 06 tin": "Đã đăng <b>16</b> tin"})
    status, page = sent("ban-sua", file)
    assert (status, "01 số liệu khác số đã tổng hợp" in page, "01 đoạn có thay đổi" in page) == (200, True, True)
    assert "số đã tổng hợp 06, bản sửa ghi 16" in page
    assert "&lt;b&gt;16" in desk.client.get(PAGE).text
    assert desk.client.get(f"{PAGE}ban-sua/1").content == file
    assert desk.client.get(f"{PAGE}khac/1").status_code == 404
    paper = hostile.pdf(b"<</Type /Catalog>>")
    assert sent("ban-ky", paper)[0] == 422
    assert "nội dung theo bản đã sửa: sua.docx" in act(desk, "ban-hanh", **SIGNED).lower()
    status, page = sent("ban-ky", paper)
    assert (status, 'bản ký: <a href="ban-ky/1">' in page) == (200, True)
    assert "Không đọc được số, ngày trong bản đã ký" in page
    assert "đề nghị rút ghi nhận ban hành trước" in sent("ban-sua", file)[1]
    act(desk, "rut", lan="1", ly_do_rieng="Nhầm số")
    assert "Đề nghị chọn hoặc ghi rõ lý do." in act(desk, "bo-ban-sua", 422, lan="1")
    assert "Bỏ bản đã sửa" not in act(desk, "bo-ban-sua", lan="1", ly_do_rieng="Nộp nhầm")
    assert desk.trail()[0] == (NAME, ActKind.UNDO_CORRECTION, "Nộp nhầm")
    assert desk.client.get(f"{PAGE}ban-sua/1").status_code == 404


def test_what_a_colleague_has_replaced_meanwhile_is_told_before_it_goes_on_and_nothing_typed_is_lost(
    desk: Desk,
) -> None:
    def sent(data: bytes, seen: str, status: int) -> str:
        given, headers = {**REPORT, "lan": "1", "da_xem": seen}, {"Sec-Fetch-Site": "same-origin"}
        answer = desk.client.post(f"{PAGE}ban-sua", files={"tep": ("b.docx", data)}, data=given, headers=headers)
        assert answer.status_code == status, answer.text
        return unescape(answer.text)

    def seen() -> str:
        return re.findall(r'name="da_xem" value="(\d+)"', desk.page(PAGE))[0]

    act(desk, "giu-lai", ly_do_rieng="Chờ")
    draft, before = desk.client.get(f"{PAGE}tep/1/docx").content, seen()
    sent(edited(draft, {"Đã đăng 06 tin": "Đã đăng 16 tin"}), before, 200)
    trail = desk.trail()
    for what, fields in (("trinh", {}), ("ban-hanh", SIGNED | {"so": "46"})):
        said = unescape(act(desk, what, 422, **{"lan": "1", "da_xem": before} | fields))
        assert f"vừa được thay bằng bản đã sửa “b.docx” (đ/c {NAME} nộp" in said
    assert 'value="46"' in said, "the number that she typed is still there"
    assert f'value="{seen()}"' in said, "and the form is about what the page shows now"
    other = edited(draft, {"Đã đăng 06 tin": "Đã đăng 26 tin"})
    assert "vừa được thay bằng" in sent(other, before, 422)
    assert desk.trail() == trail
    sent(other, seen(), 200)
    act(desk, "bo-ban-sua", lan="1", da_xem=seen(), ly_do_rieng="Nộp nhầm")
    assert "nội dung trở lại như dự thảo" in act(desk, "ban-hanh", 422, **SIGNED, da_xem="99")
    assert "Vừa có bản lập lại mới hơn" in act(desk, "trinh", 422, lan="9")
    assert "đã trình lãnh đạo" in act(desk, "trinh", lan="1", da_xem=seen())


def test_the_files_are_taken_away_and_what_there_is_not_is_not_found(desk: Desk) -> None:
    for ending in ("docx", "xlsx"):
        answer = desk.client.get(f"{PAGE}tep/1/{ending}")
        assert (answer.status_code, answer.content[:2]) == (200, b"PK")
        assert f"huyen%20Bac%20Binh.{ending}" in answer.headers["content-disposition"]
    missing = ("tep/9/docx", "tep/1/exe", "tep/x/docx", "?ky=2022-H1", "?ky=x")
    assert [desk.client.get(f"{PAGE}{path}").status_code for path in missing] == [404] * len(missing)
    assert desk.act("khac", dict(REPORT), page=PAGE).status_code == 404
    assert desk.act("trinh", dict(REPORT), site="cross-site", page=PAGE).status_code == 400
    assert "Nội dung chưa thực hiện được" in act(desk, "trinh", 422, ky="x")


def test_whoever_only_looks_finds_no_form_and_is_refused(desk: Desk) -> None:
    looking = Desk(desk.office, TestClient(board_of(desk.office, NOW, decide=False), base_url=HOME))
    assert '<form method="post"' not in looking.page(PAGE)
    assert looking.act("trinh", dict(REPORT), page=PAGE).status_code == 403
    barred = TestClient(board_of(desk.office, NOW, look=False), base_url=HOME)
    assert [barred.get(f"{PAGE}{path}").status_code for path in ("", "tep/1/docx", "ban-ky/1")] == [403] * 3


@pytest.mark.system
@pytest.mark.enable_socket
def test_a_coordinator_records_an_issue_in_the_browser_and_the_page_reads_wide_and_narrow(desk: Desk) -> None:
    with served(desk.office, NOW) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width in (1366, 390):
            window = {"width": width, "height": 900}
            # A button fades in for a moment when its form opens: colours are compared at rest.
            page = browser.new_context(viewport=window, locale="vi-VN", reduced_motion="reduce").new_page()
            page.goto(f"{home}bao-cao/")
            page.wait_for_load_state()
            page.locator("summary").first.click()
            assert broken_rules(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_label("Số", exact=True).fill("46")
        page.get_by_label("Ngày ban hành").fill("2023-06-20")
        page.get_by_label("Họ tên người ký").fill("Nguyễn Văn Ánh")
        page.get_by_role("button", name="Ghi nhận ban hành").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi")
        expect(page.get_by_text("số 46, ngày 20/6/2023")).to_be_visible()
        browser.close()

"""The page of a report's paragraphs: they are ticked, moved, left out, and the draft is made again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, HOA_THANG, day, fill, make_office, owe, plan_row
from tests.lifecycle.compile.test_placing import write
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.compile import compile_report, report_paragraphs
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import open_store

NOW = day("2023-06-20")
PAGE = "/bao-cao/noi-dung/1/"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Huyện Bắc Bình's draft; its communes wrote about "khác" and about what went well."""
    folder = tmp_path_factory.mktemp("paragraphs")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office, plan_id = make_office(store), plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
        write(office, unit, f"<b>Chung</b> của {unit.name}.\nRiêng của {unit.name}: {len(unit.name)} hộ.")
    assert compile_report(office, "bb", "2023-H1", day("2023-06-19")).new
    yield Desk(office, TestClient(board_of(office, NOW), base_url=HOME))
    store.close()


def statement(office: Office, words: str) -> str:
    (found,) = [one for one in report_paragraphs(office, "bb", "2023-H1").every if words in one.text]
    return found.statement


def test_ticked_paragraphs_are_moved_left_out_and_put_back_and_the_draft_is_made_again(desk: Desk) -> None:
    page = desk.page(PAGE)
    assert "Nội dung khác (3)" in page
    assert "02 đơn vị" in page or "UBND xã Bình An; UBND xã Hòa Thắng" in page
    assert "&lt;b&gt;Chung" in desk.client.get(PAGE).text
    for wrong, said in (
        ({"den_muc": "assessment_good"}, "Chưa chọn đoạn nào."),
        ({"doan": "zz", "den_muc": "assessment_good"}, "Không có đoạn này trong báo cáo"),
        ({"doan": statement(desk.office, "Chung"), "ly_do_rieng": "Giữ lời"}, "Đề nghị chọn đề mục."),
    ):
        refused = desk.act("chuyen", wrong, page=PAGE)
        assert refused.status_code == 422
        assert said in refused.text
    assert 'value="Giữ lời"' in refused.text
    own = [statement(desk.office, f"Riêng của {unit.name}") for unit in (BINH_AN, HOA_THANG)]
    moved = desk.act(
        "chuyen", {"doan": [statement(desk.office, "Chung"), own[0]], "den_muc": "assessment_good"}, page=PAGE
    )
    assert moved.text.count("chuyển đến “Đánh giá chung › Mặt tích cực”") == 2
    assert desk.act("khong-dua-vao", {"doan": own[1]}, page=PAGE).status_code == 422
    out = desk.act("khong-dua-vao", {"doan": own[1], "ly_do_rieng": "Ngoài nội dung"}, page=PAGE)
    assert "không đưa vào: Ngoài nội dung" in out.text
    assert "03 đoạn vừa chuyển, bỏ hoặc đưa về chưa có trong bản đã lập." in out.text
    assert "Có đoạn vừa chuyển" in desk.page("/bao-cao/")
    assert "chưa có trong bản đã lập" not in desk.act("lap-lai", {}, page=PAGE).text
    assert "(lập lại lần 02)" in desk.page("/bao-cao/")
    assert "Có đoạn vừa chuyển" not in desk.page("/bao-cao/")
    assert "đúng đề mục đơn vị ghi" in desk.act("dua-ve", {"doan": own[1]}, page=PAGE).text
    assert [found[:2] for found in desk.trail() if found[1].endswith("paragraph")] == [
        (NAME, ActKind.PUT_BACK_PARAGRAPH),
        (NAME, ActKind.LEAVE_OUT_PARAGRAPH),
        (NAME, ActKind.MOVE_PARAGRAPH),
        (NAME, ActKind.MOVE_PARAGRAPH),
    ]


def test_a_heading_is_chosen_and_words_are_looked_for_and_what_there_is_not_is_not_found(desk: Desk) -> None:
    assert "Tốt ở" in desk.page(f"{PAGE}?muc=assessment_good")
    assert "Không có đoạn nào." in desk.page(f"{PAGE}?muc=assessment_good&tim=khong+co")
    assert desk.client.get("/bao-cao/noi-dung/9/").status_code == 404
    assert desk.act("chuyen", {"doan": "x", "den_muc": "y"}, page="/bao-cao/noi-dung/9/").status_code == 404
    looking = Desk(desk.office, TestClient(board_of(desk.office, NOW, decide=False), base_url=HOME))
    assert 'name="doan"' not in looking.page(PAGE)
    assert looking.act("lap-lai", {}, page=PAGE).status_code == 403

"""The months of news on the board: of all units and on a unit's page; a site that does not answer is not charged."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, day, fill, make_office
from tests.lifecycle.review.reorganised import NOW as AFTERWARDS
from tests.lifecycle.review.reorganised import h1, reorganised
from tests.web.boards import HOME, NAME, Desk, board_of

from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.store import publications
from plan_lifecycle.store.engine import open_store

NOW = day("2023-06-05")
SEEN = day("2023-06-01")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """In May one commune has published enough, one too little, and the site of one has not answered."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    months = (
        PublicationMonth(BINH_AN.id, "2023-M05", 5, 7, 0, SEEN, SEEN),
        PublicationMonth(HOA_THANG.id, "2023-M05", 5, 3, 2, SEEN, SEEN, final_at=SEEN),
        PublicationMonth(CHO_LAU.id, "2023-M05", 5, None, 0, SEEN, None, why="không mở được <b>trang</b>"),
    )
    with store.write() as connection:
        for month in months:
            publications.save_month(connection, month)
    yield Desk(make_office(store), TestClient(board_of(make_office(store), NOW), base_url=HOME))
    store.close()


def test_each_unit_s_month_stands_beside_what_the_plan_asks(desk: Desk) -> None:
    assert "/tin-bai/" in desk.page("/don-vi/")
    answer = desk.client.get("/tin-bai/")
    rows = unescape(answer.text).split("<tr>")
    met, short, silent = (next(row for row in rows if name in row) for name in ("Bình An", "Hòa Thắng", "Chợ Lầu"))
    assert ">07<" in met
    assert ">Đạt<" in met
    assert ">Chưa đạt; 02 tin, bài không ghi ngày, chưa tính<" in short
    assert "đã chốt" in short
    assert "Chưa kiểm tra được" in silent
    assert "<b>trang</b>" not in answer.text
    assert "Chưa kiểm tra trang của đơn vị nào trong năm 2022" in desk.page("/tin-bai/?nam=2022")
    assert "tháng 5" in desk.page("/tin-bai/?nam=1").lower()
    own = desk.page(f"/don-vi/{BINH_AN.id}/")
    assert "Tin, bài theo tháng, năm 2023" in own


def test_units_that_ended_lead_to_handing_all_of_it_over_at_once(tmp_path: Path) -> None:
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    reorganised(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        h1(store, unit)
    desk = Desk(make_office(store), TestClient(board_of(make_office(store), AFTERWARDS), base_url=HOME))
    units = desk.page("/don-vi/")
    assert "Đơn vị đã kết thúc hoạt động, còn nội dung chờ bàn giao" in units
    assert "UBND thị trấn Chợ Lầu</a></b>: 01 nội dung; kế thừa:" in units
    page = desk.page("/viec/?chon=1")
    part = page[page.index('id="ban-giao"') :]
    assert part.count(" checked>") == 3
    ids: list[str] = ["O1", "O2", "O3"]
    answer = desk.act("ban-giao", {"id": ids, "den": "", "ly_do_rieng": "Sắp xếp đơn vị"})
    assert answer.status_code == 422
    said = unescape(answer.text)
    assert "UBND thị trấn Chợ Lầu có nhiều đơn vị kế thừa" in said, "who has several heirs waits for a choice"
    assert "Đã ghi: Bàn giao (02)" in said, "the others were carried to their only one"
    assert said[said.index('id="ban-giao"') :].count(" checked>") == 1, "and its tick is still there"
    assert {by for by, _, _ in desk.trail()} == {NAME}
    store.close()

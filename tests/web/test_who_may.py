"""Who may see and do what on the board: every address that it answers, as each kind of person that there is.

The addresses are asked of the application itself, so one that is new is tried, too: it fails here until somebody says
in ``OF_BAC_BINH`` under which address it shows something of huyện Bắc Bình.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, fill, make_office, obligation_of
from tests.web.boards import HOME
from tests.web.everyone import FORM_TYPE, OF_ALL, OF_ONES_OWN, Board, OneRun, a_year, addresses, decide, look, routes
from tests.web.rights import FORM, LIMITS, NOW, OF_BAC_BINH, OTHERS, TELLING, WHO, WHOLE

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.web.board._app import create_board
from plan_lifecycle.web.board._frame import Guards


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    """Two districts: Bắc Bình has issued a plan, a paper that waits, one of nobody known, letters, a report."""
    folder = tmp_path_factory.mktemp("who")
    config = folder / "config"
    config.mkdir()
    for path in (ROOT / "config").iterdir():
        (config / path.name).symlink_to(path)
    (config / "access.yaml").unlink()
    (config / "access.yaml").write_text(LIMITS, encoding="utf-8")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    a_year(office)
    office = replace(office, book=Adjustable(config))
    app = create_board(
        office, ROOT / "templates", config, guards=Guards(look, decide), clock=lambda: NOW, runs=OneRun()
    )
    yield Board(office, app, TestClient(app, base_url=HOME))
    store.close()


def test_every_address_of_the_board_is_tried_here(board: Board) -> None:
    assert sorted(routes(board.app)) == sorted(OF_BAC_BINH)


@pytest.mark.parametrize("address", addresses("GET"))
def test_a_page_is_for_whoever_may_look_at_these_units(board: Board, address: str) -> None:
    assert board.get("nobody", address)[0] == 401
    for who in ("viewer", "coordinator", "administrator"):
        status, text = board.get(who, address)
        assert status == 200, (who, text)
        assert any(word in text for word in TELLING), (who, text)
    status, text = board.get("tuy-phong", address)
    assert status in (200, 403, 404, 422), text
    assert [word for word in TELLING if word in text] == []


@pytest.mark.parametrize("address", OF_ALL)
def test_what_is_about_every_unit_alike_is_for_whoever_sees_them_all(board: Board, address: str) -> None:
    found = {who: board.get(who, address)[0] for who in ("nobody", "tuy-phong", "bac-binh", "viewer")}
    assert (found["nobody"], found["tuy-phong"], found["bac-binh"]) == (401, 403, 403)
    assert found["viewer"] == 200


@pytest.mark.parametrize("address", addresses("GET"))
def test_who_sees_some_of_the_units_finds_these_on_the_pages_that_keep_to_them(board: Board, address: str) -> None:
    status, text = board.get("bac-binh", address)
    if address.startswith(WHOLE):
        assert status in (403, 404), text
        return
    assert status == 200, text
    assert any(word in text for word in TELLING), text
    assert [word for word in OTHERS if word in text] == []


@pytest.mark.parametrize("address", addresses("POST"))
def test_an_act_is_for_whoever_may_decide_on_these_units_from_a_page_of_ours(board: Board, address: str) -> None:
    before = board.done()
    assert board.post("nobody", address)[0] == 401
    assert board.post("viewer", address)[0] == 403
    for site in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://la.vn"}):
        assert board.post("coordinator", address, **site)[0] == 400
    assert board.post("coordinator", address, Accept="*/*")[0] == 400
    status, text = board.post("tuy-phong", address)
    assert [word for word in TELLING if word in text] == []
    if address == OF_ONES_OWN:
        assert {act.subject_id for act in board.acts(since=before[0])} == {board.of_tuy_phong()}
    else:
        assert status in (403, 404, 422), (status, text)
        assert board.done() == before


@pytest.mark.parametrize("address", addresses("POST"))
@pytest.mark.parametrize(("who", "length", "status"), [("nobody", 200_000_000, 401), ("coordinator", 10**12, 413)])
def test_a_body_is_refused_before_any_of_it_is_read(
    board: Board, address: str, who: str, length: int, status: int
) -> None:
    headers = {WHO: who, "sec-fetch-site": "same-origin", "content-length": str(length), "content-type": FORM_TYPE}
    scope = {
        "type": "http",
        "method": "POST",
        "path": address,
        "query_string": b"",
        "root_path": "",
        "http_version": "1.1",
    }
    scope |= {"headers": [(name.encode(), value.encode()) for name, value in headers.items()], "scheme": "https"}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("somebody reads the body")

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    asyncio.run(board.app(scope, receive, send))
    assert sent[0]["status"] == status


def test_who_sees_some_of_the_units_decides_about_these(board: Board) -> None:
    owed = obligation_of(board.office.store, BINH_AN, Item.REPORT, "2023")
    form = FORM | {"id": f"O{owed.id}", "den_ngay": "2023-12-30"}
    headers = {WHO: "bac-binh", "Sec-Fetch-Site": "same-origin"}
    answer = board.client.post("/don-vi/bb-binh-an/thoi-han", data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 303
    assert obligation_of(board.office.store, BINH_AN, Item.REPORT, "2023").due_on == date(2023, 12, 30)

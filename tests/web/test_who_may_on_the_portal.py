"""Who sees and sends what on the units' pages: every address that the portal answers, without and with another's link.

The addresses are asked of the application itself: one that is new is tried, too.
"""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import func, select
from tests.factories import HOA_THANG, owe
from tests.web.conftest import PERSON, Visitor, World

from plan_lifecycle.store import audit
from plan_lifecycle.store.tables import arrival, contact, draft

OPEN = {"/", "/ma", "/song", "/song/{token}", "/n/{token}", "/gui-lai"}
"""What is there without a link, and shows nothing of any unit: where one types a code, opens a link, renews one."""
PRIVATE = "/v/{handle}/"
OF_THE_UNIT = ("Bình An", "bb-binh-an", "15/KH-UBND", "Kế hoạch")
FORM = PERSON | {"viec": "gui", "so_ky_hieu": "07/KH-UBND", "ngay_van_ban": "2023-02-20", "den_ngay": "2023-03-10"}


def addresses(world: World) -> list[tuple[str, str]]:
    """(method, path) of every address behind a link, of xã Bình An's plan."""
    found = []
    for route in world.app.routes:
        if not isinstance(route, APIRoute):
            assert getattr(route, "path", "") == "/tinh", route
        elif route.path not in OPEN:
            assert route.path.startswith(PRIVATE), f"say whether {route.path} is for everybody"
            handle = world.app.state.portal.sessions.handle(world.links and _scope(world))
            path = route.path.replace("{handle}", handle).replace("{which}", "du-thao")
            found += [(method, path) for method in sorted(route.methods)]
    return found


def _scope(world: World):  # type: ignore[no-untyped-def]
    from plan_lifecycle.lifecycle.office import scope_of

    return scope_of(world.plan)


def kept(world: World) -> list[int]:
    """How much there is of what a unit's page may add to."""
    with world.store.read() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (arrival, contact, draft)
        ]
        return [audit.newest_number(connection), *counts]


@pytest.mark.parametrize("who", ["nobody", "another unit"])
def test_a_units_pages_are_for_whoever_has_its_link(world: World, who: str) -> None:
    visitor = world.visitor() if who == "nobody" else _of_hoa_thang(world)
    before = kept(world)
    tried = addresses(world)
    assert len(tried) >= 12
    for method, path in tried:
        files = {"tep": ("ke-hoach.docx", b"x")} if path.endswith("/gui") else None
        data = None if method == "GET" else FORM | {"ma_bieu": "x"}
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = visitor.client.request(method, path, data=data, files=files, headers=headers, follow_redirects=False)
        assert answer.status_code in (403, 404), (method, path, answer.status_code)
        assert [word for word in OF_THE_UNIT if word in answer.text] == [], (method, path)
    assert kept(world) == before


def _of_hoa_thang(world: World) -> Visitor:
    """A browser that has opened xã Hòa Thắng's own link."""
    return world.at(owe(world.store, HOA_THANG, plan_id=world.plan.plan_id))

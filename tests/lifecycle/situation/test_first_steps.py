"""An office that has just begun is led from the units to their people to a plan, on the board's first page."""

from __future__ import annotations

import re
from html import unescape

from starlette.testclient import TestClient
from tests.factories import BINH_AN, UNITS, day, make_office, plan_row
from tests.web.boards import HOME, board_of

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.situation import Step, next_step
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_contacts, save_units


def test_each_step_leads_to_the_next_until_the_office_is_at_work(store: Store) -> None:
    office = make_office(store)
    board = TestClient(board_of(office, day("2023-02-10")), base_url=HOME)

    def led_to() -> list[tuple[str, str]]:
        page = unescape(board.get("/").text)
        return re.findall(
            r'<b><a href="/([a-z-]+/)">([^<]+)</a></b>', page.partition("Bắt đầu")[2].partition("</ol>")[0]
        )

    assert (next_step(office), led_to()) == (Step.UNITS, [("nhap/", "Nhập danh sách đơn vị của tỉnh")])
    with store.write() as connection:
        save_units(connection, UNITS)
    assert led_to() == [("nhap/", "Nhập danh sách người liên hệ của các đơn vị")]
    with store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.OFFICER, "Hoa", "hoa@example.vn")])
    assert (next_step(office), led_to()) == (Step.PLAN, [("ke-hoach-moi/", "Nạp kế hoạch đã ban hành của tỉnh")])
    plan_row(store)
    assert (next_step(office), led_to()) == (None, [])

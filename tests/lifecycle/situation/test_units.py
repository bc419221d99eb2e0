"""The units as a coordinator looks for one: whether letters reach it, in what order, at what cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event
from tests.factories import BINH_AN, CHO_LAU, DISTRICT, HOA_THANG, PHUOC_THE, UNITS, address, day, fill, make_office

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.situation import CONTACT_WORDS, ContactState, matrix, today, units_now
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import mark_unreachable, note_asked, note_confirmed, save_contacts, save_units

NOW = day("2023-03-07")


@pytest.fixture
def office(store: Store) -> Office:
    """Five units in five states."""
    fill(store, without=(HOA_THANG,))
    with store.write() as connection:
        mark_unreachable(connection, address(CHO_LAU), NOW)
        note_asked(connection, [address(PHUOC_THE), address(DISTRICT)], date(2023, 1, 16))
        note_confirmed(connection, address(DISTRICT), date(2023, 1, 17))
        values = {"replaces": None, "name": "Lê Thị Mới", "email": "moi@example.vn", "stated_by": "Chủ tịch"}
        portal_rows.request_contact(connection, {**values, "unit_id": BINH_AN.id, "requested_at": NOW})
    return make_office(store)


def test_every_unit_says_whether_letters_reach_it(office: Office) -> None:
    states = {line.id: line.state for line in units_now(office, NOW)}
    assert {unit.id: states[unit.id] for unit in (HOA_THANG, CHO_LAU, BINH_AN, PHUOC_THE, DISTRICT)} == {
        HOA_THANG.id: ContactState.NONE,
        CHO_LAU.id: ContactState.DEAD,
        BINH_AN.id: ContactState.PROPOSED,
        PHUOC_THE.id: ContactState.UNCONFIRMED,
        DISTRICT.id: ContactState.FINE,
    }
    assert set(CONTACT_WORDS) == set(ContactState)


def test_as_a_tree_each_unit_stands_before_those_below_it(office: Office) -> None:
    lines = units_now(office, NOW, as_tree=True)
    at = {line.id: number for number, line in enumerate(lines)}
    assert len(at) == len(UNITS)
    assert all(at[unit.parent_id] < at[unit.id] for unit in UNITS if unit.parent_id)
    assert {line.id: line.depth for line in lines if line.id in ("bt", "bb", "bb-binh-an")} == {
        "bt": 0, "bb": 1, "bb-binh-an": 2,
    }  # fmt: skip
    assert [line.id for line in units_now(office, NOW, "hoa thang", as_tree=True)] == [HOA_THANG.id]


def test_a_list_costs_as_many_queries_for_many_units_as_for_few(office: Office) -> None:
    asked: list[str] = []
    event.listen(office.store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    def queries() -> list[int]:
        counts = []
        for look in (units_now, today, matrix):
            asked.clear()
            look(office, NOW)
            counts.append(len(asked))
        return counts

    few = queries()
    more = [replace(BINH_AN, id=f"bb-{number}", name=f"xã Số {number}") for number in range(60)]
    with office.store.write() as connection:
        save_units(connection, more)
        save_contacts(connection, [Contact(unit.id, ContactRole.OFFICER, "An", address(unit)) for unit in more])
    assert queries() == few

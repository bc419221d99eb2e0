"""The units' people as they stand in the store on a day."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, address, day, fill

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.people import people_on
from plan_lifecycle.store.units import mark_unreachable, save_contacts

TODAY = date(2023, 2, 20)


def test_officers_come_first_and_a_dead_address_is_told_and_not_left_out(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        head = Contact(BINH_AN.id, ContactRole.HEAD, "Nguyễn Văn An", "an@example.vn", phone="0912345678")
        gone = Contact(BINH_AN.id, ContactRole.OFFICER, "Lê Thị Ba", "ba@example.vn", valid_to=date(2023, 2, 19))
        save_contacts(connection, [head, gone])
        mark_unreachable(connection, address(BINH_AN), day("2023-02-01"))
        found = people_on(connection, TODAY, [BINH_AN.id, HOA_THANG.id])
        assert set(people_on(connection, TODAY)) > {CHO_LAU.id, *found}
    assert set(found) == {BINH_AN.id, HOA_THANG.id}
    first, second = found[BINH_AN.id]
    assert (first.email, first.unreachable_since) == (address(BINH_AN), day("2023-02-01"))
    assert (second.role, second.phone) == (ContactRole.HEAD, "0912345678")

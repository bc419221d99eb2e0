"""Rows that bear a person's address are found whatever its capitals, and bear nobody's afterwards."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, fill

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.store import personal
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.people import get_person, ids_of_address
from plan_lifecycle.store.units import save_contacts

BA = Contact(
    BINH_AN.id, ContactRole.HEAD, "Lê Thị Ba", "Ba.Le@example.vn", valid_to=date(2023, 2, 19), phone="0912345678"
)


def test_one_person_in_two_posts_is_one_and_both_rows_are_forgotten(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        other = Contact(BINH_AN.id, ContactRole.OFFICER, "Lê Thị Ba", "ba.le@example.vn")
        save_contacts(connection, [BA, other])
        (first,) = ids_of_address(connection, "Ba.Le@example.vn")
        person = get_person(connection, first)
        assert person is not None
        people = personal.same_person(connection, person)
        assert [one.name for one in people] == ["Lê Thị Ba"] * 2
        assert [personal.is_over(person, day) for day in (date(2023, 2, 19), date(2023, 2, 20))] == [False, True]
        found = personal.held(connection, people)
        assert (len(found["contact"]), found["letter"], set(found)) == (2, [], set(found))
        ids = [one.id for one in people]
        personal.forget_address(connection, "ba.le@EXAMPLE.vn", ids)
        personal.forget_names(connection, ids, ["Lê Thị Ba"])
        after = [get_person(connection, one) for one in ids]
    assert {(one.name, one.email, one.phone) for one in after if one} == {
        ("(đã ẩn danh)", f"{number}@an-danh.invalid", None) for number in ids
    }
    assert all(personal.is_nameless(one) for one in after if one)

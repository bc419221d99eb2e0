"""Units, their succession and their people in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    PROVINCE,
    UNITS,
    address,
    day,
    fill,
)

from plan_lifecycle.domain.unit import Contact, ContactRole, Succession
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import contact, succession
from plan_lifecycle.store.units import (
    days_of_change,
    load_contacts,
    load_tree,
    mark_unreachable,
    note_confirmed,
    save_contacts,
    save_units,
)

TODAY = date(2023, 2, 20)


def test_units_come_back_as_they_went_in(store: Store) -> None:
    with store.write() as connection:
        assert save_units(connection, UNITS) == len(UNITS)
        assert set(load_tree(connection, TODAY).units) == set(UNITS)


def test_parents_may_follow_their_children_even_on_one_level(store: Store) -> None:
    below = replace(DIVISION, id="bb-pnv-1", parent_id="bb-pnv")
    with store.write() as connection:
        assert save_units(connection, [below, DIVISION, BINH_AN, DISTRICT, PROVINCE]) == 5


def test_saving_again_brings_names_up_to_date_and_adds_nothing(store: Store) -> None:
    with store.write() as connection:
        save_units(connection, UNITS)
        assert save_units(connection, [replace(BINH_AN, name="xã Bình An mới"), *UNITS[:3]]) == 0
        assert load_tree(connection, TODAY)["bb-binh-an"].name == "xã Bình An mới"


def test_new_and_known_units_may_come_together(store: Store) -> None:
    with store.write() as connection:
        save_units(connection, [PROVINCE, DISTRICT])
        assert save_units(connection, [replace(DISTRICT, name="huyện Bắc Bình cũ"), BINH_AN]) == 1
        tree = load_tree(connection, TODAY)
    assert (tree["bb"].name, tree["bb-binh-an"]) == ("huyện Bắc Bình cũ", BINH_AN)


def test_a_number_stays_where_a_later_list_has_none(store: Store) -> None:
    person = Contact(BINH_AN.id, ContactRole.OFFICER, "An", "an@example.vn", phone="0912345678")
    with store.write() as connection:
        save_units(connection, UNITS)
        save_contacts(connection, [person])
        save_contacts(connection, [replace(person, phone=None)])
        assert load_contacts(connection, TODAY)[BINH_AN.id][0].phone == "0912345678"
        save_contacts(connection, [replace(person, phone="02523822999;12")])
        assert load_contacts(connection, TODAY)[BINH_AN.id][0].phone == "02523822999;12"


def test_the_tree_has_only_units_in_being_on_the_day(store: Store) -> None:
    ends, begins = date(2025, 6, 30), date(2025, 7, 1)
    with store.write() as connection:
        save_units(connection, [PROVINCE, replace(DISTRICT, valid_to=ends), replace(BINH_AN, valid_from=begins)])
        assert {unit.id for unit in load_tree(connection, ends).units} == {"bt", "bb"}
        assert {unit.id for unit in load_tree(connection, begins).units} == {"bt", "bb-binh-an"}


def test_successions_are_kept_once(store: Store) -> None:
    link = Succession("bb-binh-an", "bb-hoa-thang", whole=False)
    with store.write() as connection:
        save_units(connection, UNITS, [link])
        save_units(connection, UNITS, [link, link])
        kept = connection.execute(select(succession)).all()
    assert [tuple(row) for row in kept] == [("bb-binh-an", "bb-hoa-thang", False)]


def test_nothing_to_save_is_no_error(store: Store) -> None:
    with store.write() as connection:
        assert save_units(connection, []) == 0
        assert save_contacts(connection, []) == 0


def test_contacts_are_kept_once_and_officers_come_first(store: Store) -> None:
    fill(store, without=UNITS)
    people = [
        Contact(BINH_AN.id, ContactRole.HEAD, "Chủ tịch", "ct@example.vn"),
        Contact(BINH_AN.id, ContactRole.OFFICER, "Cán bộ", "cb@example.vn", substitute="thay@example.vn"),
    ]
    with store.write() as connection:
        assert save_contacts(connection, people) == 2
        assert save_contacts(connection, people) == 0
        assert load_contacts(connection, TODAY) == {BINH_AN.id: [people[1], people[0]]}
        assert load_contacts(connection, TODAY, ContactRole.HEAD) == {BINH_AN.id: [people[0]]}


def test_a_known_contact_is_brought_up_to_date_and_is_not_called_back(store: Store) -> None:
    """Saved twice: the new name and substitute count; the last day that the unit gave meanwhile stays."""
    fill(store, without=UNITS)
    known = Contact(BINH_AN.id, ContactRole.OFFICER, "Trần Thị An", "cb@example.vn", valid_to=date(2023, 6, 30))
    with store.write() as connection:
        save_contacts(connection, [known])
        again = replace(known, name="Trần Thị Ân", valid_to=None, substitute="thay@example.vn")
        other = Contact(BINH_AN.id, ContactRole.HEAD, "Lê Văn Chủ", "ct@example.vn")
        assert save_contacts(connection, [again, other]) == 1
        assert load_contacts(connection, TODAY, ContactRole.OFFICER) == {
            BINH_AN.id: [replace(again, valid_to=date(2023, 6, 30))]
        }
        assert load_contacts(connection, date(2023, 7, 1)) == {BINH_AN.id: [other]}


def test_a_contact_counts_only_during_its_validity(store: Store) -> None:
    fill(store, without=UNITS)
    left = Contact(BINH_AN.id, ContactRole.OFFICER, "A", "a@example.vn", valid_to=date(2023, 2, 20))
    came = Contact(BINH_AN.id, ContactRole.OFFICER, "B", "b@example.vn", valid_from=date(2023, 2, 21))
    with store.write() as connection:
        save_contacts(connection, [left, came])
        assert load_contacts(connection, date(2023, 2, 20)) == {BINH_AN.id: [left]}
        assert load_contacts(connection, date(2023, 2, 21)) == {BINH_AN.id: [came]}


def test_an_address_that_is_nobodys_or_known_to_be_dead_is_not_noted(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        assert not mark_unreachable(connection, "nobody@example.vn", day("2023-02-20"))
        assert mark_unreachable(connection, address(BINH_AN).upper(), day("2023-02-20"))
        assert not mark_unreachable(connection, address(BINH_AN), day("2023-03-20"))
        assert note_confirmed(connection, address(BINH_AN), date(2023, 3, 1))
        assert not note_confirmed(connection, "nobody@example.vn", date(2023, 3, 1))
        assert BINH_AN.id in load_contacts(connection, TODAY)


def test_a_dead_address_is_left_out_everywhere_and_keeps_its_first_day(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        shared = Contact(HOA_THANG.id, ContactRole.HEAD, "C", address(BINH_AN))
        save_contacts(connection, [shared])
        mark_unreachable(connection, address(BINH_AN), day("2023-02-20"))
        mark_unreachable(connection, address(BINH_AN), day("2023-03-20"))
        found = load_contacts(connection, TODAY)
        assert BINH_AN.id not in found
        assert [each.email for each in found[HOA_THANG.id]] == [address(HOA_THANG)]
        since = connection.execute(select(contact.c.unreachable_since).where(contact.c.email == address(BINH_AN)))
        assert set(since.scalars()) == {day("2023-02-20")}


def test_the_days_on_which_units_or_people_change_are_known(store: Store) -> None:
    ended = replace(PHUOC_THE, valid_to=date(2023, 3, 9))
    fill(store, (PROVINCE, OTHER_DISTRICT, ended), without=(OTHER_DISTRICT, ended, PROVINCE))
    new = Contact(PROVINCE.id, ContactRole.OFFICER, "Lê Thị Hoa", "hoa@example.vn", valid_from=date(2023, 3, 6))
    with store.write() as connection:
        save_contacts(connection, [new])
    with store.read() as connection:
        assert days_of_change(connection, date(2023, 3, 1), date(2023, 3, 31)) == [date(2023, 3, 6), date(2023, 3, 10)]
        assert days_of_change(connection, date(2023, 3, 6), date(2023, 3, 9)) == []
        assert days_of_change(connection, date(2023, 3, 9), date(2023, 3, 10)) == [date(2023, 3, 10)]

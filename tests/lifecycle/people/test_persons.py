"""One person of a unit changed by hand, and each change taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import BINH_AN, HOA_THANG, address, day, fill, make_office

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.domain.pausing import Absence
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people import (
    PersonGiven,
    add_person,
    change_person,
    change_words,
    end_person,
    newest_change,
    people_of_unit,
    replace_person,
    undo_change,
)
from plan_lifecycle.lifecycle.remind import come_back, confirm_contact, stand_in
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import load_contacts, mark_unreachable

NOW, TODAY = day("2023-03-07"), date(2023, 3, 7)
HOA = Decider("Trần Thị Hoa", "Theo công văn số 12")
NEW = PersonGiven(ContactRole.OFFICER, " Lê  Thị Mới", "moi@example.vn ", "0252.3822999 máy lẻ 12; 912345678")


@pytest.fixture
def office(store: Store) -> Office:
    """Every unit has its officer."""
    fill(store)
    return make_office(store)


def officers(office: Office, on: date = TODAY) -> list[str]:
    with office.store.read() as connection:
        return [each.email for each in load_contacts(connection, on).get(BINH_AN.id, ())]


def test_a_new_address_is_reachable_and_what_was_there_comes_back(office: Office) -> None:
    (person,) = people_of_unit(office, BINH_AN.id, NOW).now
    with office.store.write() as connection:
        mark_unreachable(connection, person.email, NOW)
    assert officers(office) == []
    change_person(office, person.id, NEW, HOA, NOW, seen=0)
    assert officers(office) == ["moi@example.vn"]
    people = people_of_unit(office, BINH_AN.id, NOW)
    assert people.now[0].phone == "02523822999;12 0912345678"
    (change,) = people.changes
    assert change_words(change) == ["họ tên", "địa chỉ thư", "số điện thoại"]
    with pytest.raises(InputError) as error:
        change_person(office, person.id, replace(NEW, name="Khác"), HOA, NOW, seen=0)
    assert "vừa được người khác sửa" in error.value.for_user
    undo_change(office, BINH_AN.id, change.id, HOA, NOW)
    (back,) = people_of_unit(office, BINH_AN.id, NOW).now
    assert (back.email, back.phone, back.unreachable_since) == (address(BINH_AN), None, NOW)
    with pytest.raises(InputError):
        undo_change(office, BINH_AN.id, change.id, HOA, NOW)
    with office.store.read() as connection:
        acts = list(audit.acts(connection, ActSubject.CONTACT, person.id))
    assert [(act.act, act.by) for act in acts] == [(ActKind.CHANGE_CONTACT, HOA.by), (ActKind.UNDO_CONTACT, HOA.by)]
    assert "example.vn" not in str([act.details for act in acts])


def test_another_person_takes_the_place_from_a_day_on_and_both_ends_are_taken_back(office: Office) -> None:
    (person,) = people_of_unit(office, BINH_AN.id, NOW).now
    replace_person(office, person.id, NEW, date(2023, 3, 10), HOA, NOW)
    assert officers(office, date(2023, 3, 9)) == [address(BINH_AN)]
    assert officers(office, date(2023, 3, 10)) == ["moi@example.vn"]
    added, ended = people_of_unit(office, BINH_AN.id, NOW).changes
    undo_change(office, BINH_AN.id, added.id, HOA, NOW)
    undo_change(office, BINH_AN.id, ended.id, HOA, NOW)
    assert officers(office, date(2023, 3, 10)) == [address(BINH_AN)]
    assert add_person(office, BINH_AN.id, NEW, HOA, NOW) == added.contact_id
    assert officers(office) == [address(BINH_AN), "moi@example.vn"]
    end_person(office, added.contact_id, date(2023, 3, 8), HOA, NOW)
    people = people_of_unit(office, BINH_AN.id, day("2023-03-09"))
    assert [one.email for one in people.other] == ["moi@example.vn"]
    assert newest_change(people.changes, added.contact_id) == people.changes[0].id


def test_what_does_not_fit_is_told_by_its_field_and_changes_nothing(office: Office) -> None:
    (person,) = people_of_unit(office, BINH_AN.id, NOW).now
    with pytest.raises(CombinedInputError) as error:
        add_person(office, BINH_AN.id, PersonGiven(ContactRole.HEAD, " ", "không", "123", "x"), HOA, NOW)
    assert {one.field for one in error.value.errors} == {"name", "email", "phone", "substitute"}
    add_person(office, BINH_AN.id, NEW, HOA, NOW)
    refused = [
        lambda: add_person(office, BINH_AN.id, NEW, HOA, NOW),
        lambda: add_person(office, "khong-co", NEW, HOA, NOW),
        lambda: change_person(office, person.id, NEW, HOA, NOW),
        lambda: change_person(office, 999, NEW, HOA, NOW),
        lambda: replace_person(office, person.id, replace(NEW, email=person.email), NOW.date(), HOA, NOW),
        lambda: undo_change(office, HOA_THANG.id, 1, HOA, NOW),
        lambda: people_of_unit(replace(office, sight=Sight(frozenset({"tp"}))), BINH_AN.id, NOW),
        lambda: end_person(replace(office, sight=Sight(frozenset({"tp"}))), person.id, NOW.date(), HOA, NOW),
    ]
    for act in refused:
        with pytest.raises(InputError):
            act()
    assert officers(office) == [address(BINH_AN), "moi@example.vn"]
    assert len(people_of_unit(office, BINH_AN.id, NOW).changes) == 1


def test_who_is_away_is_shown_with_the_substitute_and_comes_back(office: Office) -> None:
    (person,) = people_of_unit(office, BINH_AN.id, NOW).now
    absence = Absence(person.email, NOW.date(), date(2023, 3, 20), "thay@example.vn", HOA.by, "Đi học")
    assert stand_in(office, absence, NOW)
    assert not stand_in(office, absence, NOW)
    assert people_of_unit(office, BINH_AN.id, NOW).absence_of(person) == absence
    come_back(office, person.email, HOA, NOW)
    assert people_of_unit(office, BINH_AN.id, NOW).absence_of(person) is None
    with pytest.raises(InputError):
        come_back(office, person.email, HOA, NOW)
    confirm_contact(office, person.email, NOW, by=HOA)
    with office.store.read() as connection:
        acts = [act.act for act in audit.acts(connection, ActSubject.CONTACT, person.id)]
    assert acts == [ActKind.NOTE_ABSENCE, ActKind.END_ABSENCE, ActKind.CONFIRM_CONTACT]

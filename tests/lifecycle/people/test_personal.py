"""One person's data: handed out whole, forgotten after the term, once, with nothing of the person on the trail."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, HOA_THANG, address, day, fill, make_office, owe, plan_row
from tests.fakes import FakeClock, FakeMailer

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.people import (
    PersonGiven,
    add_person,
    change_person,
    end_person,
    foresee_forgetting,
    forget_person,
    held_of,
)
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.people import ids_of_address
from plan_lifecycle.store.tables import contact_change, letter, metadata

NOW, BY = day("2023-03-02"), Decider("Trần Thị Hoa", "Theo đề nghị của người đã chuyển công tác")
NAME, PHONE = "Nguyễn Thị Rời Đi", "0912345678"
EMAIL = "roi-di@example.vn"


@pytest.fixture
def person(store: Store) -> int:
    """The officer of xã Bình An, renamed, who was reminded and whose term ended on 03/3."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    office = make_office(store)
    with store.read() as connection:
        (number,) = ids_of_address(connection, address(BINH_AN))
    change_person(office, number, PersonGiven(ContactRole.OFFICER, NAME, EMAIL, PHONE), Decider("Hoa"), NOW)
    remind(office, NOW)
    send_outbox(office, FakeMailer().connect, now=NOW, wall=NOW, worker="a", clock=FakeClock())
    end_person(office, number, date(2023, 3, 3), Decider("Hoa"), NOW)
    return number


@pytest.fixture
def office(store: Store) -> Office:
    return make_office(store)


def everything(store: Store) -> str:
    """All rows of all tables, and the bytes of all letters."""
    with store.read() as connection:
        rows = [[str(row) for row in connection.execute(table.select())] for table in metadata.sorted_tables]
        bodies = [store.blobs.get(blob) for blob in connection.execute(select(letter.c.blob)).scalars()]
    return json.dumps(rows, ensure_ascii=False) + repr(bodies)


def test_all_that_is_held_is_handed_out(office: Office, person: int) -> None:
    found = held_of(office, person)
    assert [row["email"] for row in found["contact"]] == [EMAIL]
    assert len(found["contact_change"]) == 2
    assert len(found["letter"]) == len(found["reminder"]) == 1
    assert len(found["letter"][0]["text"]) > 100
    assert "blob" not in found["letter"][0]
    assert [row["act"] for row in found["audit"]] == ["change_contact"] * 2
    assert address(HOA_THANG) not in json.dumps(found, default=str)
    with pytest.raises(InputError):
        held_of(office, 9999)


def test_after_the_term_nothing_of_the_person_is_left_and_the_trail_is_whole(office: Office, person: int) -> None:
    later = day("2023-03-06")
    assert EMAIL in everything(office.store)
    foreseen = foresee_forgetting(office, person, later)
    assert EMAIL in everything(office.store)
    done = forget_person(office, person, BY, later)
    assert done == foreseen
    assert done.gone == {"contact": 1, "contact_change": 2, "letter": 1, "reminder": 1}
    assert done.kept == {"audit": 2}
    left = everything(office.store)
    for word in (NAME, EMAIL, PHONE, "912345678"):
        assert word not in left
    with office.store.read() as connection:
        assert audit.verify(connection).broken is None
        act = audit.newest(connection, 1)[0]
        assert (act.act.value, act.by, act.reason) == ("anonymise", BY.by, BY.reason)
        assert {change.keys() <= {"name", "email", "phone", "substitute", "role", "valid_to"} for change in
                connection.execute(select(contact_change.c.after)).scalars()} == {True}  # fmt: skip
    again = forget_person(office, person, BY, later)
    assert again.gone == {}
    assert everything(office.store) == left


def test_while_the_term_lasts_nobody_is_forgotten(office: Office, person: int) -> None:
    with pytest.raises(InputError, match="term is over") as refused:
        forget_person(office, person, BY, day("2023-03-03"))
    assert "còn là người liên hệ của đơn vị (đến hết ngày 03/3/2023)" in refused.value.for_user


def test_an_address_that_is_anothers_too_keeps_its_letters(office: Office, person: int) -> None:
    """The commune's common mailbox, of which the next officer reads what came before."""
    given = PersonGiven(ContactRole.HEAD, "Lê Văn Sau", EMAIL)
    add_person(office, BINH_AN.id, given, Decider("Hoa"), NOW)
    done = forget_person(office, person, BY, day("2023-03-06"))
    assert done.shared
    assert set(done.gone) == {"contact", "contact_change"}
    left = everything(office.store)
    assert PHONE not in left
    with office.store.read() as connection:
        assert len(ids_of_address(connection, EMAIL)) == 1
        assert EMAIL in connection.execute(select(letter.c.recipient)).scalars().all()

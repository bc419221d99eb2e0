"""What the portal keeps, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import BINH_AN, address, day, fill, owe

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.portal import Revocation
from plan_lifecycle.store.units import save_contacts

NOW = day("2023-02-20")


def test_each_revocation_is_a_new_generation(store: Store):
    for _ in range(2):
        with store.write() as connection:
            portal_rows.revoke(connection, Revocation("unit:bb-binh-an", "Trần Thị Hoa", "máy bị mất", NOW))
    with store.read() as connection:
        assert portal_rows.generations(connection) == {"unit:bb-binh-an": 2}


def test_a_draft_is_saved_only_over_the_version_it_was_read_from(store: Store):
    fill(store)
    owed = owe(store)
    with store.write() as connection:
        assert portal_rows.save_draft(connection, owed.id, {"v_a": "1"}, over=0, at=NOW)
        assert not portal_rows.save_draft(connection, owed.id, {"v_a": "2"}, over=0, at=NOW)
        assert portal_rows.save_draft(connection, owed.id, {"v_a": "3"}, over=1, at=NOW)
    with store.read() as connection:
        assert portal_rows.get_draft(connection, owed.id)[:2] == (2, {"v_a": "3"})


def test_a_confirmed_contact_takes_the_place_of_the_one_it_replaces(store: Store):
    fill(store)
    with store.write() as connection:
        (known,) = portal_rows.contacts_of(connection, BINH_AN.id, NOW.date())
        assert known.email == address(BINH_AN)
        for email in ("moi@example.vn", "khong@example.vn"):
            row = {"unit_id": BINH_AN.id, "replaces": known.id, "name": "Mới", "email": email}
            portal_rows.request_contact(connection, row | {"stated_by": "An", "requested_at": NOW})
        first, second = portal_rows.contact_requests(connection, BINH_AN.id)
        assert portal_rows.decide_contact(connection, first.id, confirm=True, by="Hoa", at=NOW)
        assert not portal_rows.decide_contact(connection, first.id, confirm=True, by="Hoa", at=NOW)
        assert portal_rows.decide_contact(connection, second.id, confirm=False, by="Hoa", at=NOW)
        assert [each.email for each in portal_rows.contacts_of(connection, BINH_AN.id, NOW.date())] == [
            "moi@example.vn"
        ]
        assert portal_rows.contact_requests(connection) == []


def test_proposed_numbers_are_kept_and_those_of_whoever_is_replaced_are_not(store: Store):
    fill(store)
    with store.write() as connection:

        def confirmed(**proposed: str | int | None) -> list[tuple[str, str | None]]:
            row = {"unit_id": BINH_AN.id, "name": "Mới", "stated_by": "An", "requested_at": NOW, "replaces": None}
            portal_rows.request_contact(connection, row | proposed)
            (asked,) = portal_rows.contact_requests(connection)
            assert portal_rows.decide_contact(connection, asked.id, confirm=True, by="Hoa", at=NOW)
            return [(one.name, one.phone) for one in portal_rows.contacts_of(connection, BINH_AN.id, NOW.date())]

        (known,) = portal_rows.contacts_of(connection, BINH_AN.id, NOW.date())
        assert confirmed(email=known.email, name=known.name, phone="02523822999") == [(known.name, "02523822999")]
        assert confirmed(email=known.email, name="Bình") == [("Bình", "02523822999")]
        assert confirmed(email="moi@example.vn", replaces=known.id) == [("Mới", None)]


@pytest.mark.parametrize(
    ("from_on", "until_on", "known"),
    [
        (None, None, True),
        ("2023-02-20", "2023-02-20", True),
        ("2023-02-21", None, False),
        (None, "2023-02-19", False),
    ],
)
def test_a_unit_sees_its_contacts_of_the_day(
    store: Store, from_on: str | None, until_on: str | None, known: bool
) -> None:
    fill(store, without=(BINH_AN,))
    begun, over = (date.fromisoformat(text) if text else None for text in (from_on, until_on))
    with store.write() as connection:
        save_contacts(connection, [Contact(BINH_AN.id, ContactRole.OFFICER, "An", "an@example.vn", begun, over)])
        found = portal_rows.contacts_of(connection, BINH_AN.id, NOW.date())
    assert [contact.email for contact in found] == (["an@example.vn"] if known else [])

"""What a coordinator does about the portal: show links, make them worthless, decide about proposed people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr
from tests.factories import BINH_AN, HOA_THANG, day, fill, make_office, owe, plan_row

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Links, Office, scope_of
from plan_lifecycle.lifecycle.portal import (
    decide_contact,
    find_obligation,
    links_of,
    proposed_contacts,
    revoke_obligation,
    revoke_unit,
)
from plan_lifecycle.store import audit
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import load_contacts

NOW = day("2023-02-20")
HOA = Decider("Trần Thị Hoa", "máy bị mất")
SECRET = SecretStr("mot-khoa-bi-mat-chi-dung-de-kiem-thu-0123456789")


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return replace(make_office(store), links=Links("https://nop.binhthuan.example.vn", SECRET))


def acts(office: Office) -> list[tuple[str, int | None, Any]]:
    """Every act on record: which, on what, and why."""
    with office.store.read() as connection:
        return [(one.act, one.subject_id, one.reason) for one in audit.newest(connection, 10)]


def test_the_links_of_all_that_a_unit_owes_are_shown(office: Office) -> None:
    plan_id = plan_row(office.store)
    owed = [owe(office.store, plan_id=plan_id), owe(office.store, item=Item.REPORT, plan_id=plan_id)]
    owe(office.store, HOA_THANG, plan_id=plan_id)
    found = links_of(office, BINH_AN.id, NOW)
    assert {(link.obligation, link.what) for link in found} == {(one.id, one.what) for one in owed}
    assert office.links is not None
    for link in found:
        claim = office.links.read(link.address.rpartition("/")[2])
        assert claim is not None
        assert link.code == office.links.code(claim.scope, (0, 0))


def test_there_are_no_links_without_a_portal_or_anything_owed(office: Office) -> None:
    with pytest.raises(InputError, match="unit"):
        links_of(office, BINH_AN.id, NOW)
    owe(office.store)
    with pytest.raises(InputError, match="PORTAL_URL"):
        links_of(replace(office, links=None), BINH_AN.id, NOW)


def test_revoking_one_obligations_links_leaves_the_others(office: Office) -> None:
    plan_id = plan_row(office.store)
    plan, report = owe(office.store, plan_id=plan_id), owe(office.store, item=Item.REPORT, plan_id=plan_id)
    assert revoke_obligation(office, plan.id, HOA, NOW) == plan
    assert [found[1] for one in (plan, report) if (found := find_obligation(office, scope_of(one)))] == [(0, 1), (0, 0)]
    assert acts(office) == [("revoke_link", plan.id, "máy bị mất")]


def test_revoking_a_units_links_leaves_its_neighbours(office: Office) -> None:
    plan_id = plan_row(office.store)
    mine, theirs = owe(office.store, plan_id=plan_id), owe(office.store, HOA_THANG, plan_id=plan_id)
    revoke_unit(office, BINH_AN.id, HOA, NOW)
    assert [found[1] for one in (mine, theirs) if (found := find_obligation(office, scope_of(one)))] == [(1, 0), (0, 0)]
    assert acts(office) == [("revoke_link", 0, "máy bị mất")]


def test_what_is_not_owed_cannot_be_revoked_and_a_reason_is_due(office: Office) -> None:
    with pytest.raises(InputError):
        revoke_obligation(office, 99, HOA, NOW)
    with pytest.raises(InputError, match="reason"):
        revoke_unit(office, BINH_AN.id, Decider("Trần Thị Hoa"), NOW)
    assert acts(office) == []


def proposed(office: Office) -> int:
    values = {
        "unit_id": BINH_AN.id, "replaces": None, "name": "Lê Văn Em", "email": "em@example.vn",
        "stated_by": "Nguyễn Văn An", "requested_at": NOW,
    }  # fmt: skip
    with office.store.write() as connection:
        portal_rows.request_contact(connection, values)
    return proposed_contacts(office)[-1].id


@pytest.mark.parametrize(("confirm", "act"), [(True, "confirm_contact"), (False, "decline_contact")])
def test_a_proposed_contact_is_decided_once(office: Office, confirm: bool, act: str) -> None:
    number, other = proposed(office), proposed(office)
    decide_contact(office, number, HOA, NOW, confirm=confirm)
    with pytest.raises(InputError, match="request"):
        decide_contact(office, number, HOA, NOW, confirm=not confirm)
    assert [one.id for one in proposed_contacts(office)] == [other]
    assert acts(office) == [(act, number, "máy bị mất")]
    with office.store.read() as connection:
        emails = {person.email for person in load_contacts(connection, NOW.date())[BINH_AN.id]}
    assert ("em@example.vn" in emails) is confirm

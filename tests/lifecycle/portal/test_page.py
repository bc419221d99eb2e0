"""A unit's page names what is owed, where it stands and until when, and opens for units that exist only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.factories import BINH_AN, DISTRICT, HOA_THANG, day, fill, make_office, owe, plan_row

from plan_lifecycle.domain.obligation import Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office, open_desk, scope_of
from plan_lifecycle.lifecycle.portal import deadline_words, describe, find_obligation
from plan_lifecycle.lifecycle.portal._page import Owed
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_units

TODAY = date(2023, 2, 20)
S = ObligationState
OWED = Obligation(
    1, BINH_AN.id, DISTRICT.id, Item.SUB_PLAN, "2023", "…", "trước ngày 01/3/2023.", Basis.ISSUE, date(2023, 2, 28)
)


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return make_office(store)


def tree_of(office: Office, on: date = TODAY) -> UnitTree:
    with office.store.read() as connection:
        return open_desk(office, connection, day(on.isoformat())).tree


def shown(**changed: object) -> str:
    owed = replace(OWED, **changed)  # type: ignore[arg-type]
    return deadline_words(Owed(owed, BINH_AN, "UBND xã Bình An", DISTRICT, "Phòng Nội vụ", None, TODAY))


def test_the_deadline_is_told_in_the_plans_words_with_its_last_day() -> None:
    assert shown() == "trước ngày 01/3/2023 (chậm nhất hết ngày 28/02/2023)"
    assert shown(phrase="khi có yêu cầu.", due_on=None) == "khi có yêu cầu."


def test_an_extension_takes_the_place_of_the_last_day() -> None:
    told = shown(due_on=date(2023, 3, 10), extended_from=date(2023, 2, 28))
    assert told == "trước ngày 01/3/2023, được gia hạn đến hết ngày 10/3/2023"


@pytest.mark.parametrize("state", [S.RETURNED, S.RECEIVED])
def test_the_day_for_a_completed_paper_is_told_only_to_whom_it_was_returned(state: S) -> None:
    told = shown(state=state, resend_by=date(2023, 3, 3))
    assert told.endswith("; đề nghị gửi lại chậm nhất hết ngày 03/3/2023") is (state is S.RETURNED)


def test_a_link_finds_its_own_plans_obligation_with_the_generation_of_its_links(office: Office) -> None:
    first = owe(office.store, plan_id=plan_row(office.store))
    second = owe(office.store, plan_id=plan_row(office.store, number="16"))
    for owed in (first, second):
        assert find_obligation(office, scope_of(owed)) == (owed, (0, 0))
    assert find_obligation(office, scope_of(first)._replace(plan_id=99)) is None
    assert find_obligation(office, scope_of(first)._replace(unit_id=HOA_THANG.id)) is None


def test_an_obligation_is_described_with_the_names_around_it(office: Office) -> None:
    found = describe(office, tree_of(office), owe(office.store), TODAY)
    assert found is not None
    assert (found.unit_name, found.receiver, found.state) == ("UBND xã Bình An", DISTRICT, "Sắp đến hạn")
    assert found.plan is not None
    assert found.plan.number == "15/KH-UBND"
    assert found.period.code == "2023"


def test_a_plan_without_a_day_is_not_cited(office: Office) -> None:
    owed = owe(office.store, plan_id=plan_row(office.store, issued_on=None))
    found = describe(office, tree_of(office), owed, TODAY)
    assert found is not None
    assert found.plan is None


@pytest.mark.parametrize("gone", [BINH_AN, DISTRICT])
def test_where_unit_or_receiver_is_no_more_there_is_no_page(office: Office, gone: object) -> None:
    owed = owe(office.store)
    with office.store.write() as connection:
        save_units(connection, [replace(gone, valid_to=TODAY)])  # type: ignore[type-var]
    assert describe(office, tree_of(office), owed, TODAY) is not None
    tomorrow = TODAY + timedelta(days=1)
    assert describe(office, tree_of(office, tomorrow), owed, tomorrow) is None

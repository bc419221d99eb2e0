"""Once a year contacts are asked to confirm themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, ROOT, UNITS, address, day, fill, make_office

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import ask_contacts, confirm_contact
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter
from plan_lifecycle.store.units import load_contacts, mark_unreachable

COUNTED = len(UNITS) - 2
"""Sở Nội vụ and Phòng Nội vụ write the question, and not to themselves."""


@pytest.fixture(name="office")
def _office(store: Store) -> Office:
    fill(store)
    shipped = read_rules(ROOT / "config").reminding
    return make_office(store, reminding=replace(shipped))


def test_everybody_is_asked_once_a_year(office: Office, store: Store) -> None:
    assert ask_contacts(office, day("2026-01-14")) == 0
    assert ask_contacts(office, day("2026-01-15")) == COUNTED
    assert ask_contacts(office, day("2026-01-16")) == 0
    assert ask_contacts(office, day("2027-01-15")) == COUNTED
    with store.read() as connection:
        subjects = connection.execute(select(letter.c.subject).where(letter.c.recipient == address(BINH_AN))).scalars()
        assert list(subjects) == [
            f"Đề nghị xác nhận đầu mối liên hệ năm {year} – UBND xã Bình An" for year in (2026, 2027)
        ]


def test_a_missed_day_is_made_up_for_and_a_whole_month_is_not(office: Office) -> None:
    assert ask_contacts(office, day("2026-03-16")) == 0
    assert ask_contacts(office, day("2027-01-20")) == COUNTED


def test_who_has_confirmed_is_not_asked_and_is_written_to_again(office: Office, store: Store) -> None:
    with store.write() as connection:
        mark_unreachable(connection, address(BINH_AN), day("2026-01-10"))
    confirm_contact(office, address(BINH_AN), day("2026-01-15"))
    assert ask_contacts(office, day("2026-01-16")) == COUNTED - 1
    with store.read() as connection:
        assert BINH_AN.id in load_contacts(connection, day("2026-01-16").date())
    with pytest.raises(InputError):
        confirm_contact(office, "ai-do@example.vn", day("2026-01-15"))


def test_nobody_is_asked_where_the_rules_do_not_say_so(store: Store) -> None:
    fill(store)
    assert ask_contacts(make_office(store), day("2026-01-15")) == 0

"""How much waits and for how long, as figures that name nobody."""

from __future__ import annotations

from tests.factories import BINH_AN, HOA_THANG, arrival, day, fill, make_office, owe, plan_file, plan_row
from tests.fakes import FakeChannel

from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.measures import Measures, measure


def test_an_empty_office_has_nothing_that_waits(store: Store) -> None:
    with store.read() as connection:
        assert measure(connection, day("2023-03-02").date()) == Measures(0, None, 0, None, 0, 0)


def test_what_waits_is_counted_with_the_oldest_of_it(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
    office, came, now = make_office(store, accept_clean=False), day("2023-02-21"), day("2023-03-02")
    unknown = arrival(plan_file(number="99"), None, None, None, key="2")
    collect(office, [FakeChannel([arrival(plan_file(), BINH_AN), unknown])], came)
    remind(office, now)
    with store.read() as connection:
        found = measure(connection, now.date())
    assert found.letters_queued >= 1
    assert found.oldest_letter is not None
    assert (found.backlog, found.oldest_waiting) == (2, day("2023-02-20"))
    assert (found.overdue, found.reports) == (1, 0)

"""The months that were counted on a unit's own site stand in the report from their first day on."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import BINH_AN, HOA_THANG, day, fill

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.lifecycle.compile._months_of_news import published_in
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.publications import save_month

BOTH = [Contribution(unit.id, unit.agency, 1, None, None, None, 0, None, ()) for unit in (HOA_THANG, BINH_AN)]


def counted(store: Store, *codes: str) -> None:
    with store.write() as connection:
        for code in codes:
            seen = day("2023-02-28")
            save_month(connection, PublicationMonth(BINH_AN.id, code, 5, 3, 0, seen, seen))


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2023, 1, 31), ["2023-M01"]),
        (date(2023, 2, 1), ["2023-M01", "2023-M02"]),
        (date(2023, 4, 30), ["2023-M01", "2023-M02", "2023-M03"]),
    ],
)
def test_a_month_is_told_from_its_first_day_and_no_month_outside_the_period(
    store: Store, today: date, months: list[str]
) -> None:
    fill(store)
    counted(store, "2022-M12", "2023-M01", "2023-M02", "2023-M03", "2023-M04")
    with store.read() as connection:
        (told,) = published_in(connection, BOTH, Period.parse("2023-Q1"), today)
    assert (told.unit_id, [month.period for month in told.months]) == (BINH_AN.id, months)


def test_a_unit_without_any_month_is_left_out(store: Store) -> None:
    fill(store)
    with store.read() as connection:
        assert published_in(connection, BOTH, Period.parse("2023-Q1"), date(2023, 4, 30)) == ()

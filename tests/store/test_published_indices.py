"""Published indices: one entry, corrected by a later one, as it was known at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import day, fill

from plan_lifecycle.domain.published_index import PublishedIndex
from plan_lifecycle.store import published_indices as rows
from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.engine import Store

PAPI = PublishedIndex("bt", "papi", 2022, 44.2, 10, 63, date(2023, 4, 12), "UNDP", entered_by="Trần Thị Bình")


def test_a_correction_stands_above_the_first_entry_and_an_earlier_day_still_has_that(store: Store) -> None:
    fill(store)
    mended = replace(PAPI, rank=11)
    with store.write() as connection:
        assert rows.enter(connection, PAPI, day("2023-05-02"))
        assert not rows.enter(connection, PAPI, day("2023-05-03"))
        assert rows.enter(connection, mended, day("2023-05-04"))
        assert rows.enter(connection, replace(PAPI, year=2021, rank=20), day("2023-05-04"))
    with store.read() as connection:
        assert [one.rank for one in rows.entered(connection, "bt", day("2023-05-03"))] == [10]
        now = rows.entered(connection, "bt", day("2023-06-01"))
        until = rows.entered(connection, "bt", day("2023-06-01"), last_year=2021)
    assert [(one.year, one.rank, one.entered_by) for one in now] == [
        (2022, 11, "Trần Thị Bình"),
        (2021, 20, "Trần Thị Bình"),
    ]
    assert [one.year for one in until] == [2021]


def test_the_database_itself_refuses_a_rank_beyond_their_number(store: Store) -> None:
    fill(store)
    with pytest.raises(StoreRefusedError), store.write() as connection:
        rows.enter(connection, replace(PAPI, rank=64), day("2023-05-02"))

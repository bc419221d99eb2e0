"""Scores: every version is kept, the newest counts, and what was said already is no news."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories import day, fill

from plan_lifecycle.domain.appraisal import Entry, Side
from plan_lifecycle.domain.award import Chosen
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.scores import Round, ScoreTable, add, choices, choose, newest, publish, tables

ROUND = Round("communes", 2026)
MORNING = day("2026-12-01")
CLAIM = Entry(Decimal("3.50"), evidence="BC 12", asked=20, done=19, by="xã A", at=MORNING, file="diem.xlsx", place="7")
TABLE = ScoreTable("communes", 2026, "bb", 1, "Trần Thị Lan", MORNING, "", [{"unit": "xã A", "index": "80.00"}])


@pytest.fixture
def units(store: Store) -> Store:
    fill(store)
    return store


def test_what_is_said_next_is_a_version_and_what_is_said_again_is_none(units: Store) -> None:
    more = replace(CLAIM, points=None, applies=False, reason="Không có", asked=None, done=None)
    with units.write() as connection:
        assert [add(connection, ROUND, Side.SELF, {"bb": {"plan": one}}) for one in (CLAIM, CLAIM, more)] == [1, 0, 1]
        assert newest(connection, ROUND, Side.SELF, ["bb"]) == {"bb": {"plan": replace(more, version=2)}}
        assert newest(connection, ROUND, Side.APPRAISED, ["bb"]) == {}
        assert newest(connection, ROUND._replace(year=2025), Side.SELF, ["bb"]) == {}


def test_points_are_kept_as_they_were_given(units: Store) -> None:
    with units.write() as connection:
        add(connection, ROUND, Side.APPRAISED, {"bb": {"plan": CLAIM}})
        assert str(newest(connection, ROUND, Side.APPRAISED, ["bb"])["bb"]["plan"].points) == "3.50"


def test_a_version_of_a_table_is_published_once(units: Store) -> None:
    with units.write() as connection:
        assert [publish(connection, one) for one in (TABLE, TABLE, replace(TABLE, version=2))] == [True, False, True]
        assert [one.version for one in tables(connection, ROUND, "bb")] == [2, 1]


def test_the_newest_decision_about_an_award_counts(units: Store) -> None:
    out, back = Chosen(False, "Trần Thị Lan", "Chưa có sáng kiến"), Chosen(True, "Trần Thị Lan", "Đã bổ sung")
    with units.write() as connection:
        assert [choose(connection, "merit", "2026", ["bb"], one, MORNING) for one in (out, out, back)] == [1, 0, 1]
        assert choices(connection, "merit", "2026", ["bb"]) == {"bb": back}
        assert choices(connection, "merit", "2022-2025", ["bb"]) == {}

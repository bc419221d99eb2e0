"""A verb's day is noted before it writes; a typed one is on the trail by name, an old one only where it is meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import WALL, day

from plan_lifecycle.domain.clock import LOCAL, ClockError, TypedDay
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office import begin_by_the_clock, begin_day, moment_now
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.worked import clock_day, newest_day, note_clock

NEWEST, OLD = "2023-02-20", "2023-02-18"


def begin(store: Store, on: str, *, by: str = "", again: bool = False, run: str | None = None) -> None:
    """Begin at the day; with a name it was typed."""
    typed = TypedDay(date.fromisoformat(on), by, "remind", again, run, "as_of", "again", "chọn")
    begin_day(store, day(on), wall=WALL, typed=typed if by else None)


def trail(store: Store) -> list[audit.Act]:
    with store.read() as connection:
        return audit.newest(connection, 50)


def newest(store: Store) -> str | None:
    with store.read() as connection:
        found = newest_day(connection)
    return found.isoformat() if found else None


def test_the_first_typed_day_of_a_store_needs_nothing(store: Store) -> None:
    begin(store, OLD, by="an")
    (act,) = trail(store)
    assert (act.by, act.act, act.at) == ("an", "type_day", WALL)
    assert act.details == {"day": OLD, "newest": None, "again": False, "what": "remind", "run": None}


def test_an_old_day_is_refused_and_leaves_no_trace(store: Store) -> None:
    begin(store, NEWEST)
    with pytest.raises(InputError, match=f"{OLD}.*{NEWEST}"):
        begin(store, OLD, by="an")
    assert trail(store) == []
    assert newest(store) == NEWEST


def test_an_old_day_that_is_meant_is_on_the_trail_and_moves_nothing_back(store: Store) -> None:
    begin(store, NEWEST)
    begin(store, OLD, by="an", again=True)
    (act,) = trail(store)
    assert (act.details["day"], act.details["newest"], act.details["again"]) == (OLD, NEWEST, True)
    assert newest(store) == NEWEST


def test_a_runs_own_date_is_never_refused_and_not_on_the_trail(store: Store) -> None:
    """A retry, a cleared task, a missed schedule that is caught up."""
    begin(store, NEWEST)
    begin(store, OLD)
    assert trail(store) == []


def test_the_tasks_of_a_run_are_one_typing_also_when_they_are_cleared_days_later(store: Store) -> None:
    begin(store, OLD, by="an", run="remind/1")
    begin(store, OLD, by="an", run="remind/1")
    begin(store, NEWEST)
    begin(store, OLD, by="an", run="remind/1")
    assert len(trail(store)) == 1
    with pytest.raises(InputError):
        begin(store, OLD, by="an", run="remind/2")


def test_a_day_that_lies_ahead_of_the_clock_is_noted_as_today(store: Store) -> None:
    """A run that was made for later must not make today an old day."""
    begin(store, "2027-01-04")
    assert newest(store) == WALL.date().isoformat()


def test_a_page_of_a_played_year_is_at_its_newest_day_and_at_the_clocks_otherwise(store: Store) -> None:
    assert moment_now(store, wall=WALL, played=True) == WALL
    begin_day(store, day("2027-01-04"), wall=day("2027-01-04"))
    begin(store, OLD)
    assert moment_now(store, wall=WALL, played=True) == day("2027-01-04")
    assert moment_now(store, wall=WALL, played=False) == WALL


def by_the_clock(store: Store, *, ahead: timedelta = timedelta(0), typed: date | None = None) -> None:
    """Begin as a run does, at a clock that may be wrong."""
    wall = datetime.now(UTC) + ahead
    day_typed = TypedDay(typed, "an", "remind", False, None, "as_of", "again", "chọn") if typed else None
    begin_by_the_clock(store, day(typed.isoformat()) if typed else wall, wall=wall, typed=day_typed)


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_is_days_from_the_databases_is_refused_and_leaves_no_trace(store: Store, days: int) -> None:
    with pytest.raises(ClockError):
        by_the_clock(store, ahead=timedelta(days=days))
    with store.read() as connection:
        assert (clock_day(connection), newest_day(connection)) == (None, None)


def test_a_clock_that_leapt_is_refused_until_somebody_types_its_day(store: Store) -> None:
    """The database's clock leaps with it where both are on one machine."""
    today = datetime.now(LOCAL).date()
    with store.write() as connection:
        note_clock(connection, today - timedelta(days=40))
    for typed in (None, today - timedelta(days=39)):
        with pytest.raises(ClockError):
            by_the_clock(store, typed=typed)
    assert newest(store) is None
    by_the_clock(store, typed=today)
    by_the_clock(store)
    with store.read() as connection:
        assert clock_day(connection) == today


def test_the_first_run_has_no_day_to_compare_and_its_own_is_kept(store: Store) -> None:
    by_the_clock(store)
    with store.read() as connection:
        assert clock_day(connection) == datetime.now(LOCAL).date()

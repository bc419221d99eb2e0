"""The business day of a run: typed by somebody, carried by what woke it, or its own date, which is never refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.databases import migrated_copy
from tests.factories import day

from plan_lifecycle import airflow_day
from plan_lifecycle.domain.clock import LOCAL, ClockError
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.cascade import WaitingPlan
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.worked import note_clock

NOW = datetime.now(UTC)
Run = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    yield opened
    opened.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Let the wiring see a run: what was typed, its own date, what woke it."""

    def seen(typed: dict[str, Any], run_after: datetime = NOW, woken_at: tuple[str, ...] = (), name: str = "1") -> None:
        dag_run = SimpleNamespace(
            dag_id="remind_deadlines",
            run_id=name,
            run_after=run_after,
            triggering_user_name="thanh.nguyen",
            consumed_asset_events=[SimpleNamespace(extra={"business_moment": at}) for at in woken_at],
        )
        context = {"params": {"as_of": None, "again": False} | typed, "dag_run": dag_run}
        monkeypatch.setattr("plan_lifecycle.airflow_day.get_current_context", lambda: context)

    return seen


def tomorrow() -> str:
    return (datetime.now(LOCAL) + timedelta(days=1)).date().isoformat()


def trail(store: Store) -> list[audit.Act]:
    with store.read() as connection:
        return audit.newest(connection, 50)


def test_a_typed_day_after_today_is_refused_in_words_of_the_field(run: Run, store: Store) -> None:
    run({"as_of": tomorrow()})
    with pytest.raises(InputError) as refused:
        airflow_day.begin_run(store)
    assert "sau ngày hôm nay" in refused.value.for_user


def test_a_run_of_a_clock_that_leapt_is_refused_until_somebody_types_the_day_in_its_form(
    run: Run, store: Store
) -> None:
    """Everybody would be written to as late; once the day is typed, runs of their own go on."""
    with store.write() as connection:
        note_clock(connection, datetime.now(LOCAL).date() - timedelta(days=40))
    run({})
    with pytest.raises(ClockError):
        airflow_day.begin_run(store)
    run({"as_of": datetime.now(LOCAL).date().isoformat()}, name="2")
    airflow_day.begin_run(store)
    run({}, name="3")
    airflow_day.begin_run(store)


def test_a_typed_day_before_the_newest_worked_is_refused_and_both_are_named_and_the_box_to_tick(
    run: Run, store: Store
) -> None:
    run({})
    airflow_day.begin_run(store)
    run({"as_of": "2023-02-20"}, name="2")
    with pytest.raises(InputError) as refused:
        airflow_day.begin_run(store)
    today = NOW.astimezone(LOCAL)
    assert all(said in refused.value.for_user for said in ("20/02/2023", f"{today:%d/%m/%Y}", "“Chạy lại ngày cũ”"))
    assert all(said in str(refused.value) for said in ("2023-02-20", f"{today:%Y-%m-%d}", "again"))
    assert trail(store) == []


def test_with_the_box_ticked_it_works_and_the_login_is_on_the_trail_once(run: Run, store: Store) -> None:
    """However many tasks the run has."""
    run({})
    airflow_day.begin_run(store)
    run({"as_of": "2023-02-20", "again": True}, name="2")
    assert airflow_day.begin_run(store) == airflow_day.begin_run(store) == day("2023-02-20")
    (act,) = trail(store)
    assert (act.by, act.details["what"], act.details["day"]) == ("thanh.nguyen", "remind_deadlines", "2023-02-20")
    assert act.details["run"] == "remind_deadlines/2"


def test_a_typed_run_that_is_cleared_on_a_later_day_is_the_same_run(run: Run, store: Store) -> None:
    run({"as_of": "2023-02-20"}, name="1")
    airflow_day.begin_run(store)
    run({}, name="2")
    airflow_day.begin_run(store)
    run({"as_of": "2023-02-20"}, name="1")
    assert airflow_day.begin_run(store) == day("2023-02-20")


def test_a_played_year_may_lie_anywhere(run: Run, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_SIMULATION", "true")
    for typed in (tomorrow(), "2023-02-20"):
        run({"as_of": typed})
        assert airflow_day.begin_run(store).date().isoformat() == typed
    assert trail(store) == []


def test_a_run_of_a_played_year_without_a_typed_day_works_at_its_newest_day(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A visitor of the demo sets a DAG off: nobody becomes late by the years up to the wall clock."""
    monkeypatch.setenv("PLAN_LIFECYCLE_SIMULATION", "true")
    for typed in ("2023-02-20", "2023-02-21", "2023-02-20"):
        run({"as_of": typed})
        airflow_day.begin_run(store)
    run({})
    assert airflow_day.begin_run(store) == day("2023-02-21")


def test_a_runs_own_date_is_never_refused(run: Run, store: Store) -> None:
    """A retry, a missed schedule that is caught up; a clock that is a little behind is Airflow's affair."""
    for own in (NOW + timedelta(days=2), NOW - timedelta(days=400)):
        run({}, own)
        assert airflow_day.begin_run(store) == own


def test_what_a_replay_wakes_works_at_the_replays_moment(run: Run, store: Store) -> None:
    """Nobody typed its day, so nobody is asked for a box to tick."""
    run({})
    airflow_day.begin_run(store)
    run({}, woken_at=("2023-02-20T08:00:00+07:00",))
    assert airflow_day.begin_run(store) == day("2023-02-20")
    assert trail(store) == []


def test_a_day_that_is_typed_holds_before_one_that_is_carried(run: Run, store: Store) -> None:
    run({"as_of": "2023-02-21"}, woken_at=("2023-02-20T08:00:00+07:00",))
    assert airflow_day.moments(store) == [day("2023-02-21")]


def test_a_replay_and_today_that_wake_one_run_stay_apart(run: Run, store: Store) -> None:
    """Each plan is worked at by the first of the moments that knew it."""
    run({}, woken_at=("2023-03-01T09:15:00+07:00", "2023-02-20T08:00:00+07:00", "2023-03-01T09:00:00+07:00"))
    assert [at.isoformat() for at in airflow_day.moments(store)] == [
        "2023-02-20T08:00:00+07:00",
        "2023-03-01T09:15:00+07:00",
    ]
    plans = [WaitingPlan(number, "", day(on)) for number, on in enumerate(("2023-02-20", "2023-02-25", "2023-03-02"))]
    assert [item["at"][:10] for item in airflow_day.at_their_moments(store, plans)] == [
        "2023-02-20",
        "2023-03-01",
        "2023-03-01",
    ]

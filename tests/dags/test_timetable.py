"""The working-day timetable: next morning by the calendar of the reminders, once, whatever was missed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pendulum
import pytest
from tests.databases import migrated_copy

from plan_lifecycle import airflow_timetable as timetables
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.setting_changes import change


def moment(text: str) -> Any:
    return pendulum.instance(datetime.fromisoformat(text).replace(tzinfo=LOCAL))


def following(
    monkeypatch: pytest.MonkeyPatch,
    *,
    now: str,
    last: str | None = None,
    latest: str | None = None,
    catchup: bool = False,
) -> str | None:
    from airflow.timetables.base import DataInterval, TimeRestriction

    monkeypatch.setattr(timetables, "_wall", lambda: moment(now))
    interval = DataInterval.exact(moment(last)) if last else None
    restriction = TimeRestriction(None, moment(latest) if latest else None, catchup)
    info = timetables.WorkingDay().next_dagrun_info(last_automated_data_interval=interval, restriction=restriction)
    if info is None:
        return None
    assert info.run_after == info.data_interval.end
    return info.run_after.in_timezone("Asia/Ho_Chi_Minh").format("YYYY-MM-DDTHH:mm")


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        ("2023-02-23T07:30", "2023-02-23T07:31", "2023-02-24T07:30"),
        ("2023-02-24T07:30", "2023-02-24T08:00", "2023-02-27T07:30"),  # over a weekend
        ("2023-01-19T07:30", "2023-01-19T08:00", "2023-01-27T07:30"),  # over Tết
        ("2026-01-08T07:30", "2026-01-09T08:00", "2026-01-09T07:30"),  # back at eight: this morning is made up for
        ("2026-01-09T07:30", "2026-01-09T08:00", "2026-01-10T07:30"),  # a Saturday worked by the notice
        ("2026-08-28T07:30", "2026-08-28T08:00", "2026-09-03T07:30"),  # a Monday off by the notice, then 1 and 2/9
        ("2023-02-20T07:30", "2023-02-24T10:00", "2023-02-24T07:30"),  # four mornings missed: one run
        ("2023-02-20T07:30", "2023-02-24T22:00", "2023-02-27T07:30"),  # not at night
        ("2023-02-20T07:30", "2023-02-25T10:00", "2023-02-27T07:30"),  # not on a Saturday
        (None, "2023-02-23T09:00", "2023-02-24T07:30"),
    ],
)
def test_the_next_run_is_the_next_working_morning(
    monkeypatch: pytest.MonkeyPatch, last: str | None, now: str, expected: str
) -> None:
    assert following(monkeypatch, now=now, last=last) == expected


def test_catching_up_gives_every_morning_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert following(monkeypatch, now="2023-03-01T09:00", last="2023-02-20T07:30", catchup=True) == "2023-02-21T07:30"


def test_nothing_runs_after_the_end_of_a_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    last = "2023-02-24T07:30"
    assert following(monkeypatch, now="2023-02-24T09:00", last=last, latest="2023-02-26T00:00") is None


def test_it_says_in_vietnamese_when_it_runs_and_comes_back_from_json() -> None:
    timetable = timetables.WorkingDay(8, 5)
    assert timetable.summary == "08:05 các ngày làm việc"
    again = timetables.WorkingDay.deserialize(json.loads(json.dumps(timetable.serialize())))
    assert again.summary == timetable.summary
    at = moment("2023-02-24T10:00")
    assert timetable.infer_manual_data_interval(run_after=at).end == at


def test_the_plugin_registers_it() -> None:
    import importlib.util

    path = Path(__file__).parents[2] / "plugins" / "plan_lifecycle_plugin.py"
    spec = importlib.util.spec_from_file_location("plan_lifecycle_plugin", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PlanLifecyclePlugin.timetables == [timetables.WorkingDay]


def test_days_that_were_swapped_on_the_board_count_and_a_store_that_does_not_answer_leaves_the_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path))
    friday = {"now": "2023-02-24T08:00", "last": "2023-02-24T07:30"}
    assert following(monkeypatch, **friday) == "2023-02-27T07:30"
    database = migrated_copy(tmp_path / "plan_lifecycle.db")
    value = '{"notice": "Làm bù", "working_days": ["2023-02-25"]}'
    store = open_store(database, tmp_path / "blobs", durable=False)
    with store.write() as connection:
        change(connection, "calendar.years.2023", value, by="Hoa", reason="Làm bù", at=moment("2023-02-01T08:00"))
        change(connection, "cascade.phone", "not: [yaml", by="Hoa", reason="x", at=moment("2023-02-01T08:00"))
    store.close()
    assert following(monkeypatch, **friday) == "2023-02-25T07:30"
    (tmp_path / "plan_lifecycle.db").write_bytes(b"no database")
    assert following(monkeypatch, **friday) == "2023-02-27T07:30"

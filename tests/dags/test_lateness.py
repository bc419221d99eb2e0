"""When a run of ours is late: every DAG has a deadline whose callback Airflow can find, and it says which run."""

from __future__ import annotations

import asyncio
from importlib import import_module

import pytest
from tests.factories import ROOT

from plan_lifecycle.airflow_lateness import LATE_AFTER, deadlines, tell


def test_the_triggerer_finds_what_it_is_to_call_in_the_package() -> None:
    (alert,) = deadlines()
    module, _, name = alert.callback.path.rpartition(".")
    assert getattr(import_module(module), name) is tell
    assert alert.interval == LATE_AFTER


def test_it_says_which_run_is_late(caplog: pytest.LogCaptureFixture) -> None:
    asyncio.run(tell(context={"dag_run": {"dag_id": "remind_deadlines", "dag_run_id": "scheduled__2026-02-20"}}))
    assert "remind_deadlines scheduled__2026-02-20 chưa xong sau 60 phút" in caplog.text


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.stem)
def test_every_dag_has_it(path) -> None:  # type: ignore[no-untyped-def]
    assert "deadline=airflow_lateness.deadlines()," in path.read_text(encoding="utf-8")

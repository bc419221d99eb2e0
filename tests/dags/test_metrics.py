"""Figures of ours go where Airflow's go, and nowhere where nothing is set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.observability import stats
from tests.databases import migrated_copy
from tests.factories import day, fill, make_office, owe, plan_row

from plan_lifecycle import airflow_metrics
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.database import StoreBusyError
from plan_lifecycle.store.engine import Store, open_store

NOW = day("2023-03-02")


class Backend:
    """What StatsD or OpenTelemetry would be told."""

    def __init__(self) -> None:
        self.told: dict[str, float] = {}

    def incr(self, stat: str, count: int = 1, *_: Any, **__: Any) -> None:
        self.told[stat] = self.told.get(stat, 0) + count

    def gauge(self, stat: str, value: float, *_: Any, **__: Any) -> None:
        self.told[stat] = value


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    yield opened
    opened.close()


@pytest.fixture
def backend() -> Iterator[Backend]:
    made = Backend()
    stats.initialize(factory=lambda: made, export_legacy_names=True)  # type: ignore[arg-type,return-value]
    yield made
    from airflow.sdk._shared.observability.metrics.base_stats_logger import NoStatsLogger

    stats.initialize(factory=NoStatsLogger, export_legacy_names=True)


def test_what_was_sent_and_what_waits_is_told(store: Store, backend: Backend) -> None:
    fill(store)
    owe(store, plan_id=plan_row(store))
    remind(make_office(store), NOW)
    airflow_metrics.count("letters.sent", 3)
    airflow_metrics.count("letters.sent", 2)
    airflow_metrics.count("letters.failed", 0)
    airflow_metrics.tell_standing(store, day("2023-03-03"))
    assert backend.told["plan_lifecycle.letters.sent"] == 5
    assert "plan_lifecycle.letters.failed" not in backend.told
    assert backend.told["plan_lifecycle.letters.queued"] >= 1
    assert backend.told["plan_lifecycle.letters.oldest_queued_seconds"] == 86_400
    assert backend.told["plan_lifecycle.obligations.overdue"] == 1
    assert backend.told["plan_lifecycle.backlog"] == backend.told["plan_lifecycle.backlog.oldest_waiting_seconds"] == 0


def test_figures_that_cannot_be_had_stop_nothing(
    store: Store, backend: Backend, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(_: object) -> None:
        raise StoreBusyError("refused")

    monkeypatch.setattr(Store, "read", gone)
    airflow_metrics.tell_standing(store, NOW)
    assert backend.told == {}
    assert "no figures: refused" in caplog.text

"""The business day of a run: what somebody typed lies not after today; a run's own date is never refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowFailException

from plan_lifecycle import airflow_wiring as wiring
from plan_lifecycle.domain.clock import LOCAL


def run_of(patched: pytest.MonkeyPatch, as_of: str | None, run_after: datetime) -> None:
    """Let the wiring see a run with this parameter and date."""
    context = {"params": {"as_of": as_of}, "dag_run": SimpleNamespace(run_after=run_after)}
    patched.setattr(wiring, "get_current_context", lambda: context)


def tomorrow() -> str:
    return (datetime.now(LOCAL) + timedelta(days=1)).date().isoformat()


def test_a_typed_day_after_today_fails_at_once_in_words_of_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    run_of(monkeypatch, tomorrow(), datetime.now(UTC))
    with pytest.raises(AirflowFailException, match="sau ngày hôm nay"):
        wiring.business_now()


def test_a_played_year_may_lie_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_SIMULATION", "true")
    run_of(monkeypatch, tomorrow(), datetime.now(UTC))
    assert wiring.business_now().date().isoformat() == tomorrow()


def test_a_runs_own_date_is_never_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is a little behind, or a run that was made for later, is Airflow's affair."""
    ahead = datetime.now(UTC) + timedelta(days=2)
    run_of(monkeypatch, None, ahead)
    assert wiring.business_now() == ahead

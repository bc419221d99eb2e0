"""Figures of ours beside Airflow's own, by the way that Airflow sends its: StatsD or OpenTelemetry, as it is set.

Where neither is on, or no Airflow is there, nothing happens. A figure that cannot be sent stops no task.
"""

from __future__ import annotations

import logging
from datetime import datetime

from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.measures import measure

PREFIX = "plan_lifecycle"
log = logging.getLogger(__name__)


def count(name: str, number: int) -> None:
    """Add to a figure that only grows: ``letters.sent``, ``letters.failed``, ``arrivals``, ``reports``."""
    if number:
        _stats("incr", name, number)


def tell_standing(store: Store, now: datetime) -> None:
    """Say how much waits now, and for how many seconds the oldest of it has."""
    try:
        with store.read() as connection:
            found = measure(connection, now.date())
    except StoreError as error:
        log.warning("no figures: %s", error)
        return
    _stats("gauge", "letters.queued", found.letters_queued)
    _stats("gauge", "letters.oldest_queued_seconds", _age(found.oldest_letter, now))
    _stats("gauge", "backlog", found.backlog)
    _stats("gauge", "backlog.oldest_waiting_seconds", _age(found.oldest_waiting, now))
    _stats("gauge", "obligations.overdue", found.overdue)
    _stats("gauge", "reports.compiled", found.reports)


def _age(since: datetime | None, now: datetime) -> int:
    return max(0, int((now - since).total_seconds())) if since else 0


def _stats(verb: str, name: str, value: int) -> None:
    try:
        from airflow.sdk.observability import stats
    except ImportError:
        return
    getattr(stats, verb)(f"{PREFIX}.{name}", value)

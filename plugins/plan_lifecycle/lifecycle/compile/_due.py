"""When a report is compiled: on the working day after its units' last day, and again when papers change it.

The last day of the communes of huyện Bắc Bình is Friday 16/6: their report is compiled on Monday 19/6, never on a rest
day. A paper that comes, or is withdrawn, afterwards has it compiled again on the next working morning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.reports import StoredReport

WATCHED = timedelta(days=400)
"""How long a compiled report follows its papers by itself: until that of the next year is compiled. What is older is
compiled again when a person asks."""

TRIED = timedelta(days=7)
"""How long a report of which nothing was accepted is tried: somebody has to hear of it even if a morning was missed."""


class DueReport(NamedTuple):
    """A report to be compiled: whose, by id and by name, and of which period."""

    unit_id: str
    unit: str
    period: str


def reports_due(office: Office, now: datetime) -> list[DueReport]:
    """Every report to be compiled on this day, feeders first: whose day has come, and whose papers have changed.

    None on a rest day. One of which nothing was accepted is tried for a week, and later when something is.
    """
    today, calendar = now.date(), office.rules.calendar
    if not calendar.is_working(today):
        return []
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, today)
        done = report_rows.compiled(connection)
        watched = report_rows.newest_since(connection, now - WATCHED)
        passed = [
            (unit_id, period, today - compile_day(last_day, calendar) < TRIED)
            for unit_id, period, last_day in obligation_rows.aggregators(connection, Item.REPORT.value)
            if last_day < today and unit_id in tree
        ]
        return [
            DueReport(unit_id, tree[unit_id].agency, period)
            for unit_id, period, tried in passed
            if ((unit_id, period) not in done and (tried or _anything(connection, unit_id, period)))
            or ((known := watched.get((unit_id, period))) is not None and changed_since(connection, known))
        ]


def compile_day(last_day: date, calendar: WorkingCalendar) -> date:
    """The working day after the last day."""
    return calendar.on_or_after(last_day + timedelta(days=1))


def changed_since(connection: Connection, known: StoredReport) -> bool:
    """Whether what is accepted now is not what a report was compiled from, or a signed paper came for its figures."""
    owed = obligation_rows.owed_to(connection, known.unit_id, Item.REPORT.value, known.period)
    accepted = submission_rows.accepted(connection, [obligation.id for obligation in owed])
    sources = report_rows.sources(connection, known.id)
    taken = {row["obligation_id"]: row["submission_id"] for row in sources}
    late = {row["obligation_id"]: row["days_late"] for row in sources if row["days_late"]}
    extended = any(of in accepted and accepted[of].days_late != days for of, days in late.items())
    papers = {obligation_id: sent.id for obligation_id, sent in accepted.items()}
    return extended or _papers_changed(owed, taken, papers) or _signed(owed, taken, known)


def _anything(connection: Connection, unit_id: str, period: str) -> bool:
    owed = obligation_rows.owed_to(connection, unit_id, Item.REPORT.value, period)
    return bool(submission_rows.accepted(connection, [obligation.id for obligation in owed]))


def _papers_changed(owed: Sequence[Obligation], taken: Mapping[int, int | None], accepted: Mapping[int, int]) -> bool:
    """Whether what is accepted is not what the report was compiled from.

    A unit that owes it under two plans is in the report with one of them, and so with one paper.
    """
    unit_of = {obligation.id: obligation.unit_id for obligation in owed}
    if any(accepted.get(obligation_id) != sent for obligation_id, sent in taken.items()):
        return True
    inside = {unit_of[obligation_id] for obligation_id in taken if obligation_id in unit_of}
    full = {unit_of[obligation_id] for obligation_id, sent in taken.items() if sent and obligation_id in unit_of}
    return any(
        obligation.unit_id not in inside or (obligation.id in accepted and obligation.unit_id not in full)
        for obligation in owed
    ) or any(obligation_id not in unit_of for obligation_id in taken)


def _signed(owed: Sequence[Obligation], taken: Mapping[int, int | None], known: StoredReport) -> bool:
    """Whether a signed paper came for figures that were still waiting for theirs."""
    awaited = set(known.summary.get("unsigned", ()))
    return any(
        taken.get(obligation.id) and obligation.id in awaited and obligation.state is ObligationState.MET
        for obligation in owed
    )

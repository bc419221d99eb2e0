"""The months of news of units: how much each published, beside what the plan asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.state_words import MONTH_WORDS
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store import units as unit_rows


@dataclass(frozen=True, slots=True)
class NewsMonth:
    """One unit's month of news; ``verdict`` is in words, ``why`` what stood in the way of looking."""

    unit_id: str
    unit: str
    month: str
    count: int | None
    quota: int | None
    undated: int
    verdict: str
    checked_at: datetime
    final: bool
    why: str | None


def news_months(office: Office, now: datetime, *, year: int, unit_id: str | None = None) -> list[NewsMonth]:
    """The months of news of a year that were looked at, of units that may be seen, in order of unit and month."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        units = [unit_id] if unit_id is not None else [unit.id for unit in tree.units]
        seen = [unit for unit in units if office.sight.has(unit)]
        codes = [month.code for month in Period(year, PeriodKind.YEAR, 1).parts(PeriodKind.MONTH)]
        months = publication_rows.months(connection, seen, codes)
        tree = unit_rows.with_former(connection, tree, sorted({month.unit_id for month in months}))
    named = [(tree.called(month.unit_id), month) for month in months]
    return [_month(unit, month) for unit, month in sorted(named, key=lambda one: (one[0], one[1].period))]


def _month(unit: str, one: PublicationMonth) -> NewsMonth:
    return NewsMonth(
        one.unit_id, unit, Period.parse(one.period).label, one.count, one.quota, one.undated,
        MONTH_WORDS[one.verdict], one.checked_at, one.final_at is not None, one.why,
    )  # fmt: skip

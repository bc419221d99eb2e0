"""Counting what units have published: the month's items of their columns, held against the quota.

UBND xã Bình An owes "ít nhất 05 tin, bài/tháng"; its columns have shown six in March, so that month is met and the six
links are kept as evidence, also the one that is gone by now. A site that cannot be reached is not zero: it is named,
and nothing is concluded. Some days after its end a month is final.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from plan_lifecycle.config.sources import Sources
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import (
    MonthVerdict,
    PublicationMonth,
    first_day,
    is_final,
    months_to_check,
)
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.publications._news_pages import Looked, look, note_items, remembered
from plan_lifecycle.lifecycle.publications._quota import (
    Owing,
    Quota,
    QuotasOfPlans,
    close_unchecked,
    keep_count,
    owed_month,
    owing,
)
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection

AT_ONCE = 8
"""Sites that are asked at the same time."""
UNKNOWN_UNIT = "chưa có đơn vị này"
NO_QUOTA = "chưa rõ chỉ tiêu: kế hoạch không nêu một số tin, bài/tháng; đề nghị ghi quota trong cấu hình"


@dataclass(frozen=True, slots=True)
class Counted:
    """One unit's month. ``count`` is None where no column was ever reached (``why``): that is not zero.

    ``met`` is None where nothing can be concluded; ``reached`` says whether all columns could be read this time.
    ``undated`` items name no day and are not counted; ``links`` are the evidence, ``gone`` those of them that stand
    there no more. ``obligation`` is None where the unit owes nothing that month; a ``final`` month changes no more.
    """

    unit_id: str
    unit: str
    period: str
    quota: int | None
    count: int | None
    met: bool | None
    undated: int
    links: tuple[str, ...]
    obligation: str | None
    why: str | None = None
    reached: bool = False
    gone: tuple[str, ...] = ()
    final: bool = False


@dataclass(frozen=True)
class _Round:
    """What one run works with; ``stored`` are the months as they were before it."""

    office: Office
    sources: Sources
    now: datetime
    months: tuple[Period, ...]
    quotas: QuotasOfPlans
    stored: Mapping[tuple[str, str], PublicationMonth]

    def final(self, unit_id: str, month: Period) -> bool:
        """Whether the unit's month changes no more."""
        known = self.stored.get((unit_id, month.code))
        return known is not None and known.final_at is not None

    def to_count(self, unit_id: str) -> list[Period]:
        """The months of a unit that are to be counted, the oldest first."""
        return [period for period in self.months if not self.final(unit_id, period)]


def check_publications(office: Office, sources: Sources, now: datetime, month: Period | None = None) -> list[Counted]:
    """Count the months of every unit that are not final; one site that is down stops no other.

    With ``month`` that one alone, however long ago, unless it is final: then it is told as it is, and nobody is asked.
    """
    today = now.astimezone(LOCAL).date()
    months = (month,) if month else months_to_check(today, sources.final_after)
    columns = sources.columns()
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, today)
        known = {unit_id: remembered(connection, unit_id, found) for unit_id, found in columns.items()}
        stored = publication_rows.months(connection, list(columns), [period.code for period in months])
    this = _Round(office, sources, now, months, QuotasOfPlans(office), {(e.unit_id, e.period): e for e in stored})

    def ask(unit_id: str) -> Looked:
        months_of_unit = this.to_count(unit_id) if unit_id in tree else []
        since = min(map(first_day, months_of_unit), default=today)
        return look(columns[unit_id] if months_of_unit else (), sources, known[unit_id], since, now)

    counted: list[Counted] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for unit_id, looked in zip(columns, pool.map(ask, columns), strict=True):
            counted += _noted(this, tree.get(unit_id), unit_id, tree, looked)
    if month is None:
        _finish(office, sources, now)
    return counted


def _noted(this: _Round, unit: Unit | None, unit_id: str, tree: UnitTree, looked: Looked) -> list[Counted]:
    """Keep what a unit's columns showed, and what it comes to in each month."""
    if unit is None:
        quota = this.sources.quota_of(unit_id)
        return [
            Counted(unit_id, unit_id, month.code, quota, None, None, 0, (), None, UNKNOWN_UNIT) for month in this.months
        ]
    with this.office.store.write() as connection:
        if looked.columns:
            note_items(connection, unit_id, looked, min(map(first_day, this.to_count(unit_id))), this.now)
        months = [
            this.stored[unit_id, month.code]
            if this.final(unit_id, month)
            else _month(connection, this, unit, looked, month)
            for month in this.months
        ]
        return [_counted(connection, tree.named(unit), counted) for counted in months]


def _month(connection: Connection, this: _Round, unit: Unit, looked: Looked, month: Period) -> PublicationMonth:
    """Bring the unit's month up to date, with its obligation."""
    before = next(iter(publication_rows.months(connection, [unit.id], [month.code])), None)
    if before is not None and (before.checked_at > this.now or before.final_at is not None):
        return before
    under = owing(connection, unit.id, month)
    quota = _quota(connection, this, unit.id, under)
    seen = looked.reached or (before is not None and before.count is not None)
    items = publication_rows.month_items(connection, unit.id, month.code) if seen else []
    found = PublicationMonth(
        unit_id=unit.id,
        period=month.code,
        quota=quota.items if quota else None,
        count=len(items) if seen else None,
        undated=publication_rows.count_undated(connection, unit.id, this.now),
        checked_at=this.now,
        reached_at=this.now if not looked.faults else before.reached_at if before else None,
        why="; ".join(looked.faults) or None,
        obligation_id=before.obligation_id if before else None,
    )
    if quota is not None and under is not None:
        owed = owed_month(connection, this.office, unit, under, quota, month, this.now)
        if seen:
            keep_count(connection, this.office, owed, quota.items, items, this.now)
        found = replace(found, obligation_id=owed.id)
    publication_rows.save_month(connection, found)
    return found


def _quota(connection: Connection, this: _Round, unit_id: str, under: Owing | None) -> Quota | None:
    """What is asked of the unit: by the configuration, else by the plan that it owes under."""
    planned = this.quotas.of(connection, under.plan) if under else None
    configured = this.sources.quota_of(unit_id)
    if configured is None or (planned and planned.items == configured):
        return planned
    return Quota(configured, f"Đăng ít nhất {configured:02} tin, bài/tháng.")


def _counted(connection: Connection, name: str, found: PublicationMonth) -> Counted:
    """The month as it is told."""
    items = publication_rows.month_items(connection, found.unit_id, found.period) if found.count is not None else []
    verdicts: Mapping[MonthVerdict, bool] = {MonthVerdict.MET: True, MonthVerdict.SHORT: False}
    return Counted(
        unit_id=found.unit_id,
        unit=name,
        period=found.period,
        quota=found.quota,
        count=found.count,
        met=verdicts.get(found.verdict),
        undated=found.undated,
        links=tuple(item.link for item in items),
        obligation=f"O{found.obligation_id}" if found.obligation_id else None,
        why=found.why or (NO_QUOTA if found.quota is None else None),
        reached=found.why is None,
        gone=tuple(item.link for item in items if found.reached_at and item.last_seen_at < found.reached_at),
        final=found.final_at is not None,
    )


def _finish(office: Office, sources: Sources, now: datetime) -> None:
    """Make months final whose time is over; one that could not be checked is charged to nobody."""
    today = now.astimezone(LOCAL).date()
    with office.store.read() as connection:
        waiting = publication_rows.unfinished(connection)
    for month in waiting:
        if is_final(Period.parse(month.period), today, sources.final_after):
            with office.store.write() as connection:
                publication_rows.save_month(connection, replace(month, final_at=now))
                if month.obligation_id and month.verdict is MonthVerdict.UNCHECKED:
                    close_unchecked(connection, month.obligation_id, month.why, now)

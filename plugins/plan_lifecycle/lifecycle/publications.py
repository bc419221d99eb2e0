"""Counting what units have published: the month's items of each column, held against the quota.

UBND xã Bình An owes "ít nhất 05 tin, bài/tháng"; its column shows six in March, so that month is met and the six links
are kept as evidence. A site that cannot be reached is not zero: it is named, and nothing is concluded.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from plan_lifecycle.channels import ChannelError
from plan_lifecycle.channels.fetch import Allowed, Web
from plan_lifecycle.channels.publications import Item as Published
from plan_lifecycle.channels.publications import feed_items, page_items
from plan_lifecycle.config.sources import Source, Sources
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import RELEASED, Basis, Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.domain.submission import Arrival, ArrivalState, Submission, SubmissionState
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import BY_RULE
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import audit
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.submission_files import Part

CHANNEL = "publications"
INDICATOR = "news_items"
MAX_PAGE = 4 * 1024 * 1024
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Counted:
    """One unit's month. ``count`` is None where the site could not be reached or read (``why``): that is not zero.

    ``undated`` items name no day and are not counted; ``links`` are the evidence. ``obligation`` is None where the unit
    owes nothing that year.
    """

    unit_id: str
    unit: str
    period: str
    quota: int
    count: int | None
    met: bool | None
    undated: int
    links: tuple[str, ...]
    obligation: str | None
    why: str | None = None


def month_to_check(now: datetime) -> Period:
    """The calendar month of yesterday: on the first of a month the whole of the month before."""
    day = now.astimezone(LOCAL).date() - timedelta(days=1)
    return Period(day.year, PeriodKind.MONTH, day.month)


def check_publications(office: Office, sources: Sources, now: datetime, month: Period | None = None) -> list[Counted]:
    """Count every unit's month; one site that is down stops no other."""
    month = month or month_to_check(now)
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    return [_check(office, tree, sources, each, month, now) for each in sources.publications]


def _check(office: Office, tree: UnitTree, sources: Sources, source: Source, month: Period, now: datetime) -> Counted:
    unit = tree.get(source.unit)
    name = tree.named(unit) if unit else source.unit
    counted = Counted(source.unit, name, month.code, source.quota, None, None, 0, (), None)
    if unit is None:
        return replace(counted, why="chưa có đơn vị này")
    try:
        found = _published(sources, source)
    except ChannelError as error:
        return _noted(office, replace(counted, why=str(error)), month, now)
    links = tuple(sorted(each.link for each in found if each.day and (each.day.year, each.day.month) == _of(month)))
    counted = replace(counted, count=len(links), met=len(links) >= source.quota, links=links)
    return _noted(office, replace(counted, undated=sum(each.day is None for each in found)), month, now)


def _published(sources: Sources, source: Source) -> list[Published]:
    with Web(Allowed(sources.hosts, private=sources.allow_private), seconds=SECONDS) as web:
        data = web.get(source.url, most=MAX_PAGE, redirects=3).body or b""
    if source.feed is not None:
        return feed_items(data, source.feed)
    return page_items(data, source.url, items=source.items or "", link=source.link, date_=source.date or "")


def _noted(office: Office, counted: Counted, month: Period, now: datetime) -> Counted:
    """Keep the count with the unit's obligation of that month, which is made where it is not there yet."""
    data = json.dumps({"tin, bài": counted.links, "kỳ": month.code}, ensure_ascii=False, indent=2).encode()
    blob = office.store.blobs.put(data)
    with office.store.write() as connection:
        owed = _owed(connection, counted, month)
        if owed is None:
            return counted
        if counted.count is not None and owed.state not in RELEASED:
            _keep(connection, owed, counted, data, blob, now)
    return replace(counted, obligation=f"O{owed.id}")


def _owed(connection: Connection, counted: Counted, month: Period) -> Obligation | None:
    known = obligation_rows.owed_by(connection, [counted.unit_id])
    key = (counted.unit_id, Item.QUOTA.value, month.code)
    if key not in known:
        basis = known.get((counted.unit_id, Item.SUB_PLAN.value, str(month.year)))
        if not basis:
            return None
        obligation_rows.save_obligations(connection, [_monthly(basis[0], counted.quota, month)])
        known = obligation_rows.owed_by(connection, [counted.unit_id])
    return obligation_rows.lock(connection, known[key][0].id)


def _monthly(under: Obligation, quota: int, month: Period) -> Obligation:
    year, number = _of(month)
    return Obligation(
        plan_id=under.plan_id,
        unit_id=under.unit_id,
        receiver_id=under.receiver_id,
        item=Item.QUOTA,
        period=month.code,
        clause=f"Đăng ít nhất {quota:02} tin, bài/tháng.",
        phrase=f"trong {month.label}",
        basis=Basis.RECEIPT,
        due_on=date(year, number, monthrange(year, number)[1]),
        opens_on=date(year, number, 1),
    )


def _keep(connection: Connection, owed: Obligation, counted: Counted, data: bytes, blob: str, now: datetime) -> None:
    """A version for every count that differs from those before; the one that reaches the quota meets the month."""
    earlier = submission_rows.versions(connection, owed.id)
    if any(each.blob == blob for each in earlier):
        return
    key = f"{counted.unit_id}:{counted.period}:{blob[:16]}"
    came = Arrival(CHANNEL, key, now, f"tin-bai-{counted.period}.json", data, unit_id=counted.unit_id)
    arrival_rows.record(connection, came, blob)
    arrival_id = arrival_rows.id_of(connection, CHANNEL, key)
    arrival_rows.settle(connection, arrival_id, ArrivalState.FILED)
    new = Submission(
        obligation_id=owed.id,
        arrival_id=arrival_id,
        version=len(earlier) + 1,
        received_at=now,
        blob=blob,
        days_late=0,
        state=SubmissionState.ACCEPTED if counted.met else SubmissionState.SUPERSEDED,
    )
    figure: dict[str, Any] = {"indicator": INDICATOR, "number": counted.count, "text": None}
    new_id = submission_rows.add(connection, new, [figure | {"evidence": "\n".join(counted.links) or None}])
    file_rows.add_file(connection, new_id, arrival_id, blob, Part.EVIDENCE)
    if counted.met and owed.state is not ObligationState.MET:
        obligation_rows.set_state(connection, owed.id, ObligationState.MET, now)
        details = {"count": counted.count, "quota": counted.quota}
        audit.append(connection, audit.Act(now, BY_RULE, "count", "obligation", owed.id, None, details))


def _of(month: Period) -> tuple[int, int]:
    return month.year, month.ordinal

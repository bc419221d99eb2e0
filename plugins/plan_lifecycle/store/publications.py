"""Publications: every item ever seen in a unit's columns, and each unit's month held against its quota.

Reports read ``months`` and ``month_items``: a month's ``count`` with its ``quota`` and verdict, and the links that
prove it. What is gone from a site stays, with the moments between which it was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select, update

from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.publication import PublicationMonth, first_day, last_day
from plan_lifecycle.store.engine import in_batches, insert_into, insert_new
from plan_lifecycle.store.tables import publication, publication_month

_MONTH = tuple(field.name for field in fields(PublicationMonth))


class StoredItem(NamedTuple):
    """One item. ``last_seen_at`` before the month's ``checked_at``: it is gone from the site."""

    unit_id: str
    identity: str
    link: str
    guid: str | None
    title: str
    published_on: date | None
    source: str
    first_seen_at: datetime
    last_seen_at: datetime


def months(connection: Connection, unit_ids: Sequence[str], periods: Sequence[str]) -> list[PublicationMonth]:
    """What was counted of these units in these months ("2023-M05"), in order of unit and period."""
    mine = select(*(publication_month.c[name] for name in _MONTH)).where(publication_month.c.period.in_(periods))
    rows = (
        row
        for ids in in_batches(sorted(set(unit_ids)))
        for row in connection.execute(mine.where(publication_month.c.unit_id.in_(ids)))
    )
    return sorted((PublicationMonth(**row._mapping) for row in rows), key=lambda each: (each.unit_id, each.period))


def months_of(connection: Connection, obligation_ids: Sequence[int]) -> dict[int, PublicationMonth]:
    """The month that each of these obligations is about, as far as it was checked."""
    mine = select(*(publication_month.c[name] for name in _MONTH))
    rows = (
        row
        for ids in in_batches(obligation_ids)
        for row in connection.execute(mine.where(publication_month.c.obligation_id.in_(ids)))
    )
    return {row.obligation_id: PublicationMonth(**row._mapping) for row in rows}


def month_items(connection: Connection, unit_id: str, period: str) -> list[StoredItem]:
    """The items of one unit that name a day of the month, in order of day and link: the evidence."""
    query = select(*(publication.c[name] for name in StoredItem._fields)).where(*_within(unit_id, Period.parse(period)))
    query = query.order_by(publication.c.published_on, publication.c.link)
    return [StoredItem(*row) for row in connection.execute(query)]


def unfinished(connection: Connection) -> list[PublicationMonth]:
    """Every month that is not final, in order of period and unit."""
    query = select(*(publication_month.c[name] for name in _MONTH)).where(publication_month.c.final_at.is_(None))
    query = query.order_by(publication_month.c.period, publication_month.c.unit_id)
    return [PublicationMonth(**row._mapping) for row in connection.execute(query)]


def known_items(connection: Connection, unit_id: str, since: date) -> list[StoredItem]:
    """The unit's items that name no day, or one not before ``since``."""
    lasting = publication.c.published_on.is_(None) | (publication.c.published_on >= since)
    query = select(*(publication.c[name] for name in StoredItem._fields))
    query = query.where(publication.c.unit_id == unit_id, lasting).order_by(publication.c.id)
    return [StoredItem(*row) for row in connection.execute(query)]


def add_items(connection: Connection, items: Iterable[StoredItem]) -> int:
    """Insert the items that are new; return how many."""
    return insert_new(connection, publication, [item._asdict() for item in items])


def see_again(
    connection: Connection, unit_id: str, identities: Sequence[str], at: datetime, days: dict[str, date]
) -> None:
    """Note that items still stand there; ``days`` are those that name a day only now."""
    for some in in_batches(identities):
        mine = (publication.c.unit_id == unit_id, publication.c.identity.in_(some))
        connection.execute(update(publication).where(*mine, publication.c.last_seen_at < at).values(last_seen_at=at))
    for identity, day in days.items():
        one = (publication.c.unit_id == unit_id, publication.c.identity == identity)
        connection.execute(update(publication).where(*one).values(published_on=day))


def see_unchanged(connection: Connection, unit_id: str, source: str, seen_at: datetime, at: datetime) -> None:
    """A source says that nothing has changed since ``seen_at``: what stood there then still does."""
    stood = (publication.c.unit_id == unit_id, publication.c.source == source, publication.c.last_seen_at == seen_at)
    connection.execute(update(publication).where(*stood).values(last_seen_at=at))


def count_undated(connection: Connection, unit_id: str, since: datetime) -> int:
    """How many items without a day were seen at ``since`` or later."""
    mine = (publication.c.unit_id == unit_id, publication.c.published_on.is_(None))
    return connection.execute(select(func.count()).where(*mine, publication.c.last_seen_at >= since)).scalar_one()


def save_month(connection: Connection, month: PublicationMonth) -> None:
    """Insert the month, or bring it up to date; one that is final is left as it is."""
    row: dict[str, Any] = {name: getattr(month, name) for name in _MONTH}
    adding: Any = insert_into(connection, publication_month).values(row)
    changed = {name: adding.excluded[name] for name in _MONTH if name not in ("unit_id", "period")}
    keys = [publication_month.c.unit_id, publication_month.c.period]
    open_still = publication_month.c.final_at.is_(None)
    connection.execute(adding.on_conflict_do_update(index_elements=keys, set_=changed, where=open_still))


def _within(unit_id: str, month: Period) -> tuple[ColumnElement[bool], ...]:
    named = publication.c.published_on.between(first_day(month), last_day(month))
    return publication.c.unit_id == unit_id, named

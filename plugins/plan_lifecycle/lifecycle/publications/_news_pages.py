"""Looking at a unit's columns: every piece that they show, kept once with when it was seen.

The first page of xã Bình An's list reaches back to the 20th, so the second is turned to; the third lies before the
month and stays unread. A feed that has not changed since yesterday is not fetched, and what stood there still does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from plan_lifecycle.channels import ChannelError
from plan_lifecycle.channels.fetch import Allowed, Fetched, Validator, Web
from plan_lifecycle.channels.publications import Item, Listed, feed_items, page_items
from plan_lifecycle.config.sources import Source, Sources
from plan_lifecycle.store import fetched as fetched_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.fetched import Remembered
from plan_lifecycle.store.publications import StoredItem

MAX_PAGE = 4 * 1024 * 1024
SECONDS = 30.0
REDIRECTS = 3


@dataclass
class Looked:
    """What a look at a unit's columns came to. ``shown`` are the pieces with the address of their column;
    ``unchanged`` the columns that stand as they stood at a moment; ``faults`` says which could not be read and why."""

    columns: int = 0
    shown: list[tuple[Item, str]] = field(default_factory=list)
    unchanged: list[tuple[str, datetime]] = field(default_factory=list)
    answers: list[tuple[Source, Validator]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def reached(self) -> bool:
        """Whether any column could be read."""
        return len(self.faults) < self.columns


def remembered(connection: Connection, unit_id: str, columns: Sequence[Source]) -> dict[str, Remembered]:
    """What the servers of a unit's columns said of their last answers, by address."""
    known = {source.url: fetched_rows.recall(connection, _asker(unit_id, source), source.url) for source in columns}
    return {url: said for url, said in known.items() if said is not None}


def look(
    columns: Sequence[Source], sources: Sources, known: Mapping[str, Remembered], since: date, now: datetime
) -> Looked:
    """Ask each column; a list is followed over its pages until one lies before ``since``. Nothing is kept yet."""
    looked = Looked(len(columns))
    allowed = Allowed(sources.hosts, private=sources.allow_private)
    for column in columns:
        try:
            with Web(allowed, seconds=SECONDS) as web:
                _read(web, column, known.get(column.url), since, now, looked)
        except ChannelError as error:
            looked.faults.append(str(error))
    return looked


def note_items(connection: Connection, unit_id: str, looked: Looked, since: date, now: datetime) -> None:
    """Keep what was shown: a piece that is known is seen again, under whatever address or name."""
    for source, seen_at in looked.unchanged:
        publication_rows.see_unchanged(connection, unit_id, source, seen_at, now)
    known = {item.identity: item for item in publication_rows.known_items(connection, unit_id, since)}
    named = {item.guid: item.identity for item in known.values() if item.guid}
    new: dict[str, StoredItem] = {}
    again: dict[str, date | None] = {}
    for item, source in looked.shown:
        if item.day is not None and item.day < since:
            continue
        identity = item.identity if item.identity in known else named.get(item.guid or "", item.identity)
        if identity in known:
            again[identity] = again.get(identity) or item.day
        else:
            stored = StoredItem(unit_id, identity, item.link, item.guid, item.title, item.day, source, now, now)
            new.setdefault(identity, stored)
    publication_rows.add_items(connection, new.values())
    days = {key: day for key, day in again.items() if day is not None and known[key].published_on is None}
    publication_rows.see_again(connection, unit_id, list(again), now, days)
    for column, said in looked.answers:
        asker = _asker(unit_id, column)
        fetched_rows.remember(connection, asker, column.url, Remembered(*said, now))


def _read(web: Web, column: Source, known: Remembered | None, since: date, now: datetime, looked: Looked) -> None:
    validator = Validator(known.etag, known.last_modified) if known else None
    url, seen = column.url, set[str]()
    for number in range(column.pages):
        answer = web.get(url, most=MAX_PAGE, redirects=REDIRECTS, validator=None if number else validator)
        if answer.body is None:
            if known is not None:
                looked.unchanged.append((column.url, known.at))
                looked.answers.append((column, answer.validator))
            return
        listed = _listed(column, answer, answer.body, now)
        looked.shown += [(item, column.url) for item in listed.items]
        seen.add(url)
        if number == 0:
            single = listed.next is None
            looked.answers.append((column, answer.validator if single else Validator(None, None)))
        if listed.next is None or listed.next in seen or _before(listed.items, since):
            return
        url = listed.next


def _listed(column: Source, answer: Fetched, body: bytes, now: datetime) -> Listed:
    if column.feed is not None:
        return feed_items(body, answer.url, now, answer.content_type)
    return page_items(
        body,
        answer.url,
        now,
        answer.content_type,
        items=column.items or "",
        link=column.link,
        date_=column.date or "",
        next_=column.next,
    )


def _before(items: Sequence[Item], since: date) -> bool:
    """Whether a page lies wholly before a day: what follows is older still."""
    days = [item.day for item in items if item.day is not None]
    return bool(days) and max(days) < since


def _asker(unit_id: str, column: Source) -> str:
    """For whose sake a column is read, and how: a list that is to be read otherwise is read again."""
    return f"{unit_id} {column.model_dump_json()}"

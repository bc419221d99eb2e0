"""What a unit has published: the items of a feed (RSS, Atom) or of a list in a page, each with its day and link."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

from plan_lifecycle.channels.arriving import ChannelError, is_storable
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.text import nfc

_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})")


class Item(NamedTuple):
    """One item: its link without fragment, title, and day of publication (None: it names none)."""

    link: str
    title: str
    day: date | None


def feed_items(data: bytes, base: str) -> list[Item]:
    """The items of a feed, each link once. Raises ChannelError for what is no feed."""
    import feedparser

    found = feedparser.parse(data, response_headers={"content-location": base}, sanitize_html=False)
    if not found.get("version"):
        raise ChannelError(f"{base}: found no RSS or Atom feed")
    return _once(_entry(each, base) for each in found.entries)


def page_items(data: bytes, base: str, *, items: str, link: str, date_: str) -> list[Item]:
    """The items of a list in a page by CSS selectors, each link once. Raises ChannelError where there is none."""
    from cssselect import SelectorError
    from lxml import html
    from lxml.etree import ParserError

    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
        rows = root.cssselect(items)
        found = [_row(each, base, link, date_) for each in rows]
    except (ParserError, SelectorError) as error:
        raise ChannelError(f"{base}: {error}") from error
    if not rows:
        raise ChannelError(f"{base}: found no list {items!r} in the page")
    return _once(found)


def _entry(entry: object, base: str) -> Item:
    get = entry.get  # type: ignore[attr-defined]
    moment = get("published_parsed") or get("updated_parsed")
    day = datetime.fromtimestamp(timegm(moment), UTC).astimezone(LOCAL).date() if moment else None
    return Item(_link(base, get("link", "")), _title(get("title", "")), day)


def _row(row: object, base: str, link: str, date_: str) -> Item:
    links, days = row.cssselect(link), row.cssselect(date_)  # type: ignore[attr-defined]
    href = links[0].get("href", "") if links else ""
    return Item(
        _link(base, href),
        _title(links[0].text_content()) if links else "",
        _day(days[0].text_content()) if days else None,
    )


def _once(found: Iterator[Item] | list[Item]) -> list[Item]:
    return list({each.link: each for each in found if each.link}.values())


def _link(base: str, href: str) -> str:
    try:
        link = urldefrag(urljoin(base, href.strip())).url if href.strip() else ""
    except ValueError:
        return ""
    return link if link.startswith(("http://", "https://")) and is_storable(link) else ""


def _title(text: str) -> str:
    return " ".join(nfc(text).split())[:300]


def _day(text: str) -> date | None:
    try:
        if match := _ISO.search(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY.search(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None

"""What a unit has published: the items of a feed (RSS, Atom) or of a list in a page, each once, with day and link.

Xã Bình An's column shows the same piece under two addresses (one with ``?utm_source=zalo``) and its feed names a piece
by the same guid after its title, and so its address, was mended: each is one item.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urldefrag, urlencode, urljoin, urlsplit

from plan_lifecycle.channels._published_day import published_day
from plan_lifecycle.channels.arriving import ChannelError, is_storable
from plan_lifecycle.domain.text import nfc

_TRACKS = re.compile(
    r"(?i)utm_\w+|(?:fb|g|yc|ms|dc|igs|z)[a-z]*clid|igshid|_ga|_gl|mc_[ce]id|zarsrc|zalo_\w+|phpsessid|jsessionid|sid|"
    r"p_(?:p_)?auth|_openstat"
)
_SESSION = re.compile(r"(?i);jsessionid=[^/?]*")
_CHARSET = re.compile(r"(?i)charset\s*+=\s*+[\"']?\s*+([\w.:-]+)")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MANY_TITLES = 3
"""A guid that so many pieces of different titles bear names none of them."""


class Item(NamedTuple):
    """One item: its link without fragment, title, day of publication (None: it names none), the feed's name for it."""

    link: str
    title: str
    day: date | None
    guid: str | None = None

    @property
    def identity(self) -> str:
        """The same for every spelling of the link (``identity_of``)."""
        return identity_of(self.link)


class Listed(NamedTuple):
    """What one answer shows, and where the list goes on (None: nowhere)."""

    items: list[Item]
    next: str | None


def feed_items(data: bytes, base: str, now: datetime, content_type: str = "") -> Listed:
    """The items of a feed. Raises ChannelError for what is no feed."""
    import feedparser

    headers = {"content-location": base} | ({"content-type": content_type} if content_type else {})
    # As a stream: the parser takes bytes for the name of a file of ours to open.
    found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    if not found.get("version"):
        raise ChannelError(f"{base}: found no RSS or Atom feed")
    going_on = (each.get("href", "") for each in found.feed.get("links", ()) if each.get("rel") == "next")
    entries = _once(_entry(entry, base, now) for entry in found.entries)
    return Listed(entries, next((link for href in going_on if (link := _link(base, href))), None))


def page_items(
    data: bytes,
    base: str,
    now: datetime,
    content_type: str = "",
    *,
    items: str,
    link: str,
    date_: str,
    next_: str | None = None,
) -> Listed:
    """The items of a list in a page by CSS selectors. Raises ChannelError where there is none."""
    from cssselect import SelectorError
    from lxml import html
    from lxml.etree import ParserError

    try:
        root = html.document_fromstring(_utf8(data, content_type), parser=html.HTMLParser(encoding="utf-8"))
        rows = root.cssselect(items)
        for element in root.iter("base"):
            base = urljoin(base, element.get("href", ""))
            break
        found = [_row(element, base, link, date_, now) for element in rows]
        further = [element.get("href", "") for element in root.cssselect(next_)] if next_ else []
    except (ParserError, SelectorError, ValueError) as error:
        raise ChannelError(f"{base}: {error}") from error
    if not rows:
        raise ChannelError(f"{base}: found no list {items!r} in the page")
    return Listed(_once(found), next((to for href in further if (to := _link(base, href))), None))


def identity_of(link: str) -> str:
    """A digest that is the same for every spelling of one address: http or https, with or without ``www.``, with what
    only tracks readers or sessions, however its letters are escaped."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = nfc(unquote(_SESSION.sub("", parts.path))).rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKS.fullmatch(pair[0]))
    plain = f"{host}{port}{path}?{urlencode(asked)}#{parts.fragment}"
    return hashlib.sha256(plain.encode("utf-8", "surrogateescape")).hexdigest()


def _entry(entry: Any, base: str, now: datetime) -> Item:
    texts = [entry[name] for name in ("published", "updated", "created") if name in entry]
    day = next((found for text in texts if (found := published_day(text, now))), None)
    link = entry.get("link") or next((each.get("href", "") for each in entry.get("links", ())), "")
    return Item(_link(base, link), _title(entry.get("title", "")), day, _title(entry.get("id", "")) or None)


def _row(row: Any, base: str, link: str, date_: str, now: datetime) -> Item:
    links, days = row.cssselect(link), row.cssselect(date_)
    if not links and row.tag == "a":
        links = [row]
    text = _title(links[0].text_content() or links[0].get("title", "")) if links else ""
    return Item(_link(base, links[0].get("href", "")) if links else "", text, _day_of(days, now))


def _day_of(elements: Iterable[Any], now: datetime) -> date | None:
    """The first day that is named, by an attribute for machines or in words."""
    for element in elements:
        inside = [element, *element.iter("time")]
        given = [each.get(name, "") for each in inside for name in ("datetime", "content")]
        for text in (*given, element.text_content(), element.get("title", "")):
            if found := published_day(" ".join(text.split()), now):
                return found
    return None


def _once(found: Iterable[Item]) -> list[Item]:
    """Each item once, by its address and by the name that the feed gives it; the one that names a day is kept."""
    items = [item for item in found if item.link]
    titles: dict[str, set[str]] = defaultdict(set)
    for item in items:
        titles[item.guid or ""].add(item.title)
    known: dict[str, str] = {}
    kept: dict[str, Item] = {}
    for each in items:
        named = each.guid if len(titles[each.guid or ""]) < MANY_TITLES else None
        key = known.setdefault(each.identity, known.get(f"guid {named}", each.identity) if named else each.identity)
        if named:
            known.setdefault(f"guid {named}", key)
        before = kept.get(key)
        if before is None or (before.day is None and each.day is not None):
            kept[key] = each._replace(guid=named)
    return list(kept.values())


def _link(base: str, href: str) -> str:
    """The address in full; empty for what is none (or a script). A fragment that names a page of its own stays."""
    try:
        full = urljoin(base, "".join(_printed(href.strip())))
        plain, fragment = urldefrag(full)
        link = full if fragment.startswith(("!", "/")) else plain
        _ = urlsplit(link).port
    except ValueError:
        return ""
    outside = href.strip() and link.startswith(("http://", "https://"))
    return link if outside and is_storable(link) and plain != urldefrag(base).url else ""


def _printed(text: str) -> Iterator[str]:
    return (each for each in text if each not in "\t\r\n")


def _title(text: str) -> str:
    return " ".join(nfc(text).replace("\0", "").split())[:300]


def _utf8(data: bytes, content_type: str) -> bytes:
    """A page in UTF-8, whatever it was in: by its mark, its header, its own word, else UTF-8 or windows-1258."""
    said = [_CHARSET.search(content_type), _CHARSET.search(data[:4096].decode("latin-1"))]
    named = [match[1] for match in said if match]
    for encoding in (*(name for mark, name in _MARKS if data.startswith(mark)), *named, "utf-8", "cp1258"):
        try:
            return data.decode(encoding).replace("\0", "").encode()
        except (LookupError, UnicodeError):
            continue
    return data.decode("utf-8", "replace").replace("\0", "").encode()

"""An endpoint that is asked: ``GET /submissions?since=`` gives a list, each entry's file is fetched and verified.

The document axis speaks for many units, a unit's own system for itself alone. An endpoint is trusted for what it says
of its units, not for where it sends us: a file is fetched only from the endpoint's own host, without redirects, up to
a size, and must have the digest that the list promised.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path
from time import sleep as sleep_by_the_wall
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from plan_lifecycle.channels._guarded import Allowed
from plan_lifecycle.channels.arriving import MAX_FILE, ChannelError, ChannelFault, Validator, is_storable
from plan_lifecycle.channels.fetch import Web
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.submission import Arrival

MAX_LIST = 8 * 1024 * 1024
SECONDS = 300.0
"""For the list, and for each file."""
_FIELDS = ("id", "unit", "item", "period", "filename", "sha256", "received_at", "url")


class HttpChannel:
    """One endpoint (``channels.Conditional``). ``units`` are those that it may speak for, None for all.

    ``private``: it may stand at an address inside a network; ``ca_file`` holds the authority that vouches for it.
    """

    def __init__(
        self,
        base: str,
        *,
        name: str = "http",
        token: str | None = None,
        units: Collection[str] | None = None,
        private: bool = True,
        ca_file: Path | None = None,
        retries: int = 3,
        sleep: Callable[[float], None] = sleep_by_the_wall,
    ) -> None:
        self.name = name
        self.validator: Validator | None = None
        self._base = base.rstrip("/") + "/"
        self._units = units
        allowed = Allowed((_host(self._base),), private=private, ca_file=ca_file)
        self._web = Web(allowed, seconds=SECONDS, retries=retries, token=token, sleep=sleep)

    def address(self, since: datetime | None) -> str:
        """Where the list is asked for."""
        question = f"?{urlencode({'since': since.isoformat()})}" if since else ""
        return f"{urljoin(self._base, 'submissions')}{question}"

    def arrivals(
        self, *, now: datetime, since: datetime | None, known: Collection[str]
    ) -> Iterator[Arrival | ChannelFault]:
        """The entries since ``since`` that are not known. An entry dated after ``now`` is not there yet.

        Raises ChannelError where the list cannot be had or is none.
        """
        with self._web:
            said, entries = self._list(since)
            self.validator = None
            for number, entry in enumerate(entries, start=1):
                seen = self._entry(entry, number, known)
                if isinstance(seen, ChannelFault):
                    yield seen
                elif seen is not None and seen > now:
                    said = Validator(None, None)  # it must be in the next list too
                elif seen is not None:
                    yield self._fetch(entry, seen)
            self.validator = said

    def _entry(self, entry: Any, number: int, known: Collection[str]) -> ChannelFault | datetime | None:
        """What is wrong with an entry; when it was received where it is to be fetched; None where it is known."""
        fault = _entry_fault(entry, number)
        if fault is not None:
            return fault
        if str(entry["id"]) in known:
            return None
        if self._units is not None and entry["unit"] not in self._units:
            return ChannelFault(str(entry["id"]), f"entry {number}, field 'unit': found {entry['unit'][:60]!r}, "
                                "expected a unit that this endpoint speaks for")  # fmt: skip
        return _moment(entry["received_at"])

    def _list(self, since: datetime | None) -> tuple[Validator, list[Any]]:
        """What the server said of the list, and its entries; none where nothing has changed."""
        url = self.address(since)
        answer = self._web.get(url, most=MAX_LIST, validator=self.validator)
        if answer.body is None:
            return answer.validator, []
        kind = answer.content_type.split(";")[0].strip().lower()
        if kind != "application/json":
            raise ChannelError(f"{url}: found content type {kind!r}, expected application/json")
        try:
            found = json.loads(answer.body)
        except ValueError as error:
            raise ChannelError(f"{url}: {error}") from error
        except RecursionError as error:
            raise ChannelError(f"{url}: found lists within lists without end") from error
        if not isinstance(found, list):
            raise ChannelError(f"{url}: found {type(found).__name__}, expected a list")
        return answer.validator, found

    def _fetch(self, entry: dict[str, Any], received: datetime) -> Arrival | ChannelFault:
        key, url = str(entry["id"]), self._own_address(entry["url"])
        if url is None:
            return ChannelFault(key, f"{entry['url']}: expected an address on {urlsplit(self._base).netloc}")
        try:
            data = self._web.get(url, most=MAX_FILE).body or b""
        except ChannelError as error:
            return ChannelFault(key, str(error))
        digest = hashlib.sha256(data).hexdigest()
        if digest != entry["sha256"].lower():
            return ChannelFault(key, f"{url}: found SHA-256 {digest[:16]}…, expected {entry['sha256'][:16]}…")
        return Arrival(
            self.name,
            key,
            received,
            entry["filename"],
            data,
            unit_id=entry["unit"],
            item=entry["item"],
            period=entry["period"],
        )

    def _own_address(self, given: str) -> str | None:
        """The address in full; None where it lies elsewhere, or is none."""
        try:
            url = urljoin(self._base, given)
            return url if urlsplit(url)[:2] == urlsplit(self._base)[:2] else None
        except ValueError:
            return None


def _host(base: str) -> str:
    try:
        return urlsplit(base).hostname or ""
    except ValueError as error:
        raise ChannelError(f"{base[:200]}: {error}") from error


def _entry_fault(entry: object, number: int) -> ChannelFault | None:
    if not isinstance(entry, dict):
        return ChannelFault(f"entry {number}", f"entry {number}: found {type(entry).__name__}, expected an object")
    for field in _FIELDS:
        found = entry.get(field)
        numbered = field == "id" and isinstance(found, int) and not isinstance(found, bool)
        if not numbered and not (isinstance(found, str) and is_storable(found)):
            shown = repr(found)[:60]
            return ChannelFault(f"entry {number}", f"entry {number}, field '{field}': found {shown}, expected text")
    try:
        _moment(entry["received_at"])
    except (ValueError, OverflowError):
        return ChannelFault(
            f"entry {number}",
            f"entry {number}, field 'received_at': found {entry['received_at'][:40]!r}, expected an ISO moment",
        )
    return None


def _moment(text: str) -> datetime:
    """A moment without zone is local time."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(LOCAL) if moment.tzinfo else moment.replace(tzinfo=LOCAL)

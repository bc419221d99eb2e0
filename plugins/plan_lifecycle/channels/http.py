"""An endpoint that is asked: ``GET /submissions?since=`` gives a list, each entry's file is fetched and verified.

The endpoint is trusted for what it says of units, not for where it sends us: a file is fetched only from the
endpoint's own host, without redirects, up to a size, and must have the digest that the list promised.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from plan_lifecycle.channels.arriving import MAX_FILE, ChannelError, ChannelFault, is_storable
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.submission import Arrival

TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and between two bytes."""
MAX_LIST = 8 * 1024 * 1024
_FIELDS = ("id", "unit", "item", "period", "filename", "sha256", "received_at", "url")


class HttpChannel:
    """One endpoint. Transient answers (502, 503, 504) and lost connections are tried again with back-off."""

    name = "http"

    def __init__(self, base: str, *, token: str | None = None, retries: int = 3) -> None:
        self._base = base.rstrip("/") + "/"
        self._session = requests.Session()
        retry = Retry(retries, backoff_factor=0.3, status_forcelist=(502, 503, 504), allowed_methods=("GET",))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def arrivals(
        self, *, now: datetime, since: datetime | None, known: Collection[str]
    ) -> Iterator[Arrival | ChannelFault]:
        """The entries since ``since`` that are not known. An entry dated after ``now`` is not there yet.

        Raises ChannelError where the list cannot be had or is none.
        """
        for number, entry in enumerate(self._list(since), start=1):
            fault = _entry_fault(entry, number)
            if fault is not None:
                yield fault
            elif str(entry["id"]) not in known:
                received = _moment(entry["received_at"])
                if received <= now:
                    yield self._fetch(entry, received)

    def _list(self, since: datetime | None) -> list[Any]:
        url = urljoin(self._base, "submissions")
        parameters = {"since": since.isoformat()} if since else {}
        try:
            with self._session.get(
                url, params=parameters, timeout=TIMEOUT, allow_redirects=False, stream=True
            ) as answer:
                if answer.status_code != 200:
                    raise ChannelError(f"{url}: found status {answer.status_code}, expected 200")
                kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
                if kind != "application/json":
                    raise ChannelError(f"{url}: found content type {kind!r}, expected application/json")
                body = answer.raw.read(MAX_LIST + 1, decode_content=True)
            if len(body) > MAX_LIST:
                raise ChannelError(f"{url}: found more than {MAX_LIST} bytes, expected a list")
            found = json.loads(body)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise ChannelError(f"{url}: {error}") from error
        except RecursionError as error:
            raise ChannelError(f"{url}: found lists within lists without end") from error
        if not isinstance(found, list):
            raise ChannelError(f"{url}: found {type(found).__name__}, expected a list")
        return found

    def _fetch(self, entry: dict[str, Any], received: datetime) -> Arrival | ChannelFault:
        key, url = str(entry["id"]), self._own_address(entry["url"])
        if url is None:
            return ChannelFault(key, f"{entry['url']}: expected an address on {urlsplit(self._base).netloc}")
        try:
            with self._session.get(url, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
                if answer.status_code != 200:
                    return ChannelFault(key, f"{url}: found status {answer.status_code}, expected 200")
                data = answer.raw.read(MAX_FILE + 1, decode_content=True)
        except (requests.RequestException, HTTPError, OSError) as error:
            return ChannelFault(key, f"{url}: {error}")
        if len(data) > MAX_FILE:
            return ChannelFault(key, f"{url}: found more than {MAX_FILE} bytes")
        digest = hashlib.sha256(data).hexdigest()
        if digest != entry["sha256"].lower():
            return ChannelFault(key, f"{url}: found SHA-256 {digest[:16]}…, expected {entry['sha256'][:16]}…")
        return Arrival(
            "http",
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

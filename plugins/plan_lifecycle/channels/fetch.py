"""Fetching from outside without being led astray: allowed hosts and addresses, bounded size and time, no surprises.

Xã Bình An's site answers 503 and asks for two seconds: it is asked again after two. It sends us on to another host:
refused. It says that nothing has changed since yesterday: nothing is fetched.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from urllib3.exceptions import DecodeError, HTTPError

from plan_lifecycle.channels._guarded import CONNECTING, SILENCE, Allowed, Clock, GuardedAdapter
from plan_lifecycle.channels.arriving import ChannelError, Validator

__all__ = ["Allowed", "Fetched", "Validator", "Web"]

BACK_OFF = 0.3
"""Seconds before the second attempt, doubled before each that follows."""
_PIECE = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (429, 502, 503, 504)
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


class Fetched(NamedTuple):
    """An answer. ``body`` is None where nothing has changed; ``url`` is where it came from in the end."""

    body: bytes | None
    url: str
    content_type: str
    validator: Validator


class Web:
    """A session with the hosts that are allowed; a context manager.

    ``seconds`` is for everything that one ``get`` does. What passes (429, 502, 503, 504, a lost connection) is tried
    ``retries`` times more, after a growing time or when the server says, as long as that is within ``seconds``.
    """

    def __init__(
        self,
        allowed: Allowed,
        *,
        seconds: float,
        retries: int = 2,
        token: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._allowed, self._retries, self._sleep = allowed, retries, sleep
        self._clock = Clock(seconds)
        self._session = requests.Session()
        self._session.trust_env = False  # neither a proxy nor a password of the environment's
        self._session.headers.update({"User-Agent": "plan-lifecycle", "Accept-Encoding": "gzip"})
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"
        guarded = GuardedAdapter(allowed, self._clock)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, guarded)

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, url: str, *, most: int, redirects: int = 0, validator: Validator | None = None) -> Fetched:
        """What is at the address, at most ``most`` bytes once unpacked. Raises ChannelError: refused, unreachable,
        too large, too slow, not answered with 200 (or 304 where a ``validator`` was sent)."""
        self._clock.start()
        begun = url
        for _ in range(redirects + 1):
            _check(url, self._allowed)
            answer = self._patiently(url, most, validator, follows=redirects > 0)
            if isinstance(answer, Fetched):
                return answer
            url = _redirected(url, answer)
        raise ChannelError(f"{_shown(begun)}: found more than {redirects} redirects")

    def _patiently(self, url: str, most: int, validator: Validator | None, *, follows: bool) -> Fetched | str:
        """The answer, or where it redirects to; a weakness that may pass is waited for."""
        for attempt in range(self._retries + 1):
            wait = BACK_OFF * 2**attempt
            try:
                return self._once(url, most, validator, follows=follows)
            except _PassingError as error:
                wait = max(wait, error.wait)
                told = ChannelError(str(error))
            except (requests.exceptions.SSLError, DecodeError) as error:
                raise ChannelError(f"{_shown(url)}: {error}") from error
            except (requests.ConnectionError, HTTPError) as error:
                told = ChannelError(f"{_shown(url)}: {self._reason(error)}")
            except (requests.RequestException, OSError, ValueError) as error:
                raise ChannelError(f"{_shown(url)}: {self._reason(error)}") from error
            if attempt == self._retries or self._clock.left <= wait:
                raise told
            self._sleep(wait)
        raise AssertionError("there is at least one attempt")

    def _once(self, url: str, most: int, validator: Validator | None, *, follows: bool) -> Fetched | str:
        asked = {"If-None-Match": validator.etag, "If-Modified-Since": validator.last_modified} if validator else {}
        with self._session.get(
            url,
            headers={name: value for name, value in asked.items() if value},
            timeout=(CONNECTING, SILENCE),
            allow_redirects=False,
            stream=True,
        ) as answer:
            status, headers = answer.status_code, answer.headers
            if follows and status in _REDIRECTS and "Location" in headers:
                return headers["Location"]
            if status in _PASSING:
                wait = _asked_to_wait(headers.get("Retry-After"))
                raise _PassingError(f"{_shown(url)}: found status {status}, expected 200{_in_words(wait)}", wait)
            kind = headers.get("Content-Type", "")
            if status == 304 and validator:
                return Fetched(None, url, kind, validator)
            if status != 200:
                raise ChannelError(f"{_shown(url)}: found status {status}, expected 200")
            said = Validator(headers.get("ETag"), headers.get("Last-Modified"))
            return Fetched(self._body(url, answer, most), url, kind, said)

    def _body(self, url: str, answer: requests.Response, most: int) -> bytes:
        """Read in pieces, measured as they unfold: neither an endless page nor a packed one fills the memory."""
        encoding = answer.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            raise ChannelError(f"{_shown(url)}: found the encoding {encoding[:40]!r}, expected none or gzip")
        body = bytearray()
        for piece in answer.raw.stream(_PIECE, decode_content=True):
            body += piece
            if len(body) > most:
                raise ChannelError(f"{_shown(url)}: found more than {most} bytes")
        return bytes(body)

    def _reason(self, error: Exception) -> str:
        if self._clock.left <= 0:
            return f"found no end after {self._clock.seconds:.0f} seconds"
        return str(error)


class _PassingError(Exception):
    """The server is weak now; ``wait`` is how long it asks for, in seconds."""

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message)
        self.wait = wait


def _check(url: str, allowed: Allowed) -> None:
    parts = _split(url)
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not allowed.names(parts.hostname or ""):
        raise ChannelError(f"{_shown(url)}: expected an http(s) address on a host of the configuration")


def _redirected(url: str, location: str) -> str:
    """Where an answer sends us on; never from TLS to none."""
    with suppress(UnicodeError):  # some write their letters as they are
        location = location.encode("latin-1").decode("utf-8")
    try:
        new = urljoin(url, location)
    except ValueError as error:
        raise ChannelError(f"{_shown(url)}: found a redirect to {location[:100]!r}: {error}") from error
    if _split(url).scheme == "https" and _split(new).scheme == "http":
        raise ChannelError(f"{_shown(url)}: found a redirect to {_shown(new)}, expected https")
    return new


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ChannelError(f"{_shown(url)}: {error}") from error
    return parts


def _shown(url: str) -> str:
    """An address for a log: without user and password, not too long."""
    before, at, after = url[:2000].partition("@")
    return (f"{before.partition('//')[0]}//…@{after}" if at and "//" in before else url)[:200]


def _asked_to_wait(text: str | None) -> float:
    """Seconds, by either form of Retry-After; 0 where it cannot be read."""
    if not text:
        return 0.0
    if text.strip().isdecimal():
        return float(min(int(text.strip()[:9]), 10**9))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _in_words(wait: float) -> str:
    return f"; it asks to be left alone for {wait:.0f} seconds" if wait else ""

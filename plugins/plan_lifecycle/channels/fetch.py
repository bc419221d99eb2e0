"""Fetching a page from outside without being led astray: configured hosts, public addresses, bounded size and time.

The address that was checked is the address that is connected to, so a name that resolves otherwise a moment later
gains nothing; every redirect is checked like the first address.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Collection
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from plan_lifecycle.channels.arriving import ChannelError

MAX_PAGE = 4 * 1024 * 1024
MAX_SECONDS = 30.0
MAX_REDIRECTS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}


def fetch(url: str, hosts: Collection[str], *, allow_private: bool = False) -> bytes:
    """The body of a page. Raises ChannelError: refused, unreachable, too large, too slow, not answered with 200."""
    ends = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        status, location, body = _get(url, hosts, allow_private, ends)
        if status in _REDIRECTS and location:
            url = urljoin(url, location)
            continue
        if status != 200:
            raise ChannelError(f"{url}: found status {status}, expected 200")
        return body
    raise ChannelError(f"{url}: found more than {MAX_REDIRECTS} redirects")


def _get(url: str, hosts: Collection[str], allow_private: bool, ends: float) -> tuple[int, str, bytes]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise ChannelError(f"{url[:200]}: {error}") from error
    if parts.scheme not in _PORTS or parts.username is not None or host not in {each.lower() for each in hosts}:
        raise ChannelError(f"{url[:200]}: expected an http(s) address on a host of sources.yaml")
    address = _address(host, port, allow_private)
    timeout = urllib3.Timeout(connect=5.0, read=10.0)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.netloc, "User-Agent": "plan-lifecycle", "Accept-Encoding": "gzip, identity"}
    try:
        with pool, pool.request("GET", path, headers=headers, redirect=False, preload_content=False) as answer:
            return answer.status, answer.headers.get("Location", ""), _body(url, answer, ends)
    except (HTTPError, OSError, ValueError) as error:
        raise ChannelError(f"{url[:200]}: {error}") from error


def _body(url: str, answer: urllib3.BaseHTTPResponse, ends: float) -> bytes:
    """Read in pieces: neither an endless page nor a slow one holds us up."""
    body = bytearray()
    for piece in answer.stream(65_536, decode_content=True):
        body += piece
        if len(body) > MAX_PAGE:
            raise ChannelError(f"{url[:200]}: found more than {MAX_PAGE} bytes")
        if time.monotonic() > ends:
            raise ChannelError(f"{url[:200]}: found no end after {MAX_SECONDS:.0f} seconds")
    return bytes(body)


def _address(host: str, port: int, allow_private: bool) -> str:
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise ChannelError(f"{host}: {error}") from error
    for address in found:
        if not allow_private and not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise ChannelError(f"{host}: found the address {address}, expected a public one")
    if not found:
        raise ChannelError(f"{host}: found no address")
    return found[0]

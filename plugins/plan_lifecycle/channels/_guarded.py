"""Connections that go nowhere they should not, and wait for nobody longer than there is time.

The address that was checked is the address that is connected to, so a name that resolves otherwise a moment later
gains nothing; and whatever a URL's spelling makes of its host, it is looked at here once more. A server that drips
one byte after the other meets the end of the time as one that says nothing does.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError, NewConnectionError

from plan_lifecycle.channels.arriving import ChannelError

CONNECTING = 5.0
SILENCE = 30.0
"""Seconds for one attempt to connect, and without a byte."""
_METADATA = frozenset(
    ipaddress.ip_address(address)
    for address in ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")
)
"""Where clouds tell a machine its own secrets, beside the link-local addresses; some lie in networks of offices."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may be asked: these hosts and no other. ``private``: also at an address inside a network.

    ``ca_file`` holds an authority to trust instead of those that the machine trusts.
    """

    hosts: Collection[str]
    private: bool = False
    ca_file: Path | None = None

    def names(self, host: str) -> bool:
        """Whether a host is one of these, however it is spelt."""
        return _spelling(host) in {_spelling(each) for each in self.hosts}

    def reaches(self, address: str) -> bool:
        """Whether an address may be connected to; where machines are told their secrets, never."""
        found = list(_meant(ipaddress.ip_address(address.partition("%")[0])))
        if any(
            meant.is_multicast or meant.is_unspecified or meant.is_link_local or meant in _METADATA for meant in found
        ):
            return False
        return self.private or all(each.is_global and not each.is_reserved for each in found)


@dataclass(slots=True)
class Clock:
    """The time that is left for one thing; ``start`` begins again."""

    seconds: float
    ends: float = field(default=0.0)

    def start(self) -> None:
        """From now on."""
        self.ends = time.monotonic() + self.seconds

    @property
    def left(self) -> float:
        """Seconds; negative when the time is over."""
        return self.ends - time.monotonic()

    def patience(self) -> float:
        """Seconds to wait for the next byte. Raises TimeoutError where no time is left."""
        left = self.left
        if left <= 0:
            raise TimeoutError("timed out")
        return min(left, SILENCE)


class GuardedAdapter(HTTPAdapter):
    """How a session connects: as ``allowed`` says, within the time of ``clock``; certificates are always checked."""

    def __init__(self, allowed: Allowed, clock: Clock) -> None:
        self._allowed, self._clock = allowed, clock
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools of guarded connections."""
        super().init_poolmanager(*args, ssl_context=_trust(self._allowed.ca_file), **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._allowed, self._clock)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002
        """What is trusted is said by the context alone."""
        conn.cert_reqs = "CERT_REQUIRED"


class _Watched:
    """A socket that waits no longer than the clock allows, piece by piece."""

    clock: Clock | None = None

    def recv_into(self, *args: Any) -> int:
        if self.clock is not None:
            self.settimeout(self.clock.patience())  # type: ignore[attr-defined]
        read: int = super().recv_into(*args)  # type: ignore[misc]
        return read


class _PlainSocket(_Watched, socket.socket):
    """Before, or without, TLS."""


class _TlsSocket(_Watched, ssl.SSLSocket):
    """Within TLS."""


@lru_cache(maxsize=8)
def _trust(ca_file: Path | None) -> ssl.SSLContext:
    """Read once a process: the machine's authorities are many. Raises ChannelError where the file cannot be read."""
    try:
        context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except OSError as error:
        raise ChannelError(f"{ca_file}: expected the certificate of an authority: {error}") from error
    context.sslsocket_class = _TlsSocket
    return context


def _pools(allowed: Allowed, clock: Clock) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, allowed, clock)

    class Tls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, allowed, clock)

        def connect(self) -> None:
            super().connect()
            if isinstance(self.sock, _TlsSocket):
                self.sock.clock = clock

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}


def _connect(connection: HTTPConnection, allowed: Allowed, clock: Clock) -> socket.socket:
    """A socket to the first address that answers. Raises ChannelError where one may not be connected to."""
    host, port = connection.host.strip("[]"), connection.port
    if not allowed.names(host):
        raise ChannelError(f"{host[:100]}: expected a host of the configuration")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NameResolutionError(host, connection, error) from error  # type: ignore[arg-type]
    for _, _, _, _, place in found:
        if not allowed.reaches(str(place[0])):
            raise ChannelError(f"{host}: found the address {place[0]}, expected a public one")
    refused: OSError = OSError("found no address")
    for family, kind, protocol, _, place in found:
        connected = _PlainSocket(family, kind, protocol)
        try:
            connected.settimeout(min(CONNECTING, clock.patience()))
            connected.connect(place)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            connected.close()
            refused = error
        else:
            connected.clock = clock
            return connected
    raise NewConnectionError(connection, f"cannot connect to {host}: {refused}") from refused


def _meant(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """An address, or where it only wraps others (::ffff:127.0.0.1) those that it leads to."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address
        yield from (each for each in (address.sixtofour, *(address.teredo or ())) if each is not None)


def _spelling(host: str) -> str:
    """A host as it is compared: lower case, without the last dot, its Vietnamese letters as in the DNS."""
    plain = host.strip("[]").rstrip(".").lower()
    try:
        return plain if plain.isascii() else plain.encode("idna").decode()
    except UnicodeError:
        return plain

"""Rate limits: so many within so long, by whatever key; kept in the store, so they hold for every process of a portal.

What is right is looked at first and never limited, so nobody's guesses lock another out. Codes have 58 bits, so limits
only keep guessing from costing us anything; wrong guesses are written down, and no more of them than the limit for
everybody allows. What somebody sends over a link counts for that link at that address alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network

from plan_lifecycle.store import limits as limit_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.limits import Rate

GUESSES = Rate(20, 600)
"""Wrong codes and links from one address: officials of one network share it, so it is not a handful."""
ALL_GUESSES = Rate(600, 600)
"""Wrong codes from everywhere together: many addresses guess no faster than this."""
POSTS = Rate(600, 600)
"""Forms sent over one link from one address; a page that saves by itself sends one every 20 seconds."""
UPLOADS = Rate(40, 3600)
"""Uploads over one link from one address."""
TIDIED_EVERY = 3600 * 1000
"""Milliseconds after which a process drops what is no longer needed."""


class Limits:
    """Takes turns by key. ``clock`` gives seconds since 1970: the wall clock, whatever the business day."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store, self._clock = store, clock
        self._tidied = self._now()

    def full(self, *wanted: tuple[str, Rate]) -> bool:
        """Whether one of these keys has no turn left, without taking one."""
        with self._store.read() as connection:
            return any(limit_rows.is_full(connection, key, rate, self._now()) for key, rate in wanted)

    def take(self, *wanted: tuple[str, Rate]) -> bool:
        """Take a turn for each of these keys; False where one of them had none left."""
        now = self._now()
        with self._store.write() as connection:
            taken = [limit_rows.take(connection, key, rate, now) for key, rate in wanted]
            if now - self._tidied > TIDIED_EVERY:
                limit_rows.forget_whole(connection, now)
                self._tidied = now
        return all(taken)

    def _now(self) -> int:
        return int(self._clock() * 1000)


def neighbourhood(address: str | None) -> str:
    """The address that guesses are counted under: for IPv6 the /64, which is one subscriber's.

    An IPv4 address in an IPv6 one (::ffff:10.0.0.7) is that IPv4 address: all of them share one /64.
    """
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if found.version == 6 and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)

"""Rate limits: so many within so long, by whatever key; kept in memory, for a portal is one process.

A restart forgets them. That is bearable: codes have 58 bits, so limits only keep guessing from costing us anything.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import NamedTuple

MOST_KEYS = 20_000


class Rate(NamedTuple):
    """At most ``times`` within ``seconds``."""

    times: int
    seconds: float


GUESSES = Rate(20, 600)
"""Wrong codes and links from one address: officials of one network share it, so it is not a handful."""
ALL_GUESSES = Rate(600, 600)
"""Wrong codes from everywhere together: many addresses guess no faster than this."""
POSTS = Rate(120, 600)
"""Forms sent over one link."""
UPLOADS = Rate(40, 3600)
"""Uploads over one link."""


class Limits:
    """Counts events by key. ``clock`` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._seen: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def full(self, kind: str, key: str, rate: Rate) -> bool:
        """Whether the rate is used up, without counting."""
        with self._lock:
            return len(self._recent(kind, key, rate)) >= rate.times

    def take(self, kind: str, key: str, rate: Rate) -> bool:
        """Count one event; False where the rate is used up already."""
        with self._lock:
            recent = self._recent(kind, key, rate)
            if len(recent) >= rate.times:
                return False
            recent.append(self._clock())
            self._seen[kind, key] = recent
            self._seen.move_to_end((kind, key))
            while len(self._seen) > MOST_KEYS:
                self._seen.popitem(last=False)
            return True

    def _recent(self, kind: str, key: str, rate: Rate) -> deque[float]:
        recent = self._seen.get((kind, key), deque())
        while recent and recent[0] <= self._clock() - rate.seconds:
            recent.popleft()
        return recent


def neighbourhood(address: str | None) -> str:
    """The address that guesses are counted under: for IPv6 the /64, which is one subscriber's."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)

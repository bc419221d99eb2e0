"""Room for what takes long, uploads and downloads: a few over one link, and not all threads for all of them.

A place is taken when the body has arrived. A slow body holds none, whoever sends it; only the bytes that it has brought
count, for its own link at its own address.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from weakref import WeakValueDictionary

from plan_lifecycle.web.receiving import MAX_BODY

AT_ONCE = 6
"""Fewer than there are threads, so that pages go on."""
OVER_ONE_LINK = 2
MOST_ON_THE_WAY = 3 * MAX_BODY
"""Bytes that may lie on the disk of what is on its way over one link from one address."""


class FullError(Exception):
    """More is on its way over one link from one address than there is room for."""


class Places:
    """The places of one process."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(AT_ONCE)
        self._links: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._on_the_way: Counter[str] = Counter()

    @asynccontextmanager
    async def at_work(self, link: str) -> AsyncIterator[None]:
        """Wait for a place among those of the link, then of all."""
        own = self._links.setdefault(link, asyncio.Semaphore(OVER_ONE_LINK))
        async with own, self._all:
            yield

    @contextmanager
    def on_the_way(self, key: str) -> Iterator[Callable[[int], None]]:
        """Count the bytes of one body until it is done with; what is given counts a piece, or raises FullError."""
        brought = 0

        def came(size: int) -> None:
            nonlocal brought
            if self._on_the_way[key] + size > MOST_ON_THE_WAY:
                raise FullError
            brought += size
            self._on_the_way[key] += size

        try:
            yield came
        finally:
            self._on_the_way[key] -= brought
            if not self._on_the_way[key]:
                del self._on_the_way[key]

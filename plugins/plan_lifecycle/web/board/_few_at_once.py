"""A few pages at once: fifty readers of one moment are served sooner one after the other than all together.

Making a page is work of the processor, of which one process has one: fifty threads that share it hold each other up,
and the last of them has its page after twice the time. Forms and files that come in wait for nobody.
"""

from __future__ import annotations

import asyncio

from plan_lifecycle.web.headers import App, Receive, Scope, Send

PAGES_AT_ONCE = 4


class FewAtOnce:
    """Lets so many pages be made at once; the others wait for their turn."""

    def __init__(self, app: App, *, most: int = PAGES_AT_ONCE) -> None:
        self._app, self._places = app, asyncio.Semaphore(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        async with self._places:
            await self._app(scope, receive, send)

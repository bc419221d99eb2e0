"""The application that is built when it is first asked for a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plan_lifecycle.web.headers import App, Receive, Scope, Send


class Board:
    """An ASGI application; ``build`` gives the one behind it."""

    def __init__(self, build: Callable[[], App] | None = None) -> None:
        self._build = build or _for_airflow
        self._app: App | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if self._app is None:
            self._app = await asyncio.to_thread(self._build)
        await self._app(scope, receive, send)


def _for_airflow() -> App:
    from plan_lifecycle.web.board._airflow import board_for_airflow

    return board_for_airflow()

"""The application that is built when it is first asked for a page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from plan_lifecycle.domain.errors import PlanLifecycleError

if TYPE_CHECKING:
    from plan_lifecycle.web.headers import App, Receive, Scope, Send


ALIVE = "/song"
NOT_OPEN = (
    "Trang điều hành chưa mở được vì cấu hình có chỗ chưa đúng; đề nghị báo người quản trị: "
    "nhật ký của api-server nêu rõ tệp, dòng, mục."
)
log = logging.getLogger(__name__)


class Board:
    """An ASGI application; ``build`` gives the one behind it."""

    def __init__(self, build: Callable[[], App] | None = None) -> None:
        self._build = build or _for_airflow
        self._app: App | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if self._app is None:
            try:
                self._app = await asyncio.to_thread(self._build)
            except PlanLifecycleError as error:
                log.error("the board cannot be opened: %s", error)
                await (_ails(send) if scope.get("path", "").endswith(ALIVE) else _tell(send))
                return
        await self._app(scope, receive, send)


async def _ails(send: Send) -> None:
    """Answer a watch in its own terms (``web.health``)."""
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"wrong":["configuration"]}'})


async def _tell(send: Send) -> None:
    """Answer that the board is not there; what is wrong is for whoever sees to the server, not for everybody."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": NOT_OPEN.encode()})


def _for_airflow() -> App:
    from plan_lifecycle.web.board._airflow import board_for_airflow

    return board_for_airflow()

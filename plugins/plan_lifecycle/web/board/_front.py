"""Where somebody lands who asks for no page of Airflow in particular: on the board.

Every request of Airflow passes here, those of tasks too, so nothing else is done and nothing is imported. The pages of
Airflow stay where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_lifecycle.settings import BOARD

if TYPE_CHECKING:
    from plan_lifecycle.web.headers import App, Receive, Scope, Send


class Front:
    """A middleware around all of Airflow that leads from its first address to the board."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not _first(scope):
            await self._app(scope, receive, send)
            return
        to = f"{scope.get('root_path', '')}{BOARD}/".encode()
        headers = [(b"location", to), (b"cache-control", b"no-store"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 307, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _first(scope: Scope) -> bool:
    """Whether a browser asks for Airflow's first page."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    own = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    return own in ("", "/") and any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])

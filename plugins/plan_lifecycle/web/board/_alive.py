"""The board's own sign of life, for a watch that has no login."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from plan_lifecycle.lifecycle.office import LiveOffice
from plan_lifecycle.web.health import health

ALIVE = "/song"


def alive_page(live: LiveOffice) -> APIRouter:
    """``GET /song``: 204 where the board is whole, else 503 with what ails it. Open to everybody."""
    router = APIRouter()

    @router.get(ALIVE)
    def alive() -> Response:
        return health(live)

    return router

"""Whether a process that serves pages is whole: an empty answer 204, or 503 and the codes of what ails it."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from plan_lifecycle.lifecycle.office import LiveOffice, ailments


def health(live: LiveOffice) -> Response:
    """Answer whoever watches over the process; ``{"wrong": ["database"]}`` names no secret and no place."""
    found = ailments(live.opened)
    if not found:
        return Response(status_code=204)
    return JSONResponse({"wrong": [one.value for one in found]}, 503, headers={"Cache-Control": "no-store"})

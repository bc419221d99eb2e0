"""Files that a browser saves and does not show: they are somebody else's, and it would run what is in them."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response


def saved(data: bytes, name: str) -> Response:
    """Bytes that the browser keeps under a name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": disposition})

"""What a form of the board sends: fields of text, each as often as it was filled in."""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_BYTES = 500_000
MOST_FIELDS = 5_000

_LONG = 16
"""Digits of a length that is none any more."""

Fields = dict[str, list[str]]


def said_length(request: Request) -> int:
    """The bytes that a request says it has; what is no number is more than any."""
    said = request.headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < _LONG else 10**_LONG


def require_less(request: Request, most: int) -> None:
    """Refuse a body by what the request says of it, before any is read. Raises HTTPException 413."""
    if said_length(request) > most:
        raise HTTPException(413)


async def read_fields(request: Request) -> Fields:
    """The fields by name. Raises HTTPException 413 while the body comes, 415, 400."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    require_less(request, MOST_BYTES)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        return parse_qs(body.decode("ascii"), max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise HTTPException(400) from error

"""A form of the board with one file in it: bounded before and while it comes, gone from the disk afterwards."""

from __future__ import annotations

from typing import IO, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from plan_lifecycle.channels.arriving import MAX_FILE
from plan_lifecycle.web.board._form import Fields, said_length
from plan_lifecycle.web.receiving import DISCARD, MAX_TEXT, BadBody, TooLarge, TooSlow, discard, read_form

MOST = MAX_FILE + MAX_TEXT
"""Bytes of the whole form."""
TOO_LARGE = "Tệp vượt mức tiếp nhận 20 MB; chưa có nội dung nào được ghi. Đề nghị giảm dung lượng và gửi lại."
"""What a page says where it was more."""


class File(NamedTuple):
    """A file that came with a form: the sender's name for it, and its bytes."""

    name: str
    data: bytes


async def read_upload(request: Request) -> tuple[Fields, File | None]:
    """The fields of a form, the last of one name, and its file. Raises TooLarge, HTTPException 400, 408."""
    await _require_small(request)
    total = 0

    def came(size: int) -> None:
        nonlocal total
        total += size
        if total > MOST:
            raise TooLarge("tệp")

    try:
        form = await read_form(request, with_files=True, most_field=MAX_TEXT, came=came)
    except TooSlow as error:
        raise HTTPException(408) from error
    except BadBody as error:
        raise HTTPException(400) from error
    try:
        first = form.files[0] if form.files else None
        file = File(first.name, await run_in_threadpool(_whole, first.content)) if first else None
    finally:
        form.close()
    return {field: [text] for field, text in form.fields.items()}, file


async def _require_small(request: Request) -> None:
    """Raise TooLarge where the request says so itself, before any of it is kept.

    A browser shows no answer before it has sent all; what is far too large is not listened to for that.
    """
    size = said_length(request)
    if size > MOST:
        if size <= DISCARD:
            await discard(request)
        raise TooLarge("tệp")


def _whole(content: IO[bytes]) -> bytes:
    content.seek(0)
    return content.read()

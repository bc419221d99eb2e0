"""A form of the board with one file in it: bounded before and while it comes, gone from the disk afterwards."""

from __future__ import annotations

from typing import IO, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from plan_lifecycle.channels.arriving import MAX_FILE
from plan_lifecycle.lifecycle.office import begin_day
from plan_lifecycle.web.board._frame import Frame, Person, from_here
from plan_lifecycle.web.board._given import Given
from plan_lifecycle.web.receiving import DISCARD, MAX_TEXT, BadBody, TooLarge, TooSlow, discard, read_form

MOST = MAX_FILE + MAX_TEXT
"""Bytes of the whole form."""
TOO_LARGE = "Tệp vượt mức tiếp nhận 20 MB; chưa có nội dung nào được ghi. Đề nghị giảm dung lượng và gửi lại."
"""What a page says where it was more."""


class Upload(NamedTuple):
    """What came: the form, the file's name and its bytes; ``name`` is empty where no file was chosen."""

    given: Given
    name: str
    data: bytes


async def receive_upload(frame: Frame, request: Request, who: Person) -> Upload:
    """The form that somebody sent from a page of ours; its day begins. Raises TooLarge, HTTPException 400, 408."""
    from_here(request)
    await _require_small(request)
    total = 0

    def came(size: int) -> None:
        nonlocal total
        total += size
        if total > MOST:
            raise TooLarge("tệp")

    try:
        form = await read_form(request, with_files=True, came=came)
    except TooSlow as error:
        raise HTTPException(408) from error
    except BadBody as error:
        raise HTTPException(400) from error
    try:
        file = form.files[0] if form.files else None
        name, data = (file.name, await run_in_threadpool(_whole, file.content)) if file else ("", b"")
    finally:
        form.close()
    now = frame.clock()
    await run_in_threadpool(begin_day, frame.office.store, now, wall=now)
    fields = {field: [text] for field, text in form.fields.items()}
    return Upload(Given(frame.office, frame.config, fields, who, now), name, data)


async def _require_small(request: Request) -> None:
    """Raise TooLarge where the request says so itself, before any of it is kept.

    A browser shows no answer before it has sent all; what is far too large is not listened to for that.
    """
    said = request.headers.get("content-length", "0")
    size = int(said) if said.isdecimal() and len(said) < 16 else DISCARD + 1
    if size > MOST:
        if size <= DISCARD:
            await discard(request)
        raise TooLarge("tệp")


def _whole(content: IO[bytes]) -> bytes:
    content.seek(0)
    return content.read()

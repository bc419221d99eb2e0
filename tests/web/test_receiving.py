"""The body of an upload while it comes: to the disk, not into memory; nothing is left of one that is broken off."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request

from plan_lifecycle.web import receiving
from plan_lifecycle.web.receiving import BadBody, Form, TooLarge, read_form

BOUNDARY = "x" * 20
PIECE = b"y" * 65536


def part(name: str) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="tep"; filename="{name}"\r\n\r\n'
    return head.encode()


def body(files: int, pieces: int) -> Iterator[bytes]:
    """A form with so many files of so many pieces of 64 KB."""
    for number in range(files):
        yield part(f"{number}.docx")
        for _ in range(pieces):
            yield PIECE
        yield b"\r\n"
    yield f"--{BOUNDARY}--\r\n".encode()


def request(pieces: Iterator[bytes], then: dict[str, Any]) -> Request:
    """A request whose body comes piece by piece; ``then`` is what the server says last, again and again."""

    async def receive() -> dict[str, Any]:
        found = next(pieces, None)
        return then if found is None else {"type": "http.request", "body": found, "more_body": True}

    kind = f"multipart/form-data; boundary={BOUNDARY}".encode()
    return Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind)]}, receive)


def read(pieces: Iterator[bytes], then: dict[str, Any] | None = None) -> Form:
    ended = {"type": "http.request", "body": b"", "more_body": False}
    return asyncio.run(read_form(request(pieces, then or ended), with_files=True))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every file that was opened for a part."""
    files: list[Any] = []
    make = receiving.tempfile.SpooledTemporaryFile

    def kept(*arguments: Any, **named: Any) -> Any:
        files.append(make(*arguments, **named))
        return files[-1]

    monkeypatch.setattr(receiving.tempfile, "SpooledTemporaryFile", kept)
    return files


def test_files_go_to_the_disk_and_memory_stays_flat():
    tracemalloc.start()
    try:
        form = read(body(files=5, pieces=240))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [each.content.seek(0, 2) for each in form.files] == [240 * 65536] * 5
    assert all(each.content._rolled for each in form.files)  # type: ignore[attr-defined]
    assert peak < 3 * 1024 * 1024
    form.close()


def test_nothing_is_left_of_an_upload_whose_sender_went_away(opened: list[Any]):
    whole = list(body(files=2, pieces=8))
    with pytest.raises(BadBody):
        read(iter(whole[:-3]), {"type": "http.disconnect"})
    assert [each.closed for each in opened] == [True, True]


def test_nothing_is_left_of_an_upload_that_is_cut_short(opened: list[Any]):
    with pytest.raises(BadBody):
        read(iter(list(body(files=2, pieces=8))[:-1]))
    assert [each.closed for each in opened] == [True, True]


def test_nothing_is_left_of_an_upload_that_is_too_large(opened: list[Any]):
    with pytest.raises(TooLarge):
        read(body(files=1, pieces=330))
    assert [each.closed for each in opened] == [True]


def test_a_sender_that_falls_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, opened: list[Any]):
    monkeypatch.setattr(receiving, "PATIENCE", 0.05)
    pieces = iter([part("a.docx"), PIECE])

    async def receive() -> dict[str, Any]:
        found = next(pieces, None)
        if found is None:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": found, "more_body": True}

    kind = f"multipart/form-data; boundary={BOUNDARY}".encode()
    silent = Request({"type": "http", "method": "POST", "headers": [(b"content-type", kind)]}, receive)
    with pytest.raises(BadBody):
        asyncio.run(read_form(silent, with_files=True))
    assert [each.closed for each in opened] == [True]

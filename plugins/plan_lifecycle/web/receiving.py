"""Reading the body of a form while it comes in: bounded at every step, files on disk, nothing kept before it is judged.

A field too long, a file over 20 MB, too many parts: reading stops counting and starts discarding, so that the person
sees a page that says so rather than a broken connection.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple
from urllib.parse import parse_qsl

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from plan_lifecycle.channels.arriving import MAX_FILE
from plan_lifecycle.channels.upload import MAX_FILES

MAX_FIELD = 32 * 1024
MAX_FIELDS = 400
MAX_TEXT = 1024 * 1024
"""Bytes of a form without files."""
MAX_BODY = MAX_FILES * MAX_FILE + MAX_TEXT
DISCARD = 4 * MAX_FILE
"""Bytes read and thrown away after a limit, for the answer to be seen."""
PATIENCE = 60.0
"""Seconds between two pieces of a body."""
WHOLE_FORM, WHOLE_UPLOAD = 60.0, 600.0
"""Seconds within which all of a body has come, however steadily it trickles; the longer with files in it."""
IN_MEMORY = 256 * 1024
_MAX_HEADER = 8 * 1024


class BadBody(Exception):  # noqa: N818  the word of the protocol
    """The body is no form, or not all of it came."""


class TooLarge(Exception):  # noqa: N818
    """More than a limit allows; ``what`` says in Vietnamese what was too large."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class TooSlow(Exception):  # noqa: N818
    """It has not all come within ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not all of it came within {seconds:g} seconds")
        self.seconds = seconds


class FilePart(NamedTuple):
    """A file as it came; its name is the sender's."""

    name: str
    content: IO[bytes]


@dataclass
class Form:
    """Fields (the last of one name counts) and files of one request. ``close`` removes the files."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[FilePart] = field(default_factory=list)

    def close(self) -> None:
        """Let go of the files."""
        for file in self.files:
            file.content.close()


async def read_form(
    request: Request,
    *,
    with_files: bool = False,
    most: int = MAX_TEXT,
    most_field: int = MAX_FIELD,
    came: Callable[[int], object] | None = None,
) -> Form:
    """The form of a request; without files it has at most ``most`` bytes. ``came`` is told the size of each piece and
    may raise; ``most_field`` bounds a field beside files. Raises BadBody, TooLarge, TooSlow; whatever was
    spooled is gone then."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    pieces = _pieces(request, WHOLE_UPLOAD if with_files else WHOLE_FORM)
    if kind == b"application/x-www-form-urlencoded":
        return await _read_urlencoded(pieces, most)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary or len(boundary) > 200:
        raise BadBody("no form")
    parts = _Parts(boundary, most_files=MAX_FILES if with_files else 0, most_field=most_field)
    total, complete = 0, False
    try:
        async for chunk in pieces:
            total += len(chunk)
            if total > (MAX_BODY if with_files else most):
                raise TooLarge("tổng dung lượng các tệp")
            if came is not None:
                came(len(chunk))
            parts.write(chunk)
        form = parts.finish()
        complete = True
    except TooLarge:
        parts.form.close()
        await _discard(pieces)
        raise
    except FormParserError as error:
        raise BadBody(str(error)) from error
    finally:
        if not complete:
            parts.form.close()
    return form


async def _read_urlencoded(pieces: AsyncIterator[bytes], most: int) -> Form:
    body = bytearray()
    async for chunk in pieces:
        body += chunk
        if len(body) > most:
            raise TooLarge("nội dung biểu mẫu")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise BadBody("no form") from error
    if any(len(value) > MAX_FIELD for _, value in pairs):
        raise TooLarge("một ô nội dung")
    return Form(fields=dict(pairs))


async def _pieces(request: Request, seconds: float) -> AsyncIterator[bytes]:
    """The body as it comes, ``seconds`` long. Raises BadBody where the sender goes away or falls silent, TooSlow."""
    stream = request.stream().__aiter__()
    now = asyncio.get_running_loop().time
    until = now() + seconds
    while True:
        left = until - now()
        try:
            yield await asyncio.wait_for(anext(stream), min(PATIENCE, left))
        except StopAsyncIteration:
            return
        except ClientDisconnect as error:
            raise BadBody("not all of it came") from error
        except TimeoutError as error:
            raise (TooSlow(seconds) if left <= PATIENCE else BadBody("no more of it came")) from error


async def discard(request: Request) -> None:
    """Throw a body away as it comes, up to ``DISCARD`` bytes."""
    await _discard(_pieces(request, WHOLE_UPLOAD))


async def _discard(pieces: AsyncIterator[bytes]) -> None:
    """Read on without keeping, up to a bound: a browser shows no answer before it has sent all."""
    left = DISCARD
    try:
        async for chunk in pieces:
            left -= len(chunk)
            if left < 0:
                return
    except (BadBody, TooSlow, RuntimeError):
        return


class _Parts:
    """What the parser calls while the body passes through it."""

    def __init__(self, boundary: bytes, *, most_files: int, most_field: int) -> None:
        self.form = Form()
        self._most_files, self._most_field, self._parts, self._ended = most_files, most_field, 0, False
        self._headers: dict[bytes, bytes] = {}
        self._header, self._value = bytearray(), bytearray()
        self._name, self._text, self._size = "", bytearray(), 0
        self._file: IO[bytes] | None = None
        calls: dict[str, Any] = {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header,
            "on_header_value": self._on_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._finished,
        }
        self._parser = MultipartParser(boundary, calls)  # type: ignore[arg-type]

    def write(self, chunk: bytes) -> None:
        """Parse one piece. Raises TooLarge, BadBody, FormParserError."""
        self._parser.write(chunk)

    def finish(self) -> Form:
        """The form, all of which has come. Raises BadBody."""
        if not self._ended:
            raise BadBody("cut short")
        return self.form

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MAX_FIELDS:
            raise TooLarge("số ô nội dung")
        self._headers, self._text, self._size, self._file = {}, bytearray(), 0, None

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]
        self._bound_header()

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._bound_header()

    def _bound_header(self) -> None:
        if len(self._header) + len(self._value) > _MAX_HEADER:
            raise BadBody("a header too long")

    def _end_header(self) -> None:
        self._headers[bytes(self._header).lower()] = bytes(self._value)
        self._header, self._value = bytearray(), bytearray()

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options:
            if len(self.form.files) >= self._most_files:
                raise TooLarge(f"số tệp trong một lần gửi (tối đa {MAX_FILES:02} tệp)")
            self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
            self.form.files.append(FilePart(options[b"filename"].decode("utf-8", "replace"), self._file))

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._file is not None:
            if self._size > MAX_FILE:
                raise TooLarge(f"tệp “{self.form.files[-1].name[:80]}” (mức tiếp nhận 20 MB một tệp)")
            self._file.write(data[start:end])
        elif self._size > self._most_field:
            raise TooLarge("một ô nội dung")
        else:
            self._text += data[start:end]

    def _end(self) -> None:
        if self._file is None:
            self.form.fields[self._name] = self._text.decode("utf-8", "replace")
        elif self._size == 0 and not self.form.files[-1].name:
            self.form.files.pop().content.close()  # the browser's empty file field

    def _finished(self) -> None:
        self._ended = True

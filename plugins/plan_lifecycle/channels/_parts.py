"""A message that came in, taken apart: who, about what, in answer to which, and the files that it brings.

Xã Bình An answers with its report in a forwarded message, in a ``winmail.dat``, under a name in windows-1258: the file
comes out all the same. What cannot be taken apart keeps its bytes and says so in ``problems``; nothing here raises.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses

from plan_lifecycle.channels._header_text import file_name, header_text, safe_name
from plan_lifecycle.channels._inline import is_page
from plan_lifecycle.channels._tnef import is_tnef, tnef_files

_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, IndexError)
_MOST_LINES = 1_000_000
_MOST_DELIMITERS = 20_000
_MOST_PARTS = 200
_DEEPEST = 12
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_DELIMITER = re.compile(rb"(?:^|[\r\n])--[^\r\n]")
_HEAD_END = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")
_MBOX_LINE = re.compile(rb"\A>?From [^\r\n]*(?:\r\n|\n|\r)")
_ENDINGS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
_NO_DOCUMENT = re.compile(
    r"(?i)^(?:application/(?:pkcs7-signature|x-pkcs7-signature|pgp-signature|pgp-keys|ics|ms-tnef|applefile)|"
    r"text/(?:calendar|x?-?vcard|directory)|message/.*|multipart/.*)$"
)
_NO_DOCUMENT_NAME = re.compile(r"(?i)(?:\.(?:p7s|asc|sig|vcf|ics)|^winmail\.dat|^smime\.p7[sm])$")
_STABLE = ("message-id", "from", "date", "subject")


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file of a message. ``within`` are the Message-IDs of the messages that it is enclosed in, outermost first.

    ``shown``: it is a picture inside the text.
    """

    name: str
    content_type: str
    data: bytes = field(repr=False)
    within: tuple[str, ...] = ()
    shown: bool = False


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """What a message says of itself. ``identity`` is the same for every copy of it, whatever way each one took.

    ``senders`` and ``recipients`` are addresses in lower case; ``in_reply_to`` Message-IDs, nearest first;
    ``headers`` the first of each name, decoded, names in lower case. ``problems`` says what could not be read.
    """

    identity: str
    message_id: str | None
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: str
    in_reply_to: tuple[str, ...]
    headers: dict[str, str] = field(repr=False)
    files: tuple[FilePart, ...]
    problems: tuple[str, ...] = ()


def read_message(data: bytes) -> IncomingMessage:
    """Take a message apart. Never raises; time and memory are bounded by the length of ``data``."""
    data = _MBOX_LINE.sub(b"", data.lstrip(b"\xef\xbb\xbf\r\n\t "), count=1)
    problems: list[str] = []
    message = _parsed(data, problems)
    headers: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), []).append(header_text(str(value)))
    found = _without_decoration([*_files_of(message, problems)])
    message_ids = _ids(headers.get("message-id", []))
    return IncomingMessage(
        identity=_identity(data, headers),
        message_id=message_ids[0] if message_ids else None,
        senders=_addresses(headers, "from"),
        recipients=_addresses(headers, "to", "cc", "delivered-to", "x-original-to", "envelope-to"),
        subject=headers.get("subject", [""])[0],
        in_reply_to=_in_reply_to(headers),
        headers={name: values[0] for name, values in headers.items()},
        files=tuple(found),
        problems=tuple(dict.fromkeys(problems)),
    )


def _parsed(data: bytes, problems: list[str]) -> Message:
    lines = data.count(b"\n") + data.count(b"\r") // 2
    if lines > _MOST_LINES or sum(1 for _ in _DELIMITER.finditer(data)) > _MOST_DELIMITERS:
        problems.append("thư có cấu trúc bất thường, không mở")
        data = data[: _head_end(data)][:200_000]
    try:
        return message_from_bytes(data)
    except _BROKEN:
        problems.append("không đọc được cấu trúc thư")
    try:
        return message_from_bytes(data[: _head_end(data)])
    except _BROKEN:
        return Message()


def _files_of(message: Message, problems: list[str]) -> Iterator[FilePart]:
    for seen, (part, within) in enumerate(_leaves(message, (), 0, problems), start=1):
        if seen > _MOST_PARTS:
            problems.append(f"thư có hơn {_MOST_PARTS} phần, các phần sau không mở")
            return
        try:
            yield from _files(part, within, seen)
        except _BROKEN:
            problems.append(f"không đọc được phần thứ {seen} của thư")


def _leaves(
    part: Message, within: tuple[str, ...], depth: int, problems: list[str]
) -> Iterator[tuple[Message, tuple[str, ...]]]:
    """The leaves in order, those of enclosed messages too."""
    # a leaf is not looked at here: Python would decode it by whatever charset it names
    payload = part.get_payload() if part.is_multipart() else None
    if not isinstance(payload, list) and depth < _DEEPEST and (saved := _saved_message(part)) is not None:
        payload = [saved]
    if not isinstance(payload, list):
        yield part, within
    elif depth >= _DEEPEST:
        problems.append("thư lồng nhau quá sâu, phần trong cùng không mở")
    else:
        enclosing = not part.is_multipart() or part.get_content_maintype() == "message"
        for inner in payload:
            if isinstance(inner, Message):
                ids = _ids([header_text(str(inner.get("message-id", "")))]) if enclosing else []
                yield from _leaves(inner, (*within, *ids[:1]) if enclosing else within, depth + 1, problems)


def _saved_message(part: Message) -> Message | None:
    """The message in a file that a mail program saved ("thu.eml") and a person attached."""
    name = file_name(str(part.get("content-disposition", "")), str(part.get("content-type", "")))
    if not (name or "").lower().endswith(".eml"):
        return None
    try:
        saved = message_from_bytes(_content(part))
    except _BROKEN:
        return None
    return saved if saved.is_multipart() and "from" in saved else None


def _files(part: Message, within: tuple[str, ...], place: int) -> Iterator[FilePart]:
    raw = {name.lower(): str(value) for name, value in reversed([*part.raw_items()])}
    disposition, described = raw.get("content-disposition", ""), raw.get("content-type", "")
    kind = part.get_content_type()
    name = file_name(disposition, described)
    if not name and kind.startswith(("text/", "message/", "multipart/")):
        return
    data = _content(part)
    if is_tnef(data):
        for inner, content in tnef_files(data):
            yield FilePart(inner, "application/octet-stream", content, within)
        return
    attached = disposition.lower().lstrip().startswith("attachment")
    inside_text = kind.startswith("image/") and not attached and ("content-id" in raw or not name)
    name = name or safe_name(f"tep-{place}{_ENDINGS.get(kind, '.bin')}")
    if data.strip() and not _NO_DOCUMENT.match(kind) and not _NO_DOCUMENT_NAME.search(name):
        yield FilePart(name, kind, data, within, inside_text)


def _without_decoration(files: list[FilePart]) -> list[FilePart]:
    """Leave out pictures inside the text that are no photograph of a paper."""
    times = Counter(file.data for file in files if file.shown)
    return [file for file in files if not file.shown or is_page(file.name, file.data, times[file.data])]


def _content(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _in_reply_to(headers: dict[str, list[str]]) -> tuple[str, ...]:
    nearest = _ids(headers.get("in-reply-to", []))
    thread = _ids(headers.get("references", []))[::-1]
    return tuple(dict.fromkeys([*nearest, *thread]))[:50]


def _ids(values: list[str]) -> list[str]:
    return [found for value in values for found in _MESSAGE_ID.findall(value)]


def _addresses(headers: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    values = [value for name in names for value in headers.get(name, [])]
    try:
        found = getaddresses(values)
    except _BROKEN:
        return ()
    return tuple(dict.fromkeys(address.strip().lower() for _, address in found if "@" in address))


def _head_end(data: bytes) -> int:
    found = _HEAD_END.search(data)
    return found.end() if found else len(data)


def _identity(data: bytes, headers: dict[str, list[str]]) -> str:
    """SHA-256 of what no server on the way changes: the headers that the sender wrote, and the body."""
    told = "\x1f".join(headers.get(name, [""])[0] for name in _STABLE)
    body = data[_head_end(data) :].replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip()
    return hashlib.sha256(told.encode("utf-8", "replace") + b"\x1e" + body).hexdigest()

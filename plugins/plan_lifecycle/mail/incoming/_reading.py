"""A message taken apart, whatever its shape: headers as text, the parts that are its own, the message it returns."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from functools import cached_property

from plan_lifecycle.domain.regex import regex

MAIL_ERRORS = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_KNOWN = frozenset(
    {"from", "to", "subject", "date", "message-id", "received", "return-path", "content-type", "mime-version"}
)
_MBOX_LINE = regex(rb"\A>?From [^\r\n]*\r?\n")
_READABLE = ("text/", "message/", "multipart/")  # the last two where they are broken
_LONGEST = 200_000
_LONGEST_HEADER = 10_000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf that belongs to the message itself, not to one that it encloses; ``method`` is a calendar's, if told."""

    type: str
    text: str
    name: str | None
    attached: bool
    method: str = ""


class Reading:
    """A message with its own parts, and ``returned``: the headers and text of the messages that it encloses."""

    def __init__(self, message: Message, data: bytes) -> None:
        self.message, self.data = message, data
        self.parts: list[Part] = []
        self.blocks: list[dict[str, str]] = []
        self.returned: list[Message] = []
        self._headers: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._headers.setdefault(name.lower(), []).append(_readable(str(value)))
        self._take(message, 0)

    def header(self, name: str) -> str:
        """The first header of a name, decoded and on one line; empty where there is none."""
        return self._headers.get(name, [""])[0]

    def headers(self, name: str) -> list[str]:
        """All headers of a name."""
        return self._headers.get(name, [])

    def has(self, *names: str) -> bool:
        """Whether any of the headers is there."""
        return any(name in self._headers for name in names)

    def addresses(self, *names: str) -> set[str]:
        """The addresses in headers, in lower case."""
        values = [value for name in names for value in self.headers(name)]
        return {address.lower() for _, address in getaddresses(values) if "@" in address}

    @cached_property
    def type(self) -> str:
        """The content type of the whole."""
        return self.message.get_content_type()

    @cached_property
    def report_type(self) -> str:
        """delivery-status, disposition-notification, feedback-report, or empty."""
        if self.type != "multipart/report":
            return ""
        return (_attempt_text(lambda: self.message.get_param("report-type")) or "").lower()

    @cached_property
    def text(self) -> str:
        """What a reader sees first: the plain texts, or else the HTML without its tags."""
        plain = [part.text for part in self.parts if part.type != "text/html"]
        if any(text.strip() for text in plain):
            return "\n".join(plain)
        return "\n".join(without_tags(part.text) for part in self.parts if part.type == "text/html")

    def _take(self, part: Message, depth: int) -> None:
        kind = part.get_content_type()
        payload = part.get_payload() if part.is_multipart() else None
        if kind in ("message/delivery-status", "message/feedback-report", "message/disposition-notification"):
            self.parts.append(Part(kind, "", None, attached=False))
            self.blocks.extend(_blocks(part))
        elif kind == "text/rfc822-headers":
            self.returned.append(message_from_bytes(_decoded(part).encode("utf-8", "replace")))
        elif kind.startswith("message/") and isinstance(payload, list):
            self.returned.extend(message for message in payload if isinstance(message, Message))
        elif isinstance(payload, list) and depth < _DEEPEST:
            for message in payload:
                if isinstance(message, Message):
                    self._take(message, depth + 1)
        else:
            self.parts.append(_leaf(part, kind))


def read(data: bytes) -> Reading | None:
    """Take a message apart; None where the bytes are no message at all."""
    body = data.lstrip(b"\xef\xbb\xbf\r\n\t ")
    body = _MBOX_LINE.sub(b"", body)
    try:
        message = message_from_bytes(body)
        if not any(name.lower() in _KNOWN for name in message):
            return None
        return Reading(message, body)
    except MAIL_ERRORS:
        return None


def _leaf(part: Message, kind: str) -> Part:
    name = _attempt_text(part.get_filename)
    disposition = (_attempt_text(part.get_content_disposition) or "").lower()
    text = _decoded(part) if kind.startswith(_READABLE) else ""
    method = _attempt_text(lambda: part.get_param("method")) or ""
    attached = disposition == "attachment" or bool(name)
    return Part(kind, text, _readable(name) if name else None, attached, method)


def _blocks(part: Message) -> Iterator[dict[str, str]]:
    """The groups of fields in a report, keys in lower case; a base64 report is decoded first."""
    payload = part.get_payload() if part.is_multipart() else _decoded(part)
    groups = [message for message in payload if isinstance(message, Message)] if isinstance(payload, list) else []
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if encoding in ("base64", "quoted-printable") or not any(group.keys() for group in groups):
        raw = "\n".join(str(group) for group in groups) if groups else str(payload or "")
        shell = Message()
        shell["Content-Transfer-Encoding"] = encoding
        shell.set_payload(raw.strip())
        text = _decoded(shell)
        groups = [message_from_bytes(each.encode()) for each in re.split(r"\r?\n\s*\r?\n", text) if each.strip()]
    for group in groups:
        fields: dict[str, str] = {}
        for name, value in group.raw_items():
            fields.setdefault(name.lower(), _readable(str(value)))
        if fields:
            yield fields


def _decoded(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
    except MAIL_ERRORS:
        payload = None
    data = payload if isinstance(payload, bytes) else b""
    charset = _attempt_text(part.get_content_charset) or "utf-8"
    for name in (charset, "utf-8"):
        try:
            return unicodedata.normalize("NFC", data[:_LONGEST].decode(name))
        except (LookupError, ValueError):
            continue
    return data[:_LONGEST].decode("utf-8", "replace")


def _readable(raw: str) -> str:
    """A header value as text: folded lines joined, RFC 2047 words decoded, bare UTF-8 bytes understood."""
    value = raw[:_LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if "=?" in value:
        with suppress(*MAIL_ERRORS):
            value = str(make_header(decode_header(value)))
    return unicodedata.normalize("NFC", " ".join(value.split()))


def without_tags(text: str) -> str:
    """The visible text; every pattern is bounded, so hostile HTML costs no more than its length."""
    visible = re.sub(r"(?i)<(?:style|script|title)\b[^<>]{0,500}>[^<]*</(?:style|script|title)\s{0,9}>", " ", text)
    broken = re.sub(r"(?i)<(?:br|/p|/div|/tr|/h\d|/li)\b[^<>]*>", "\n", visible)
    return html.unescape(re.sub(r"<(?![^<>\s]{0,128}@)[^<>]*>", " ", broken))


def _attempt_text(call: Callable[[], object]) -> str | None:
    """What the library reads, or None where the message is too broken for it (RFC 2231 gives a triple)."""
    try:
        value = call()
    except MAIL_ERRORS:
        return None
    return str(value[2] if isinstance(value, tuple) else value) if value else None

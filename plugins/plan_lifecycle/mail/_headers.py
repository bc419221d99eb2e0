"""Header values: Vietnamese text as RFC 2047 words and RFC 2231 parameters, addresses, and no way to inject a line."""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from plan_lifecycle.domain.errors import InputError

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_WORD = re.compile(r"\S+\s*|\s+")
_BYTES_PER_WORD = 42
_SHORT = 66


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: ``email`` as it goes on the wire, ``name`` as people read it. ``str()`` is its form in a header.

    Raises InputError for what cannot be mailed: a local part that is not ASCII (yagmail would fail later, in the
    middle of a batch), or control characters. A domain in Vietnamese is turned into its ASCII form.
    """

    email: str
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "email", checked_email(self.email))
        refuse_control(self.name, "name")

    def __str__(self) -> str:
        return f"{_phrase(self.name)} <{self.email}>" if self.name else self.email

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.email.rpartition("@")[2]


@lru_cache(maxsize=4096)
def checked_email(email: str) -> str:
    """The address in ASCII. Raises InputError where it cannot be mailed."""
    local, at, domain = email.strip().rpartition("@")
    if not (at and len(local) <= 64 and _LOCAL.fullmatch(local)):
        raise InputError("an e-mail address in ASCII such as ubnd@binhan.example.vn", field="email", found=email)
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise InputError("a domain name", field="email", found=email) from error
    if not _DOMAIN.fullmatch(ascii_domain) or len(ascii_domain) > 253:
        raise InputError("a domain name", field="email", found=email)
    return f"{local}@{ascii_domain}"


def refuse_control(text: str, field: str) -> str:
    """The text, unless it holds a line break or control character: such a header would become two."""
    if _CONTROL.search(text):
        raise InputError("one line without control characters", field=field, found=text)
    return text


def header_line(name: str, value: str) -> str:
    """One header, on a line of its own after the name where it would be too long beside it."""
    first = value.partition("\r\n")[0]
    return f"{name}: {value}" if len(name) + 2 + len(first) <= 78 else f"{name}:\r\n {value}"


def encode_text(text: str, *, in_quotes: bool = False) -> str:
    """Unstructured text: as it is where short and ASCII, else RFC 2047 words, one a line."""
    specials = ('"', "\\") if in_quotes else ()
    if text.isascii() and len(text) <= _SHORT and "=?" not in text and not any(mark in text for mark in specials):
        return text
    return _encoded_words(text)


def parameter(name: str, value: str) -> str:
    """A MIME parameter: quoted where plain ASCII, else RFC 2231, in numbered sections where it is long."""
    if value.isascii() and len(value) <= _SHORT and '"' not in value and "\\" not in value:
        return f'{name}="{value}"'
    coded = "utf-8''" + quote(value, safe="")
    if len(coded) <= _SHORT:
        return f"{name}*={coded}"
    sections = [f"{name}*{i}*={section}" for i, section in enumerate(_sections(coded))]
    return ";\r\n ".join(sections)


def _phrase(name: str) -> str:
    if _PLAIN_PHRASE.fullmatch(name) and len(name) <= _SHORT:
        return name
    if name.isascii() and len(name) <= _SHORT and "=?" not in name:
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _encoded_words(name)


@lru_cache(maxsize=1024)
def _encoded_words(text: str) -> str:
    words = (b2a_base64(chunk, newline=False).decode("ascii") for chunk in _chunks(text))
    return "\r\n ".join(f"=?utf-8?B?{word}?=" for word in words)


def _chunks(text: str) -> Iterator[bytes]:
    """Pieces of at most 42 bytes, cut after a space where there is one, and never inside a character."""
    chunk = b""
    for word in _WORD.findall(text):
        coded = word.encode()
        pieces = [coded] if len(coded) <= _BYTES_PER_WORD else [character.encode() for character in word]
        for piece in pieces:
            if len(chunk) + len(piece) > _BYTES_PER_WORD:
                yield chunk
                chunk = b""
            chunk += piece
    yield chunk


def _sections(coded: str, size: int = 60) -> Iterator[str]:
    while coded:
        cut = size
        while cut < len(coded) and "%" in coded[cut - 2 : cut]:
            cut -= 1
        yield coded[:cut]
        coded = coded[cut:]

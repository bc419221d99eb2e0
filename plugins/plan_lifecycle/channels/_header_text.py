"""Headers and file names as people wrote them, whatever their mail client made of them.

"Báo cáo.docx" comes as RFC 2047 words (also inside quotes, where they do not belong), as RFC 2231 sections, percent
coded, or as bare bytes in UTF-8 or windows-1258. Nothing here raises, and everything is bounded by its length.
"""

from __future__ import annotations

import binascii
import re
import unicodedata
from contextlib import suppress
from email.message import Message
from typing import Any
from urllib.parse import unquote_to_bytes

LONGEST_HEADER = 20_000
LONGEST_FILE_NAME = 200
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_BARE_PARAMETER = re.compile(r"(?i)\b(?:file)?name\*?\s*=\s*\"?([^\";\r\n]{1,500})")
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_FALLBACKS = ("utf-8", "windows-1258", "latin-1")


def header_text(raw: str) -> str:
    """A raw header value (bytes as surrogates) as one line of NFC text."""
    return " ".join(_UNSTORABLE.sub(" ", unicodedata.normalize("NFC", decode_words(_from_raw(raw)))).split())


def decode_bytes(data: bytes, charset: str | None) -> str:
    """Text in the charset that is named, or in the first that can be: senders name wrong ones."""
    for name in (charset, *_FALLBACKS):
        with suppress(LookupError, ValueError):
            if name:
                return unicodedata.normalize("NFC", data.decode(name))
    return data.decode("utf-8", "replace")


def decode_words(text: str) -> str:
    """RFC 2047 words decoded. Adjacent words of one charset are joined first: some clients cut inside a letter."""
    if "=?" not in text:
        return text
    joined = _BETWEEN_WORDS.sub(r"\1", text)
    out: list[str] = []
    run: list[tuple[str, str]] = []
    charset, end = "", 0
    for word in _WORD.finditer(joined):
        if word.start() != end or word[1].lower() != charset:
            out += (_run_text(run, charset), joined[end : word.start()])
            run = []
        run.append((word[2].upper(), word[3]))
        charset, end = word[1].lower(), word.end()
    return "".join([*out, _run_text(run, charset), joined[end:]])


def file_name(disposition: str, content_type: str) -> str | None:
    """The name that a part's raw Content-Disposition and Content-Type give its file; None where they give none."""
    for raw, parameter in ((disposition, "filename"), (content_type, "name"), (disposition, "name")):
        found = _parameter(_from_raw(raw), parameter) if raw else None
        name = safe_name(found) if found else ""
        if name:
            return name
    return None


def safe_name(name: str) -> str:
    """A file name without folders, control or direction characters; its ending survives where it is too long."""
    flat = "".join(
        sign if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn") else " " * (sign in "\t\r\n")
        for sign in unicodedata.normalize("NFC", name[:LONGEST_HEADER])
    )
    plain = " ".join(re.split(r"[/\\]", flat)[-1].split()).strip(". ")
    if len(plain) <= LONGEST_FILE_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST_FILE_NAME]
    return stem[: LONGEST_FILE_NAME - len(ending) - 1] + "." + ending


def _parameter(header: str, parameter: str) -> str | None:
    shell = Message()
    shell["X"] = header.replace("\r", " ").replace("\n", " ")
    given: list[Any]
    try:
        given = [value for name, value in shell.get_params([], header="X") if name.lower() == parameter]
    except (ValueError, LookupError, TypeError, AttributeError):
        bare = _BARE_PARAMETER.search(header)
        given = [bare[1]] if bare and parameter == "filename" else []
    found = next((each for each in given if isinstance(each, tuple)), given[0] if given else None)
    if isinstance(found, tuple):
        return _extended(found[0], found[2])
    if not isinstance(found, str) or not found.strip():
        return None
    return _percent_decoded(decode_words(found))


def _extended(charset: str | None, value: str) -> str:
    """RFC 2231: the library has undone the percent signs into one character a byte."""
    try:
        data = value.encode("latin-1")
    except UnicodeEncodeError:
        return value
    return _percent_decoded(decode_words(decode_bytes(data, charset)))


def _percent_decoded(text: str) -> str:
    """ "B%C3%A1o c%C3%A1o.docx" where that is what it plainly is; "100%.docx" stays."""
    if "%" not in text or not text.isascii():
        return text
    try:
        decoded = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return text
    return text if decoded.isascii() and "%20" not in text else decoded


def _from_raw(raw: str) -> str:
    raw = raw[:LONGEST_HEADER]
    if raw.isascii():
        return raw
    return decode_bytes(raw.encode("utf-8", "surrogateescape"), None)


def _run_text(run: list[tuple[str, str]], charset: str) -> str:
    """Words that belong together. Base64 that was cut without padding goes on in the next word."""
    data, base64 = b"", ""
    for encoding, text in run:
        if encoding == "B":
            base64 += text
            if not text.endswith("="):
                continue
        data += _from_base64(base64)
        base64 = ""
        if encoding == "Q":
            data += binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)
    return decode_bytes(data + _from_base64(base64), charset)


def _from_base64(text: str) -> bytes:
    clean = _NOT_BASE64.sub("", text)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + "=" * (-len(clean) % 4))

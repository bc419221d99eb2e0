"""RTF: what it would load or call, and a mark of secrecy among its first lines. It is searched, nothing is run."""

from __future__ import annotations

import re

from plan_lifecycle.documents.gate._findings import Findings
from plan_lifecycle.documents.gate._secrecy import secrecy_mark

_LINES_OF_HEAD = 60
_MAX_HEAD = 1 << 20
# One word, sign or run of letters at a time; each begins where the one before ended.
_TOKEN = re.compile(
    rb"\\'([0-9A-Fa-f]{2})|\\u(-?\d{1,6}) ?|\\([a-z]{1,32})(-?\d{1,10})? ?|\\(.)|([^\\{}\r\n]{1,400})", re.S
)
_ENDS = {b"par", b"pard", b"line", b"cell", b"row", b"sect", b"page", b"tab", b"nestcell"}
_CALLS = re.compile(rb"\b(?:DDE(?:AUTO)?)\b[ \t]", re.IGNORECASE)
_LOADS = re.compile(rb"\\(?:objupdate|objautlink|objocx)\b")
_TEMPLATE = re.compile(rb"\\template\s{0,9}(?:https?|ftp|\\\\)", re.IGNORECASE)


def inspect_rtf(data: bytes, findings: Findings) -> None:
    """Fill the findings."""
    if _LOADS.search(data):
        findings.refuse("dangerous_object", "RTF")
    if _TEMPLATE.search(data):
        findings.refuse("dangerous_link", "RTF")
    if b"\\fldinst" in data and _CALLS.search(data):
        findings.refuse("dde")
    for line in _lines(data[:_MAX_HEAD]):
        findings.mark(secrecy_mark(line))


def _lines(data: bytes) -> list[str]:
    """The first lines of text; bytes above 127 in the code page of Vietnamese Windows."""
    lines, line, skip = [], "", 0
    for match in _TOKEN.finditer(data):
        byte, letter, word, _, sign, text = match.groups()
        if letter is not None:
            line, skip = line + chr(int(letter) % 0x10000), 1
        elif word in _ENDS:
            lines += [line] if line.strip() else []
            line, skip = "", 0
        elif skip and (byte is not None or text is not None):
            line, skip = line + (text or b"")[1:].decode("cp1258", "replace"), 0
        elif byte is not None:
            line += bytes.fromhex(byte.decode()).decode("cp1258", "replace")
        elif text is not None:
            line += text.decode("cp1258", "replace")
        elif sign == b"~":
            line += " "
        if len(lines) >= _LINES_OF_HEAD:
            break
        line = line[-400:]
    return [*lines, line]

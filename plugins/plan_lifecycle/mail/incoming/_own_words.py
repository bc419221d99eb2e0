"""What the writer of a message wrote: without the letter that is quoted below, above or between it.

Mail programs mark what they quote in their own ways: a sign before each line, a line that says who wrote, a block of
headers, a box of HTML. Where a program marks nothing, our own letters are known by their last lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.mail.incoming._reading import Reading, read, without_tags

_QUOTE_BOX = regex(
    r"(?i)<blockquote\b|<div\b[^<>]{0,300}\b(?:class|id)\s*=\s*[\"']?[^\"'<>]{0,100}"
    r"(?:gmail_quote|gmail_extra|yahoo_quoted|divRplyFwdMsg|appendonsend|moz-cite-prefix|zmail_extra|"
    r"OutlookMessageHeader|protonmail_quote|tutanota_quote|reply-intro)|<hr\b[^<>]{0,200}\b(?:stopSpelling|zwchr)"
)
_QUOTED = regex(r"^\s*[>|]")
_WROTE = regex(
    r"(?i)^\W{0,3}(?:(?:vào|lúc|ngày|on|le|am)\b.{4,200}|.{0,120}[<(\[]?\S+@\S+[>)\]]?.{0,60})"
    r"(?:đã viết|viết|wrote|a écrit|schrieb)\s*:?\s*$"
)
_WHEN = regex(r"(?i)^\W{0,3}(?:vào|lúc|ngày|on|le|am)\b")
_LONGEST_LINES = 400
_CUT = regex(
    r"(?i)^\W{0,3}(?:-{2,}\s*)?(?:original message|forwarded message|thư gốc|thư đã chuyển tiếp|thư được chuyển tiếp|"
    r"tin nhắn (?:gốc|được chuyển tiếp|đã chuyển tiếp)|begin forwarded message|bắt đầu thư được chuyển tiếp)\b"
    r"|^\s*_{10,}\s*$|^-- ?$"
)
_HEADER = regex(r"(?i)^[\s*]*(?:from|từ|người gửi|de|von)\s?\*?\s?:")
_MORE_HEADERS = regex(
    r"(?i)^[\s*]*(?:sent|date|to|subject|cc|đã gửi|gửi lúc|ngày|tới|đến|người nhận|chủ đề|tiêu đề)\s?\*?\s?:"
)
_OF_OURS = regex(r"không thay thế (?:văn bản hành chính|việc đăng ký văn bản đến)")
_OPENING = regex(r"(?i)^\s*Kính gửi\s*:")


def own_words(data: bytes) -> str:
    """The text that the writer added; empty where there is none, or the bytes are no message. Never raises."""
    reading = read(data)
    return "" if reading is None else own_words_of(reading)


def own_words_of(reading: Reading) -> str:
    """The same of a message that is taken apart already."""
    own = [part for part in reading.parts if not part.attached]
    plain = "\n".join(part.text for part in own if part.type == "text/plain")
    if not plain.strip():
        plain = "\n".join(without_tags(_before_the_box(part.text)) for part in own if part.type == "text/html")
    return "\n".join(_own_lines(_without_our_letters(plain.splitlines()))).strip()


def _before_the_box(html: str) -> str:
    found = _QUOTE_BOX.search(html)
    return html[: found.start()] if found else html


def _without_our_letters(lines: list[str]) -> list[str]:
    """A letter of ours goes from its "Kính gửi" on to the end, where nothing else marks it."""
    last = next((place for place, line in enumerate(lines) if _OF_OURS.search(line)), None)
    if last is None:
        return lines
    starts = [place for place in range(last) if _OPENING.match(lines[place])]
    return lines[: starts[-1] if starts else 0]


def _own_lines(lines: list[str]) -> Iterator[str]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if _CUT.match(line) or _begins_headers(lines, place):
            return
        told = _attribution(lines, place)
        if told:
            if not any(_QUOTED.match(each) for each in _next_filled(lines, place + told)):
                return  # what follows is quoted without a mark
            place += told
        else:
            if not _QUOTED.match(line):
                yield line
            place += 1


def _attribution(lines: list[str], place: int) -> int:
    """How many lines say who wrote what follows: programs break a long one in two or three."""
    most = 3 if _WHEN.match(lines[place]) else 1
    for count in range(1, most + 1):
        some = lines[place : place + count]
        if not all(each.strip() for each in some):
            return 0
        if sum(map(len, some)) < _LONGEST_LINES and _WROTE.match(" ".join(each.strip() for each in some)):
            return count
    return 0


def _begins_headers(lines: list[str], place: int) -> bool:
    """Whether the headers of another message begin here: "From: … Sent: … To: …"."""
    if not _HEADER.match(lines[place]):
        return False
    return sum(1 for line in lines[place + 1 : place + 6] if _MORE_HEADERS.match(line)) >= 2


def _next_filled(lines: list[str], place: int) -> list[str]:
    return [line for line in lines[place:] if line.strip()][:1]

"""The head of a plan: who issued it, its number, place and date, its type and what it is about.

Letterheads stand in a borderless table, beside a tab, or line below line (Nghị định 30/2020/NĐ-CP, Phụ lục I); so
the head is read as lines up to the one that names the type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from plan_lifecycle.documents.read._agency import agencies_of
from plan_lifecycle.documents.read._blocks import Block, Paragraph
from plan_lifecycle.documents.read._phrases import DATE, OPEN_DATE, calendar_day
from plan_lifecycle.documents.read._types import Type, type_of
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_HEAD = 80  # lines; a letterhead takes a dozen, a cover page some twenty more
_NUMBER = regex(
    r"(?<!\w)s[ốôồổỗ]\s*[:.]?[\s.…_]*+(?P<number>[li]?\d{1,5}[a-zđ]?)?[\s.…_]*+[/-]\s*"
    r"(?P<symbol>(?:\d{4}\s*/\s*)?[A-ZĐ][A-Za-zĐđ]*\d{0,3}(?:\s?[-/–.&]\s?[A-ZĐ][A-Za-zĐđ]*\d{0,3})*)",
    re.I,
)
_BARE_NUMBER = regex(
    r"(?P<number>\d{1,5}[a-zđ]?)\s?[/-]\s?(?P<symbol>(?:KH|QĐ|BC|CTr|CT|TB|HD|ĐA)\s?[-/–]\s?[A-ZĐ][A-Za-zĐđ.-]{1,30})"
)
_RULE = regex(r"^[\s\-_–—=*.…]*$")
_BODY_STARTS = regex(
    r"^(?:căn cứ|kính gửi|\(kèm theo|\(ban hành kèm|kèm theo|điều \d|(?!v/v)[ivx]+[./)-]"
    r"|\d+[./)-]|phần |chương |mục [ivx\d]"
    r"|(?:thực hiện|theo|triển khai|tiếp tục|xét|nhằm|để) .*(?: số \d| số: |như sau| ban hành kế hoạch))"
)
_STATE = regex(r"cộng hòa xã hội|chủ nghĩa việt nam|độc lập\s*-|tự do\s*-|đảng cộng sản|dự thảo|ký bởi|^\(")
_LONGEST_ABSTRACT = 700
_LETTER = regex(r"v/v\b|kính gửi\b|về việc\b")
_ANNEX = regex(r"\(?(?:phụ lục|biểu mẫu|biểu số|mẫu số|danh mục)\b")
LETTER, ANNEX = "Công văn", "Phụ lục"


_ADDRESSED = regex(r"kính gửi ?:")
_ADDRESSED_BY = 60
"""Blocks among which the addressee stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the head: ``block`` is the index of the block it stands in."""

    text: str
    block: int
    paragraph: Paragraph
    in_table: bool
    cell: int


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says. ``body`` is the index of the first block after it; ``date_phrase`` the date as written.

    ``agencies`` are those of the letterhead, the superior first. ``untyped`` is what a paper without a type is.
    """

    number: str | None
    symbol: str | None
    issued_on: date | None
    date_phrase: str | None
    agencies: tuple[str, ...]
    place: str | None
    type: Type | None
    abstract: str | None
    body: int
    untyped: str | None = None

    @property
    def issuer(self) -> str | None:
        """The agency that issues: the last of the letterhead."""
        return self.agencies[-1] if self.agencies else None


def read_head(blocks: list[Block]) -> Head:
    """Read the head; what it does not say is None."""
    lines = _lines(blocks)
    at, kind = _type_line(lines)
    above = lines if at is None else lines[:at]
    number, symbol = _number(above)
    place, issued_on, phrase = _place_and_date(above)
    abstract, body = _abstract(lines, at, kind)
    agencies = agencies_of(_letterhead(above), blocks)
    untyped = _untyped(lines) if kind is None else None
    return Head(number, symbol, issued_on, phrase, agencies, place, kind, abstract, body, untyped)


def addressee(blocks: list[Block]) -> str | None:
    """Whom a paper is addressed to, as it says in the line that begins so; None where it does not."""
    texts = (block.text for block in blocks[:_ADDRESSED_BY] if isinstance(block, Paragraph))
    return next((text.partition(":")[2].strip() for text in texts if _ADDRESSED.match(normalise(text))), None)


def _untyped(lines: list[Line]) -> str | None:
    """What a paper without a type is: a letter says what it is about and to whom, an annex begins with its name."""
    forms = [normalise(line.text) for line in lines]
    if forms and _ANNEX.match(forms[0]):
        return ANNEX
    return LETTER if any(_LETTER.match(form) for form in forms) else None


def _lines(blocks: list[Block]) -> list[Line]:
    lines: list[Line] = []
    cell = 0
    for index, block in enumerate(blocks):
        if len(lines) > _HEAD:
            break
        if isinstance(block, Paragraph):
            lines += _split(block, index, False, cell)
            continue
        for one in block.cells():
            cell += 1
            for paragraph in one.paragraphs:
                lines += _split(paragraph, index, True, cell)
            if len(lines) > _HEAD:
                break
        cell += 1
    return lines


def _split(paragraph: Paragraph, block: int, in_table: bool, cell: int) -> list[Line]:
    pieces = (" ".join(piece.split()) for piece in re.split(r"[\t\n]", paragraph.full))
    return [Line(piece, block, paragraph, in_table, cell) for piece in pieces if piece]


def _type_line(lines: list[Line]) -> tuple[int | None, Type | None]:
    for at, line in enumerate(lines):
        kind = type_of(line.text, line.paragraph.centred or line.paragraph.bold)
        if kind is not None:
            return at, kind
    return None, None


def _stretches(lines: list[Line]) -> list[str]:
    """Each line, then each cell or paragraph as one: a number or a date may be broken over lines."""
    whole: dict[tuple[int, int, int], str] = {}
    for line in lines:
        key = (line.block, line.cell, 0 if line.in_table else id(line.paragraph))
        whole[key] = f"{whole[key]} {line.text}" if key in whole else line.text
    return [line.text for line in lines] + list(whole.values())


def _number(lines: list[Line]) -> tuple[str | None, str | None]:
    for text in _stretches(lines):
        match = _NUMBER.match(text) or _NUMBER.search(text) or _BARE_NUMBER.fullmatch(text)
        if match and not re.match(r"\s*(?:căn cứ|thực hiện|kèm)", normalise(text)):
            symbol = re.sub(r"\s", "", match["symbol"]).replace("–", "-")
            number = match["number"]
            return re.sub(r"^[lLiI]", "1", number) if number else number, symbol  # "l5" of a scan is 15
    return None, None


def _place_and_date(lines: list[Line]) -> tuple[str | None, date | None, str | None]:
    found: tuple[str | None, date | None, str | None] = (None, None, None)
    for text in _stretches(lines):
        match = DATE.search(text) or OPEN_DATE.search(text)
        if match is None or re.match(r"\(|căn cứ|kèm|thực hiện", normalise(text)):
            continue
        before = re.split(r"[\t;]|(?:[/-][A-ZĐ]{2,}\S*)", text[: match.start()])[-1]
        place = before.strip(" ,.-()*") or None
        if place or found[2] is None:
            found = (place, calendar_day(match), match[0])
        if place:
            break
    return found


def _letterhead(lines: list[Line]) -> list[str]:
    """The lines that name the agencies, down to the number."""
    made: list[str] = []
    state = _state_cells(lines)
    for line in lines:
        form = normalise(line.text)
        if line.in_table and line.cell in state:
            continue
        if re.match(r"s[ốôồổỗ]\s*[:.\d/]|số$", form) or _BARE_NUMBER.fullmatch(line.text):
            break
        dated = DATE.search(line.text) or OPEN_DATE.search(line.text)
        if not dated and not _RULE.match(line.text) and not _STATE.search(form):
            made.append(line.text.strip(" -–_*"))
    return made


def _state_cells(lines: list[Line]) -> set[int]:
    """The cells that hold the name of the state, however its lines are broken."""
    cells: dict[int, str] = {}
    for line in lines:
        if line.in_table:
            cells[line.cell] = f"{cells.get(line.cell, '')} {normalise(line.text)}"
    return {cell for cell, text in cells.items() if _STATE.search(text)}


def _abstract(lines: list[Line], at: int | None, kind: Type | None) -> tuple[str | None, int]:
    if at is None or kind is None:
        return None, 0
    first = lines[at]
    rest = kind.rest
    taken = [rest] if rest else []
    last = first
    for line in lines[at + 1 :]:
        if _ends_abstract(line, first, last, taken):
            break
        taken.append(line.text)
        last = line
    text = " ".join(taken).strip(" -–_.*") or None
    return text, last.block + 1


def _ends_abstract(line: Line, first: Line, last: Line, taken: list[str]) -> bool:
    form = normalise(line.text)
    if _RULE.match(line.text) or _BODY_STARTS.match(form) or line.in_table != first.in_table:
        return True
    if not taken:
        return len(line.text) > _LONGEST_ABSTRACT
    if line.paragraph is last.paragraph:
        return False
    shouted, was_shouted = line.text.isupper(), taken[-1].isupper()
    alike = (
        (shouted and was_shouted)
        or (line.paragraph.centred and last.paragraph.centred)
        or (line.paragraph.bold and last.paragraph.bold and line.text[:1].islower())
    )
    return not alike or sum(map(len, taken)) + len(line.text) > _LONGEST_ABSTRACT or form.startswith("ủy ban nhân dân")

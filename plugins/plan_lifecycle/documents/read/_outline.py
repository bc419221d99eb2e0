"""The outline of a plan: each paragraph with the headings that it stands under, and the tree of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plan_lifecycle.documents.read._blocks import Block, Paragraph
from plan_lifecycle.documents.read._types import PLAN, type_of
from plan_lifecycle.domain.plan import Section
from plan_lifecycle.domain.regex import regex

TEXT = 99
_SEPARATOR = r"\s*[.)/:–-]\s*"
# What an ordinal looks like, and how deep it stands. I, V and X are Roman; C and D are letters.
_ORDINALS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, regex(r"((?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?(?:[IVXL]+|\d{1,2}|[A-Z])(?!\w))?)\s*[.:–-]?\s*")),
    (0, regex(r"((?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:thứ\s+\w+|THỨ\s+\w+|[IVXL]+|\d{1,2})(?!\w))\s*[.:–-]?\s*")),
    (2, regex(r"((?:ĐIỀU|Điều)\s+\d{1,3}[a-zđ]?)\s*[.:]\s*")),
    (1, regex(rf"([A-HK-UWYZĐ]){_SEPARATOR}(?=\S)")),
    (2, regex(rf"([IVX]+){_SEPARATOR}(?=\D)")),
    (4, regex(r"(\d{1,2}(?:\.\d{1,2})+)\s*[.)/:]?\s+(?=\S)")),
    (4, regex(r"(\d{1,2}(?:\.\d{1,2})+)\s*[.)/:]\s*(?=[^\W\d])")),
    (3, regex(r"(\d{1,2})\s*\.\s+(?=\S)")),
    (3, regex(r"(\d{1,2})\s*[./:–-]\s*(?=[^\W\d])")),
    (8, regex(r"(\d{1,2})\s*\)\s*(?=\S)")),
    (7, regex(r"([a-zđ])\s*[.)/]\s*(?=\S)")),
    (9, regex(r"(\((?:\d{1,2}|[a-zđ])\))\s*(?=\S)")),
)  # fmt: skip
_BULLET = regex(r"^[-–+*•●▪◦]\s*")
_LONGEST_TITLE = 160
# From the recipients to the end of a page nothing is asked of anyone, until an annex or an attached plan begins.
_SIGNED = regex(r"(?:nơi nhận|TM\. |KT\. |TL\. )", re.I)


@dataclass(slots=True)
class Entry:
    """A paragraph in the outline. ``text`` is without its ordinal; ``path`` the headings above it, outermost first."""

    block: int
    ordinal: str
    rank: int
    text: str
    path: tuple[Entry, ...] = field(repr=False, default=())

    @property
    def is_heading(self) -> bool:
        """Whether it carries an ordinal."""
        return self.rank != TEXT

    @property
    def title(self) -> str:
        """The heading itself: what stands before the colon where text follows on the same line."""
        return self.divided[0]

    @property
    def divided(self) -> tuple[str, str]:
        """Title and what follows it in the same paragraph."""
        first, newline, rest = self.text.partition("\n")
        head, colon, tail = first.partition(":")
        if colon and tail.strip() and len(head) <= _LONGEST_TITLE:
            return head.strip(), (tail + newline + rest).strip()
        return first.rstrip(" :"), rest.strip()

    @property
    def where(self) -> str:
        """Its place in words: "Mục III.2.a", "Phụ lục I"."""
        headings = [*self.path, self] if self.is_heading else [*self.path]
        return place_of(headings)


def place_of(headings: Sequence[Entry]) -> str:
    """Headings as a coordinator finds them: "Phụ lục I, Mục 2.1"."""
    named = [heading.ordinal for heading in headings if heading.rank == 0]
    numbers: list[str] = []
    for heading in headings:
        if heading.rank:
            if heading.rank == 4 and numbers and heading.ordinal.startswith(f"{numbers[-1]}."):
                numbers.pop()
            numbers.append(heading.ordinal.strip("()"))
    articles = [number for number in numbers if number.lower().startswith("điều")]
    rest = ".".join(number for number in numbers if number not in articles)
    return ", ".join([*named, *articles, *([f"Mục {rest}"] if rest else [])]) or "Phần mở đầu"


def outline(blocks: Sequence[Block], start: int = 0) -> list[Entry]:
    """The paragraphs of the body in order; those inside tables are not among them."""
    entries: list[Entry] = []
    above: list[Entry] = []
    signed = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        ordinal, rank, text = split_ordinal(block.full)
        signed = not _resumes(block, rank) if signed else _SIGNED.match(block.full) is not None
        if signed:
            continue
        while rank != TEXT and above and above[-1].rank >= rank:
            above.pop()
        entry = Entry(index, ordinal, rank, text, tuple(above))
        entries.append(entry)
        if rank != TEXT:
            above.append(entry)
    return entries


def _resumes(block: Paragraph, rank: int) -> bool:
    if rank == 0:
        return True
    kind = type_of(block.text, block.centred or block.bold)
    return kind is not None and kind.name == PLAN


def split_ordinal(full: str) -> tuple[str, int, str]:
    """Ordinal, rank and the rest of a paragraph; a bullet is dropped, and a text without an ordinal has rank TEXT."""
    full = full.strip()
    for rank, pattern in _ORDINALS:
        match = pattern.match(full)
        if match is None:
            continue
        depth = min(rank + match[1].count(".") - 1, 6) if rank == 4 else rank
        rest = full[match.end() :].strip()
        if rank == 0 and rest and not rest.isupper():  # "Phụ lục I của Kế hoạch này …" is a sentence
            continue
        return match[1].replace("PHỤ LỤC", "Phụ lục"), depth, rest
    return "", TEXT, _BULLET.sub("", full)


def sections(entries: Iterable[Entry]) -> tuple[Section, ...]:
    """The tree of sections; text before the first heading belongs to none of them."""
    roots: list[_Node] = []
    nodes: dict[int, _Node] = {}
    for entry in entries:
        parent = nodes.get(id(entry.path[-1])) if entry.path else None
        if not entry.is_heading:
            if parent is not None and not parent.title:  # "PHỤ LỤC" has its title on the next line
                parent.title = entry.text
            elif parent is not None:
                parent.text.append(entry.text)
            continue
        title, text = entry.divided
        node = nodes[id(entry)] = _Node(entry.ordinal, title, [text] if text else [])
        (parent.children if parent is not None else roots).append(node)
    return tuple(node.section() for node in roots)


@dataclass(slots=True)
class _Node:
    ordinal: str
    title: str
    text: list[str]
    children: list[_Node] = field(default_factory=list)

    def section(self) -> Section:
        return Section(self.ordinal, self.title, tuple(self.text), tuple(child.section() for child in self.children))

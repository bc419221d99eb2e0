"""The head of the first page: agencies, number, Quốc hiệu, Tiêu ngữ, place and date; and the title under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from plan_lifecycle.documents.check._kinds import kind_of, leading_kind
from plan_lifecycle.documents.check._spots import FULL, LEFT, RIGHT, Spot, is_rule, spots_of
from plan_lifecycle.documents.check._style import is_capitals
from plan_lifecycle.documents.formatting import Block, Paragraph, every_paragraph

_NATIONAL = "cong hoa xa hoi chu nghia viet nam"
_MOTTO = "doc lap - tu do - hanh phuc"
_ALIKE = 0.78
_SEARCHED_BLOCKS, _SEARCHED_SPOTS = 25, 80
_NUMBER = re.compile(r"^(so\s*[:.;]|so\s+[\d…._]|[\d…._]+\s*/\s*[a-z]|s\s?o\s*:)")
_DATE = re.compile(
    r"^(.{0,60}?,?\s*)ngay[\d….\s_]*thang[\d….\s_]*nam[\d….\s_]*$|^.{2,50},\s*(ngay\s*)?[\d….]+[/-][\d….]+[/-]"
)
_SUBJECT = re.compile(r"^(v/v|v\.v|ve viec)\b")
_STOP = re.compile(r"^(kinh gui|\W{0,2}\s*(ban hanh )?kem theo|phu luc)\b")
_BEGINS_TEXT = re.compile(r"^(can cu|thuc hien|theo de nghi|[ivx]+\. |1\. |phan (thu )?[i1n]|dieu 1)")
_LONGEST_ABSTRACT = 400
# Marks stamped at the head: a draft, urgency, secrecy.
_MARK = re.compile(r"^(du thao|hoa toc|thuong khan|khan|mat|toi mat|tuyet mat|luu hanh noi bo)\b.{0,20}$")
_ATTACHED = re.compile(r"^\W{0,2}\s*(ban hanh )?kem theo\b")


@dataclass(frozen=True)
class Top:
    """The elements of the head. ``names`` are the lines of the agencies, ``rules`` the drawn lines by side."""

    national: Spot | None = None
    national_lines: tuple[Spot, ...] = ()
    motto: Spot | None = None
    names: tuple[Spot, ...] = ()
    number: Spot | None = None
    date: Spot | None = None
    subject: tuple[Spot, ...] = ()
    spots: tuple[Spot, ...] = ()
    blocks: tuple[Block, ...] = ()
    last_block: int = -1


@dataclass(frozen=True)
class Title:
    """The type's name and the abstract; ``merged`` where both stand in one line.

    ``attached``: issued with another document (``(Kèm theo Quyết định số …)``), which bears number, date and signature.
    """

    kind: str | None = None
    name: Spot | None = None
    abstract: tuple[Spot, ...] = ()
    after: tuple[Spot, ...] = ()
    merged: bool = False
    attached: bool = False
    last_block: int = -1


def find_top(blocks: tuple[Block, ...]) -> Top:
    """Find the head's elements among the first blocks."""
    spots = _first_spots(blocks)
    end = next((i for i, spot in enumerate(spots) if _names_kind(spot)), len(spots))
    head = spots[:end]
    national, national_lines = _find_national(head)
    motto = _best(head, _MOTTO)
    date = next((spot for spot in head if _DATE.match(spot.folded) and len(spot.text) < 90), None)
    number = next((spot for spot in head if spot is not date and _NUMBER.match(spot.folded)), None)
    found = [spot for spot in (*national_lines, motto, number, date) if spot]
    last = max((spot.block for spot in found), default=-1)
    subject = _subject(head, number)
    last = max([last, *(spot.block for spot in subject)])
    return Top(
        national=national,
        national_lines=national_lines,
        motto=motto,
        names=_names(head, found, number),
        number=number,
        date=date,
        subject=subject,
        spots=tuple(spots),
        blocks=blocks[: last + 1],
        last_block=last,
    )


def _first_spots(blocks: Iterable[Block]) -> list[Spot]:
    spots: list[Spot] = []
    for index, block in enumerate(blocks):
        if index >= _SEARCHED_BLOCKS or len(spots) >= _SEARCHED_SPOTS:
            break
        spots.extend(spots_of(block, index))
    return spots[:_SEARCHED_SPOTS]


def _names_kind(spot: Spot) -> bool:
    return (bool(kind_of(spot.text)) and spot.side != LEFT) or (
        spot.paragraph.look.alignment == "center" and spot.side == FULL and bool(leading_kind(spot.text))
    )


def _find_national(head: list[Spot]) -> tuple[Spot | None, tuple[Spot, ...]]:
    single = _best(head, _NATIONAL)
    if single:
        return single, (single,)
    for first, second in pairwise(head):
        if _likeness(f"{first.folded} {second.folded}", _NATIONAL) >= _ALIKE:
            return first, (first, second)
    return None, ()


def _best(spots: list[Spot], wanted: str) -> Spot | None:
    best = max(spots, key=lambda spot: _likeness(spot.folded, wanted), default=None)
    return best if best is not None and _likeness(best.folded, wanted) >= _ALIKE else None


def _likeness(text: str, wanted: str) -> float:
    """How alike two short texts are, 0 to 1; at once 0 where their lengths or letters cannot agree."""
    if len(text) > 2 * len(wanted):
        return 0.0
    matcher = SequenceMatcher(None, text, wanted, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _subject(head: list[Spot], number: Spot | None) -> tuple[Spot, ...]:
    """``V/v …`` with its further lines in the same cell or paragraph."""
    begin = next((i for i, spot in enumerate(head) if _SUBJECT.match(spot.folded)), None)
    if begin is None:
        return ()
    first = head[begin]
    lines = [first]
    for spot in head[begin + 1 :]:
        same = spot.block == first.block and spot.column == first.column and spot.side == first.side
        if not same or is_rule(spot.text) or spot is number:
            break
        lines.append(spot)
    return tuple(lines)


def _names(head: list[Spot], found: list[Spot], number: Spot | None) -> tuple[Spot, ...]:
    """The lines on the left above the number (or, without tabs and tables, before the first other element)."""
    names: list[Spot] = []
    last = max((spot.block for spot in found), default=-1)
    sided = any(spot.side != FULL for spot in found)
    for spot in head:
        if spot is number or spot.block > last:
            break
        if spot in found or is_rule(spot.text) or _SUBJECT.match(spot.folded):
            if not sided and names:
                break
            continue
        if spot.side == RIGHT or (sided and spot.side == FULL and spot.block > found[0].block):
            continue
        if any(sign.isalpha() for sign in spot.text) and not _MARK.match(spot.folded):
            names.append(spot)
    return tuple(names[:6])


def find_title(blocks: tuple[Block, ...], top: Top) -> Title:
    """Find the type's name and the abstract below the head."""
    spots = list(top.spots)
    at = next((i for i, spot in enumerate(spots) if _names_kind(spot)), None)
    if at is None:
        return Title()
    name = spots[at]
    kind = kind_of(name.text)
    merged = kind is None
    abstract = [] if merged else _abstract(blocks, spots[at + 1 :], name)
    last = max([name.block, *(spot.block for spot in abstract)])
    after = tuple(spots[at + 1 + len(abstract) : at + 4 + len(abstract)])
    reference = _reference(after)
    return Title(
        kind=kind or leading_kind(name.text),
        name=name,
        abstract=tuple(abstract),
        after=after,
        merged=merged,
        attached=bool(reference),
        last_block=max([last, *(spot.block for spot in reference)]),
    )


def _reference(after: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """``(Kèm theo Quyết định số … của …)`` under the abstract, up to its closing bracket."""
    begin = next((i for i, spot in enumerate(after) if _ATTACHED.match(spot.folded)), None)
    if begin is None:
        return ()
    end = next((i for i, spot in enumerate(after) if i >= begin and spot.text.endswith(")")), begin)
    return after[begin : end + 1]


def _abstract(blocks: tuple[Block, ...], following: list[Spot], name: Spot) -> list[Spot]:
    """The lines under the type's name, up to a drawn line, an empty paragraph, or what begins the text."""
    lines: list[Spot] = []
    previous = name
    for spot in following:
        if is_rule(spot.text) or _STOP.match(spot.folded) or (lines and _ends(blocks, previous, spot)):
            break
        if spot.alignment != "center" and _BEGINS_TEXT.match(spot.folded):
            break
        centred, bold = spot.alignment == "center", all(run.look.bold for run in spot.line.visible)
        if not centred and (not bold or lines or (spot.alignment == "both" and spot.text.endswith((".", ":", ";")))):
            break
        if sum(len(line.text) for line in lines) + len(spot.text) > _LONGEST_ABSTRACT:
            break
        lines.append(spot)
        previous = spot
    return lines


def _ends(blocks: tuple[Block, ...], previous: Spot, spot: Spot) -> bool:
    """An empty paragraph, a border, or ``ỦY BAN NHÂN DÂN XÃ …`` in capitals under small letters ends an abstract."""
    bordered = spot.paragraph is not previous.paragraph and previous.paragraph.look.rule_below
    return (
        bordered
        or _gap(blocks, previous.block, spot.block)
        or (is_capitals(spot.text) and not is_capitals(previous.text))
    )


def _gap(blocks: tuple[Block, ...], first: int, second: int) -> bool:
    between = blocks[first + 1 : second]
    return any(isinstance(block, Paragraph) and not block.text.strip() for block in between)


def drawn_lines(blocks: Iterable[Block]) -> list[tuple[Paragraph, float | None]]:
    """The lines drawn as shapes in some blocks, with the paragraph each is anchored to."""
    return [(paragraph, width) for paragraph in every_paragraph(tuple(blocks)) for width in paragraph.rules]

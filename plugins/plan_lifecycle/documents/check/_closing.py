"""The foot of a document: recipients on the left, the signer's authority, office and name on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plan_lifecycle.documents.check._spots import FULL, LEFT, RIGHT, Spot, fold, is_rule, spots_of
from plan_lifecycle.documents.check._style import is_capitals
from plan_lifecycle.documents.formatting import Block, Paragraph, Table, every_paragraph
from plan_lifecycle.domain.text import normalise

_RECIPIENTS = re.compile(r"^noi nhan\b\s*(:|$|\()")
_AUTHORITY = re.compile(r"^(t[./]?m|k[./]?t|t[./]?l|t[./]?u[./]?q|q)[.\s/:]+\S")
_OFFICES = (
    "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "trưởng phòng", "phó trưởng phòng", "bộ trưởng",
    "thứ trưởng", "chánh văn phòng", "phó chánh văn phòng", "cục trưởng", "phó cục trưởng", "vụ trưởng",
    "phó vụ trưởng", "viện trưởng", "phó viện trưởng", "hiệu trưởng", "phó hiệu trưởng", "trưởng ban", "phó trưởng ban",
    "chi cục trưởng", "phó chi cục trưởng", "tổng cục trưởng", "chánh thanh tra", "phó chánh thanh tra", "thủ tướng",
    "phó thủ tướng", "chủ nhiệm", "phó chủ nhiệm", "bí thư", "phó bí thư", "tổ trưởng", "chủ tọa", "thư ký",
    "tổng giám đốc", "ủy viên", "trưởng công an", "chỉ huy trưởng",
)  # fmt: skip
_ACTING = re.compile(r"^(q|quyền)[.\s]+")
_ANNEX = re.compile(r"^phu luc\b")
_PLACEHOLDER = re.compile(r"^\(.*\)?$|^.*\)$|^da ky$|^ky ten|^\[.*\]$|^[.…\s]+$|^ho( va|,) ten$")
_MOST_LINES = 60


@dataclass(frozen=True)
class Closing:
    """``title`` is the line ``Nơi nhận:``, ``recipients`` the lines under it; ``signature`` the signer's lines."""

    title: Spot | None = None
    recipients: tuple[Spot, ...] = ()
    signature: tuple[Spot, ...] = ()
    first_block: int = 0
    last_block: int = 0


def authority(folded: str) -> str:
    """The letters of a signer's authority, ``tm`` for ``TM. …`` and also for ``T/M …``; empty where there is none."""
    found = _AUTHORITY.match(folded)
    return re.sub(r"[./]", "", found[1]) if found else ""


def is_authority(folded: str) -> bool:
    """``TM. …``, ``KT. …``, also as it should not be written: ``T/M``, ``K/T``."""
    return bool(authority(folded))


def is_office(text: str) -> bool:
    """A line that names an office: ``CHỦ TỊCH``, ``PHÓ GIÁM ĐỐC``; accents tell ``VỤ TRƯỞNG`` from Vũ Trường Giang."""
    return _ACTING.sub("", normalise(text)).startswith(_OFFICES)


def is_placeholder(folded: str) -> bool:
    """``(Chữ ký, dấu)``, ``Đã ký`` or dots: room for a signature rather than a name."""
    return bool(_PLACEHOLDER.match(folded))


def find_closing(blocks: tuple[Block, ...], begin: int) -> Closing:
    """Find the foot after block ``begin``; where there is none, it is empty and stands at the end."""
    for index in range(begin, len(blocks)):
        if any(_RECIPIENTS.match(fold(text)) for text in _line_starts(blocks[index])):
            return _read(blocks, index, begin)
    for index in range(begin, len(blocks)):
        if _signs(blocks[index]):
            return _read(blocks, index, begin)
    return Closing(first_block=len(blocks), last_block=len(blocks))


def _line_starts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [line.text[:40] for line in block.lines]
    return [p.lines[0].text[:40] for p in every_paragraph((block,)) if p.lines]


def _signs(block: Block) -> bool:
    """Whether a block is a signature without recipients: a table or a paragraph that begins with authority."""
    if isinstance(block, Table) and len(block.rows) > 8:
        return False
    texts = [p.text.strip() for p in every_paragraph((block,)) if p.text.strip()]
    return any(is_capitals(text) and is_authority(fold(text)) for text in texts[:6])


def _read(blocks: tuple[Block, ...], index: int, begin: int) -> Closing:
    first, last = _extent(blocks, index, begin)
    spots = [spot for at in range(first, last + 1) for spot in spots_of(blocks[at], at)]
    title = next((spot for spot in spots if _RECIPIENTS.match(spot.folded)), None)
    recipients: list[Spot] = []
    signature: list[Spot] = []
    named = False
    for spot in spots:
        if spot is title:
            named = True
        elif not is_rule(spot.text):
            (recipients if named and _receives(spot, title, signature) else signature).append(spot)
    return Closing(title, tuple(recipients), tuple(signature), first, last)


def _receives(spot: Spot, title: Spot | None, signature: list[Spot]) -> bool:
    if title is None:
        return False
    bulleted = spot.text[:1] in "-–+•"
    if spot.side == FULL:
        return bulleted or (title.side == FULL and not (signature or is_capitals(spot.text)))
    if title.side == RIGHT:
        return spot.column == title.column
    return spot.side == LEFT


def _extent(blocks: tuple[Block, ...], index: int, begin: int) -> tuple[int, int]:
    """A table is a foot by itself; a foot of paragraphs ends where an annex or a page begins."""
    if isinstance(blocks[index], Table):
        return index, _with_name_below(blocks, index)
    first = index
    while first > begin and _belongs_above(blocks[first - 1]):
        first -= 1
    last, lines = index, 0
    for at in range(index, min(index + _MOST_LINES, len(blocks))):
        block = blocks[at]
        if at > index and (isinstance(block, Table) or _begins_annex(block) or block.section != blocks[index].section):
            break
        if isinstance(block, Paragraph) and block.text.strip():
            last, lines = at, lines + 1
    return first, last


def _with_name_below(blocks: tuple[Block, ...], index: int) -> int:
    """Where the signer's name stands in paragraphs under the table, they belong to the foot."""
    last = index
    for at in range(index + 1, min(index + 12, len(blocks))):
        block = blocks[at]
        if isinstance(block, Table) or _begins_annex(block) or block.section != blocks[index].section:
            break
        if block.text.strip():
            pushed = block.look.alignment == "right" or block.look.left > 130
            if not pushed:
                break
            last = at
    return last


def _belongs_above(block: Block) -> bool:
    """The signer's authority may stand above ``Nơi nhận`` where no table holds them."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text.strip()
    return is_capitals(text) and (is_authority(fold(text)) or is_office(text))


def _begins_annex(block: Block) -> bool:
    return isinstance(block, Paragraph) and (block.page_break or bool(_ANNEX.match(fold(block.text))))

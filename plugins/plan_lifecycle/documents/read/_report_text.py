"""What a unit wrote in its report, paragraph by paragraph, under the headings of a profile.

A heading counts by what it means, not by its number: "5. Về tổng hợp, cập nhật tiến độ thực hiện các nhiệm vụ Chính phủ
giao" is the section "Kết quả thực hiện nhiệm vụ Chính phủ, Thủ tướng Chính phủ giao". Within a section only its own
subsections are looked for, so that "1. Cải cách thể chế" under the outlook is not the result of that field. What
stands under no heading of the profile is kept as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from plan_lifecycle.documents.read._blocks import Block, Paragraph
from plan_lifecycle.documents.read._outline import Entry, outline, place_of
from plan_lifecycle.domain.passage import OTHER, Passage
from plan_lifecycle.domain.profile import Section, walk
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.short_forms import written_out
from plan_lifecycle.domain.text import normalise

_LONGEST_HEADING = 300
_SAME, _PART_OF = 84, 92
"""Out of 100: how alike a heading and a wording of the profile are, whole, or the wording within a longer heading."""
_SHORTEST_PART = 12
_LETTERED = 7
_WORD = regex(r"\w+")
_EMPTY = frozenset(
    {"về", "công", "tác", "tình", "hình", "kết", "quả", "thực", "hiện", "đánh", "giá", "các", "những", "việc", "cập"}
    | {"nhật", "tổng", "hợp", "của", "và"}
)
_NUMBERED_ANNEX = "phụ lục"
"""Parts and chapters of the report itself ("PHẦN THỨ NHẤT") stand as high as an annex."""
_ANNEX = regex(r"(?:phụ lục|biểu mẫu|biểu số|mẫu số)\b")
_CAPTION = regex(r"(?:biểu đồ|hình|bảng) \d{1,3}\b")
_OPENING = regex(r"(?:thực hiện|căn cứ|theo)\b.{0,2000}\bbáo cáo\b")
_CLOSING = regex(
    r"trên đây là (?:toàn bộ )?(?:nội dung |kết quả )?báo cáo"
    r"|(?:số liệu|biểu mẫu)(?: thống kê)?(?: chi tiết)? tại (?:các )?phụ lục"
)
_OF_THE_REPORT = regex(
    r"(?:ngoài ra,? )?còn (?:lại )?[\d.]{1,9} nội dung khác của [\d.]{1,9} (?:cơ quan, )?đơn vị\b"
    r"|các cơ quan, đơn vị chưa báo cáo nội dung này\b"
)
"""What a consolidated report says of itself, and no unit of its work: where the rest stands, who was silent."""


def passages_of(blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Find the paragraphs of a report's body; those of its head, its tables, its annex and its closing are left out."""
    return tuple(_Reading(sections).passages(blocks))


class _Reading:
    """One report being read: which section the headings so far have come to."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._top = sections
        self._sections: dict[int, Section | None] = {}
        self._last: Section | None = None
        self._heading = ""

    def passages(self, blocks: Sequence[Block]) -> Iterator[Passage]:
        begun = False
        for entry in outline(blocks):
            block = blocks[entry.block]
            if _is_annex(entry, block):
                return
            heading = self._takes(entry, block)
            begun = begun or heading
            text = entry.divided[1] if heading else self._text(entry)
            if _is_caption(text, block):
                continue
            said = normalise(text)
            if _CLOSING.match(said) or _OF_THE_REPORT.match(said):
                continue
            if text and (begun or not _of_the_head(text, block)):
                section = self._last.code if self._last else OTHER
                yield Passage(section, " ".join(text.split()), self._heading, entry.block + 1)

    def _takes(self, entry: Entry, block: Block) -> bool:
        """Whether the paragraph is a heading; if so, what follows belongs to it."""
        title = entry.title
        if len(title) > _LONGEST_HEADING or not (entry.is_heading or _stands_out(block, title)):
            return False
        if not entry.is_heading:
            found = _best(title, self._top, strictly=True)
            if found is None:
                return False
            self._last, self._heading = found, title
            return True
        above = next((found for over in reversed(entry.path) if (found := self._sections.get(id(over)))), None)
        found = self._section(title, above)
        if found is None and _is_sentence(entry):
            return False  # an item of the text, whose numbers may begin again below a heading of the same kind
        if found is None and above is not None and entry.rank >= _LETTERED:
            self._sections[id(entry)] = self._last = above
            return False
        self._sections[id(entry)] = self._last = found or above
        self._heading = f"{place_of([*entry.path, entry])} {title}"
        return True

    def _section(self, title: str, above: Section | None) -> Section | None:
        if above is None:
            return _best(title, self._top)
        if not above.sections:
            return None
        return _best(title, above.sections) or _best(title, self._top, strictly=True)

    def _text(self, entry: Entry) -> str:
        return f"{entry.ordinal}. {entry.text}" if entry.is_heading and entry.ordinal.isalnum() else entry.text


def _best(title: str, sections: Sequence[Section], *, strictly: bool = False) -> Section | None:
    """The section that a heading means, at any depth; the closer one where two are alike."""
    meant = _meaning(title)
    if not meant:
        return None
    scored = [(_likeness(meant, section, strictly=strictly), section) for section in walk(sections)]
    score, found = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return found if score else None


def _likeness(meant: str, section: Section, *, strictly: bool) -> float:
    """How well a section's wordings fit; 0 where none does. A longer wording that is contained tells more."""
    from rapidfuzz import fuzz

    best = 0.0
    for wording in (section.heading, *section.also):
        of_wording = _meaning(wording)
        whole = fuzz.ratio(meant, of_wording, score_cutoff=_PART_OF if strictly else _SAME)
        best = max(best, 2 * whole)
        if not whole and not strictly:
            best = max(best, _contained(meant, of_wording))
    return best


def _contained(meant: str, of_wording: str) -> float:
    """How much a wording within a longer heading tells, or a heading that is the better part of a wording."""
    from rapidfuzz import fuzz

    shorter, longer = sorted((meant, of_wording), key=len)
    if len(shorter) < _SHORTEST_PART or not fuzz.partial_ratio(shorter, longer, score_cutoff=_PART_OF):
        return 0.0
    if shorter == of_wording:
        return _SAME * (1 + len(shorter) / len(longer))
    return _SAME * len(shorter) / len(longer) if 2 * len(shorter) > len(longer) else 0.0


@lru_cache(maxsize=4096)
def _meaning(heading: str) -> str:
    """The words of a heading that tell it from another one, without brackets and abbreviations."""
    plain = re.sub(r"\([^()]{0,80}\)", " ", normalise(heading[:_LONGEST_HEADING]))
    words = written_out(_WORD.findall(plain))
    telling = [word for word in words if word not in _EMPTY]
    return " ".join(telling or words)


def _stands_out(block: Block, title: str) -> bool:
    return isinstance(block, Paragraph) and block.bold and len(title) < 160 and not title.endswith((".", ";"))


def _is_sentence(entry: Entry) -> bool:
    """Whether a numbered paragraph is an item of text: it ends like a sentence and has no words after a colon."""
    return not entry.divided[1] and entry.text.rstrip().endswith((".", ";", "./."))


def _is_annex(entry: Entry, block: Block) -> bool:
    alone = isinstance(block, Paragraph) and (block.centred or block.bold) and len(entry.text) < 120
    numbered = entry.rank == 0 and normalise(entry.ordinal).startswith(_NUMBERED_ANNEX)
    return numbered or (alone and entry.text.isupper() and _ANNEX.match(normalise(entry.text)) is not None)


def _is_caption(text: str, block: Block) -> bool:
    """What stands in the middle below a chart, "Biểu đồ 1. …", says nothing that the text does not."""
    return isinstance(block, Paragraph) and block.centred and _CAPTION.match(normalise(text)) is not None


def _of_the_head(text: str, block: Block) -> bool:
    """Before the first heading: title, addressee, and the sentence that opens the report."""
    centred = isinstance(block, Paragraph) and (block.centred or block.bold)
    plain = normalise(text)
    title = not plain.endswith((".", ";", ":", "!", "?"))
    return centred or title or plain.startswith("kính gửi") or _OPENING.match(plain) is not None

"""Sentences that figures make: "Tổng số hồ sơ đã giải quyết là {dossiers}[; đúng hạn {dossiers_in_time}]."

A sentence is written in a profile and filled with a report's totals. In braces stands the code of an indicator, or two
of them: ``{a-b}`` is their difference, ``{a/b}`` the per cent of the one in the other, ``{a~}`` how the total has
changed since the same period last year. What stands in square brackets is left out where a figure of it is not known,
or where it only says that there is nothing ("trễ hạn 0"); the whole sentence is left out where another figure is not
known. After a bar stands what is said instead where all that is known is nothing: "Đã mở {classes} lớp. | Chưa mở lớp."
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.domain.regex import regex

_PIECE = regex(r"\[([^\[\]]*)\]|([^\[\]]+)")
_SLOT = regex(r"\{\s*([a-z][a-z0-9_]*)\s*(?:([-/])\s*([a-z][a-z0-9_]*)|(~))?\s*\}")
_BRACE = regex(r"[{}]")
_INSTEAD = "|"


class Asked(StrEnum):
    """What a slot wants of its figures."""

    VALUE = ""
    DIFFERENCE = "-"
    SHARE = "/"
    CHANGE = "~"


_AMOUNTS = (Asked.VALUE, Asked.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One place to fill. ``other`` is the second code of a difference or a share."""

    code: str
    asked: Asked = Asked.VALUE
    other: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The indicators that it needs."""
        return (self.code, self.other) if self.other else (self.code,)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the sentence: texts and slots in turn. It may be left out where it is ``optional``."""

    parts: tuple[str | Slot, ...]
    optional: bool

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Its places to fill."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    def is_aside(self, after: Piece | None) -> bool:
        """Whether the sentence reads on without it: "; trong đó cấp tỉnh 0" also begins what comes ``after`` it."""
        begins = after is not None and after.optional and after.starts(",") and self.starts(";")
        return self.optional and not begins

    def starts(self, sign: str) -> bool:
        """Whether it begins with a sign."""
        return isinstance(self.parts[0], str) and self.parts[0].lstrip().startswith(sign)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with places for figures, in pieces; ``instead`` is said where there is nothing of them all."""

    pieces: tuple[Piece, ...]
    instead: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """All indicators that it names."""
        return frozenset(code for piece in self.pieces for slot in piece.slots for code in slot.codes)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence as people read it, and the indicators whose figures stand in it, in their order."""

    text: str
    codes: tuple[str, ...]


def parse_sentence(text: str) -> Sentence:
    """Read a sentence. Raises ValueError, with what is amiss, where a bracket or a brace stands alone."""
    text, _, instead = (part.strip() for part in text.partition(_INSTEAD))
    if any(sign in instead for sign in "[]{}|"):
        raise ValueError(f"words without slots or brackets after the bar: {instead[:40]!r}")
    pieces, end = [], 0
    for match in _PIECE.finditer(text):
        if match.start() != end:
            break
        end = match.end()
        optional = match[1] is not None
        pieces.append(Piece(_parts(match[1] if optional else match[2]), optional))
    if end != len(text):
        raise ValueError(f"brackets [ ] in pairs, one not within another: {text[end : end + 40]!r}")
    return Sentence(tuple(pieces), instead)


def fill(
    sentence: Sentence, text_of: Callable[[Slot], str | None], is_nothing: Callable[[Slot], bool] = lambda _: False
) -> Filled | None:
    """Fill a sentence with what ``text_of`` gives for a slot, None where it is not known; ``is_nothing`` says whether
    the amount of a slot is nought.

    None where a slot outside the brackets cannot be filled, or where nothing of it but its optional pieces would stand
    and none of them can.
    """
    known = {slot: text for piece in sentence.pieces for slot in piece.slots if (text := text_of(slot)) is not None}
    nothing = {slot for slot in known if slot.asked in _AMOUNTS and is_nothing(slot)}
    written, codes = [], list[str]()
    for piece, after in zip(sentence.pieces, (*sentence.pieces[1:], None), strict=True):
        if not known.keys() >= set(piece.slots):
            if not piece.optional:
                return None
        elif not (piece.slots and piece.is_aside(after) and nothing.issuperset(piece.slots)):
            written.append("".join(part if isinstance(part, str) else known[part] for part in piece.parts))
            codes += (code for slot in piece.slots for code in slot.codes)
    if sentence.codes and not codes:
        return None
    said = "".join(written)
    if sentence.instead and nothing and nothing.issuperset(slot for slot in known if slot.asked in _AMOUNTS):
        said = sentence.instead
    return Filled(said, tuple(dict.fromkeys(codes)))


def _parts(text: str) -> tuple[str | Slot, ...]:
    parts: list[str | Slot] = []
    end = 0
    for match in _SLOT.finditer(text):
        parts += _plain(text[end : match.start()])
        parts.append(Slot(match[1], Asked(match[2] or match[4] or ""), match[3] or ""))
        end = match.end()
    return (*parts, *_plain(text[end:]))


def _plain(text: str) -> list[str]:
    if _BRACE.search(text):
        raise ValueError(f"a slot such as {{code}}, {{a-b}}, {{a/b}} or {{code~}}: {text.strip()[:40]!r}")
    return [text] if text else []

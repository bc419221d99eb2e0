"""Gathering what units wrote under one heading: near-identical paragraphs together, copies marked, nothing lost.

Twelve communes write the same sentence, each with its own name in it: that is one paragraph with its twelve units.
Numbers are never smoothed over: "05 hội nghị" and "07 hội nghị" are two statements. A long paragraph that is another
unit's but for its numbers is a copy, and the coordinator is told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_NUMBER = regex(r"\d+(?:[.,/]\d+)*")
_COMMITTEE = regex(r"^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+", re.IGNORECASE)
_BELOW = regex(
    r"(?P<own>\S.*?)\s+(?P<kind>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+(?!tỉnh\b|huyện\b|xã\b)\S",
    re.IGNORECASE,
)
_COMMITTEES = ("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân")
_WORD = regex(r"\w+")
_OWN = "đơn vị"
_SKETCH = 12
_RUN = 3
_PART = 4
_AT_MOST = 40
"""Groups that a paragraph is held against for one word run that they share: a phrase of everybody tells nothing."""
_COPY_LENGTH = 200
"""Characters from which the same words of two units are no coincidence."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """From how alike on, out of 100, two paragraphs are the ``same`` statement, or one is ``copied`` from the other."""

    same: float = 90
    copied: float = 95


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of one unit. ``name`` is the unit's name as it stands in its own text; ``source`` is the caller's."""

    unit_id: str
    name: str
    text: str
    source: int = 0


@dataclass(slots=True)
class Group:
    """One statement and everybody who made it, in order. ``resembling`` are paragraphs of other units that are the same
    but for their numbers."""

    said: list[Said] = field(default_factory=list)
    resembling: list[Said] = field(default_factory=list)

    @property
    def units(self) -> tuple[str, ...]:
        """Who says it, each once."""
        return tuple(dict.fromkeys(said.unit_id for said in self.said))

    @property
    def copied(self) -> bool:
        """Whether units seem to have copied it from each other: it is long, and not only one unit's."""
        return len(self.said[0].text) >= _COPY_LENGTH and (len(self.units) > 1 or bool(self.resembling))

    @property
    def text(self) -> str:
        """The paragraph as it was written; where several units say it, without the first one's own name."""
        first = self.said[0]
        return first.text if len(self.units) == 1 else _without_name(first.text, first.name)


class Compared(NamedTuple):
    """A text as texts are compared: its words without numbers and the units' own names, and its numbers in order."""

    words: str
    numbers: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """A group as it is compared: its words without numbers and the unit's own name, and its numbers."""

    words: str
    numbers: tuple[str, ...]
    group: Group


ALIKE = Likeness()


def gather(every: Iterable[Said], likeness: Likeness = ALIKE) -> list[Group]:
    """Put together what units say, those statements first that most units make.

    Work grows with the amount of text: a paragraph is held only against those with which it shares rare runs of words.
    """
    known: dict[tuple[str, tuple[str, ...]], _Known] = {}
    by_run: defaultdict[int, list[_Known]] = defaultdict(list)
    for said in every:
        words, numbers = compared(said.text, said.name)
        same = known.get((words, numbers))
        if same is None:
            runs = sketch(words)
            same = _like(words, numbers, said, _near(runs, by_run), likeness)
        if same is None:
            same = known[words, numbers] = _Known(words, numbers, Group())
            for run in runs:
                by_run[run].append(same)
        same.group.said.append(said)
    groups = [one.group for one in known.values()]
    return sorted(groups, key=lambda group: -len(group.units))


def compared(text: str, *names: str) -> Compared:
    """A text as it is compared; ``names`` are the units whose names make no difference."""
    text = normalise(text)
    for name in names:
        text = _without_name(text, normalise(name))
    numbers = tuple(number.lstrip("0") or "0" for number in _NUMBER.findall(text))
    return Compared(" ".join(_WORD.findall(_NUMBER.sub(" # ", text))), numbers)


@lru_cache(maxsize=8192)
def _own_names(name: str) -> tuple[str, ...]:
    """How a unit names itself, the longest first: "Sở Nội vụ tỉnh A", "Sở Nội vụ tỉnh", "Sở Nội vụ".

    A name of two words alone ("Thanh tra") is a word of its own, too.
    """
    bare = _COMMITTEE.sub("", name)
    below = _BELOW.match(bare)
    if below is None:
        return (bare,)
    short = below["own"]
    return (bare, f"{short} {below['kind']}", *([short] if len(short.split()) > 2 else []))


def _without_name(text: str, name: str) -> str:
    """The text with "đơn vị" for the unit's own name, with or without the committee in front of it."""
    for own in _own_names(name):
        text = _without(text, own)
    return text


def _without(text: str, own: str) -> str:
    low, wanted = text.lower(), own.lower()
    if not wanted or wanted not in low or len(low) != len(text):
        return text
    pieces: list[str] = []
    done, at = 0, low.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not low[end : end + 1].isalnum():
            pieces += (_before(text[done:at]), _OWN)
            done = end
        at = low.find(wanted, end)
    return "".join((*pieces, text[done:]))


def _before(text: str) -> str:
    """What stands in front of a unit's name, without the committee."""
    bare = text.rstrip()
    committee = next((one for one in _COMMITTEES if bare != text and bare.lower().endswith(one)), "")
    return bare[: len(bare) - len(committee)] if committee else text


def sketch(words: str) -> list[int]:
    """The smallest few of the text's runs of words, as numbers: texts that are nearly the same share most of them."""
    ids = [_id(word) for word in words.split()]
    runs = zip(*(ids[start:] for start in range(_RUN)), strict=False)
    mixed = {(a * 1_000_003 + b * 10_007 + c) & 0xFFFFFFFF for a, b, c in runs}
    return sorted(mixed or set(ids[:1]))[:_SKETCH]


@lru_cache(maxsize=1 << 16)
def _id(word: str) -> int:
    """A number for a word, the same in every process."""
    return crc32(word.encode())


def _near(runs: Sequence[int], by_run: defaultdict[int, list[_Known]]) -> Iterator[_Known]:
    """The groups that share a good part of the text's runs; of each run the newest few count."""
    shared = Counter(id(other) for run in runs for other in by_run[run][-_AT_MOST:])
    enough = max(1, len(runs) // _PART)
    found = {id(other): other for run in runs for other in by_run[run][-_AT_MOST:] if shared[id(other)] >= enough}
    yield from found.values()


def _like(
    words: str, numbers: tuple[str, ...], said: Said, near: Iterable[_Known], likeness: Likeness
) -> _Known | None:
    """The group that makes the same statement; those of which it is a copy with other numbers are told so."""
    from rapidfuzz import fuzz

    lowest = min(likeness.same, likeness.copied)
    for other in near:
        alike = fuzz.ratio(words, other.words, score_cutoff=lowest)
        if alike >= likeness.same and numbers == other.numbers:
            return other
        if alike >= likeness.copied and len(words) >= _COPY_LENGTH and said.unit_id not in other.group.units:
            other.group.resembling.append(said)
    return None

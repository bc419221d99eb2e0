"""A draft that was corrected in Word and given back: what reads differently, by figures and paragraphs.

The draft said "Đã đăng 1.280 tin, bài"; in the corrected file it is 1.208: that is a figure told with both values and
where it stands, whatever else was reworded around it. What the draft left open (number, day) is no difference.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import nfc, normalise
from plan_lifecycle.domain.writing import count_text

_NUMBER = regex(r"\d+(?:[.,/]\d+)*%?")
_GROUPED = regex(r"\d{1,3}(?:\.\d{3})+")
_OPEN_NUMBER = regex(r"(?<=số)\s*:?\s*/(?=[^\W\d])", re.IGNORECASE)
_OPEN_DAY = regex(r"ngày\s*(?:…|\.{3})?\s*tháng\s", re.IGNORECASE)
_SAID_NUMBER = regex(r"(?<=số)\s*:?\s*\d{1,6}\s*/(?=[^\W\d])", re.IGNORECASE)
_SAID_DAY = regex(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s", re.IGNORECASE)
_DRAFT = regex(r"\(?dự thảo(?: lần(?: thứ)? \d{1,2})?[).:]?")
_ALIKE = 60
"""Out of 100: from here on two lines are one that was reworded, not one gone and another come."""
_MOST_PAIRS = 40_000
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a row of a table by its cells; ``place`` says where it stands ("Mục II.1"), ``heads`` what its
    columns are called."""

    place: str
    cells: tuple[str, ...]
    heads: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole line."""
        return " | ".join(self.cells)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.heads)


class FigureChange(NamedTuple):
    """A figure that reads differently: where, as the store has it, as the corrected file says it ("" where it is gone
    or was not there)."""

    place: str
    ours: str
    theirs: str


class TextChange(NamedTuple):
    """A paragraph that was reworded, taken out (``after`` empty) or put in (``before`` empty)."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between a draft and its corrected file; ``shared`` is the part of the draft's lines that stand in
    the file still, word for word or reworded, from 0 to 1."""

    figures: tuple[FigureChange, ...]
    texts: tuple[TextChange, ...]
    shared: float


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected file as it was given back for a version: ``blob`` holds it as it came, ``name`` is what it is called.

    ``notes`` are sentences about it, for people.
    """

    report_id: int
    blob: str
    name: str
    given_at: datetime
    given_by: str
    figures: tuple[FigureChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    notes: tuple[str, ...] = ()
    id: int = 0


def differing(correction: Correction) -> str:
    """In a sentence how many figures and paragraphs read differently; empty where none does."""
    figures, texts = len(correction.figures), len(correction.texts)
    parts = [f"{count_text(figures)} số liệu khác số đã tổng hợp"] if figures else []
    parts += [f"{count_text(texts)} đoạn có thay đổi"] if texts else []
    return f"Bản Word đã sửa có {' và '.join(parts)}." if parts else ""


def is_draft_mark(text: str) -> bool:
    """Whether a line says just that it is a draft: "DỰ THẢO", "(Dự thảo lần 2)"."""
    return _DRAFT.fullmatch(" ".join(normalise(text).split())) is not None


def compare_lines(ours: Iterable[Line], theirs: Iterable[Line]) -> Comparison:
    """Hold the lines of a corrected file against those of its draft."""
    before, after = ([line for line in lines if _counts(line)] for lines in (ours, theirs))
    paired = _paired(before, after)
    figures, texts = list[FigureChange](), list[TextChange]()
    told = _told(before, after, paired)
    for _, _, change in sorted(told, key=lambda one: one[:2]):
        (figures if isinstance(change, FigureChange) else texts).append(change)  # type: ignore[arg-type]
    shared = len(paired.pairs) / len(before) if before else 0.0
    return Comparison(tuple(figures), tuple(texts), shared)


def _counts(line: Line) -> bool:
    return bool(line.text.strip(" |_-–")) and not is_draft_mark(line.text)


_Told = tuple[int, int, FigureChange | TextChange]


class _Pair(NamedTuple):
    at: int
    to: int


class _Paired(NamedTuple):
    """Lines by their numbers: which of the draft became which of the file, which had another put in their place, which
    are gone and which have come."""

    pairs: list[_Pair]
    replaced: list[_Pair]
    gone: list[int]
    come: list[int]


def _told(before: Sequence[Line], after: Sequence[Line], of: _Paired) -> Iterator[_Told]:
    """Every change with where it belongs in the order of the draft; what is new stands where the file has it."""
    for at, to in of.pairs:
        yield from ((at, 0, change) for change in _changed(before[at], after[to]))
    for at, to in of.replaced:
        yield at, 0, TextChange(before[at].place, before[at].text, after[to].text)
    for at in of.gone:
        figures = list(_numbers_of_row(before[at]))
        yield from ((at, 1, FigureChange(place, value, "")) for place, value in figures)
        if not figures:
            yield at, 1, TextChange(before[at].place, before[at].text, "")
    for to in of.come:
        figures = list(_numbers_of_row(after[to]))
        yield from ((to, 2, FigureChange(place, "", value)) for place, value in figures)
        if not figures:
            yield to, 2, TextChange(after[to].place, "", after[to].text)


def _paired(before: Sequence[Line], after: Sequence[Line]) -> _Paired:
    """Which line became which; what has no counterpart is gone, or has come. A line that was only moved is itself."""
    from rapidfuzz.distance import Indel

    old, new = [_key(line) for line in before], [_key(line) for line in after]
    pairs, gone, come = list[_Pair](), list[int](), list[int]()
    for step in Indel.opcodes(old, new):
        mine, other = range(step.src_start, step.src_end), range(step.dest_start, step.dest_end)
        if step.tag == "equal":
            pairs += map(_Pair, mine, other)
        gone += mine if step.tag == "delete" else ()
        come += other if step.tag == "insert" else ()
    alike = [_Pair(gone[one], come[two]) for one, two in _reworded([old[at] for at in gone], [new[to] for to in come])]
    pairs += alike
    left = sorted({*gone} - {at for at, _ in alike}), sorted({*come} - {to for _, to in alike})
    replaced = [_Pair(at, to) for at, to in _in_place(pairs, *left) if not (before[at].is_row or after[to].is_row)]
    taken, put = {at for at, _ in replaced}, {to for _, to in replaced}
    return _Paired(pairs, replaced, [at for at in left[0] if at not in taken], [to for to in left[1] if to not in put])


def _in_place(pairs: Sequence[_Pair], gone: Sequence[int], come: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Single lines that stand where another stood: between the same two lines."""
    ats, tos = sorted(at for at, _ in pairs), sorted(to for _, to in pairs)
    by_place: dict[int, tuple[list[int], list[int]]] = {}
    for side, (numbers, known) in enumerate(((gone, ats), (come, tos))):
        for number in numbers:
            by_place.setdefault(bisect(known, number), ([], []))[side].append(number)
    for mine, other in by_place.values():
        if len(mine) == len(other) == 1:
            yield mine[0], other[0]


def _key(line: Line) -> str:
    return " ".join(normalise(line.text).split())


def _reworded(gone: Sequence[str], come: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of lines that are most alike, each line once; of very many only those are looked at that stand near."""
    from rapidfuzz import fuzz

    reach = max(1, _MOST_PAIRS // max(len(gone), 1))
    scored = []
    for mine, text in enumerate(gone):
        first = max(0, min(mine, len(come)) - reach // 2)
        for other in range(first, min(len(come), first + reach)):
            score = fuzz.ratio(text, come[other], score_cutoff=_ALIKE)
            if score:
                scored.append((-score, abs(mine - other), mine, other))
    taken: set[tuple[str, int]] = set()
    for _, _, mine, other in sorted(scored):
        if ("mine", mine) not in taken and ("other", other) not in taken:
            taken |= {("mine", mine), ("other", other)}
            yield mine, other


def _changed(ours: Line, theirs: Line) -> Iterator[FigureChange | TextChange]:
    """Of a line that stayed one: its figures that differ, and itself where its words do."""
    if ours.is_row and theirs.is_row and len(ours.cells) == len(theirs.cells):
        for number, (mine, other) in enumerate(zip(ours.cells, theirs.cells, strict=True)):
            yield from _of_text(_cell_place(ours, number), *_filled(mine, other), cell=True)
        return
    mine, other = _filled(ours.text, theirs.text)
    yield from _of_text(f"{ours.place}: “{_short(ours.text)}”", mine, other, place=ours.place)


def _of_text(
    where: str, mine: str, other: str, *, cell: bool = False, place: str = ""
) -> Iterator[FigureChange | TextChange]:
    if _same(mine, other):
        return
    was, now = _numbers(mine), _numbers(other)
    if cell and (was or now) and [*map(_value, was)] != [*map(_value, now)]:
        yield FigureChange(where, mine, other)
        return
    yield from (FigureChange(where, one, two) for one, two in _unlike(was, now))
    if not _same(_NUMBER.sub("#", mine), _NUMBER.sub("#", other)):
        yield TextChange(where if cell else place, mine, other)


def _unlike(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The numbers of a sentence that differ, each with what stands in its place."""
    if len(was) == len(now):
        yield from ((one, two) for one, two in zip(was, now, strict=True) if _value(one) != _value(two))
        return
    same = [one == two for one, two in zip(map(_value, was), map(_value, now), strict=False)]
    first = same.index(False) if False in same else len(same)
    rest = [one == two for one, two in zip(map(_value, was[:first:-1]), map(_value, now[:first:-1]), strict=False)]
    last = rest.index(False) if False in rest else len(rest)
    yield ", ".join(was[first : len(was) - last]), ", ".join(now[first : len(now) - last])


def _filled(mine: str, other: str) -> tuple[str, str]:
    """Both texts without what the draft left open: a number and a day that were written into it are no difference."""
    for open_place, said in ((_OPEN_NUMBER, _SAID_NUMBER), (_OPEN_DAY, _SAID_DAY)):
        if open_place.search(mine):
            mine, other = open_place.sub(" ", mine), said.sub(" ", open_place.sub(" ", other))
    return mine, other


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text)


def _value(number: str) -> str:
    """A number without what only dresses it: "05" is 5, "1.280" is 1280."""
    plain = number.rstrip("%")
    plain = plain.replace(".", "") if _GROUPED.fullmatch(plain.partition(",")[0]) else plain
    whole, comma, rest = plain.partition(",")
    rest = rest.rstrip("0") if comma else rest
    return (whole.lstrip("0") or "0") + (f",{rest}" if rest else "") + number[len(number.rstrip("%")) :]


def _same(mine: str, other: str) -> bool:
    return " ".join(nfc(mine).split()) == " ".join(nfc(other).split())


def _numbers_of_row(line: Line) -> Iterator[tuple[str, str]]:
    """The figures of a row that is gone or has come, each with its place; the first column counts the rows."""
    if line.is_row:
        for number, cell in enumerate(line.cells[1:], start=1):
            if _NUMBER.fullmatch(cell.strip()):
                yield _cell_place(line, number), cell.strip()


def _cell_place(line: Line, number: int) -> str:
    head = line.heads[number] if number < len(line.heads) else ""
    named = [cell for cell in line.cells[:3] if cell and not _NUMBER.fullmatch(cell)]
    row = f", dòng “{_short(max(named, key=len))}”" if named else ""
    return f"{line.place}{row}" + (f", cột “{head}”" if head else "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"

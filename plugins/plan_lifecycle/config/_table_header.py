"""Which line of a table is its header, and what its columns stand for.

The list of huyện Bắc Bình has a title, an empty line, and headings in two lines: *Liên hệ* over *Họ và tên* and
*Thư điện tử*. Its header is both lines together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.config._raw_lines import RawLine
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import normalise

_REMARKS = {"", "stt", "tt", "ghi chú", "note", "notes"}
_HEADER_WITHIN = 20


class Columns(NamedTuple):
    """The fields of a table, the headings that each may have besides its own name, and which ones must be there;
    ``words`` says for a field of few values which these are, as an official writes them."""

    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    words: Mapping[str, str] = {}

    def field(self, heading: str) -> str | None:
        """The field that a heading stands for; None for a remark. Raises KeyError for an unknown heading."""
        text = normalise(heading).replace("_", " ")
        if text in _REMARKS:
            return None
        for field, others in self.headings.items():
            if text == field.replace("_", " ") or text in map(normalise, others):
                return field
        raise KeyError(heading)

    def shown(self, field: str) -> str:
        """A heading of the field as an official writes it: "họ tên" for ``name``."""
        return next((heading for heading in self.headings[field] if not heading.isascii()), field)


class Header(NamedTuple):
    """The last line of the header, the field of each column, and each field's heading as written."""

    line: int
    fields: list[str | None]
    headings: dict[str, str]


class _Unfit(NamedTuple):
    """A line that is no header: how many of its cells are headings, and what it lacks."""

    known: int
    why: InputError


def header_of(path: Path, raw: Sequence[RawLine], columns: Columns) -> Header:
    """The first line, or two lines in one, that have all columns they must. Raises InputError: why the line is none
    that comes nearest."""
    unfit: list[_Unfit] = []
    for line, cells, problem in _candidates(raw[:_HEADER_WITHIN]):
        if problem is not None:
            unfit.append(_Unfit(0, problem))
            continue
        found = _fitted(path, line, cells, columns)
        if isinstance(found, Header):
            return found
        unfit.append(found)
    if not unfit:
        vi = f"Tệp {path.name} không có dòng tiêu đề nào; đề nghị ghi theo tệp mẫu."
        raise InputError("a table with a header", found="nothing", file=path, vi=vi)
    raise max(unfit, key=lambda one: one.known).why


def _candidates(raw: Sequence[RawLine]) -> Iterator[RawLine]:
    """Each line that may be the header, and each with the one below it, whose headings are the closer ones."""
    lines = [RawLine(line, _without_end(cells), problem) for line, cells, problem in raw]
    lines = [line for line in lines if line.problem or (line.cells and not line.cells[0].startswith("#"))]
    for position, line in enumerate(lines):
        yield line
        below = lines[position + 1] if position + 1 < len(lines) else None
        if below and not line.problem and not below.problem and below.line == line.line + 1:
            width = max(len(line.cells), len(below.cells))
            upper, lower = (cells + [""] * (width - len(cells)) for cells in (line.cells, below.cells))
            yield RawLine(below.line, [near or far for far, near in zip(upper, lower, strict=True)])


def _without_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _fitted(path: Path, line: int, cells: list[str], columns: Columns) -> Header | _Unfit:
    fields: list[str | None] = []
    unknown: list[str] = []
    for cell in cells:
        try:
            fields.append(columns.field(cell))
        except KeyError:
            unknown.append(cell)
    known = len({field for field in fields if field})
    missing = [field for field in columns.required if field not in fields]
    twice = [field for field in fields if field and fields.count(field) > 1]
    if unknown:
        known_ones = ", ".join(map(columns.shown, columns.headings))
        shown = "; ".join(f"“{cell[:60]}”" for cell in unknown[:5])
        vi = f"Dòng {line}: không có cột {shown}; các cột: {known_ones}. Đề nghị đổi tên hoặc xóa cột."
        expected = f"columns {', '.join(columns.headings)}"
        return _Unfit(known, InputError(expected, found=unknown[0], file=path, line=line, vi=vi))
    if missing or twice:
        what = f"a column '{missing[0]}' in the header" if missing else f"one column '{twice[0]}'"
        lacking = ", ".join(f"“{columns.shown(field)}”" for field in missing)
        vi = f"Dòng {line}: thiếu cột {lacking}." if missing else f"Dòng {line}: cột “{columns.shown(twice[0] or '')}” "
        vi += "" if missing else "có hai lần; đề nghị bỏ một cột."
        return _Unfit(known, InputError(what, found=", ".join(cells), file=path, line=line, vi=vi))
    return Header(line, fields, {field: cell for field, cell in zip(fields, cells, strict=True) if field})

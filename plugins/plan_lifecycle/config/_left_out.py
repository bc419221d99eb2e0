"""Lines that are left out of a table because they do not fit, and what else hangs on them.

Without "Sở Xây dựng" of line 3, "Phòng A, Sở Xây dựng" stands nowhere, or below another agency of that name; a later
agency with the same symbol would get the id that belongs to line 3, and take its place in the store; and what "Sở Xây
dựng" takes over would end with nobody to take it over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from plan_lifecycle.config.table_file import Faulty
from plan_lifecycle.config.unit_names import name_key, slug
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit_list import Place

_NAMES = ("name", "short_name", "symbol", "id")
_EACH = re.compile(r"(?:mỗi|mọi|each)\s+(.+)|\*\s*(\d)")


class LeftOut(NamedTuple):
    """A line that is left out, under every name that others may know its agency by."""

    file: str
    line: int
    names: frozenset[str]
    short: str
    """The short form that its id would have."""
    takes_over: frozenset[str]
    """Every name by which it may tell what it takes over."""
    below: frozenset[str] | None
    """Below which types of units it stands, the province being ""; None where that is not known."""

    def is_meant_by(self, key: str) -> bool:
        """Whether ``key`` may name it, alone or with the units above it; one word ("Sở") is no name to begin with."""
        return any(key == name or (" " in name and key.startswith(f"{name} ")) for name in self.names)


def left_out(faulty: Iterable[Faulty]) -> list[LeftOut]:
    """The agencies of the lines that do not fit."""
    found = []
    for each in faulty:
        said = (each.cells.get(field, "") for field in _NAMES)
        names = _keys(name.partition("{")[0] for name in (*said, ", ".join(each.loose[:2])))
        before = _keys(";".join((each.cells.get("predecessors", ""), *each.loose)).split(";"))
        file, line = str(each.place.file), each.place.line or 0
        below = None if each.loose else _below(each.cells.get("parent", ""))
        found.append(LeftOut(file, line, names, short_form(each.cells), before, below))
    return found


def hangs_on(cells: Mapping[str, Any], place: Place, lines: Sequence[LeftOut]) -> list[InputError]:
    """The problems of an agency's line that names one which is left out, would get its id, or ends for it."""
    problems = [
        names_one_of(cells["parent"], lines, place, "parent"),
        *(names_one_of(name.strip(), lines, place, "predecessors") for name in cells["predecessors"].split(";")),
        _takes_id_of(cells, lines, place),
        _ends_for(cells, lines, place),
    ]
    return [problem for problem in problems if problem is not None]


def types_of_each(parent: str) -> list[str] | None:
    """The types of units in each of which an agency stands: "mỗi xã, phường"; None where the parent is one unit."""
    each = _EACH.fullmatch(normalise(parent))
    return re.split(r"\s*[,;]\s*|\s+(?:và|hoặc)\s+", each[1] or f"cấp {each[2]}") if each else None


def _below(parent: str) -> frozenset[str] | None:
    types = types_of_each(parent) if parent else [""]
    known = types is not None and not any(sign.isdigit() for each in types for sign in each)
    return frozenset(types or ()) if known else None


def _may_meet(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or bool(one & other)


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(name_key, names)))


def short_form(cells: Mapping[str, str | None]) -> str:
    """What tells an agency from others below the same unit, in its id: "snv"."""
    return slug(cells.get("symbol") or cells.get("short_name") or cells.get("name") or "")


def names_one_of(text: str, lines: Iterable[LeftOut], place: Place, field: str) -> InputError | None:
    """The problem of a line whose ``field`` may name one that is left out; None where it names none."""
    key = name_key(text)
    on = next((each for each in lines if each.is_meant_by(key)), None) if key else None
    if on is None:
        return None
    where = f"dòng {on.line}" if on.file == str(place.file) else f"dòng {on.line} của tệp {Path(on.file).name}"
    vi = f"Dòng {place.line}: “{text}” có thể là cơ quan ở {where}, dòng đó chưa đúng; đề nghị sửa dòng đó trước."
    expected = f"line {on.line} of {on.file} to be right first"
    return InputError(expected, file=place.file, line=place.line, field=field, found=text, vi=vi)


def _takes_id_of(cells: Mapping[str, str | None], lines: Iterable[LeftOut], place: Place) -> InputError | None:
    """It would get the id of a line above it."""
    short, own, below = short_form(cells), name_key(cells.get("id") or ""), _below(cells["parent"] or "")
    above = (each for each in lines if each.line < (place.line or 0) and (own or _may_meet(below, each.below)))
    on = next((each for each in above if (own in each.names if own else short == each.short)), None)
    if on is None:
        return None
    vi = (
        f"Dòng {place.line}: có cùng mã, ký hiệu hoặc tên gọi tắt với dòng {on.line}, dòng đó chưa đúng; "
        "đề nghị sửa dòng đó trước."
    )
    expected = f"line {on.line} to be right first: it has the same short form"
    return InputError(expected, file=place.file, line=place.line, field="symbol", found=own or short, vi=vi)


def _ends_for(cells: Mapping[str, Any], lines: Iterable[LeftOut], place: Place) -> InputError | None:
    """It ends, and what takes it over, or goes on under its name, is left out: nobody would come after it."""
    own, below = _keys(cells.get(field) or "" for field in _NAMES), _below(cells["parent"])
    after = (each for each in lines if own & each.takes_over or (own & each.names and _may_meet(below, each.below)))
    on = next(after, None) if cells.get("valid_to") else None
    if on is None:
        return None
    vi = (
        f"Dòng {place.line}: “{cells['name']}” kết thúc, phần tiếp theo ở dòng {on.line} chưa đúng; "
        "đề nghị sửa dòng đó trước."
    )
    expected = f"line {on.line} to be right first: it goes on with this one"
    return InputError(expected, file=place.file, line=place.line, field="valid_to", found=cells["valid_to"], vi=vi)

"""Lines that are left out of a table because they do not fit, and what else hangs on them.

Without "Sở Xây dựng" of line 3, "Phòng A, Sở Xây dựng" stands nowhere, or below another agency of that name; and a
later agency with the same symbol would get the id that belongs to line 3, and take its place in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.config.table_file import Faulty
from plan_lifecycle.config.unit_names import name_key, slug
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit_list import Place

_NAMES = ("name", "short_name", "symbol", "id")


class LeftOut(NamedTuple):
    """A line that is left out, under every name that others may know its agency by."""

    file: str
    line: int
    names: frozenset[str]
    short: str
    """The short form that its id would have."""

    def is_meant_by(self, text: str) -> bool:
        """Whether ``text`` may name it, alone or with the units above it."""
        key = name_key(text)
        return any(key == name or key.startswith(f"{name} ") for name in self.names)


def left_out(faulty: Iterable[Faulty]) -> list[LeftOut]:
    """The agencies of the lines that do not fit."""
    found = []
    for each in faulty:
        names = (name_key(each.cells.get(field, "").partition("{")[0]) for field in _NAMES)
        place = each.place
        found.append(LeftOut(str(place.file), place.line or 0, frozenset(filter(None, names)), short_form(each.cells)))
    return found


def short_form(cells: Mapping[str, str | None]) -> str:
    """What tells an agency from others below the same unit, in its id: "snv"."""
    return slug(cells.get("symbol") or cells.get("short_name") or cells.get("name") or "")


def names_one_of(text: str, lines: Iterable[LeftOut], place: Place, field: str) -> InputError | None:
    """The problem of a line whose ``field`` may name one that is left out; None where it names none."""
    on = next((each for each in lines if text and each.is_meant_by(text)), None)
    if on is None:
        return None
    where = f"dòng {on.line}" if on.file == str(place.file) else f"dòng {on.line} của tệp {Path(on.file).name}"
    vi = f"Dòng {place.line}: “{text}” có thể là cơ quan ở {where}, dòng đó chưa đúng; đề nghị sửa dòng đó trước."
    expected = f"line {on.line} of {on.file} to be right first"
    return InputError(expected, file=place.file, line=place.line, field=field, found=text, vi=vi)


def takes_id_of(cells: Mapping[str, str | None], lines: Iterable[LeftOut], place: Place) -> InputError | None:
    """The problem of a line that would get the id of one above it that is left out; None where it would not."""
    short, own = short_form(cells), name_key(cells.get("id") or "")
    above = (each for each in lines if each.line < (place.line or 0))
    on = next((each for each in above if (own in each.names if own else short == each.short)), None)
    if on is None:
        return None
    vi = (
        f"Dòng {place.line}: có cùng mã, ký hiệu hoặc tên gọi tắt với dòng {on.line}, dòng đó chưa đúng; "
        "đề nghị sửa dòng đó trước."
    )
    expected = f"line {on.line} to be right first: it has the same short form"
    return InputError(expected, file=place.file, line=place.line, field="symbol", found=own or short, vi=vi)

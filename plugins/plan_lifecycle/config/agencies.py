"""Departments and divisions beside the territorial units: ``config/agencies.csv`` (or .xlsx).

``parent`` says where an agency stands: empty is the province; a name or id is that unit or another row; "mỗi huyện"
or "mỗi xã, phường, đặc khu" makes one in every unit of that type, "mỗi đơn vị cấp 2" in every unit of that level. In
a name ``{loại}`` becomes the type of the unit above ("Văn phòng UBND {loại}" is "Văn phòng UBND tỉnh"), ``{đơn vị}``
its whole name. An agency lives no longer than the unit that it belongs to, so one file serves every year: what does
not exist in the units at hand is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

from plan_lifecycle.config._left_out import hangs_on, left_out, short_form, types_of_each
from plan_lifecycle.config._table_header import Columns
from plan_lifecycle.config.table_file import Faulty, Lasting, Table, faults_of, read_lines, told
from plan_lifecycle.config.unit_names import UnitNames, slug
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import TERRITORIAL, Standing, Succession, Unit, UnitKind
from plan_lifecycle.domain.unit_list import Place, validate_units

COLUMNS = Columns(
    {
        "name": ("tên", "tên cơ quan", "tên cơ quan, đơn vị", "tên đơn vị"),
        "short_name": ("tên gọi tắt", "tên viết tắt", "viết tắt"),
        "symbol": ("ký hiệu",),
        "kind": ("loại",),
        "level": ("cấp",),
        "parent": ("trực thuộc", "cơ quan cấp trên", "đơn vị cấp trên"),
        "standing": ("quan hệ",),
        "valid_from": ("from", "từ ngày", "có hiệu lực từ"),
        "valid_to": ("to", "đến ngày", "có hiệu lực đến"),
        "predecessors": ("tiếp nhận từ", "tiền thân"),
        "id": ("mã",),
        "code": ("mã số",),
    },
    ("name",),
    {"kind": "sở, phòng, huyện, xã, đoàn thể, mặt trận", "standing": "yêu cầu, đề nghị"},
)

_STANDINGS = {"yêu cầu": "ordered", "giao": "ordered", "đề nghị": "requested", "phối hợp": "requested"}
_KINDS = {
    "sở": "department",
    "phòng": "division",
    "huyện": "district",
    "xã": "commune",
    "đoàn thể": "mass_organisation",
    "mặt trận": "fatherland_front",
    "thôn": "residential_group",
    "tổ dân phố": "residential_group",
}
_TYPES = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_EACH_LEVEL = re.compile(r"(?:đơn vị|unit)?\s*(?:cấp|level)\s+(\d)")
_VERTICAL = r"công an|quân sự|\bthuế\b|bảo hiểm xã hội|kho bạc|hải quan|thi hành án|viện kiểm sát|tòa án|ngân hàng"
_RESIDENTIAL = (
    r"^(?:tổ (?:dân phố|dân cư|nhân dân|\d)|tdp\b|khu (?:phố|dân cư)\b|"
    r"(?:thôn|bản|xóm|ấp|khóm|buôn|bon|plei|làng|sóc) )"
)
_INFERRED = (
    (UnitKind.FATHERLAND_FRONT, re.compile(r"mặt trận tổ quốc|mttq")),
    (
        UnitKind.MASS_ORGANISATION,
        re.compile(r"^(?:liên đoàn lao động|hội(?! đồng)|đoàn thanh niên|(?:tỉnh|thành|huyện) đoàn)\b"),
    ),
    (UnitKind.PARTY, re.compile(r"^ban (?:tổ chức|tuyên giáo|dân vận|nội chính)|ủy ban kiểm tra|^(?:tỉnh|huyện) ủy")),
    (UnitKind.VERTICAL_AGENCY, re.compile(_VERTICAL)),
    (UnitKind.RESIDENTIAL_GROUP, re.compile(_RESIDENTIAL)),
    (UnitKind.MEDIA, re.compile(r"^(?:báo|đài)\b")),
    (UnitKind.PUBLIC_UNIT, re.compile(r"^(?:trung tâm|trường|bệnh viện)\b")),
)


def _translated(words: dict[str, str]) -> BeforeValidator:
    def translate(value: Any) -> Any:
        return words.get(normalise(value), normalise(value)) if isinstance(value, str) else value

    return BeforeValidator(translate)


class _Row(Lasting):
    name: str = Field(max_length=255)
    short_name: str | None = Field(default=None, max_length=128)
    symbol: str | None = Field(default=None, max_length=32)
    kind: Annotated[UnitKind | None, _translated(_KINDS)] = None
    level: int | None = Field(default=None, ge=1, le=9)
    parent: str = ""
    standing: Annotated[Standing | None, _translated(_STANDINGS)] = None
    predecessors: str = ""
    id: str | None = Field(default=None, pattern=r"^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$")
    code: str | None = Field(default=None, max_length=32)


class Agencies(NamedTuple):
    """The agencies in the order of the file, which took over from which, and the lines that do not fit."""

    units: list[Unit]
    successions: list[Succession]
    faulty: tuple[Faulty, ...] = ()


def read_agencies(path: Path, territory: Sequence[Unit]) -> Agencies:
    """Read the table for the units of a province, the province first (``config.country.load_province``).

    Raises InputError with every problem: rows that do not fit, unknown or ambiguous parents, cycles, overlaps.
    """
    found = sound_agencies(path, territory)
    raise_all(told(found.faulty))
    return found


def sound_agencies(source: Path | Table, territory: Sequence[Unit]) -> Agencies:
    """The same of the lines that fit and hang on none that does not. Raises InputError where it is no table."""
    lines = read_lines(source, COLUMNS, _Row)
    rows, faulty = lines.rows, lines.faulty
    while True:
        maker, successions = _Maker(territory), list[Succession]()
        lines_out = left_out(faulty)
        problems = [problem for row, at in rows for problem in hangs_on(row.model_dump(), at, lines_out)]
        hanging = bool(problems)
        if not hanging:
            maker.make(rows)
            problems += maker.problems
            problems += validate_units([*territory, *maker.units], [*[Place()] * len(territory), *maker.places])
            successions += _successions(rows, maker, problems)
        raise_all([problem for problem in problems if problem.line is None])
        if not problems:
            return Agencies(maker.units, successions, tuple(faulty))
        faulty += faults_of(rows, problems, hanging=hanging)
        wrong = {problem.line for problem in problems}
        rows = [each for each in rows if each[1].line not in wrong]


class _Maker:
    """Turns rows into units, those whose parent is known first; what is left over stands in a cycle or nowhere."""

    def __init__(self, territory: Sequence[Unit]) -> None:
        self.territory = territory
        self.units: list[Unit] = []
        self.places: list[Place] = []
        self.problems: list[InputError] = []
        self._ids = {unit.id for unit in territory}

    def make(self, rows: Sequence[tuple[_Row, Place]]) -> None:
        waiting = list(rows)
        while waiting:
            names = UnitNames([*self.territory, *self.units])
            ready = [each for each in waiting if self._parents(each[0], names)]
            if not ready:
                break
            for row, place in ready:
                self._make_row(row, place, names)
            made = {place.line for _, place in ready}
            waiting = [each for each in waiting if each[1].line not in made]
        self._make_left_over(waiting)
        order = sorted(range(len(self.units)), key=lambda i: self.places[i].line or 0)
        self.units, self.places = [self.units[i] for i in order], [self.places[i] for i in order]

    def _parents(self, row: _Row, names: UnitNames) -> list[Unit]:
        """Where the row's agency stands; several for "mỗi …"."""
        if not row.parent:
            return [self.territory[0]]
        if types := types_of_each(row.parent):
            return _each(types, self.territory)
        return names.find(row.parent)

    def _make_row(self, row: _Row, place: Place, names: UnitNames) -> None:
        parents = self._parents(row, names)
        if len(parents) > 1 and not types_of_each(row.parent):
            shown = "; ".join(names.within(parent) for parent in parents[:5])
            vi = f"Dòng {place.line}: “{row.parent}” có thể là {shown}; đề nghị ghi rõ."
            expected = f"one unit; this may be {shown}"
            self._complain(place, "parent", row.parent, expected, vi)
            return
        for parent in parents:
            first, last = _within(row, parent)
            if first is None or last is None or first <= last:
                if row.level is not None and row.level < parent.level:
                    vi = f"Dòng {place.line}: cấp {row.level} cao hơn cấp của cơ quan cấp trên ({parent.level})."
                    expected = f"a level of {parent.level} or more, as its parent's"
                    self._complain(place, "level", row.level, expected, vi)
                    return
                self._add(row, place, parent, first, last)

    def _make_left_over(self, rows: Iterable[tuple[_Row, Place]]) -> None:
        """Units whose parent is unknown or below themselves, for ``validate_units`` to name."""
        rows = list(rows)
        ids = {normalise(row.name): self._id(row, self.territory[0], row.valid_from) for row, _ in rows}
        for row, place in rows:
            wrong_each = types_of_each(row.parent)
            if wrong_each and not _each_is_known(wrong_each):
                vi = f"Dòng {place.line}: “{row.parent}” chưa đúng; ví dụ: mỗi huyện; mỗi xã, phường; mỗi đơn vị cấp 2."
                self._complain(place, "parent", row.parent, "mỗi huyện; mỗi xã, phường; mỗi đơn vị cấp 2", vi)
            elif not wrong_each:
                parent_id = ids.get(normalise(row.parent), row.parent)
                unit = _unit(row, ids[normalise(row.name)], self.territory[0], row.valid_from, row.valid_to)
                self._keep(replace(unit, parent_id=parent_id), place)

    def _add(self, row: _Row, place: Place, parent: Unit, first: date | None, last: date | None) -> None:
        unit = _unit(row, self._id(row, parent, first), parent, first, last)
        self._keep(unit, place)

    def _keep(self, unit: Unit, place: Place) -> None:
        self.units.append(unit)
        self.places.append(place)

    def _id(self, row: _Row, parent: Unit, first: date | None) -> str:
        """``vn3-60-snv``; the day it begins is added where the short form is taken."""
        base = row.id or f"{parent.id}-{short_form(row.model_dump())}"
        unit_id = base if row.id or base not in self._ids else f"{base}-{first or slug(row.name)}"[:64]
        self._ids.add(unit_id)
        return unit_id

    def _complain(self, place: Place, field: str, found: object, expected: str, vi: str) -> None:
        self.problems.append(InputError(expected, file=place.file, line=place.line, field=field, found=found, vi=vi))


def _successions(rows: Sequence[tuple[_Row, Place]], maker: _Maker, problems: list[InputError]) -> Iterator[Succession]:
    """From the column ``predecessors``; one that is in the file but not in these units is passed over."""
    named = {normalise(row.name) for row, _ in rows}
    names = UnitNames(maker.units)
    by_line = {place.line: unit for unit, place in zip(maker.units, maker.places, strict=True)}
    for row, place in rows:
        unit = by_line.get(place.line)
        for name in filter(None, (part.strip() for part in row.predecessors.split(";"))):
            found = names.find(name)
            if not found and normalise(name) not in named:
                vi = f"Dòng {place.line}: không có cơ quan “{name[:120]}” trong danh sách."
                problems.append(
                    InputError(
                        "a name in this file", found=name, file=place.file, line=place.line, field="predecessors", vi=vi
                    )
                )
            yield from (Succession(old.id, unit.id) for old in found if unit is not None and old.id != unit.id)


def _each(types: Sequence[str], territory: Iterable[Unit]) -> list[Unit]:
    if level := _EACH_LEVEL.fullmatch(types[0]):
        return [unit for unit in territory if unit.level == int(level[1])]
    wanted = tuple(f"{each} " for each in types)
    return [unit for unit in territory if unit.level > 1 and normalise(unit.name).startswith(wanted)]


def _each_is_known(types: Sequence[str]) -> bool:
    return bool(_EACH_LEVEL.fullmatch(types[0])) or all(part in _TYPES for part in types)


def _within(row: _Row, parent: Unit) -> tuple[date | None, date | None]:
    """The row's validity, cut to the parent's."""
    firsts = [day for day in (row.valid_from, parent.valid_from) if day]
    lasts = [day for day in (row.valid_to, parent.valid_to) if day]
    return max(firsts, default=None), min(lasts, default=None)


def _unit(row: _Row, unit_id: str, parent: Unit, first: date | None, last: date | None) -> Unit:
    level = row.level or parent.level + (row.kind in TERRITORIAL)
    name = _filled(row.name, parent)
    kind = row.kind or _inferred(name, level, within=not parent.territorial)
    return Unit(
        id=unit_id,
        name=name,
        kind=kind,
        level=level,
        parent_id=parent.id,
        code=row.code,
        short_name=_filled(row.short_name, parent) if row.short_name else None,
        symbol=row.symbol,
        standing=row.standing or Standing.of(kind),
        valid_from=first,
        valid_to=last,
    )


def _filled(text: str, parent: Unit) -> str:
    kind = next((each for each in _TYPES if normalise(parent.name).startswith(f"{each} ")), "")
    return text.replace("{đơn vị}", parent.name).replace("{loại}", kind)


def _inferred(name: str, level: int, *, within: bool) -> UnitKind:
    """By the name; else a division, where it is ``within`` a department or below the province."""
    plain = normalise(name)
    for kind, pattern in _INFERRED:
        if pattern.search(plain):
            return kind
    return UnitKind.DEPARTMENT if level == 1 and not within else UnitKind.DIVISION

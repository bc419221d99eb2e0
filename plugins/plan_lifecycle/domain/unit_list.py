"""Whether a list of units can be a tree, before anything of it is stored.

Codes, names and parents recur with other meanings in other years, so recurrence is no error: an *overlap* is. Every
problem is told, each with the place it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Contact, Unit


class Place(NamedTuple):
    """Where a row stands: its file and its line (the header is line 1)."""

    file: str | Path | None = None
    line: int | None = None


_NOWHERE = Place()
_Located = tuple[Unit, Place]


def validate_units(units: Sequence[Unit], places: Sequence[Place] = ()) -> list[InputError]:
    """Every problem of the list, in its order: reversed dates, unknown parents or such as do not live as long,
    cycles, two validities that overlap under one id, one official code, or one name below one parent.

    ``places``, where given, stands beside ``units``.
    """
    located = list(zip(units, [*places, *[_NOWHERE] * (len(units) - len(places))], strict=False))
    found = [
        *_reversed_dates(located),
        *_parents(located),
        *_cycles(located),
        *_overlaps(located, "id", lambda unit: unit.id, even_apart=True),
        *_overlaps(located, "code", lambda unit: unit.code and (unit.level, unit.kind, unit.code)),
        *_overlaps(located, "name", lambda unit: (unit.parent_id, normalise(unit.name))),
    ]
    return sorted(found, key=lambda error: error.line or 0)


def validate_contacts(contacts: Sequence[Contact], places: Sequence[Place] = ()) -> list[InputError]:
    """Every problem of the people: addresses that no mail can go to, reversed dates."""
    found: list[InputError] = []
    for contact, place in zip(contacts, [*places, *[_NOWHERE] * (len(contacts) - len(places))], strict=False):
        for field, address in (("email", contact.email), ("substitute", contact.substitute)):
            problem = address_problem(address) if address is not None else None
            if problem:
                found.append(_error(place, field, address, problem.en, problem.vi))
        if _is_reversed(contact.valid_from, contact.valid_to):
            found.append(_order_error(place, contact.valid_from, contact.valid_to))
    return found


class Problem(NamedTuple):
    """What was expected (English) and what an official reads."""

    en: str
    vi: str


_LOCAL = regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = regex(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def address_problem(address: str) -> Problem | None:
    """Why no mail can go to ``address``; None where it can. One bare address: no name, no list, plain ASCII, no
    control characters (a line break would add a header to every letter)."""
    if any(ord(each) < 32 or ord(each) == 127 for each in address):
        return Problem("an e-mail address without control characters", "Địa chỉ thư có ký tự điều khiển.")
    if not address.isascii():
        return Problem(
            "an e-mail address in plain ASCII", f"Địa chỉ thư “{address}” có dấu tiếng Việt hoặc ký tự lạ; đề nghị sửa."
        )
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    if (
        at
        and len(local) <= 64
        and len(address) <= 254
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(map(_LABEL.fullmatch, labels))
        and not labels[-1].isdigit()
    ):
        return None
    return Problem(
        "one e-mail address such as snv@binhthuan.example", f"Địa chỉ thư “{address}” chưa đúng; đề nghị kiểm tra lại."
    )


def _reversed_dates(located: Iterable[_Located]) -> Iterator[InputError]:
    for unit, place in located:
        if _is_reversed(unit.valid_from, unit.valid_to):
            yield _order_error(place, unit.valid_from, unit.valid_to)


def _parents(located: Sequence[_Located]) -> Iterator[InputError]:
    known: dict[str, list[Unit]] = {}
    for unit, _ in located:
        known.setdefault(unit.id, []).append(unit)
    for unit, place in located:
        if unit.parent_id is None:
            continue
        parents = known.get(unit.parent_id)
        if not parents:
            vi = f"Không có cơ quan cấp trên “{unit.parent_id}” của “{unit.name}” trong danh sách."
            yield _error(place, "parent", unit.parent_id, "the id of a unit in the list", vi)
        elif not any(_within(unit, parent) for parent in parents):
            parent = parents[0]
            vi = f"“{unit.name}” tồn tại ngoài thời gian của cơ quan cấp trên “{parent.name}” ({_span(parent)})."
            expected = f"a validity within that of its parent {parent.name} ({_span(parent)})"
            yield _error(place, "valid_from", _span(unit), expected, vi)


def _cycles(located: Sequence[_Located]) -> Iterator[InputError]:
    """One error a cycle, at its first unit."""
    parents = {unit.id: unit.parent_id for unit, _ in located}
    first = {unit.id: (unit, place) for unit, place in reversed(located)}
    clear: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        step: str | None = start
        while step is not None and step in parents and step not in clear and step not in path:
            path[step] = None
            step = parents[step]
        if step in path:
            chain = list(path)[list(path).index(step) :] if step else []
            unit, place = first[chain[0]]
            shown = " → ".join([*(first[each][0].name for each in chain), unit.name])
            vi = f"Quan hệ trực thuộc quay vòng: {shown}."
            yield _error(place, "parent", shown, "a parent that does not stand below the unit itself", vi)
        clear.update(path)


def _overlaps(
    located: Sequence[_Located], field: str, key: Callable[[Unit], object], *, even_apart: bool = False
) -> Iterator[InputError]:
    groups: dict[object, list[tuple[int, Unit, Place]]] = {}
    for position, (unit, place) in enumerate(located):
        if value := key(unit):
            groups.setdefault(value, []).append((position, unit, place))
    for group in groups.values():
        by_start = sorted(group, key=lambda each: _from(each[1]))
        longest = by_start[0]
        for each in by_start[1:]:
            known_as_id = field != "id" and longest[1].id == each[1].id
            if not known_as_id and (even_apart or _overlap(longest[1], each[1])):
                earlier, later = sorted((longest, each), key=lambda one: one[0])
                yield _overlap_error(field, *earlier[1:], *later[1:])
            longest = max(longest, each, key=lambda one: _to(one[1]))


def _overlap_error(field: str, earlier: Unit, its_place: Place, later: Unit, place: Place) -> InputError:
    value = getattr(later, field)
    where = f" (line {its_place.line})" if its_place.line else ""
    o_dong = f" (dòng {its_place.line})" if its_place.line else ""
    if _overlap(earlier, later):
        expected = f"a validity apart from that of {earlier.name}{where}: {_span(earlier)} overlaps {_span(later)}"
        spans = f"{_span(earlier)} và {_span(later)}"
        vi = f"“{later.name}” ({value}) trùng thời gian với “{earlier.name}”{o_dong}: {spans}."
    else:
        expected = f"an id of its own; {earlier.name}{where} has it"
        vi = f"Mã “{value}” của “{later.name}” đã dùng cho “{earlier.name}”{o_dong}."
    return _error(place, field, value, expected, vi)


def _error(place: Place, field: str, found: object, expected: str, vi: str) -> InputError:
    if place.line:
        vi = f"Dòng {place.line}: {vi}"
    return InputError(expected, file=place.file, line=place.line, field=field, found=found, vi=vi)


def _order_error(place: Place, first: date | None, last: date | None) -> InputError:
    vi = f"Ngày kết thúc {last:%d/%m/%Y} trước ngày bắt đầu {first:%d/%m/%Y}."
    return _error(place, "valid_to", last, f"a day on or after valid_from {first}", vi)


def _is_reversed(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def _overlap(one: Unit, other: Unit) -> bool:
    return _from(one) <= _to(other) and _from(other) <= _to(one)


def _within(unit: Unit, parent: Unit) -> bool:
    return _from(parent) <= _from(unit) and _to(unit) <= _to(parent)


def _from(unit: Unit) -> date:
    return unit.valid_from or date.min


def _to(unit: Unit) -> date:
    return unit.valid_to or date.max


def _span(unit: Unit) -> str:
    return f"{unit.valid_from or '…'} – {unit.valid_to or '…'}"

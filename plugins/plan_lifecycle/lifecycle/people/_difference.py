"""What a list would change in the store: each unit and person of it is new, changed or the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.domain.telephone import telephones_of
from plan_lifecycle.domain.unit import KIND_WORDS, ROLE_WORDS, UNNAMED, Contact, Standing, Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.store.people import PersonRow

_STANDING_WORDS = {Standing.ORDERED: "yêu cầu", Standing.REQUESTED: "đề nghị"}


class Mark(StrEnum):
    """How something of a list stands to the store."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Told(NamedTuple):
    """One thing that is said of a unit or a person, in words."""

    what: str
    text: str


_Said = tuple[Told, ...]


class Change(NamedTuple):
    """One thing that a list says otherwise than the store, in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit or a person of a list; ``unit`` is whose person it is, empty for a unit."""

    mark: Mark
    name: str
    unit: str = ""
    changes: tuple[Change, ...] = ()


def differences_of_units(units: Sequence[Unit], stored: Mapping[str, Unit]) -> list[Difference]:
    """Each unit of a list, by what the store has of it."""
    names = {unit.id: unit.name for unit in (*stored.values(), *units)}
    return [
        _difference(unit.name, names.get(unit.parent_id or "", ""), _told_of(unit, names), _before(unit, stored, names))
        for unit in units
    ]


def differences_of_people(people: Sequence[Contact], stored: Iterable[PersonRow], names: UnitTree) -> list[Difference]:
    """Each person of a list, by what the store has under the same unit, role and address."""
    known = {(row.unit_id, row.role, row.email): row for row in stored}
    found = []
    for person in people:
        row = known.get((person.unit_id, person.role, person.email))
        before = None if row is None else _told_of_person(row)
        kept = (
            {}
            if row is None
            else {name: value for name, value in (("phone", row.phone), ("to", row.valid_to)) if value}
        )
        found.append(_difference(person.name, names.called(person.unit_id), _told_of_person(person, kept), before))
    return found


def _difference(name: str, unit: str, after: _Said, before: _Said | None) -> Difference:
    if before is None:
        return Difference(Mark.NEW, name, unit)
    both = zip(before, after, strict=True)
    changes = tuple(Change(now.what, was.text, now.text) for was, now in both if was.text != now.text)
    return Difference(Mark.CHANGED if changes else Mark.SAME, name, unit, changes)


def _before(unit: Unit, stored: Mapping[str, Unit], names: Mapping[str, str]) -> _Said | None:
    known = stored.get(unit.id)
    return None if known is None else _told_of(known, names)


def _told_of(unit: Unit, names: Mapping[str, str]) -> _Said:
    return (
        Told("tên", unit.name),
        Told("loại", KIND_WORDS[unit.kind]),
        Told("cấp", str(unit.level)),
        Told("trực thuộc", names.get(unit.parent_id or "", UNNAMED if unit.parent_id else "–")),
        Told("tên gọi tắt", unit.short_name or "–"),
        Told("ký hiệu", unit.symbol or "–"),
        Told("mã số", unit.code or "–"),
        Told("quan hệ", _STANDING_WORDS[unit.standing]),
        Told("từ ngày", _day(unit.valid_from)),
        Told("đến ngày", _day(unit.valid_to)),
    )


def _told_of_person(person: Contact | PersonRow, kept: Mapping[str, object] | None = None) -> _Said:
    """What a list says of a person, with what the store keeps where a list says nothing."""
    kept = kept or {}
    phone, last = person.phone or kept.get("phone"), person.valid_to or kept.get("to")
    return (
        Told("họ tên", person.name),
        Told("vai trò", ROLE_WORDS[person.role]),
        Told("điện thoại", "; ".join(each.words for each in telephones_of(str(phone) if phone else None)) or "–"),
        Told("từ ngày", _day(person.valid_from)),
        Told("đến ngày", _day(last if isinstance(last, date) else None)),
        Told("người thay", person.substitute or "–"),
    )


def _day(day: date | None) -> str:
    return short_date(day) if day else "–"

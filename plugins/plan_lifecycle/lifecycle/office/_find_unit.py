"""The unit that a person names: by id, by name, or by a name with those above it."""

from __future__ import annotations

from datetime import date, datetime

from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


def find_unit(office: Office, text: str, now: datetime) -> Unit:
    """The one unit of this id or name that may be seen, written with or without accents and the word of its kind.

    Raises InputError where there is none, or several.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    names = UnitNames(tree.units)
    found = [unit for unit in names.find_loosely(text) if office.sight.has(unit.id)]
    if not found:
        _refuse_ended(office, text, now.date())
    return _only(names, found, text, office.sight)


def known_unit(office: Office, connection: Connection, unit_id: str, now: datetime) -> Unit:
    """The unit of this id that may be seen, whether or not it still exists.

    Raises InputError where there is none, with the ids of units that are named so or nearly so.
    """
    unit = unit_rows.get_unit(connection, unit_id)
    if unit is not None and office.sight.has(unit_id):
        return unit
    names = UnitNames(unit_rows.load_tree(connection, now.date()).units)
    meant = [each for each in names.find_loosely(unit_id) or names.near(unit_id) if office.sight.has(each.id)][:3]
    shown = "; ".join(f"{each.id} ({names.within(each)})" for each in meant)
    expected = "the id of a unit that is imported" + (f"; near: {shown}" if meant else "")
    vi = f"Không có đơn vị mang mã “{unit_id}”" + (f"; có thể là: {shown}." if meant else ".")
    raise InputError(expected, field="unit", found=unit_id, vi=vi)


def _refuse_ended(office: Office, text: str, day: date) -> None:
    """Say of a unit that there was and is no more when it ended. Raises InputError."""
    with office.store.read() as connection:
        every = UnitNames(unit_rows.every_unit(connection))
    for unit in every.find(text):
        if office.sight.has(unit.id) and unit.valid_to is not None and unit.valid_to < day:
            vi = f"“{every.within(unit)}” đã kết thúc hoạt động (hết ngày {short_date(unit.valid_to)})."
            found = f"{text} (ended on {unit.valid_to})"
            raise InputError(f"a unit that exists on {day}", field="unit", found=found, vi=vi)


def unit_named(tree: UnitTree, text: str, under: Unit | None = None, *, sight: Sight = EVERYTHING) -> Unit:
    """The one unit of this id or name, of those in and below ``under``. Raises InputError where it is not one."""
    names = UnitNames(tree.units)
    within = None if under is None else {under.id, *(unit.id for unit in tree.below(under.id))}
    found = [unit for unit in names.find(text) if sight.has(unit.id) and (within is None or unit.id in within)]
    return _only(names, found, text, sight)


def _only(names: UnitNames, found: list[Unit], text: str, sight: Sight) -> Unit:
    if len(found) == 1:
        return found[0]
    expected = "the id or the unmistakable name of a unit"
    if found:
        several = "; ".join(names.within(unit) for unit in found[:5])
        shown = "; ".join(f"{unit.id}: {names.within(unit)}" for unit in found[:5])
        vi = f"Tên đơn vị trùng nhau: {several}; đề nghị ghi rõ."
        raise InputError(expected, field="unit", found=f"{text} ({shown})", vi=vi)
    near = "; ".join(names.within(unit) for unit in names.near(text) if sight.has(unit.id))
    vi = f"Chưa có đơn vị “{text}”" + (f"; có thể là: {near}." if near else ".")
    raise InputError(expected + (f"; near: {near}" if near else ""), field="unit", found=text, vi=vi)


def find_province(office: Office, name: str, now: datetime) -> Unit:
    """The province of this name among those that are imported. Raises InputError."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    return province_named(tree, name)


def provinces(office: Office, now: datetime) -> tuple[Unit, ...]:
    """The units that stand below none."""
    with office.store.read() as connection:
        return tuple(unit_rows.load_tree(connection, now.date()).children(None))


def province_named(tree: UnitTree, name: str) -> Unit:
    """The unit at the top of the tree that bears the name, with or without its type. Raises InputError."""
    provinces = tree.children(None)
    found = [unit for unit in UnitNames(provinces).find(name) if unit in provinces]
    found = found or [unit for unit in provinces if normalise(unit.name).endswith(f" {normalise(name)}")]
    if len(found) != 1:
        known = ", ".join(unit.name for unit in provinces) or "none"
        vi = f"Chưa có tỉnh, thành phố “{name}” trong danh mục đơn vị; đề nghị kiểm tra tên hoặc nhập danh mục trước."
        raise InputError(f"a province that is imported ({known})", field="province", found=name, vi=vi)
    return found[0]

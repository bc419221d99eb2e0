"""The unit that a person names: by id, by name, or by a name with those above it."""

from __future__ import annotations

from datetime import datetime

from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.sight import EVERYTHING, Sight
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.store import units as unit_rows


def find_unit(office: Office, text: str, now: datetime) -> Unit:
    """The one unit of this id or name that may be seen, written with or without accents and the word of its kind.

    Raises InputError where there is none, or several.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    names = UnitNames(tree.units)
    return _only(names, [unit for unit in names.find_loosely(text) if office.sight.has(unit.id)], text)


def unit_named(tree: UnitTree, text: str, under: Unit | None = None, *, sight: Sight = EVERYTHING) -> Unit:
    """The one unit of this id or name, of those in and below ``under``. Raises InputError where it is not one."""
    names = UnitNames(tree.units)
    within = None if under is None else {under.id, *(unit.id for unit in tree.below(under.id))}
    found = [unit for unit in names.find(text) if sight.has(unit.id) and (within is None or unit.id in within)]
    return _only(names, found, text)


def _only(names: UnitNames, found: list[Unit], text: str) -> Unit:
    if len(found) != 1:
        several = "; ".join(names.within(unit) for unit in found[:5])
        shown = "; ".join(f"{unit.id}: {names.within(unit)}" for unit in found[:5])
        vi = f"Tên đơn vị trùng nhau: {several}; đề nghị ghi rõ." if found else f"Chưa có đơn vị “{text}”."
        told = f"{text} ({shown})" if shown else text
        raise InputError("the id or the unmistakable name of a unit", field="unit", found=told, vi=vi)
    return found[0]


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

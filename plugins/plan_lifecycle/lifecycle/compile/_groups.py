"""The groups of units that a report tells apart: by what they are, or by where they belong if they are all the same."""

from __future__ import annotations

from collections.abc import Iterable

from plan_lifecycle.domain.report import Contribution
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree

_MOST = 40
"""Groups that one chart can show."""
_OTHERS = "Đơn vị khác"
_KINDS = {
    UnitKind.PROVINCE: "Cấp tỉnh",
    UnitKind.DISTRICT: "Cấp huyện",
    UnitKind.COMMUNE: "Cấp xã",
    UnitKind.DEPARTMENT: "Sở, ban, ngành",
    UnitKind.DIVISION: "Phòng, ban",
    UnitKind.MASS_ORGANISATION: "Tổ chức chính trị - xã hội",
    UnitKind.FATHERLAND_FRONT: "Mặt trận Tổ quốc",
    UnitKind.PARTY: "Cơ quan Đảng",
    UnitKind.VERTICAL_AGENCY: "Cơ quan ngành dọc",
    UnitKind.PUBLIC_UNIT: "Đơn vị sự nghiệp",
    UnitKind.ENTERPRISE: "Doanh nghiệp",
    UnitKind.MEDIA: "Cơ quan báo chí",
    UnitKind.RESIDENTIAL_GROUP: "Thôn, tổ dân phố",
}


def groups_of(tree: UnitTree, contributions: Iterable[Contribution]) -> dict[str, str]:
    """Each unit's group in words; a unit that ended before the day of ``tree`` is one of the others."""
    units = {one.unit_id: tree.get(one.unit_id) for one in contributions}
    kinds = {unit.kind for unit in units.values() if unit}
    above = {unit_id: _above(tree, unit) for unit_id, unit in units.items()}
    if len(kinds) == 1 and 1 < len({*above.values()}) <= _MOST:
        return above
    return {unit_id: _KINDS.get(unit.kind, _OTHERS) if unit else _OTHERS for unit_id, unit in units.items()}


def _above(tree: UnitTree, unit: Unit | None) -> str:
    parent = tree.parent(unit) if unit else None
    return tree.named(parent) if parent else _OTHERS

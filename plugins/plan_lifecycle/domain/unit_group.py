"""The groups that a coordinator sorts units into: "Sở, ban, ngành"; "Huyện, thị xã, thành phố"; communes by district.

A group is named by what its units are, and below whom they stand, unless that is the only unit at the top: communes
of a province without districts are "Xã, phường, đặc khu", those of a district "Xã, phường, thị trấn huyện Bắc Bình".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree

_NAMES = {
    UnitKind.PROVINCE: "Tỉnh, thành phố",
    UnitKind.DEPARTMENT: "Sở, ban, ngành",
    UnitKind.PARTY: "Cơ quan Đảng",
    UnitKind.FATHERLAND_FRONT: "Mặt trận Tổ quốc",
    UnitKind.MASS_ORGANISATION: "Tổ chức chính trị - xã hội",
    UnitKind.VERTICAL_AGENCY: "Cơ quan ngành dọc",
    UnitKind.PUBLIC_UNIT: "Đơn vị sự nghiệp",
    UnitKind.MEDIA: "Cơ quan báo chí",
    UnitKind.ENTERPRISE: "Doanh nghiệp",
    UnitKind.DISTRICT: "Huyện, thị xã, thành phố",
    UnitKind.DIVISION: "Phòng, ban",
    UnitKind.COMMUNE: "Xã, phường, đặc khu",
    UnitKind.RESIDENTIAL_GROUP: "Thôn, tổ dân phố",
}
"""What the units of a kind are called together, in the order in which a coordinator lists them."""
_BELOW_A_DISTRICT = {UnitKind.COMMUNE: "Xã, phường, thị trấn"}
_ORDER = {kind: place for place, kind in enumerate(_NAMES)}


class UnitGroup(NamedTuple):
    """A group; ``order`` sorts groups as a coordinator does, groups of one order by name."""

    order: int
    name: str


OTHERS = UnitGroup(len(_NAMES), "Đơn vị khác")
"""Where units stand of which only an id is known."""


@dataclass(frozen=True)
class UnitGroups:
    """The groups of one tree; each is worked out once.

    ``seen_from``: the unit whose own groups need not name it; None: the only one at the top, if there is one.
    """

    tree: UnitTree
    seen_from: str | None = None
    _known: dict[tuple[UnitKind, str | None], UnitGroup] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        tops = [unit.id for unit in self.tree.children(None) if unit.territorial]
        if self.seen_from is None and len(tops) == 1:
            object.__setattr__(self, "seen_from", tops[0])

    def of(self, unit_id: str) -> UnitGroup:
        """The group of a unit, also of a former one whose name the tree knows."""
        unit = self.tree.known(unit_id)
        if unit is None:
            return OTHERS
        key = unit.kind, unit.parent_id
        if key not in self._known:
            self._known[key] = UnitGroup(_ORDER[unit.kind], self._name(unit))
        return self._known[key]

    def _name(self, unit: Unit) -> str:
        above = self.tree.known(unit.parent_id)
        if above is not None and not above.territorial:
            own = above.parent_id is None or above.parent_id == self.seen_from
            return f"Đơn vị thuộc {above.name if own else self.tree.named(above)}"
        names = _BELOW_A_DISTRICT if above is not None and above.kind is UnitKind.DISTRICT else {}
        name = names.get(unit.kind, _NAMES[unit.kind])
        return name if above is None or above.id == self.seen_from else f"{name} {above.name}"


def group_names(groups: Iterable[UnitGroup]) -> list[str]:
    """What the groups are called, each once, in a coordinator's order."""
    return [group.name for group in sorted(set(groups))]


def group_of_kind(unit: Unit | None) -> UnitGroup:
    """The group by what a unit is alone, whoever stands above it."""
    return UnitGroup(_ORDER[unit.kind], _NAMES[unit.kind]) if unit else OTHERS

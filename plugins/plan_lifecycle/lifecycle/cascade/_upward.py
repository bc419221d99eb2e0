"""What a unit's own plan says that the unit itself owes upward: its own obligation, not one of those below it.

"Văn phòng Sở tổng hợp, tham mưu Giám đốc Sở gửi báo cáo về Sở Nội vụ trước ngày 20/6/2020" in the plan of Sở Ngoại vụ:
the office does the work, the department owes the report, and the province's committee receives it.
"""

from __future__ import annotations

import re

from plan_lifecycle.domain.audience import match_units, name_key, read_audience
from plan_lifecycle.domain.plan import Plan, ReportingDuty, units_decided
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree

_LEVELS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường")
_AGENCY = re.compile(r"(?:sở|phòng) \w")
_WHOSE = {UnitKind.DEPARTMENT: UnitKind.PROVINCE, UnitKind.DIVISION: UnitKind.DISTRICT}
"""Of which committee an agency is that is not in the register."""


def owed_upward(plan: Plan, tree: UnitTree, issuer: Unit) -> list[tuple[ReportingDuty, Unit]]:
    """The duties of the plan that are the issuer's own, each with the unit above that receives."""
    found = ((duty, receiver_above(tree, issuer, duty)) for duty in plan.reporting)
    return [(duty, above) for duty, above in found if above is not None]


def receiver_above(tree: UnitTree, issuer: Unit, duty: ReportingDuty) -> Unit | None:
    """The unit above to which the issuer owes the duty; None where it is owed to the issuer, or by units below.

    One unit below that does the work ("Văn phòng Sở") does it for the issuer; several that are addressed, or that a
    person named, owe each for itself.
    """
    if units_decided(duty.decisions) is not None or _several_below(tree, issuer, duty.audience):
        return None
    return _received_by(tree, issuer, duty.addressee)


def _several_below(tree: UnitTree, issuer: Unit, audience: str) -> bool:
    below = {unit.id for unit in tree.below(issuer.id)}
    return len(below.intersection(match_units(read_audience(audience), tree, issuer.id))) > 1


def _received_by(tree: UnitTree, issuer: Unit, addressee: str | None) -> Unit | None:
    """The unit above that is addressed.

    "UBND tỉnh", "Ban Chỉ đạo thành phố" mean the nearest of that level above; an agency beside or above the issuer
    ("Sở Nội vụ") receives for the committee that it belongs to, whether or not it is in the register.
    """
    above = tuple(tree.above(issuer))
    if not addressee or not above:
        return None
    key = name_key(addressee)
    if level := next((level for level in _LEVELS if f" {key}".endswith(f" {level}")), None):
        return None if _is_of(issuer, level) else next((unit for unit in above if _is_of(unit, level)), None)
    read = read_audience(addressee)
    found = match_units(read, tree, issuer.id)
    meant = tree[found[0]] if len(found) == 1 else next((unit for unit in above if name_key(unit.name) in key), None)
    if meant is None and _AGENCY.match(key):
        kinds = {_WHOSE.get(UnitKind(kind)) for kind in read.audiences if kind in set(UnitKind)}
        return next((unit for unit in above if unit.kind in kinds), None)
    if meant is None or meant.id == issuer.id:
        return None
    if meant in above:
        return meant
    parent = tree.parent(meant)
    return parent if parent in above and not meant.territorial else None


def _is_of(unit: Unit, level: str) -> bool:
    return unit.territorial and name_key(unit.name).startswith(f"{level} ")

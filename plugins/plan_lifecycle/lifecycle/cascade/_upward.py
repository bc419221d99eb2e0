"""What a unit's own plan says that the unit itself owes upward: its own obligation, not one of those below it.

"Văn phòng Sở tổng hợp, tham mưu Giám đốc Sở gửi báo cáo về Sở Nội vụ trước ngày 20/6/2020" in the plan of Sở Ngoại vụ:
the office does the work, the department owes the report, and the province's committee receives it.
"""

from __future__ import annotations

import re

from plan_lifecycle.domain.audience import match_units, name_key, read_audience
from plan_lifecycle.domain.plan import ReportingDuty
from plan_lifecycle.domain.unit import Unit, UnitTree

_LEVELS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường")
_BARE = re.compile(rf"(?:ubnd )?({'|'.join(_LEVELS)})")


def receiver_above(tree: UnitTree, issuer: Unit, duty: ReportingDuty) -> Unit | None:
    """The unit above the issuer that a duty is owed to; None where it is owed to the issuer or to nobody known.

    "UBND tỉnh" and "UBND thành phố" mean the nearest of that level above; an agency beside or above the issuer
    ("Sở Nội vụ") receives for the committee that it belongs to.
    """
    above = tuple(tree.above(issuer))
    if not duty.addressee or not above:
        return None
    key = name_key(duty.addressee)
    if bare := _BARE.fullmatch(key):
        if _is_of(issuer, bare[1]):
            return None
        return next((unit for unit in above if _is_of(unit, bare[1])), None)
    found = match_units(read_audience(duty.addressee), tree, issuer.id)
    meant = tree[found[0]] if len(found) == 1 else next((unit for unit in above if name_key(unit.name) in key), None)
    if meant is None or meant.id == issuer.id:
        return None
    if meant in above:
        return meant
    parent = tree.parent(meant)
    return parent if parent in above and not meant.territorial else None


def _is_of(unit: Unit, level: str) -> bool:
    return unit.territorial and name_key(unit.name).startswith(f"{level} ")

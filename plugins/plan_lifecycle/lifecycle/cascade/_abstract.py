"""The abstract of a unit's own plan: that of the superior plan, with the unit in the place of its issuer."""

from __future__ import annotations

import re

from plan_lifecycle.domain.unit import Unit, bare_name
from plan_lifecycle.domain.writing import first_up

_AREA = r"trên địa bàn|trong phạm vi"
_AFTER_NAME = r"(?=\s*(?:$|[,;.(])|\s+(?:năm|giai đoạn)\s)"  # "… về huyện Bắc Bình mới" names something else
_AGENCY = r"(?:(?:UBND|[UỦ][ỷỶyY] ban nhân dân)\s+)?"


def own_abstract(superior: str, issuer: Unit, unit: Unit) -> str:
    """ "CCHC năm 2026 tỉnh Lâm Đồng" is "CCHC năm 2026 của xã Đức Trọng" in the commune's plan.

    Names in quotation marks ("Phong trào thi đua “… trên địa bàn tỉnh”") are proper names and stay.
    """
    return first_up("".join(_renamed(piece, issuer, unit) for piece in re.split(r"(“[^”]*”|\"[^\"]*\")", superior)))


def _renamed(text: str, issuer: Unit, unit: Unit) -> str:
    if text.startswith(("“", '"')):
        return text
    kind = issuer.name.removesuffix(bare_name(issuer.name)).strip() or issuer.name
    name = "|".join(map(re.escape, (issuer.name, kind)))
    pattern = re.compile(rf"\s+(?:(?P<area>{_AREA})\s+)?(?:của\s+)?{_AGENCY}(?:{name}){_AFTER_NAME}", re.I)
    return pattern.sub(lambda found: _of(unit, area=bool(found["area"])), text)


def _of(unit: Unit, *, area: bool) -> str:
    return f" trên địa bàn {unit.name}" if area and unit.territorial else f" của {unit.name}"

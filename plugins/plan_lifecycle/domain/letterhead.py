"""Whose a paper is, by the agencies that its letterhead names.

"ỦY BAN NHÂN DÂN / XÃ BÌNH AN" is xã Bình An's, "UBND HUYỆN BẮC BÌNH / PHÒNG NỘI VỤ" that of the division in this very
district. A letterhead that is missing, or that names a body within the unit, tells nothing against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from plan_lifecycle.domain.audience import agency_key, name_key, proper_name
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.domain.unit import Unit

_COMMITTEE = regex(
    r"^(?:(?:hđnd|hội đồng nhân dân)\s*(?:và|,|&|-|/)?\s*)?"
    r"(?:ubnd|u\.b\.n\.d|ub nhân dân|ủy ban nhân dân)(?!\w)[\s.:]*"
)
_LEVEL = regex(r"^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?= )")
_SHORT_LEVEL = (("tx", "thị xã"), ("tt", "thị trấn"), ("tp", "thành phố"), ("đk", "đặc khu"))


class Bearing(StrEnum):
    """What a letterhead says of a unit: its own, another's, or nothing that tells."""

    OWN = "own"
    SILENT = "silent"
    OTHER = "other"


def bearing(agencies: Sequence[str], unit: Unit, above: Sequence[Unit], symbol: str | None = None) -> Bearing:
    """Say whose a paper is by the ``agencies`` of its letterhead, the superior first, and the ``symbol`` of its number.

    ``above`` is the chain over the unit, as the names are on the paper's date. A division may write on its committee's
    sheet: the committee's own number bears the committee's letters ("15/KH-UBND").
    """
    if not agencies or not any(_told(agency) for agency in agencies):
        return Bearing.SILENT
    *over, issuer = agencies
    within = [*above, unit]
    if any(place is not None and not _is_one(place, within) for place in map(_place, over)):
        return Bearing.OTHER
    if _is(issuer, unit, above):
        return Bearing.OWN
    on_its_sheet = not unit.territorial and bool(_place(issuer)) and _is_one(_place(issuer) or "", above)
    if on_its_sheet and symbol is not None and not normalise(symbol).endswith("ubnd"):
        return Bearing.SILENT
    return Bearing.SILENT if _within(issuer, over, unit, above) else Bearing.OTHER


def named(agencies: Sequence[str], units: Iterable[Unit], above: Callable[[Unit], Sequence[Unit]]) -> list[Unit]:
    """Find the units that a letterhead names; of several with one name those whose superior it names too.

    ``above`` gives the chain over a unit.
    """
    found = [unit for unit in units if bearing(agencies, unit, above(unit)) is Bearing.OWN]
    places = [place for place in map(_place, agencies[:-1]) if place]
    exact = [unit for unit in found if places and _is_one(places[-1], above(unit)[:1])]
    return exact or found


def _told(agency: str) -> bool:
    """A committee whose place is missing says nothing."""
    return _place(agency) != ""


def _is(agency: str, unit: Unit, above: Sequence[Unit]) -> bool:
    place = _place(agency)
    if unit.territorial:
        return place is not None and _same_place(place, unit)
    over = [parent.name for parent in above]
    keys = {agency_key(name, *over) for name in (unit.name, unit.short_name) if name}
    return place is None and bool({_plain(agency, key) for key in keys} & {agency_key(agency, *over)})


def _within(issuer: str, over: Sequence[str], unit: Unit, above: Sequence[Unit]) -> bool:
    """A body of the unit's own: "Ban Chỉ đạo CCHC xã Bình An", "Văn phòng" below "Sở Nội vụ"."""
    if _place(issuer) is not None:
        return False
    if any(_is(agency, unit, above) for agency in over):
        return True
    own = name_key(unit.name)
    return f" {own} " in f" {name_key(issuer)} "


def _is_one(place: str, units: Iterable[Unit]) -> bool:
    return not place or any(_same_place(place, unit) for unit in units if unit.territorial)


def _same_place(place: str, unit: Unit) -> bool:
    own = name_key(unit.name)
    return place in (_plain(place, own), _plain(place, proper_name(own)))


def _plain(typed: str, name: str) -> str:
    """The name as somebody types it who has no accents; only where the whole of it has none."""
    return without_accents(name) if typed == without_accents(typed) else name


@lru_cache(maxsize=4096)
def _place(agency: str) -> str | None:
    """The territory whose committee an agency is, "xã bình an"; empty where it is missing, None for another agency."""
    form = normalise(agency)
    committee = _COMMITTEE.match(form)
    rest = form[committee.end() :] if committee else form
    for short, level in _SHORT_LEVEL:
        rest = re.sub(rf"^{short}[. ]+(?=\w)", f"{level} ", rest)
    key = name_key(rest)
    if committee or _LEVEL.match(key):
        return key
    return None

"""The head of a document that a unit sends: who writes, under whom, from where."""

from __future__ import annotations

from plan_lifecycle.documents.drafts import Letterhead
from plan_lifecycle.domain.unit import Unit, UnitTree, bare_name


def letterhead(tree: UnitTree, unit: Unit, document: str, year: int) -> Letterhead:
    """The head of a unit's document: a People's Committee names no superior, any other unit the one that it belongs to.

    Its place is that of the territory, also of a part of a department: "Tây Ninh, ngày …".
    """
    above = tree.parent(unit) or unit
    place = next((each for each in (unit, *tree.above(unit)) if each.territorial), above)
    agency = ("ỦY BAN NHÂN DÂN", unit.name.upper()) if unit.territorial else (unit.name.upper(),)
    return Letterhead(
        agency=agency,
        superior=() if unit.territorial else (above.agency.upper(),),
        symbol=f"{document}-{'UBND' if unit.territorial else unit.symbol or _initials(unit.name)}",
        place=bare_name(place.name),
        year=year,
    )


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.replace("–", " ").split() if word[0].isalpha())

"""Finding the unit that a coordinator's table names: "xã Bình An, huyện Bắc Bình", "UBND huyện Bắc Bình", "SNV"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.domain.unit import Unit

_OFFICE = re.compile(r"^(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân)\s+")
_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "huyện", "quận", "phường", "tỉnh", "xã", "sở")
_BETWEEN = re.compile(r"\s*[,()]\s*|\s+(?:-|thuộc)\s+|\s+")


class UnitNames:
    """Units by id, name, short name and symbol; a name may be followed by those of the units above."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.id: unit for unit in units}
        self._full: dict[str, list[Unit]] = {}
        self._short: dict[str, list[Unit]] = {}
        for unit in self._units.values():
            for name in self._spellings(unit.name, unit):
                self._full.setdefault(name, []).append(unit)
            for short in {unit.short_name, unit.symbol} - {None, unit.name}:
                for name in self._spellings(str(short), unit):
                    self._short.setdefault(name, []).append(unit)

    def find(self, text: str) -> list[Unit]:
        """Every unit that ``text`` may mean; none, or several where a name stands for several."""
        if unit := self._units.get(text.strip()):
            return [unit]
        key = name_key(text)
        return self._full.get(key) or self._short.get(key) or []

    def find_loosely(self, text: str) -> list[Unit]:
        """Every unit that a person may mean who leaves out all accents or the kind: "ham tan" is huyện Hàm Tân.

        For whoever sees what was found; a list of units is never read so. Accents that are there count.
        """
        if found := self.find(text):
            return found
        asked = name_key(text)
        bare = without_accents(asked) == asked
        return [unit for unit in self._units.values() if asked and asked in _loose_names(unit, bare)]

    def near(self, text: str) -> list[Unit]:
        """At most three units whose names are most like what was written, the likest first; to ask back with."""
        from rapidfuzz import fuzz, process  # 50 ms to import, and most names are written as they should be

        asked = without_accents(name_key(text))
        names = {without_accents(name): units for name, units in self._full.items()}
        found = process.extract(asked, list(names), scorer=fuzz.ratio, score_cutoff=75, limit=6)
        return list(dict.fromkeys(unit for name, _, _ in found for unit in names[name]))[:3]

    def within(self, unit: Unit) -> str:
        """The unit with those above it: "xã Bình An, huyện Bắc Bình"."""
        above = self._units.get(unit.parent_id or "")
        return f"{unit.name}, {above.name}" if above else unit.name

    def _spellings(self, name: str, unit: Unit) -> Iterable[str]:
        """The name alone, with its parent, with its parent's parent, and so on."""
        key, seen = name_key(name), {unit.id}
        yield key
        above = self._units.get(unit.parent_id or "")
        while above is not None and above.id not in seen:
            seen.add(above.id)
            key = f"{key} {name_key(above.name)}"
            yield key
            above = self._units.get(above.parent_id or "")


def _loose_names(unit: Unit, bare: bool) -> set[str]:
    """The unit's name, ``bare`` of accents or as it is, with and without the words of its kind."""
    name = name_key(unit.name)
    proper = name.removeprefix(next((kind for kind in _KINDS if name.startswith(f"{kind} ")), "")).strip()
    return {without_accents(each) for each in (name, proper)} if bare else {name, proper}


def slug(text: str) -> str:
    """What of a name may stand in an id: "so-noi-vu"."""
    return re.sub(r"[^a-z0-9]+", "-", without_accents(text.lower())).strip("-")[:40] or "x"


def name_key(text: str) -> str:
    """A name with those above it in the one spelling that all others are brought to."""
    return " ".join(_BETWEEN.split(_OFFICE.sub("", normalise(text)))).strip()

"""Units by the names that stand in a subject or a file's name: "KH CCHC xa Binh An.docx" names xã Bình An."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.domain.unit import Unit, UnitTree, bare_name

MOST_NAMED = 5
"""Units that a name may mean before it means none."""
_APART = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")


class UnitNames:
    """The names of a tree's units, put into order once."""

    def __init__(self, tree: UnitTree) -> None:
        self._tree = tree
        self._units: dict[str, list[Unit]] = {}
        for unit in tree.units:
            self._units.setdefault(_words(unit.name), []).append(unit)

    def named_in(self, text: str) -> list[Unit]:
        """List the units whose names stand in a text, the lowest of each chain; of two with one name that of the parent
        that is named too."""
        words = f" {_words(text)} "
        found = [unit for name, units in self._units.items() if f" {name} " in words for unit in units]
        above = {above.id for unit in found for above in self._tree.above(unit)}
        lowest = [unit for unit in found if unit.id not in above]
        within = [unit for unit in lowest if unit.parent_id in {other.id for other in found}]
        return within or (lowest if len(lowest) <= MOST_NAMED else [])


def named_among(units: Sequence[Unit], text: str) -> list[Unit]:
    """List those of a few units that a text names, with or without their kind: "KH Ham Thuan Bac.docx".

    A name that is part of another one's counts where it stands by itself too.
    """
    words = f" {_words(text)} "
    by_name: dict[str, list[Unit]] = {}
    for unit in units:
        for name in {_words(unit.name), _words(bare_name(unit.name))}:
            by_name.setdefault(name, []).append(unit)
    found: dict[str, Unit] = {}
    for name in _longest_first(by_name):
        if name and f" {name} " in words:
            words = words.replace(f" {name} ", "  ")
            found |= {unit.id: unit for unit in by_name[name]}
    return [unit for unit in units if unit.id in found]


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _words(text: str) -> str:
    return normalise(" ".join(_APART.split(without_accents(text))))

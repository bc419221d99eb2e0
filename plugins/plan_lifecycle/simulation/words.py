"""What simulated units write in their reports, known beforehand: their own words, a neighbour's, a copy, or nothing.

Xã Bình An tells of its own loudspeakers; "Kinh phí dành cho tuyên truyền còn hạn chế." stands in eight reports; xã Hòa
Thắng hands in its neighbour's paragraph with other numbers. The way follows from the seed, the unit and the heading, so
what must stand in the consolidated report can be told without running it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pydantic import Field

from plan_lifecycle.config.yaml_file import Strict, read_yaml
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Numbered, Profile
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import first_up
from plan_lifecycle.simulation.case import Player
from plan_lifecycle.simulation.drawing import draw

FILE = "simulation.words.yaml"


class Telling(StrEnum):
    """How a unit fills in one heading."""

    OWN = "own"
    SHARED = "shared"
    COPIED = "copied"
    NOTHING = "nothing"


class Line(NamedTuple):
    """A paragraph of a unit under a heading, with how it came about."""

    heading: Numbered
    telling: Telling
    text: str


class Wordings(Strict):
    """The wordings of one heading; ``own`` are lists of pieces, one of each is taken. One that is not ``copied`` from
    a neighbour in words of its own is so in those of the default."""

    own: tuple[tuple[str, ...], ...] = Field(min_length=1)
    shared: str
    copied: str | None = Field(default=None, min_length=200)


class DefaultWordings(Wordings):
    """Those of every heading that has none."""

    copied: str = Field(min_length=200)


class WordFile(Strict):
    """All wordings: by the code of a section, and those of the others."""

    default: DefaultWordings
    sections: dict[str, Wordings]


def read_words(path: Path) -> WordFile:
    """Read ``config/simulation.words.yaml``. Raises InputError."""
    return read_yaml(path, WordFile)


class Author:
    """Writes for every unit. ``shares`` are the tellings out of 100; what they leave is a unit's own words."""

    def __init__(self, seed: int, shares: Sequence[tuple[Telling, int]], words: WordFile) -> None:
        self._seed, self._shares, self._words = seed, shares, words

    def lines(self, player: Player, period: str, profile: Profile) -> Iterator[Line]:
        """What a unit writes under the headings that it is asked about; its number makes its figures its own."""
        for heading in profile.asked(Period.parse(period).kind, player.unit.level):
            code = heading.section.code
            telling = self._telling(player.unit, code, period)
            if telling is not Telling.NOTHING:
                yield Line(heading, telling, self._text(player, period, code, telling))

    def _telling(self, unit: Unit, code: str, period: str) -> Telling:
        drawn = draw(self._seed, unit.id, "text", code, period) % 100
        for telling, share in self._shares:
            if drawn < share:
                return telling
            drawn -= share
        return Telling.OWN

    def _text(self, player: Player, period: str, code: str, telling: Telling) -> str:
        unit = player.unit
        wordings = self._words.sections.get(code, self._words.default)
        if telling is Telling.OWN:
            drawn = [draw(self._seed, unit.id, code, period, place) for place, _ in enumerate(wordings.own)]
            pieces = [pieces[one % len(pieces)] for one, pieces in zip(drawn, wordings.own, strict=True)]
            text = ", ".join(pieces)
        else:
            text = wordings.shared if telling is Telling.SHARED else wordings.copied or self._words.default.copied
        share = draw(self._seed, unit.id, code, period, "m") % 20
        return first_up(text.format(unit=unit.agency, n=20 + player.number, m=3 + share))

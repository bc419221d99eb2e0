"""How simulated units behave: which way each answers what it owes, known beforehand from configuration.

Xã Bình An sends its plan a day before the last day, over the folder; xã Hòa Thắng sends the wrong file first. The way
follows from the seed, the unit and what is owed, so the year replays the same, and what must come out can be told
without running it (``simulation.expected``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.config.yaml_file import Strict, line_of, read_yaml
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.simulation.drawing import draw
from plan_lifecycle.simulation.figures import Amounts, Figures
from plan_lifecycle.simulation.tasks import Doing, Foreman
from plan_lifecycle.simulation.words import FILE as WORDS
from plan_lifecycle.simulation.words import Author, Telling, WordFile, read_words


class Way(StrEnum):
    """How a unit answers one obligation."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    CORRECTED = "corrected"
    NEVER = "never"


class Sending(NamedTuple):
    """One delivery: on which day, and whether it is the right file."""

    day: date
    right: bool


class _Days(Strict):
    early: int
    on_time: int
    late: int


class _SimulationFile(Strict):
    seed: int
    ways: dict[Way, int]
    texts: dict[Telling, int]
    tasks: dict[Doing, int]
    figures: Amounts
    word: int
    http: int
    days: _Days


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Shares of the ways, on which day from the last day allowed each delivers, and shares of how units write, how
    much they count."""

    seed: int
    shares: tuple[tuple[Way, int], ...]
    http: int
    early: int
    on_time: int
    late: int
    texts: tuple[tuple[Telling, int], ...]
    words: WordFile
    word: int
    amounts: Amounts
    tasks: tuple[tuple[Doing, int], ...]

    @property
    def foreman(self) -> Foreman:
        """Who says how far the units' tasks are."""
        return Foreman(self.seed, self.tasks)

    @property
    def author(self) -> Author:
        """Who writes the units' reports."""
        return Author(self.seed, self.texts, self.words)

    def way(self, unit_id: str, item: str, period: str, *, binds_others: bool) -> Way:
        """The unit's way. A sub-plan that binds units below always comes, if late: else they would never be asked."""
        drawn = draw(self.seed, unit_id, item, period) % 100
        for way, share in self.shares:
            if drawn < share:
                return Way.LATE if way is Way.NEVER and binds_others else way
            drawn -= share
        return Way.ON_TIME

    def by_http(self, unit_id: str) -> bool:
        """Whether the unit delivers over HTTP; the others lay files into the folder."""
        return draw(self.seed, unit_id, "channel") % 100 < self.http

    def in_word(self, unit_id: str) -> bool:
        """Whether the unit reports in a Word file with its figures in a table; the others fill in the form."""
        return draw(self.seed, unit_id, "word") % 100 < self.word

    def deliveries(self, way: Way, last_day: date, *, not_before: date | None = None) -> tuple[Sending, ...]:
        """Every delivery for what is due on ``last_day``; none is earlier than ``not_before``."""
        days = [last_day + timedelta(days=offset) for offset in (self.early, self.on_time, self.late)]
        early, on_time, late = (max(day, not_before) if not_before else day for day in days)
        return {
            Way.EARLY: (Sending(early, right=True),),
            Way.ON_TIME: (Sending(on_time, right=True),),
            Way.LATE: (Sending(late, right=True),),
            Way.CORRECTED: (Sending(early, right=False), Sending(max(on_time, early + timedelta(days=1)), right=True)),
            Way.NEVER: (),
        }[way]

    def figures(self, indicators: Iterable[Indicator]) -> Figures:
        """What units count of these indicators."""
        return Figures(self.seed, self.amounts, indicators)


class BehaviourChange(Strict):
    """What a case's units do otherwise than ``config/simulation.yaml`` says; empty is as it says."""

    seed: int | None = None
    ways: dict[Way, int] | None = None
    texts: dict[Telling, int] | None = None
    word: int | None = None
    http: int | None = None

    def applied(self, shipped: Behaviour, path: Path) -> Behaviour:
        """The behaviour with the change; ``path`` is where it stands. Raises InputError."""
        for name, shares in (("ways", self.ways), ("texts", self.texts)):
            if shares is not None:
                _require_whole(shares, path, f"behaviour.{name}")
        return replace(
            shipped,
            seed=shipped.seed if self.seed is None else self.seed,
            shares=shipped.shares if self.ways is None else tuple(self.ways.items()),
            http=shipped.http if self.http is None else self.http,
            texts=shipped.texts if self.texts is None else tuple(self.texts.items()),
            word=shipped.word if self.word is None else self.word,
        )


def read_behaviour(path: Path) -> Behaviour:
    """Read ``config/simulation.yaml``, and the words beside it. Raises InputError."""
    read = read_yaml(path, _SimulationFile)
    _require_whole(read.ways, path, "ways")
    _require_whole(read.texts, path, "texts")
    _require_whole(read.tasks, path, "tasks")
    days = read.days
    if not days.early < days.on_time <= 0 < days.late:
        raise InputError("early < on_time <= 0 < late", file=path, field="days", found=days)
    return Behaviour(
        read.seed,
        tuple(read.ways.items()),
        read.http,
        days.early,
        days.on_time,
        days.late,
        tuple(read.texts.items()),
        read_words(path.parent / WORDS),
        read.word,
        read.figures,
        tuple(read.tasks.items()),
    )


def _require_whole(
    shares: Mapping[Way, int] | Mapping[Telling, int] | Mapping[Doing, int], path: Path, field: str
) -> None:
    total = sum(shares.values())
    if total != 100:
        line = line_of(path, tuple(field.split(".")))
        raise InputError(
            f"{field.rpartition('.')[2]} that add up to 100", file=path, line=line, field=field, found=total
        )

"""Playing the country's year: one store, the same verbs, invariants held against the store on every day."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta

from plan_lifecycle.config.country import REORGANISED_ON
from plan_lifecycle.documents.bounded import Bounded, unbounded
from plan_lifecycle.documents.read_ahead import Beginning
from plan_lifecycle.documents.reader_pool import ReaderPool
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import Settings
from plan_lifecycle.simulation.behaviour import Behaviour, read_behaviour
from plan_lifecycle.simulation.case import Player, Stage
from plan_lifecycle.simulation.country import country, rules_of_the_country
from plan_lifecycle.simulation.endpoint import Endpoint
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.findings import Outcome, counted, daily_invariants, outcome
from plan_lifecycle.simulation.peak import Peak
from plan_lifecycle.simulation.reorganisation import (
    YEAR,
    Reorganisation,
    begin,
    carry_over,
    country_before,
    players_after,
    reorganisation_invariants,
    rules_before,
    totals,
)
from plan_lifecycle.simulation.report_invariants import report_invariants, withdrawn_leaves_nothing
from plan_lifecycle.simulation.run import REMINDERS, VerbDriver, fill_store
from plan_lifecycle.simulation.world import World
from plan_lifecycle.simulation.year import Year


@dataclass(frozen=True, slots=True)
class CountryOutcome(Outcome):
    """What a country's year came to, and what it cost: ``seconds`` of wall, ``cpu_seconds`` and ``peak_mb`` of all
    processes together. The invariants were looked at on every one of the ``days``; ``broken_on`` is the first day on
    which one did not hold, by its name."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    days: int = 0
    broken_on: dict[str, date] = field(default_factory=dict)


class DayWatch:
    """Holds the store against what must hold on any day, after each simulated day."""

    def __init__(self, office: Office, driver: VerbDriver) -> None:
        self._office, self._driver = office, driver
        self.days = 0
        self.broken_on: dict[str, date] = {}

    def look(self, day: date) -> None:
        """Look once, at the end of a day."""
        self.days += 1
        for name, held in daily_invariants(self._office, self._driver.faults).items():
            if not held:
                self.broken_on.setdefault(name, day)


def simulate_country(
    settings: Settings,
    year: int,
    *,
    provinces: int | None = None,
    communes: int | None = None,
    bounded: Bounded | None = unbounded,
) -> CountryOutcome:
    """Play the country's year in ``settings``' (throw-away) store. Raises InputError.

    Papers are read here, or by who is given; None: in processes of their own, as where the software is at work.
    """
    began = time.monotonic()
    with Peak() as peak:
        played, watch = _play(settings, year, provinces, communes, bounded)
    invariants = played.invariants | dict.fromkeys(watch.broken_on, False)
    counts = {one.name: getattr(played, one.name) for one in fields(played)}
    return CountryOutcome(
        **counts | {"invariants": invariants},
        seconds=round(time.monotonic() - began, 1),
        cpu_seconds=round(peak.cpu_seconds, 1),
        peak_mb=round(peak.mb, 1),
        days=watch.days,
        broken_on=watch.broken_on,
    )


def _play(
    settings: Settings, year: int, provinces: int | None, communes: int | None, bounded: Bounded | None
) -> tuple[Outcome, DayWatch]:
    behaviour = read_behaviour(settings.path(settings.config) / "simulation.yaml")
    settings = settings.model_copy(update={"reminders": REMINDERS, "sources": "", "simulation": True})
    with Endpoint() as endpoint, _hands(bounded) as hands:
        settings = settings.model_copy(update={"source_url": endpoint.url})
        with open_office(settings, bounded=bounded) as office:
            ground = _Ground(settings, endpoint, behaviour, hands)
            if year == YEAR:
                return _reorganised(office, ground, *country_before(provinces, communes))
            return _through(office, ground, country(year, provinces=provinces, communes=communes))


@contextmanager
def _hands(bounded: Bounded | None) -> Iterator[Beginning | None]:
    """Who makes the units' papers: a process of its own where papers are read in such, too."""
    if bounded is not None:
        yield None
        return
    with closing(ReaderPool(workers=1)) as hands:
        yield hands


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where a country is played, how its units behave, and who makes their papers."""

    settings: Settings
    endpoint: Endpoint
    behaviour: Behaviour
    hands: Beginning | None


@dataclass(frozen=True, slots=True)
class _Played:
    """What plays a country."""

    world: World
    year: Year
    watch: DayWatch
    driver: VerbDriver


def _set_up(office: Office, ground: _Ground, stage: Stage, players: Sequence[Player]) -> _Played:
    fill_store(office, stage)
    world = World(stage, players, ground.behaviour, office.rules, ground.hands)
    driver = VerbDriver(office, ground.settings, keeping=False)
    watch = DayWatch(office, driver)
    inbox = ground.settings.path(ground.settings.inbox)
    year = Year(stage.case, world, office, driver, inbox=inbox, endpoint=ground.endpoint, ended=watch.look)
    return _Played(world, year, watch, driver)


def _through(opened: Office, ground: _Ground, stage: Stage) -> tuple[Outcome, DayWatch]:
    """A year in which no unit begins or ends."""
    office = replace(opened, rules=rules_of_the_country(opened.rules, stage.case.year))
    players = list(stage.case.players(stage.tree))
    played = _set_up(office, ground, stage, players)
    played.year.play()
    expected = expect(stage.case, players, ground.behaviour, office.rules)
    came = outcome(office, expected, played.world.sent, played.driver.faults)
    left = {"withdrawn_leaves_nothing": withdrawn_leaves_nothing(office, played.world.sent, stage.case)}
    return replace(came, invariants=came.invariants | left), played.watch


def _reorganised(opened: Office, ground: _Ground, stage: Stage, change: Reorganisation) -> tuple[Outcome, DayWatch]:
    """The year in whose middle all units but the ministry end."""
    office = replace(opened, rules=rules_before(opened.rules))
    players = list(stage.case.players(stage.tree))
    played = _set_up(office, ground, stage, players)
    played.year.play(until=REORGANISED_ON - timedelta(days=1))
    before = totals(office)
    begin(office, change)
    carried = carry_over(office, opening_of(REORGANISED_ON))
    played.driver.post(REORGANISED_ON)
    tree = UnitTree.on(REORGANISED_ON, (*stage.tree.units, *change.units))
    played.world.take_over(tree, players_after(carried, tree, len(players)))
    played.year.play(since=REORGANISED_ON)
    held = reorganisation_invariants(office, change, carried, before)
    held |= daily_invariants(office, played.driver.faults) | report_invariants(office, played.world.sent)
    return replace(counted(office), invariants=held), played.watch

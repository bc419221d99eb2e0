"""A year of a small province on the topology: the simulation's people and papers, its rules of what must come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.office import begin_day
from plan_lifecycle.simulation.airflow_year import DagDriver
from plan_lifecycle.simulation.behaviour import read_behaviour
from plan_lifecycle.simulation.case import Stage, case_of_a_province
from plan_lifecycle.simulation.endpoint import Endpoint
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.findings import AT_ANY_TIME, outcome
from plan_lifecycle.simulation.run import REMINDERS, fill_store
from plan_lifecycle.simulation.world import World
from plan_lifecycle.simulation.year import Step, Year
from plan_lifecycle.store.tables import letter
from tests.e2e.test_year_through_airflow import PLAN, TINH, UNITS
from tests.topology.keeping import Keeping
from tests.topology.office import DAGS, Served, serve, settings_of
from tests.topology.strikes import Strike, Struck

BACKED_UP_AT = 12
"""The step of the year beside which a back-up is made."""
RESTORING = {"audit", "suspension"}
"""What restoring itself adds to: the trail, and mail is paused."""
LINES = {
    "PLAN_LIFECYCLE_SIMULATION": "true",
    "PLAN_LIFECYCLE_SCHEDULES": "false",
    "PLAN_LIFECYCLE_REMINDERS": REMINDERS,
}


@dataclass(frozen=True)
class Played:
    """What came of a year: rules that held or not, letters that were sent, reached nobody, or left more than once."""

    invariants: dict[str, bool]
    letters: int
    lost: int
    repeated: int
    task_instances: int
    survived: list[dict[str, Any]]
    not_struck: int
    restored: dict[str, Any]
    megabytes: dict[str, float]
    seconds: dict[str, float]

    @property
    def well(self) -> bool:
        """Nothing lost; repeated only what the stated window of sending allows: one letter for each part that died."""
        unknown = self.restored.get("unknown_rows", {}).keys() - RESTORING
        return all(self.invariants.values()) and self.lost == 0 and self.repeated <= len(self.survived) and not unknown

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"well": self.well}


def play(folder: Path, strikes: tuple[Strike, ...], told: Callable[[Step], None], until: date | None = None) -> Played:
    """Play a year, or up to a day, on a topology of its own; with ``strikes`` parts die in its middle."""
    stage = Stage(case_of_a_province(TINH, 2023, PLAN.read_bytes()), UnitTree.on(date(2023, 1, 1), UNITS))
    with ExitStack() as stack:
        endpoint = stack.enter_context(Endpoint())
        here = stack.enter_context(serve(folder, LINES | {"PLAN_LIFECYCLE_SOURCE_URL": endpoint.url}))
        begins = opening_of(stage.case.begins)
        fill_store(here.office, stage)
        begin_day(here.office.store, begins, wall=begins)
        here.topology.unpause(DAGS)
        airflow = Struck(here.topology, strikes, here.office.store.engine.dispose)
        settings = settings_of(here.topology)
        behaviour = read_behaviour(settings.path(settings.config) / "simulation.yaml")
        world = World(stage, tuple(stage.case.players(stage.tree)), behaviour, here.office.rules)
        driver = DagDriver(airflow, here.mail.maildir, here.topology.place.folder / "plans")
        inbox, keeping = here.topology.place.folder / "inbox", Keeping(here, BACKED_UP_AT)

        def step(one: Step) -> None:
            keeping.step()
            told(one)

        Year(stage.case, world, here.office, driver, inbox=inbox, endpoint=endpoint, told=step).play(until)
        expected = expect(stage.case, tuple(stage.case.players(stage.tree)), behaviour, here.office.rules)
        came = outcome(here.office, expected, world.sent, [])
        held = {name: held for name, held in came.invariants.items() if until is None or name in AT_ANY_TIME}
        return _played(here, airflow, held, keeping.restored())


def _played(here: Served, airflow: Struck, invariants: dict[str, bool], restored: dict[str, Any]) -> Played:
    with here.office.store.read() as connection:
        counted = select(letter.c.state, func.count()).group_by(letter.c.state)
        states = dict(connection.execute(counted))
    reached = Counter(here.message_ids())
    sent = sum(states.values())
    return Played(
        invariants=invariants,
        letters=sent,
        lost=sent - len(reached),
        repeated=sum(times - 1 for times in reached.values()),
        task_instances=airflow.task_instances(),
        survived=[each.told() for each in airflow.survived],
        not_struck=airflow.left,
        restored=restored,
        megabytes={name: round(part.megabytes) for name, part in here.topology.running.items()},
        seconds={name: round(seconds, 1) for name, seconds in here.topology.seconds.items()},
    )

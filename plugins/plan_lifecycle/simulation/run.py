"""Playing a year without Airflow: the same verbs, a throw-away store, letters handed over in memory.

What came out of the store is held against what the configuration says must come out (``simulation.expected``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from plan_lifecycle.channel_wiring import channel
from plan_lifecycle.config.agencies import read_agencies
from plan_lifecycle.config.contacts import demo_contacts
from plan_lifecycle.config.country import load_province
from plan_lifecycle.documents.bounded import unbounded
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_accepted, register_plan, waiting_plans
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report, reports_due
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import deliver_reports
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.mail.transport import Outcome
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import Settings
from plan_lifecycle.simulation.behaviour import Behaviour, read_behaviour
from plan_lifecycle.simulation.case import Paper, Stage, case_of_a_province, last_days
from plan_lifecycle.simulation.case_file import CaseFile, read_case
from plan_lifecycle.simulation.endpoint import Endpoint
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.expected_scores import score_invariants
from plan_lifecycle.simulation.findings import Outcome as Played
from plan_lifecycle.simulation.findings import outcome
from plan_lifecycle.simulation.kept_papers import keep_papers
from plan_lifecycle.simulation.provincial_plan import provincial_plan
from plan_lifecycle.simulation.report_invariants import withdrawn_leaves_nothing
from plan_lifecycle.simulation.score_plan import Story
from plan_lifecycle.simulation.scoring import Scoring
from plan_lifecycle.simulation.settling import Settling
from plan_lifecycle.simulation.world import World
from plan_lifecycle.simulation.year import Year
from plan_lifecycle.store.units import save_contacts, save_units

REMINDERS = "reminders.simulation.yaml"
COORDINATOR_FIRST = ("Sở Nội vụ", "Phòng Nội vụ")


def prepare(
    settings: Settings, province: str, year: int, *, units: int | None = None, plan: bytes | None = None
) -> Stage:
    """The province's tree of that year with its agencies, at most ``units`` of them, and the plan that starts it."""
    day = date(year, 1, 1)
    territory = load_province(province, day)
    agencies = read_agencies(settings.path(settings.config) / "agencies.example.csv", territory).units
    everyone = [unit for unit in (*territory, *agencies) if unit.exists_on(day)]
    tree = UnitTree.on(day, everyone)
    top = territory[0]
    kept = [top, *_in_order(tree, top)][: None if units is None else units + 1]
    tree = UnitTree.on(day, kept)
    two_tiers = not any(unit.kind is UnitKind.DISTRICT for unit in territory)
    if plan is None:
        plan = provincial_plan(top, year, last_days(year)[0], two_tiers=two_tiers)
    return Stage(case_of_a_province(top, year, plan, two_tiers=two_tiers), tree)


def fill_store(office: Office, stage: Stage) -> None:
    """Put the stage's units and their (invented) people into the store."""
    with office.store.write() as connection:
        save_units(connection, stage.tree.units)
        save_contacts(connection, demo_contacts(stage.tree.units))


def simulate(
    settings: Settings,
    province: str,
    year: int,
    *,
    units: int | None = None,
    plan: bytes | None = None,
    out: Path | None = None,
) -> Played:
    """Play the year with the verbs themselves in ``settings``' (throw-away) store. Raises InputError."""
    if units is not None and units < 1:
        raise InputError("at least 1 unit", field="units", found=units)
    behaviour = read_behaviour(settings.path(settings.config) / "simulation.yaml")
    return play(settings, prepare(settings, province, year, units=units, plan=plan), behaviour, out=out)


def simulate_case(settings: Settings, name: str, out: Path | None = None) -> Played:
    """Play a case of ``examples/``, and keep its papers in the folder ``out``. Raises InputError."""
    case = read_case(settings, name)
    return play(settings, case.stage, case.behaviour, file=case, out=out)


def play(
    settings: Settings, stage: Stage, behaviour: Behaviour, *, file: CaseFile | None = None, out: Path | None = None
) -> Played:
    """Play a stage in ``settings``' (throw-away) store; hold it against its ``file``, where it comes from one."""
    settings = settings.model_copy(update={"reminders": REMINDERS, "sources": "", "simulation": True})
    with (
        Endpoint() as endpoint,
        open_office(settings.model_copy(update={"source_url": endpoint.url}), bounded=unbounded) as office,
    ):
        fill_store(office, stage)
        players = list(stage.case.players(stage.tree))
        world = World(stage, players, behaviour, office.rules)
        driver = VerbDriver(office, settings.model_copy(update={"source_url": endpoint.url}))
        inbox = settings.path(settings.inbox)
        scoring, settling = scoring_of(office, file), settling_of(office, file)
        year = Year(
            stage.case, world, office, driver, inbox=inbox, endpoint=endpoint, scoring=scoring, settling=settling
        )
        year.play()
        if out is not None:
            keep_papers(office, stage.tree, driver.letters, out, scoring.files if scoring else ())
        expected, reviewed = expect(stage.case, players, behaviour, office.rules), scoring.reviewed if scoring else {}
        played = outcome(office, expected, world.sent, driver.faults, file, reviewed)
        more = score_invariants(scoring, players, behaviour) if scoring else {}
        more |= {"targets_as_settled": settling.holds()} if settling else {}
        more["withdrawn_leaves_nothing"] = withdrawn_leaves_nothing(office, world.sent, stage.case)
        return replace(played, invariants=played.invariants | more)


def scoring_of(office: Office, file: CaseFile | None) -> Scoring | None:
    """The scoring of a case, by the shipped rules; None where it scores nothing. Raises InputError."""
    if file is None or file.scores is None:
        return None
    return Scoring(office, office.rules.score_rules, file.scores, Story(file.behaviour.seed))


def settling_of(office: Office, file: CaseFile | None) -> Settling | None:
    """What the coordinator of a case settles; None where that is nothing."""
    if file is None or not file.settled:
        return None
    return Settling(office, file.settled, {paper.name: paper for paper in file.stage.case.papers})


class VerbDriver:
    """Calls the verbs; its mailer delivers in memory. ``keeping`` is whether ``letters`` keeps what was read."""

    def __init__(self, office: Office, settings: Settings, *, keeping: bool = True) -> None:
        self._office, self._settings, self._keeping = office, settings, keeping
        self._read = 0
        self.letters: list[bytes] = []
        self.faults: list[str] = []

    def cascade(self, day: date, papers: Sequence[Paper]) -> None:
        """Register ``papers``, and what was accepted, and cascade."""
        now = opening_of(day)
        for paper in papers:
            register_plan(self._office, paper.data, issuer_id=paper.issuer.id, now=now, name=paper.name)
        register_accepted(self._office, now)
        for waiting in waiting_plans(self._office, now):
            cascade_plan(self._office, waiting.plan_id, now)
        self._send(now)

    def remind(self, day: date) -> None:
        """Remind, tell the coordinators how things stand, and send."""
        remind(self._office, opening_of(day))
        tell_coordinators(self._office, opening_of(day))
        self._send(opening_of(day))

    def collect(self, day: date) -> None:
        """Take in, file, review, answer."""
        ways = [channel(self._settings, name) for name in ("folder", "http")]  # and no mailbox of the environment's
        self.faults += collect(self._office, ways, opening_of(day)).faults
        self._send(opening_of(day))

    def compile(self, day: date) -> None:
        """Compile what is due and send it."""
        for due in reports_due(self._office, opening_of(day)):
            compile_report(self._office, due.unit_id, due.period, opening_of(day), profile=due.profile)
        self.faults += deliver_reports(self._office, opening_of(day)).faults
        self._send(opening_of(day))

    def post(self, day: date) -> None:
        """Send what a person's act has queued."""
        self._send(opening_of(day))

    def new_mail(self) -> Iterator[bytes]:
        """The letters since the last call."""
        letters = self.letters[self._read :]
        if self._keeping:
            self._read = len(self.letters)
        else:
            self.letters.clear()
        return iter(letters)

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:  # noqa: ARG002
        """Deliver one letter, as a mail server would."""
        self.letters.append(message)
        return Outcome(accepted=tuple(recipients))

    @contextmanager
    def _connected(self) -> Iterator[VerbDriver]:
        yield self

    def _send(self, now: datetime) -> None:
        send_outbox(self._office, self._connected, now=now, wall=datetime.now(UTC), worker="simulation")


def _in_order(tree: UnitTree, top: Unit) -> Iterator[Unit]:
    """Whole branches first, the coordinating agencies before all, so that a small sample still has every level."""
    children = tree.children(top.id)
    yield from (unit for unit in children if unit.name in COORDINATOR_FIRST)
    for unit in children:
        if unit.territorial:
            yield unit
            yield from _in_order(tree, unit)
    yield from (unit for unit in children if not unit.territorial and unit.name not in COORDINATOR_FIRST)

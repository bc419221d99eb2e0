"""A year through a real Airflow: mail server, endpoint, store and DAG runs put together, for the demo and the tests."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.lifecycle.office import Office, begin_day
from plan_lifecycle.mail.server import MailServer
from plan_lifecycle.office_wiring import clock_of, open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_client import AirflowClient
from plan_lifecycle.simulation.airflow_server import AirflowServer, Layout
from plan_lifecycle.simulation.behaviour import Behaviour, read_behaviour
from plan_lifecycle.simulation.case import Paper, Player, Stage
from plan_lifecycle.simulation.case_file import CaseFile
from plan_lifecycle.simulation.endpoint import Endpoint
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.expected_scores import score_invariants
from plan_lifecycle.simulation.findings import Outcome, outcome
from plan_lifecycle.simulation.mail_server import LocalMailServer
from plan_lifecycle.simulation.run import REMINDERS, fill_store, scoring_of, settling_of
from plan_lifecycle.simulation.scoring import Scoring
from plan_lifecycle.simulation.settling import Settling
from plan_lifecycle.simulation.world import World
from plan_lifecycle.simulation.year import Step, Year

if TYPE_CHECKING:
    from plan_lifecycle.simulation.portal_server import PortalServer

DAGS = ("cascade_plan", "remind_deadlines", "collect_submissions", "compile_reports")
POOLS = ROOT / "config" / "pools.json"
MAIL_FROM = "cchc@binh-thuan.example"


class DagDriver:
    """Sets real DAG runs off and waits for each; new letters are those that reached the mail server."""

    def __init__(self, airflow: AirflowClient, maildir: Path, papers: Path) -> None:
        self._airflow, self._arrived, self._papers = airflow, maildir / "new", papers
        self._read: set[str] = set()

    def cascade(self, day: date, papers: Sequence[Paper]) -> None:
        """Register ``papers`` one by one, and what was accepted, and cascade."""
        for paper in papers:
            path = self._papers / paper.name
            path.write_bytes(paper.data)
            given = {"plan": str(path), "unit": paper.issuer.id}
            self._airflow.run("cascade_plan", {"as_of": day.isoformat(), **given})
        if not papers:
            self._airflow.run("cascade_plan", {"as_of": day.isoformat()})

    def remind(self, day: date) -> None:
        """Remind and send."""
        self._airflow.run("remind_deadlines", {"as_of": day.isoformat()})

    def collect(self, day: date) -> None:
        """Take in, file, review, answer; what was accepted is cascaded by the run that this wakes, on the same day."""
        self._airflow.wait_for_woken(
            "collect_submissions", self._airflow.run("collect_submissions", {"as_of": day.isoformat()})
        )

    def compile(self, day: date) -> None:
        """Compile what is due and send it."""
        self._airflow.run("compile_reports", {"as_of": day.isoformat()})

    def new_mail(self) -> Iterator[bytes]:
        """The letters since the last call."""
        for letter in sorted(self._arrived.iterdir()):
            if letter.name not in self._read:
                self._read.add(letter.name)
                yield letter.read_bytes()


@dataclass(frozen=True)
class AirflowYear:
    """Everything up and waiting; ``play`` plays the year, ``outcome`` holds it against the configuration."""

    folder: Path
    stage: Stage
    office: Office
    airflow: AirflowServer
    portal: PortalServer
    players: tuple[Player, ...]
    behaviour: Behaviour
    world: World
    _endpoint: Endpoint
    _driver: DagDriver
    _file: CaseFile | None
    _scoring: Scoring | None
    _settling: Settling | None

    def play(self, told: Callable[[Step], None], until: date | None = None) -> None:
        """Play the year, or up to a day; raises AirflowServerError where a run fails."""
        self._year(told).play(until)

    def leave_a_scene(self, told: Callable[[Step], None], until: date | None = None) -> date:
        """Play one more morning that waits for a visitor; return its day. Raises AirflowServerError."""
        return self._year(told).leave_a_scene(until)

    def outcome(self, until: date | None = None) -> Outcome:
        """What came out, by the end or up to a day, and whether it had to."""
        expected = expect(self.stage.case, self.players, self.behaviour, self.office.rules)
        scoring = self._scoring
        came = outcome(self.office, expected, self.world.sent, [], self._file, scoring.reviewed if scoring else {})
        came = replace(came, visits=came.visits + self.airflow.runs_of_others())
        if until is not None and until < self.stage.case.ends:
            return came.so_far()
        more = score_invariants(scoring, self.players, self.behaviour) if scoring else {}
        more |= {"targets_as_settled": self._settling.holds()} if self._settling else {}
        return replace(came, invariants=came.invariants | more)

    def _year(self, told: Callable[[Step], None]) -> Year:
        inbox = self.folder / "inbox"
        return Year(
            self.stage.case,
            self.world,
            self.office,
            self._driver,
            inbox=inbox,
            endpoint=self._endpoint,
            told=told,
            scoring=self._scoring,
            settling=self._settling,
        )


@contextmanager
def airflow_year(
    folder: Path, port: int, portal_port: int, stage: Stage, file: CaseFile | None = None, *, filled: bool = True
) -> Iterator[AirflowYear]:
    """Start everything under ``folder`` and end all of it afterwards; units behave as the ``file`` of a case says.

    Not ``filled``, the store knows no unit yet. Raises PlanLifecycleError.
    """
    papers = folder / "papers"
    papers.mkdir()
    with ExitStack() as stack:
        mail = stack.enter_context(LocalMailServer(folder / "mail"))
        endpoint = stack.enter_context(Endpoint())
        settings = _settings(folder, endpoint, portal_port)
        office = stack.enter_context(open_office(settings))
        if filled:
            fill_store(office, stage)
        begins = opening_of(stage.case.begins)
        begin_day(office.store, begins, wall=begins)
        layout = Layout(folder / "airflow", ROOT, port)
        airflow = stack.enter_context(AirflowServer(layout, _environment(settings, mail.port)))
        from plan_lifecycle.simulation.portal_server import PortalServer  # while Airflow starts: it costs a second

        server = MailServer.from_connection(_smtp(mail.port), MAIL_FROM)
        portal = stack.enter_context(PortalServer(office, portal_port, server, clock_of(settings, office.store)))
        airflow.wait_until_ready(len(DAGS))
        airflow.create_pools(read_pools(POOLS))
        shipped = settings.path(settings.config) / "simulation.yaml"
        behaviour = file.behaviour if file else read_behaviour(shipped)
        players = tuple(stage.case.players(stage.tree))
        world = World(stage, players, behaviour, office.rules)
        scoring, settling = scoring_of(office, file), settling_of(office, file)
        driver = DagDriver(airflow, folder / "mail", papers)
        yield AirflowYear(
            folder, stage, office, airflow, portal, players, behaviour, world, endpoint, driver, file, scoring, settling
        )  # fmt: skip


def read_pools(path: Path) -> dict[str, tuple[int, str]]:
    """The pools of ``config/pools.json``, in the form that ``airflow pools import`` reads."""
    pools = json.loads(path.read_text(encoding="utf-8"))
    return {name: (pool["slots"], pool["description"]) for name, pool in pools.items()}


def _settings(folder: Path, endpoint: Endpoint, portal_port: int) -> Settings:
    return Settings().model_copy(
        update={
            "var": folder / "var",
            "inbox": folder / "inbox",
            "store_url": "",
            "source_url": endpoint.url,
            "mail_from": MAIL_FROM,
            "portal_url": f"http://localhost:{portal_port}",
            "link_secret": SecretStr(secrets.token_hex(32)),
            "trail_secret": SecretStr(secrets.token_hex(32)),
            "schedules": False,
            "simulation": True,
            "reminders": REMINDERS,
            "sources": "",
        }
    )


def _environment(settings: Settings, smtp_port: int) -> dict[str, str]:
    """What the tasks need to find the same office."""
    return {
        "PLAN_LIFECYCLE_VAR": str(settings.var),
        "PLAN_LIFECYCLE_INBOX": str(settings.inbox),
        "PLAN_LIFECYCLE_STORE_URL": "",
        "PLAN_LIFECYCLE_SOURCE_URL": settings.source_url or "",
        "PLAN_LIFECYCLE_MAIL_FROM": settings.mail_from,
        "PLAN_LIFECYCLE_PORTAL_URL": settings.portal_url or "",
        "PLAN_LIFECYCLE_LINK_SECRET": settings.link_secret.get_secret_value() if settings.link_secret else "",
        "PLAN_LIFECYCLE_TRAIL_SECRET": settings.trail_secret.get_secret_value() if settings.trail_secret else "",
        "PLAN_LIFECYCLE_SCHEDULES": "false",
        "PLAN_LIFECYCLE_SIMULATION": str(settings.simulation).lower(),
        "PLAN_LIFECYCLE_REMINDERS": settings.reminders,
        "PLAN_LIFECYCLE_SOURCES": settings.sources,
        "AIRFLOW_CONN_PLAN_LIFECYCLE_SMTP": _smtp(smtp_port),
    }


def _smtp(port: int) -> str:
    """The local mail server as a connection of Airflow's."""
    return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": {"security": "none"}})

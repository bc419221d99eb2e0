"""Where the coordinator's year is played: a real Airflow over an empty store, and a browser that is logged in there.

With ``PLAN_LIFECYCLE_BROWSER=served`` the board stands alone, without Airflow: seconds instead of a minute, for whoever
works on its pages. The runs that Airflow would make are then made within the request.
"""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, expect
from pydantic import SecretStr
from tests.databases import migrated_copy
from tests.factories import arrival
from tests.fakes import FakeChannel, FakeClock, FakeMailer
from tests.patience import PATIENCE
from tests.web.boards import NAME, served

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import people_of
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.airflow_year import airflow_year
from plan_lifecycle.simulation.behaviour import read_behaviour
from plan_lifecycle.simulation.case import Stage, case_of_a_province
from plan_lifecycle.simulation.papers import signed_paper
from plan_lifecycle.simulation.run import REMINDERS
from plan_lifecycle.simulation.world import World
from plan_lifecycle.store import audit, letters, publications, worked
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.units import load_tree
from plan_lifecycle.store.versions import drafts_in_force

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PLAN = ROOT / "examples" / "bac-binh-2023" / "ke-hoach-tinh-36.docx"
TINH = Unit("tinh", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1)
RUN, GOES_ON = "/luot-chay/", "Trang tự cập nhật"
FIRST_DAY = date(2023, 1, 5)
ALONE = os.environ.get("PLAN_LIFECYCLE_BROWSER") == "served"
WAITS = 1000 * (20 if ALONE else PATIENCE)
expect.set_options(timeout=WAITS)


@dataclass
class Ground:
    """The office, the board's address, and how somebody logs in (None: nobody has to)."""

    office: Office
    board: str
    password: str | None
    day: date = FIRST_DAY
    seen: int = 0
    runs: list[str] = field(default_factory=list)
    """The pages of Airflow's runs that were waited for."""

    @property
    def login(self) -> str:
        """Under whose name the board's acts stand."""
        return "admin" if self.password else NAME

    def acts(self) -> list[tuple[ActKind, str | None]]:
        """What the coordinator has done since this was last asked, with the reasons; the sealed trail is whole."""
        with self.office.store.read() as connection:
            new = audit.newest(connection, 500, after=self.seen)[::-1]
            self.seen = audit.newest_number(connection)
            assert audit.verify(connection).broken is None
        return [(act.act, act.reason) for act in new if act.by == self.login]

    @property
    def now(self) -> datetime:
        """The business moment."""
        return opening_of(self.day)

    def send(self) -> None:
        """Let what is queued go to a mail server that takes everything."""
        send_outbox(self.office, FakeMailer().connect, now=self.now, wall=self.now, worker="browser", clock=FakeClock())

    def remind(self) -> None:
        """The morning's reminders, recorded and sent."""
        remind(self.office, self.now)
        self.send()

    def morning_digest(self) -> list[str]:
        """To whom the morning's digest of what waits goes."""
        tell_coordinators(self.office, self.now)
        with self.office.store.read() as connection:
            waits = [letter.recipient for letter in letters.newest(connection, 20) if letter.kind == "digest"]
        self.send()
        return waits

    def news(self, month: str, counts: dict[str, int | None]) -> None:
        """What was found on the pages of units in a month; None where a page does not open."""
        for name, count in counts.items():
            why = "trang không trả lời" if count is None else None
            found = PublicationMonth(self.unit(name).id, month, 5, count, 0, self.now, self.now, why=why)
            with self.office.store.write() as connection:
                publications.save_month(connection, found)

    def hand_in(self, *names: str) -> None:
        """Units send their plans: the drafts that they were given, numbered, dated and signed."""
        self._collect((name, name) for name in names)

    def hand_in_crossed(self, *names: str) -> None:
        """Each of two units sends the other's plan."""
        self._collect(zip(names, names[::-1], strict=True))

    def hand_in_unknown(self, name: str) -> None:
        """A unit's plan lies in a folder of the mail room's, under no name that says anything."""
        self._collect([("", name)])

    def report(self, period: str, *names: str) -> None:
        """Units send their reports of a period, as simulated units write them."""
        with self.office.store.read() as connection:
            tree = load_tree(connection, self.day)
        (top,) = [unit for unit in tree.units if unit.name == TINH.name]
        stage = Stage(case_of_a_province(top, self.day.year, PLAN.read_bytes()), tree)
        players = {player.unit.name: player for player in stage.case.players(tree)}
        behaviour = read_behaviour(ROOT / "config" / "simulation.yaml")
        world = World(stage, players.values(), behaviour, self.office.rules)
        came = []
        for name in names:
            owed = next(each for each in players[name].last_days if (each.item, each.period) == (Item.REPORT, period))
            it = world.paper(players[name], owed, self.day)
            key, at = f"{self.day}-{name}", self.day.isoformat()
            came.append(arrival(it.data, it.unit_id, it.item.value, it.period, at, key=key, file_name=it.file_name))
        collect(self.office, [FakeChannel(came)], self.now)
        self.send()

    def propose_contact(self, name: str, person: str, email: str) -> None:
        """A unit proposes on its page who gets its letters from now on."""
        unit = self.unit(name)
        people, _ = people_of(self.office, unit.id, self.day)
        values = {
            "unit_id": unit.id,
            "replaces": people[0].id,
            "name": person,
            "email": email,
            "stated_by": f"{people[0].name}, công chức Văn phòng",
            "requested_at": self.now,
        }
        with self.office.store.write() as connection:
            portal_rows.request_contact(connection, values)

    def unit(self, name: str) -> Unit:
        """The unit of this name."""
        with self.office.store.read() as connection:
            (unit,) = [unit for unit in load_tree(connection, self.day).units if unit.name == name]
        return unit

    def _collect(self, papers: Iterable[tuple[str, str]]) -> None:
        with self.office.store.read() as connection:
            units = {unit.name: unit for unit in load_tree(connection, self.day).units}
            blobs = {draft.unit_id: draft.blob for given in drafts_in_force(connection).values() for draft in given}
        came = []
        for number, (sender, owner) in enumerate(papers):
            paper = signed_paper(self.office.store.blobs.get(blobs[units[owner].id]), units[owner].id, self.day)
            unit = units[sender] if sender else "van-thu"
            item, period = ("sub_plan", str(self.day.year)) if sender else (None, None)
            key = f"{self.day}-{sender}-{owner}-{number}"
            came.append(arrival(paper, unit, item, period, self.day.isoformat(), key=key))
        collect(self.office, [FakeChannel(came)], self.now)
        self.send()

    def until(self, page: Any, text: str) -> None:
        """Wait until the page says something; where Airflow works for it, the page of its run leads back at the end."""
        main, ends = page.locator("main"), time.monotonic() + WAITS / 1000
        page.wait_for_load_state()
        while text not in main.inner_text():
            assert time.monotonic() < ends, main.inner_text()
            if RUN not in page.url:
                page.wait_for_timeout(500)
                page.reload()
            elif GOES_ON in main.inner_text():
                page.wait_for_timeout(500)
            else:
                self.runs.append(page.url)
                main.locator("p > a").first.click()

    def go_on_to(self, day: str) -> datetime:
        """Another business day, for the board as well; return its moment."""
        self.day = date.fromisoformat(day)
        with self.office.store.write() as connection:
            worked.note_day(connection, self.day)
        return self.now


@contextmanager
def empty_ground(folder: Path) -> Iterator[Ground]:
    """A board over a store that knows no unit."""
    if ALONE:
        yield from _alone(folder)
        return
    stage = Stage(case_of_a_province(TINH, 2023, PLAN.read_bytes()), UnitTree.on(FIRST_DAY, [TINH]))
    with airflow_year(folder, _free_port(), _free_port(), stage, filled=False) as year:
        yield Ground(year.office, f"{year.airflow.url}/plan-lifecycle/", year.airflow.users["admin"])


def _alone(folder: Path) -> Iterator[Ground]:
    migrated_copy(folder / "var" / "plan_lifecycle.db")
    changed = {
        "var": folder / "var", "inbox": folder / "inbox", "store_url": "", "simulation": True, "reminders": REMINDERS,
        "sources": "", "mail_from": "cchc@binh-thuan.example", "portal_url": "http://localhost:1",
        "link_secret": SecretStr("x" * 32), "trail_secret": SecretStr("y" * 32), "durable": False,
    }  # fmt: skip
    with ExitStack() as stack:
        office = stack.enter_context(open_office(Settings().model_copy(update=changed)))
        ground = Ground(office, "", None)
        ground.go_on_to(FIRST_DAY.isoformat())
        ground.board = stack.enter_context(served(office, clock=lambda: ground.now))
        yield ground


@contextmanager
def browser_at(playwright: Playwright, ground: Ground, **context: Any) -> Iterator[Any]:
    """A page of a browser that has come to the board by a bookmark, and logged in where it was asked to."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    opened = browser.new_context(locale="vi-VN", accept_downloads=True, **context)
    opened.set_default_timeout(WAITS)
    page = opened.new_page()
    page.goto(ground.board)
    if ground.password:
        log_in(page, ground.password)
        page.wait_for_url(re.compile("/plan-lifecycle/$"))
    yield page
    browser.close()


def log_in(page: Any, password: str) -> None:
    """Fill in Airflow's form as the coordinator; it leads on by itself."""
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

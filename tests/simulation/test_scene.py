"""The morning that the demo leaves to its visitor: all that a coordinator decides is there, and nothing is decided."""

from __future__ import annotations

import io
import json
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from tests.databases import migrated_copy
from tests.simulation.test_year import SHIPPED, stage

from plan_lifecycle.documents.bounded import unbounded
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.portal import proposed_contacts
from plan_lifecycle.lifecycle.review import WaitingKind, waiting
from plan_lifecycle.lifecycle.situation import today, units_now
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.behaviour import Way
from plan_lifecycle.simulation.demo import main, what_waits
from plan_lifecycle.simulation.endpoint import Endpoint
from plan_lifecycle.simulation.expected import expect
from plan_lifecycle.simulation.findings import Outcome, outcome
from plan_lifecycle.simulation.run import REMINDERS, VerbDriver, fill_store
from plan_lifecycle.simulation.show import INVARIANT_WORDS, Show
from plan_lifecycle.simulation.world import World
from plan_lifecycle.simulation.year import Step, Year
from plan_lifecycle.store import audit, letters, played

AT = date(2023, 3, 5)
"""A Sunday: the scene is on the Friday before."""
FRIDAY = date(2023, 3, 3)


@dataclass(frozen=True)
class Played:
    """A small province that was played up to ``AT``, what came out by then, and the letters of the last morning."""

    office: Office
    day: date
    came: Outcome
    letters: list[bytes]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Only the districts send their plans: all others are late on the last morning."""
    folder = tmp_path_factory.mktemp("scene")
    migrated_copy(folder / "plan_lifecycle.db")
    behaviour, made = replace(SHIPPED, shares=((Way.NEVER, 100),)), stage()
    changed = {"var": folder, "inbox": folder / "inbox", "store_url": "", "durable": False}
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PLAN_LIFECYCLE_SIMULATION", "true")
        with Endpoint() as endpoint:
            settings = Settings().model_copy(
                update=changed | {"reminders": REMINDERS, "sources": "", "source_url": endpoint.url}
            )
            with open_office(settings, bounded=unbounded) as office:
                fill_store(office, made)
                players = list(made.case.players(made.tree))
                world, driver = World(made, players, behaviour, office.rules), VerbDriver(office, settings)
                year = Year(made.case, world, office, driver, inbox=settings.inbox, endpoint=endpoint)
                year.play(AT)
                came = outcome(office, expect(made.case, players, behaviour, office.rules), world.sent, driver.faults)
                before = len(driver.letters)
                day = year.leave_a_scene(AT)
                assert driver.faults == []
                yield Played(office, day, came, driver.letters[before:])


@pytest.mark.enable_socket
def test_it_is_the_last_working_day(scene: Played) -> None:
    assert scene.day == FRIDAY


@pytest.mark.enable_socket
def test_papers_wait_a_file_is_unknown_units_are_late(scene: Played) -> None:
    found = waiting(scene.office, opening_of(FRIDAY))
    held = [one for one in found if one.kind is WaitingKind.SUBMISSION]
    assert held
    assert not any(one.clean for one in held)
    (unknown,) = [one for one in found if one.kind is WaitingKind.ARRIVAL]
    assert unknown.unit is None
    assert "nơi gửi ghi “van-thu”" in unknown.why[0]
    assert unknown.arrival is not None
    assert len(unknown.arrival.units) == 1, "whose head it bears"
    assert today(scene.office, opening_of(FRIDAY)).overdue


@pytest.mark.enable_socket
def test_the_visitor_is_told_how_much_of_it_there_is_and_nothing_else(scene: Played) -> None:
    late = len(today(scene.office, opening_of(FRIDAY)).overdue)
    assert what_waits(scene.office, FRIDAY)[1] == f"{late:02} nội dung quá hạn"
    written = io.StringIO()
    show = Show(date(2023, 1, 5), AT, Console(file=written, width=200))
    show.scene(FRIDAY, "http://localhost/", {}, what_waits(scene.office, FRIDAY))
    show.scene(FRIDAY, "http://localhost/", {})
    first, second = (line for line in written.getvalue().splitlines() if line.startswith("Hôm nay"))
    assert first.startswith("Hôm nay là thứ Sáu, 03/3/2023: ")
    assert second == "Hôm nay là thứ Sáu, 03/3/2023: không có việc chờ xử lý."


@pytest.mark.enable_socket
def test_an_address_is_dead_and_its_letter_went_to_the_next(scene: Played) -> None:
    (unit,) = [unit for unit in units_now(scene.office, opening_of(FRIDAY)) if unit.dead]
    next_one = f"lanh-dao.{unit.dead[0]}"
    assert any(next_one.encode() in letter for letter in scene.letters)


@pytest.mark.enable_socket
def test_a_contact_is_proposed_and_the_morning_is_told(scene: Played) -> None:
    assert [request.name for request in proposed_contacts(scene.office)] == ["Nguyễn Thị Minh"]
    with scene.office.store.read() as connection:
        newest = letters.newest(connection, 20)
    digests = [one.unit_id for one in newest if (one.kind, one.sent_at) == ("digest", opening_of(FRIDAY))]
    assert len(digests) == 3  # of the province and of both districts


@pytest.mark.enable_socket
def test_a_year_that_stops_early_is_held_against_what_holds_on_any_day(scene: Played) -> None:
    assert scene.came.fails
    assert "timeliness_as_expected" in scene.came.invariants
    so_far = scene.came.so_far()
    assert so_far.holds
    assert "timeliness_as_expected" not in so_far.invariants


def test_what_a_visitor_did_is_told_and_no_failure(scene: Played) -> None:
    broken = replace(scene.came, invariants={"letters_as_expected": False}, visits=3)
    written = io.StringIO()
    Show(date(2023, 1, 5), AT, Console(file=written, width=200)).summary(
        broken, seconds=1, task_instances=1, folder=Path("/nowhere")
    )
    assert not broken.fails
    assert "3 việc do khách thực hiện, không tính vào đối chiếu" in written.getvalue()
    assert "CHƯA" not in written.getvalue()
    assert replace(broken, visits=0).fails


def test_acts_of_a_visitor_are_counted_and_those_of_rules_are_not(scene: Played) -> None:
    assert scene.came.visits == 0
    with scene.office.store.write() as connection:
        before = played.done_by_people(connection, leaving=("quy tắc tự động", "airflow"))
        for who in ("admin", "airflow"):
            act = audit.Act(opening_of(FRIDAY), who, ActKind.WAIVE, ActSubject.OBLIGATION, 1, "theo đề nghị", {})
            audit.append(connection, act)
        assert played.done_by_people(connection, leaving=("quy tắc tự động", "airflow")) == before + 1


def test_every_rule_that_is_checked_is_told_in_words() -> None:
    schema = json.loads((ROOT / "docs/schemas/simulate.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]["invariants"]["properties"]) == set(INVARIANT_WORDS)


def test_off_a_terminal_it_says_a_line_a_month(scene: Played) -> None:
    written = io.StringIO()
    told = Show(date(2023, 1, 5), AT, Console(file=written, width=200)).step_of(scene.office)
    for day in (date(2023, 1, 5), date(2023, 1, 30), date(2023, 2, 1), date(2023, 2, 20)):
        told(Step(day, "remind"))
    lines = written.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Tháng 01/2023", "Tháng 02/2023"]
    assert "dự thảo" in lines[0]


@pytest.mark.parametrize("day", ["2023-02-30", "2022-12-31", "2024-01-01", "27/02"])
def test_a_day_that_is_not_of_the_year_is_told_before_anything_starts(
    day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr("plan_lifecycle.simulation.demo.prepare", lambda *_, **__: stage())
    assert main(["--folder", str(tmp_path / "demo"), "--at", day]) == 2
    assert "từ 05/01/2023 đến 31/12/2023" in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()

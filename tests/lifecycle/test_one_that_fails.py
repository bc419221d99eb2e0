"""One paper, unit or letter at which something fails unforeseen: it is kept and told, the others have their turn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    ROOT,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    owe,
    plan_file,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel, FakeMailer

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Arrival
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.collect import Collected, collect
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import waiting
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import draft, letter, obligation

ROOMS = "plan_lifecycle.lifecycle"
READERS = {
    "reader of plans": "submission._checks.read_plan",
    "check of plans": "submission._checks._alone",
    "wording of plans": "submission._checks.text_of",
    "reader of forms": "submission._checks.read_report_form",
    "check of figures": "submission._checks.check_figures",
    "judge": "collect._run.judge",
    "receipt": "collect._run.receipt_letters",
    "filing": "collect._run.file_arrival",
}
NOW = day("2023-02-20")


class Fails:
    """Raises at its first call what no reader should, and does its work from then on."""

    def __init__(self, work: Callable[..., object], error: Exception) -> None:
        self.work, self.error, self.calls = work, error, 0

    def __call__(self, *args: object, **named: object) -> object:
        self.calls += 1
        if self.calls == 1:
            raise self.error
        return self.work(*args, **named)


def fails_first(patched: pytest.MonkeyPatch, place: str, error: Exception | None = None) -> Fails:
    """Let the work at ``place`` fail once, for whoever comes first."""
    module, _, name = f"{ROOMS}.{place}".rpartition(".")
    work = Fails(getattr(__import__(module, fromlist=[name]), name), error or ValueError("not enough values to unpack"))
    patched.setattr(f"{module}.{name}", work)
    return work


@pytest.fixture
def office(store: Store) -> Office:
    """Both communes owe plan and report."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, plan_id=plan_id)
        owe(store, unit, item=Item.REPORT, period="2023-H1", due="2023-06-16", plan_id=plan_id)
    return make_office(store)


def papers() -> list[Arrival]:
    """What both communes send, xã Bình An's first."""
    report = {"item": "report", "period": "2023-H1", "file_name": "bao-cao.xlsx"}
    made = [
        arrival(plan_file(BINH_AN, place="Bình An"), BINH_AN, key="1"),
        arrival(report_file(BINH_AN), BINH_AN, key="2", **report),
        arrival(plan_file(HOA_THANG, place="Hòa Thắng"), HOA_THANG, key="3"),
        arrival(report_file(HOA_THANG), HOA_THANG, key="4", **report),
    ]
    return [replace(came, received_at=NOW + timedelta(minutes=place)) for place, came in enumerate(made)]


def states(office: Office) -> dict[str, int]:
    with office.store.read() as connection:
        query = select(arrival_table.c.state, func.count()).group_by(arrival_table.c.state)
        return {row[0]: row[1] for row in connection.execute(query)}


@pytest.mark.parametrize("place", READERS.values(), ids=READERS.keys())
def test_one_paper_at_which_something_fails_waits_and_the_others_are_filed(
    office: Office, place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The paper is kept and shown to the coordinator, the run tells of it, its trace is in the log; it runs on."""
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        failing = fails_first(patched, place)
        done = collect(office, [FakeChannel(papers())], NOW)
    assert failing.calls > 1
    assert (done.arrived, done.filed, done.unmatched) == (4, 3, 1)
    assert [fault.split(": ", 2)[2] for fault in done.faults] == ["ValueError: not enough values to unpack"]
    assert caplog.records[0].exc_info is not None
    (shown,) = [item for item in waiting(office, NOW) if item.id.startswith("A")]
    assert "phần mềm chưa đọc được tệp này" in str(shown)


def test_the_same_readers_do_not_stumble_over_it_again_and_the_next_ones_try_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run says nothing and tries nothing; after an upgrade the paper is filed as if it had just come."""
    with monkeypatch.context() as patched:
        fails_first(patched, "submission._checks.read_plan")
        collect(office, [FakeChannel(papers())], NOW)
    again = collect(office, [FakeChannel(papers())], NOW + timedelta(hours=1))
    assert (again, states(office)) == (Collected(), {"filed": 3, "unmatched": 1})
    monkeypatch.setattr(f"{ROOMS}.collect._run.readers_version", lambda: "the next release")
    upgraded = collect(office, [FakeChannel(papers())], NOW + timedelta(hours=2))
    assert (upgraded.filed, upgraded.faults, states(office)) == (1, [], {"filed": 4})


@pytest.mark.parametrize("error", [RecursionError("maximum recursion depth"), MemoryError(), KeyError("w:val")])
def test_whatever_is_raised_is_one_papers_fault(
    office: Office, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what a hostile file may provoke: endless nesting, too much memory, a part that is not there."""
    fails_first(monkeypatch, "submission._checks.read_plan", error)
    assert collect(office, [FakeChannel(papers())], NOW).filed == 3


def test_a_file_that_cannot_be_kept_stays_where_it_is_and_comes_with_the_next_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gate itself fails at one file of a channel: the others come in, and it comes with the next run."""
    with monkeypatch.context() as patched:
        fails_first(patched, "submission._bytes.look")
        done = collect(office, [FakeChannel(papers())], NOW)
    assert (done.arrived, len(done.faults)) == (3, 1)
    assert collect(office, [FakeChannel(papers())], NOW + timedelta(hours=1)).arrived == 1


def test_a_submission_that_cannot_be_answered_keeps_no_other_from_its_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reviewing by rule fails at one: the others are accepted, and it is reviewed by the next run."""
    with monkeypatch.context() as patched:
        fails_first(patched, "submission._verdict.accepted_letters")
        done = collect(office, [FakeChannel(papers())], NOW)
    assert (done.accepted, len(done.faults)) == (3, 1)
    assert done.faults[0].startswith(("UBND xã ", "UBND thị trấn ", "Phòng "))
    assert collect(office, [], NOW + timedelta(hours=1)).accepted == 1


def test_a_unit_whose_draft_fails_keeps_no_other_from_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cascade renders three of four drafts and tells of the fourth, which the next run makes."""
    fill(store)
    office = make_office(store)
    plan_id = register_plan(office, district_plan(), issuer_id=DISTRICT.id, now=NOW)
    with monkeypatch.context() as patched:
        fails_first(patched, "cascade._for_one_unit.render_sub_plan")
        done = cascade_plan(office, plan_id, NOW)
    assert (done.drafts, len(done.faults)) == (3, 1)
    assert cascade_plan(office, plan_id, NOW).drafts == 1
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(draft)).scalar_one() == 4


def test_a_letter_that_cannot_be_written_takes_no_other_with_it_and_keeps_its_rung(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template fails at one address: the other unit is reminded, and the first one on the next run."""
    with monkeypatch.context() as patched:
        fails_first(patched, "remind._run.reminder_letter")
        done = remind(office, day("2023-02-21"))
    assert (done.letters, len(done.faults)) == (1, 1)
    with office.store.read() as connection:
        due = select(func.count()).where(obligation.c.next_rung_on <= day("2023-02-21").date())
        assert connection.execute(due).scalar_one() == 1
    later = remind(office, day("2023-02-22"))
    assert (later.letters, later.faults) == (1, ())


def test_a_letter_that_cannot_be_looked_at_waits_and_the_others_go(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two reminders of yesterday one cannot be written for today: the other leaves, it goes with the next run."""
    remind(office, day("2023-02-21"))
    mailer, next_day = FakeMailer(), day("2023-02-22")
    with monkeypatch.context() as patched:
        fails_first(patched, "send._last_look.reminder_letter")
        send_outbox(office, mailer.connect, now=next_day, wall=next_day, worker="w")
    assert len(mailer.sent) == 1
    send_outbox(office, mailer.connect, now=next_day, wall=next_day, worker="w")
    assert len({to for to, _ in mailer.sent}) == 2


def test_a_digest_that_fails_is_told_and_the_rest_of_the_morning_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest of one receiver fails: the run tells whose, and queues nothing half."""
    fails_first(monkeypatch, "digest._coordinators.write_letter")
    shipped = replace(office.rules, reminding=read_rules(ROOT / "config").reminding)
    office = replace(office, rules=shipped)
    told = tell_coordinators(office, day("2023-02-23"))
    assert [fault.partition(": ")[0] for fault in told.faults] == [DISTRICT.agency]
    assert tell_coordinators(office, day("2023-02-23")).coordinators == 1
    with office.store.read() as connection:
        assert connection.execute(select(func.count()).where(letter.c.kind == "digest")).scalar_one() == 1

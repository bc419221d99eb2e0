"""The business day that somebody types: never after today, an old one only where it is meant, always on the trail."""

from __future__ import annotations

import importlib
import os
import pwd
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from tests.cli.running import Run, answers
from tests.factories import BINH_AN, ROOT, owe
from typer.main import get_command

from plan_lifecycle.cli import COMMANDS
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import metadata
from plan_lifecycle.store.worked import note_clock, note_day

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize("command", ["cascade", "remind", "collect", "compile", "send"])
def test_a_typed_day_after_today_is_refused_and_leaves_no_trace(run: Run, store: Store, command: str) -> None:
    """One mistyped year would silence or misdate a year's letters: nothing is read, written or sent."""
    owe(store)
    tomorrow = (datetime.now(LOCAL) + timedelta(days=1)).date()
    before = everything(store)
    done = run(command, "--as-of", tomorrow.isoformat())
    assert done.code == 2
    assert "--as-of" in done.err
    assert everything(store) == before


def test_a_command_at_a_clock_that_leapt_does_nothing_until_somebody_types_its_day(run: Run, store: Store) -> None:
    """A clock that is wrong by weeks would write to everybody as late."""
    owe(store)
    today = datetime.now(LOCAL).date()
    with store.write() as connection:
        note_clock(connection, today - timedelta(days=40))
    before = everything(store)
    done = run("remind")
    assert (done.code, everything(store)) == (1, before)
    assert "cách nhau 40 ngày" in done.err
    assert run("remind", "--as-of", today.isoformat()).code == 0
    assert run("remind").code == 0


SCORED = ("--scheme", "communes", "--year", "2023", "--receiver", "bb", "--by", "Trần Thị Bình")
PERSON = ("--role", "officer", "--name", "Lê An", "--email", "le-an@example.vn")
WRITING = {
    "cascade": (),
    "remind": (),
    "collect": (),
    "compile": (),
    "send": (),
    "publications": (),
    "plan mark": ("36", "x", "--state", "doing", "--by", "Trần Thị Bình"),
    "plan settle": ("36", "x", "--none", "--by", "Trần Thị Bình", "--reason", "Theo dõi riêng"),
    "indices enter": (
        "--unit", "bt", "--index", "papi", "--year", "2022", "--value", "44", "--published", "2023-01-02",
        "--publisher", "UNDP", "--by", "Trần Thị Bình",
    ),
    "indices import": (str(ROOT / "tests/cli/indices.tsv"), "--by", "Trần Thị Bình"),
    "plan decide": ("36", "x", "--due", "2023-03-01", "--by", "Trần Thị Bình", "--reason", "Đã thống nhất"),
    "reminders suspend": ("--by", "Trần Thị Bình", "--reason", "Bão"),
    "reminders resume": ("1", "--by", "Trần Thị Bình", "--reason", "Bão"),
    "reminders away": (
        "a@b.vn", "--from", "2023-02-01", "--until", "2023-02-02", "--by", "Trần Thị Bình", "--reason", "Nghỉ phép",
    ),
    "reminders back": ("a@b.vn", "--by", "Trần Thị Bình"),
    "people add": ("bb", *PERSON, "--by", "Trần Thị Bình"),
    "people change": ("1", *PERSON, "--by", "Trần Thị Bình"),
    "people replace": ("1", *PERSON, "--by", "Trần Thị Bình"),
    "people end": ("1", "--last", "2023-02-10", "--by", "Trần Thị Bình"),
    "people anonymise": ("1", "--by", "Trần Thị Bình"),
    "people undo": ("bb", "1", "--by", "Trần Thị Bình"),
    "reminders resend": ("O1", "--by", "Trần Thị Bình"),
    "reminders sample": ("O1", "--to", "a@b.vn", "--by", "Trần Thị Bình"),
    "reminders confirm": ("a@b.vn",),
    "reminders digest": (),
    "scores mail": (*SCORED, "--until", "2023-12-20"),
    "scores take": ("x.xlsx", *SCORED),
    "scores appraise": (*SCORED, "--rest"),
    "scores ask": (*SCORED, "--unit", "bb-binh-an", "--criterion", "plan", "--question", "Minh chứng?"),
    "scores publish": SCORED,
    "scores choose": (
        "--award", "communes-merit", "--years", "2023", "--unit", "bb-binh-an",
        "--by", "Trần Thị Bình", "--reason", "Đủ",
    ),
    "report hold": ("bb:2023-H1", "--by", "Trần Thị Bình", "--reason", "Chờ số liệu"),
    "report release": ("bb:2023-H1", "--by", "Trần Thị Bình"),
    "report issue": (
        "bb:2023-H1", "--number", "45", "--date", "2023-02-20", "--signer", "Nguyễn Văn A", "--by", "Trần Thị Bình",
    ),
    "report correct": ("bb:2023-H1", str(ROOT / "README.md"), "--by", "Trần Thị Bình"),
    "report uncorrect": ("bb:2023-H1", "--by", "Trần Thị Bình", "--reason", "Nộp nhầm"),
    "report paper": ("bb:2023-H1", str(ROOT / "README.md"), "--by", "Trần Thị Bình"),
    "report move": ("bb:2023-H1", "x", "--to", "y", "--by", "Trần Thị Bình"),
    "report omit": ("bb:2023-H1", "x", "--by", "Trần Thị Bình", "--reason", "Ngoài nội dung"),
    "report restore": ("bb:2023-H1", "x", "--by", "Trần Thị Bình"),
    "report undo": ("bb:2023-H1", "--by", "Trần Thị Bình", "--reason", "Nhầm số"),
    "settings set": ("cascade.phone", "0252", "--by", "Trần Thị Bình", "--reason", "Đổi số"),
    "settings undo": ("cascade.phone", "--by", "Trần Thị Bình", "--reason", "Nhầm"),
    "settings revert": ("cascade.phone", "--by", "Trần Thị Bình", "--reason", "Tệp đúng"),
    "review accept": ("S1", "--by", "Trần Thị Bình"),
    "review return": ("S1", "--by", "Trần Thị Bình", "--reason", "Thiếu phụ lục"),
    "review reopen": ("S1", "--by", "Trần Thị Bình", "--reason", "Xem lại văn bản"),
    "review waive": ("O1", "--by", "Trần Thị Bình", "--reason", "Thiên tai, bão lũ"),
    "review extend": ("O1", "--by", "Trần Thị Bình", "--reason", "Thiên tai, bão lũ", "--until", "2023-03-10"),
    "review decline": ("O1", "--by", "Trần Thị Bình", "--reason", "Chưa thấy văn bản"),
    "review assign": ("A1", "--to", "O1", "--by", "Trần Thị Bình", "--reason", "Đúng đơn vị"),
    "review handover": ("--by", "Trần Thị Bình", "--reason", "Sắp xếp đơn vị", "--all"),
    "review record": ("--unit", "bb", "--by", "Trần Thị Bình"),
}  # fmt: skip
LOOKING = {
    "reminders preview", "reminders explain", "reminders letter", "review list", "units import", "units match",
    "people show", "people export", "plan tasks", "plan targets", "indices show", "access show", "settings show",
    "scores form", "scores show", "scores awards",
}  # fmt: skip


def test_every_command_that_takes_a_day_and_writes_asks_whether_an_old_one_is_meant() -> None:
    """A new verb cannot forget it."""
    found: dict[str, set[str]] = {}
    for name, entry in COMMANDS.items():
        app = get_command(getattr(importlib.import_module(f"plan_lifecycle.cli.{entry.module}"), entry.app))
        for part, command in getattr(app, "commands", {"": app}).items():
            found[f"{name} {part}".strip()] = {option for param in command.params for option in param.opts}
    with_day = {name for name, options in found.items() if "--as-of" in options}
    assert with_day - LOOKING == set(WRITING)
    assert {name for name, options in found.items() if "--again" in options} == set(WRITING)


@pytest.mark.parametrize("command", WRITING)
def test_a_typed_day_before_the_newest_worked_is_refused_in_both_languages_and_writes_nothing(
    run: Run, store: Store, command: str
) -> None:
    owe(store)
    with store.write() as connection:
        note_day(connection, date(2023, 2, 21))
    before = everything(store)
    done = run(*command.split(), *WRITING[command], "--as-of", "2023-02-20")
    assert (done.code, done.out) == (2, "")
    for said in ("2023-02-20", "2023-02-21", "--again", "20/02/2023", "21/02/2023", "thêm --again"):
        assert said in done.err
    assert everything(store) == before


def test_an_old_day_that_is_meant_is_worked_at_and_the_trail_says_who_typed_it(run: Run, store: Store) -> None:
    owe(store)
    assert run("remind", "--as-of", "2023-02-22").code == 0
    assert run("remind", "--as-of", "2023-02-21", "--again").code == 0
    assert run("review", "list", "--as-of", "2023-01-05").code == 0
    assert run("review", "accept", "--all-clean", "--by", "Trần Thị Bình", "--as-of", "2023-02-22").code == 0
    with store.read() as connection:
        last, old, first = audit.newest(connection, 50)
    me = pwd.getpwuid(os.getuid()).pw_name
    assert [(act.by, act.details["day"], act.details["newest"]) for act in (first, old, last)] == [
        (me, "2023-02-22", None),
        (me, "2023-02-21", "2023-02-22"),
        ("Trần Thị Bình", "2023-02-22", "2023-02-22"),
    ]
    assert (old.act, old.details["what"], old.details["again"]) == ("type_day", "remind", True)


def test_letters_of_a_later_day_are_not_sent_on_an_old_one(run: Run, store: Store) -> None:
    """What was queued today would stand in the ledger as sent before it was written."""
    owe(store)
    run("remind", "--as-of", "2023-02-21")
    assert answers(run("send", "--as-of", "2023-02-20", "--again", "--json"), "send")[0]["queued"] == 1


def everything(store: Store) -> dict[str, int]:
    """How many rows each table holds."""
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def test_a_preview_may_look_ahead_and_a_played_year_lies_where_it_will(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = (datetime.now(LOCAL) + timedelta(days=1)).date().isoformat()
    assert run("reminders", "explain", BINH_AN.id, "--as-of", tomorrow).code == 0
    monkeypatch.setenv("PLAN_LIFECYCLE_SIMULATION", "true")
    assert run("remind", "--as-of", tomorrow).code == 0

"""Each file of the configuration and of the templates is broken between two runs of a command, and mended again.

A broken file is told by its name in one sentence and nothing is done, half of it neither; or it does not matter to the
command, which does all of it. Once the file is mended the command does what it would have done.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plan_lifecycle.cli import main
from plan_lifecycle.settings import ROOT
from plan_lifecycle.store.engine import Store, open_store
from tests.factories import MAIL_FROM, day
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.picture import Picture, difference, picture
from tests.reliability.verbs import VERBS
from tests.reliability.world import new_database

HELD = "a broken file is named in one sentence and nothing is done, half of it neither; mended, all of it is done"
NOTED = frozenset({"audit", "clock_seen", "typed_day", "worked"})
"""Where each command stands whose day was typed, whatever it did."""
REMIND = ("remind", "--as-of", "2023-02-21")
FILES: dict[str, tuple[str, ...]] = {
    "config/calendar.yaml": REMIND,
    "config/cascade.yaml": REMIND,
    "config/reminders.simulation.yaml": REMIND,
    "config/indicators.yaml": REMIND,
    "config/reasons.yaml": REMIND,
    "config/profiles/cchc.yaml": REMIND,
    "config/profiles/tuyen-truyen.yaml": REMIND,
    "config/indices.yaml": ("indices", "show", "--unit", "huyện Bắc Bình", "--as-of", "2023-02-21"),
    "config/scoring.yaml": ("scores", "show", "--scheme", "communes", "--year", "2023", "--receiver", "huyện Bắc Bình"),
    "config/sources.yaml": ("collect", "--as-of", "2023-02-21"),
    "config/access.yaml": ("access", "show"),
    "templates/mail/reminder_before.txt.j2": REMIND,
    "templates/mail/reminder_before.subject.j2": REMIND,
}


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


BREAKS: dict[str, Callable[[Path], object]] = {
    "half of it": _cut,
    "nothing in it": lambda file: file.write_bytes(b""),
    "gone": Path.unlink,
    "no text": lambda file: file.write_bytes(b"\xff\xfe\x00" + file.read_bytes()),
    "no such thing": lambda file: file.write_text("[: {{ x \n- - a: b: c\n{% if %}", encoding="utf-8"),
    "a word too many": lambda file: file.write_text(
        file.read_text(encoding="utf-8") + "\nkhong_co: 1\n{{ khong_co.gi }}", "utf-8"
    ),
}


def parts() -> dict[str, Produce]:
    """Every file, broken in every way."""
    return {name: partial(_of_file, name) for name in FILES}


def _of_file(name: str) -> Iterator[Fault]:
    yield at(Kind.CONFIGURATION, _where(name), broken(name))


def _where(name: str) -> str:
    return name.partition("/")[0] + ": " + FILES[name][0]


@dataclass(frozen=True)
class Home:
    """A folder with a store of its own and files that may be edited."""

    folder: Path

    def opened(self) -> Store:
        """The store."""
        return open_store(
            f"sqlite:///{self.folder / 'var/plan_lifecycle.db'}", self.folder / "var/blobs", durable=False
        )

    def picture(self) -> Picture:
        """What the store holds."""
        store = self.opened()
        found = picture(store)
        store.close()
        return Picture({row: number for row, number in found.items() if row[0] not in NOTED})

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run the command in a process of its own: its exit code, and what it complained of."""
        told = self.folder / "told.txt"
        process = os.fork()
        if not process:
            _become(self.folder, told, arguments)
        _, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status), told.read_text(encoding="utf-8")


def _become(folder: Path, told: Path, arguments: Sequence[str]) -> None:
    """Be the command, as a shell starts it."""
    code = 70
    try:
        sys.stderr, sys.stdout = told.open("w", encoding="utf-8"), Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
        values = {"VAR": folder / "var", "INBOX": folder / "inbox", "CONFIG": folder / "config", "MAIL_FROM": MAIL_FROM}
        values |= {"TEMPLATES": folder / "templates", "REMINDERS": "reminders.simulation.yaml", "DURABLE": "false"}  # type: ignore[dict-item]
        os.environ.update({f"PLAN_LIFECYCLE_{name}": str(value) for name, value in values.items()})
        main(list(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 - as the interpreter does: it tells, and ends with 70
        import traceback

        traceback.print_exc(file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(code)


@contextmanager
def home() -> Iterator[Home]:
    """A home in which communes owe their plans, and a first run has been made."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("config", "templates"):
            shutil.copytree(ROOT / part, folder / part)
        (folder / "var").mkdir()
        made = Home(folder)
        store = open_store(new_database("sqlite", folder), folder / "var/blobs", durable=False)
        next(verb for verb in VERBS if verb.name == "remind").prepare(store)
        store.close()
        (folder / "store.db").rename(folder / "var/plan_lifecycle.db")
        code, told = made.run("remind", "--as-of", day("2023-02-20").date().isoformat())
        assert code == 0, told
        yield made


def broken(name: str, ways: Sequence[str] = tuple(BREAKS)) -> Fault:
    """One file, broken in each of the ways."""
    lost = twice = misfiled = well = 0
    notes = []
    for way in ways:
        with home() as made:
            before = made.picture()
            kept = (made.folder / name).read_bytes()
            BREAKS[way](made.folder / name)
            code, told = made.run(*FILES[name])
            after = made.picture()
            (made.folder / name).write_bytes(kept)
            again, said = made.run(*FILES[name])
            mended = made.picture()
        amiss = _amiss(name, code, told)
        if way == "gone" and f"{Path(name).parent}, " in told:
            amiss = ""  # which of several files is not there nobody can say: their folder is named
        assert again == 0, (name, way, said)
        done = after != before
        found = difference(mended, after) if done else difference(before, after)
        lost, twice, misfiled = lost + found.lost + bool(amiss), twice + found.twice, misfiled + found.misfiled
        well += not amiss and not any(found)
        notes += [f"{way}: {amiss}"] if amiss else []
    note = "; ".join(notes) or "named, or of no matter"
    return Fault(f"{name} broken between two runs", len(ways), well, lost, twice, misfiled, window=False, note=note)


def _amiss(name: str, code: int, told: str) -> str:
    """What is wrong with how the command ended; empty where it did its work or named the file."""
    if "Traceback" in told:
        return "a stack trace"
    if code == 0:
        return ""
    named = Path(name).name in told or Path(name).name.split(".")[0] in told
    return "" if named else f"exit code {code} without the file's name"

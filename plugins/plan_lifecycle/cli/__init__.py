"""The command ``plan-lifecycle``: every verb that the DAGs run, and the readers and checkers behind them.

A command group lives in the module of its name and is imported only when it is called, so that one reading of a
deadline does not pay for Word, mail and the database.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Mapping
from typing import NamedTuple

from plan_lifecycle import __version__
from plan_lifecycle.domain.errors import PlanLifecycleError, refused_by_machine

_INTERRUPTED = 130
"""The exit code of who was stopped by Ctrl-C, as shells have it."""


class _Command(NamedTuple):
    module: str
    help: str
    app: str = "app"


# Each module has a typer app of the given name, `app` by default.
COMMANDS = {
    "deadline": _Command("deadline", "Read the deadline that a phrase names."),
    "target": _Command("target", "Read the quantitative target in a phrase."),
    "units": _Command("units", "Import units; match the phrase that names an audience."),
    "people": _Command("people", "Show, add, correct and replace the people of a unit; take that back."),
    "plan": _Command("plan", "Read, check and decide plans."),
    "report": _Command("report", "Check a report's figures before it is sent."),
    "scores": _Command("scores", "Rank units by the index of their scores."),
    "indices": _Command("indices", "Enter and show indices that others publish."),
    "document": _Command("document", "Check a document's form; inspect a file at the gate."),
    "mail": _Command("mail", "Classify incoming messages."),
    "cascade": _Command("verbs", "Give every unit its draft, obligations and letter.", "cascade"),
    "remind": _Command("verbs", "Record the reminders that are due.", "remind"),
    "reminders": _Command("reminders", "Preview, explain and pause reminders; name a substitute."),
    "collect": _Command("verbs", "Take in, file and answer what units sent.", "collect"),
    "review": _Command("review", "See what waits for a person; accept, return, waive, extend, reopen, record."),
    "publications": _Command("publications", "Count what units have published against their quota."),
    "settings": _Command("settings", "Show the rules as they count; change them above the files; undo."),
    "access": _Command("access", "Show who sees which units on the board; make the roles of Airflow's logins."),
    "db": _Command("db", "Upgrade the store as its owner; copy it into another database."),
    "doctor": _Command("doctor", "Look the whole installation over: what works, and what to do about the rest."),
    "backup": _Command("keeping", "Copy the store into a folder while work goes on.", "backup"),
    "restore": _Command("keeping", "Put a back-up into an empty store.", "restore"),
    "retention": _Command("retention", "List what has been kept for longer than its time; let it go."),
    "secrets": _Command("secrets", "Draw an installation's secrets; refuse missing and sample ones."),
    "audit": _Command("audit", "Verify the trail of who decided what."),
    "compile": _Command("verbs", "Compile the consolidated reports that are due.", "compile_"),
    "send": _Command("verbs", "Send the letters that are queued.", "send"),
    "portal": _Command("portal", "Serve the units' pages; list and revoke links; confirm proposed contacts."),
    "simulate": _Command("simulate", "Play a province's year on a throw-away store."),
}


BEFORE_GARBAGE = 300_000
"""Objects that a process may make before garbage is looked for: all that commands import makes fewer."""


def start() -> None:
    """Run the command of this process, and end with it.

    What a command imports stays to its end. To look for garbage among it, again and again as it grows and once more at
    the end, took a quarter of the time of a short command. One that works on is looked after as usual from then on.
    """
    usual = gc.get_threshold()

    def as_usual(_phase: str, _found: Mapping[str, int]) -> None:
        gc.callbacks.remove(as_usual)
        gc.set_threshold(*usual)

    gc.callbacks.append(as_usual)
    gc.set_threshold(BEFORE_GARBAGE)
    try:
        main()
    finally:
        gc.freeze()


def main(arguments: list[str] | None = None) -> None:
    """Run one command; ends with exit code 0, 1 or 2 (see ``cli._output``)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] in ("--help", "-h"):
        sys.stdout.write(_overview())
        raise SystemExit(0)
    if arguments[0] == "--version":
        sys.stdout.write(f"plan-lifecycle {__version__}\n")
        raise SystemExit(0)
    name = arguments[0]
    if name not in COMMANDS:
        sys.stderr.write(_unknown(name))
        raise SystemExit(2)
    try:
        _run(name, arguments[1:])
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None


def _run(name: str, arguments: list[str]) -> None:
    from plan_lifecycle.cli._output import fail

    command = COMMANDS[name]
    app = getattr(importlib.import_module(f"plan_lifecycle.cli.{command.module}"), command.app)
    try:
        app(arguments, prog_name=f"plan-lifecycle {name}", standalone_mode=True)
    except PlanLifecycleError as error:
        fail(error)
    except OSError as error:  # a full disk behind standard output, a folder that may not be read
        fail(refused_by_machine(error))


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=3)
    said = f"; near: {', '.join(near)}" if near else ""
    vi = f"; có thể là: {', '.join(near)}" if near else ""
    expected = f"plan-lifecycle: found command {name!r}, expected one of {', '.join(COMMANDS)}{said}\n"
    return f"{expected}  (Không có lệnh “{name}”{vi}. Xem mọi lệnh: plan-lifecycle --help.)\n"


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {command.help}" for name, command in COMMANDS.items()]
    return "Usage: plan-lifecycle COMMAND …\n\n" + "\n".join(lines) + "\n\nplan-lifecycle COMMAND --help tells more.\n"

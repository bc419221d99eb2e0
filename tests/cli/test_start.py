"""What a command imports before it answers: each heavy library only where the command is about it.

Seconds are for ``make bench``; here the modules are named, each command in a process of its own as users start it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.databases import migrated_copy
from tests.patience import PATIENCE

SEEN = """
import atexit, gc, json, re, sys
from plan_lifecycle.cli import start
before = gc.get_stats()[0]["collections"]
def seen():
    held = {name: vars(module).values() for name, module in list(sys.modules.items())}
    compiled = [name for name, values in held.items() if any(isinstance(value, re.Pattern) for value in values)]
    searches = gc.get_stats()[0]["collections"] - before
    return {"imported": sorted(sys.modules), "compiled": compiled, "searches": searches}
atexit.register(lambda: print(json.dumps(seen()), file=sys.stderr))
start()
"""
LONG = """
import gc
from plan_lifecycle import cli
usual = gc.get_threshold()
cli.main = lambda: print(gc.get_threshold() == usual, len([[] for _ in range(cli.BEFORE_GARBAGE + 1)]) > 0,
                         gc.get_threshold() == usual)
cli.start()
"""
NEVER = {"airflow", "pandas", "numpy", "fastapi", "uvicorn", "matplotlib", "openpyxl", "alembic"}
PAPERS = {"docx", "docxtpl", "pypdf", "python_calamine", "pebble", "rapidfuzz"}
NETWORK = {"requests", "urllib3", "chardet"}
STORE = {"sqlalchemy", "psycopg"}
NOT_OURS = {"sqlalchemy.orm"}
"""Parts of a library that we use another part of."""
ROOMS = {
    "yagmail",
    "jinja2",
    "itsdangerous",
    "plan_lifecycle.lifecycle",
    "yaml",
    "lxml",
    "xlsxwriter",
    "imap_tools",
    "flufl.bounce",
}
READERS = tuple(
    f"plan_lifecycle.{part}" for part in ("domain", "documents.read", "documents.report_form", "mail.incoming")
)
"""What asks patterns of papers and mails alone: it words them with ``regex``."""
SPARED = {
    ("--help",): NEVER | PAPERS | NETWORK | STORE | ROOMS | {"typer", "pydantic", "lark", "plan_lifecycle.settings"},
    ("deadline", "Trước ngày 01/3/2023", "--year", "2023"): NEVER | PAPERS | NETWORK | STORE | ROOMS,
    ("plan", "--help"): NEVER | PAPERS | NETWORK | STORE | ROOMS,
    ("audit", "verify"): NEVER | PAPERS | NETWORK | ROOMS | NOT_OURS | {"lark"},
    ("review", "list"): NEVER | PAPERS | NETWORK | NOT_OURS | {"lark"},
}
"""By command what it must not import."""


@pytest.mark.parametrize("command", SPARED, ids=lambda command: " ".join(command[:2]))
def test_a_command_starts_without_the_libraries_of_other_commands(command: tuple[str, ...], tmp_path: Path) -> None:
    """Neither Airflow nor what reads papers or speaks to servers is imported where nothing of it is asked; no garbage
    is looked for among what is, and no pattern of a reader is compiled."""
    migrated_copy(tmp_path / "var/plan_lifecycle.db")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLAN_LIFECYCLE_")}
    ran = subprocess.run(
        [sys.executable, "-c", SEEN, *command],
        env=kept | {"PLAN_LIFECYCLE_VAR": str(tmp_path / "var"), "COVERAGE_PROCESS_START": ""},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stderr.splitlines()[-1])
    assert set(seen["imported"]) & SPARED[command] == set()
    assert seen["searches"] == 0
    assert [name for name in seen["compiled"] if name.startswith(READERS)] == []


def test_garbage_is_looked_for_as_usual_in_a_command_that_works_on() -> None:
    ran = subprocess.run([sys.executable, "-c", LONG], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert ran.stdout.split() == ["False", "True", "True"]

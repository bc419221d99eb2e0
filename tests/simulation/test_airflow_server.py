"""The demo's Airflow without Airflow: its passwords, its parts, and how they end."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from tests.patience import PATIENCE

from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation import airflow_parts
from plan_lifecycle.simulation.airflow_server import AirflowServer, Layout
from plan_lifecycle.simulation.show import Show

STUB = """
import os, sys, time
with open(os.environ["STARTED"], "a") as started:
    started.write(" ".join(sys.argv[1:]) + "\\n")
ends = dict(each.split(":") for each in os.environ["ENDS"].split())
if sys.argv[1] in ends:
    sys.exit(int(ends[sys.argv[1]]))
time.sleep(600)
"""


def test_passwords_are_made_at_each_start(tmp_path: Path):
    first, second = (AirflowServer(Layout(tmp_path, ROOT, 8080), {}).users for _ in range(2))
    assert set(first) == set(second) == {"admin", "viewer"}
    made = [*first.values(), *second.values()]
    assert len(set(made)) == 4
    assert all(len(password) >= 12 for password in made)


def test_the_terminal_shows_the_logins_that_were_made(tmp_path: Path):
    users, written = AirflowServer(Layout(tmp_path, ROOT, 8080), {}).users, io.StringIO()
    show = Show(date(2023, 1, 5), date(2023, 12, 31), Console(file=written, width=200))
    show.ready("http://localhost:8080", users, "http://localhost:8088", tmp_path)
    show.scene(date(2023, 12, 29), "http://localhost:8080/plan-lifecycle/", users)
    for name, password in users.items():
        assert written.getvalue().count(f"{name}/{password}") == 2


def started(tmp_path: Path, ends: str) -> tuple[int, list[str]]:
    """Exit code of the parts and what was started, where those in ``ends`` end by themselves with a code."""
    (tmp_path / "airflow").mkdir()
    (tmp_path / "airflow" / "__init__.py").touch()
    (tmp_path / "airflow" / "__main__.py").write_text(STUB)
    log = tmp_path / "started"
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "STARTED": str(log), "ENDS": ends}
    done = subprocess.run([sys.executable, airflow_parts.__file__], env=environment, timeout=PATIENCE, check=False)
    return done.returncode, sorted(log.read_text().splitlines())


@pytest.mark.parametrize("part", ["api-server", "scheduler"])
def test_all_parts_end_with_the_first_that_does(tmp_path: Path, part: str):
    """It waits for each: had one of them gone on, it would not have come back."""
    code, found = started(tmp_path, f"db:0 {part}:3")
    assert code == 1
    assert "db migrate" in found
    assert any(each.startswith(part) for each in found)


def test_without_a_database_no_part_starts(tmp_path: Path):
    assert started(tmp_path, "db:1") == (1, ["db migrate"])

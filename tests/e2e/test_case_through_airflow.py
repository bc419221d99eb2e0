"""A case of ``examples/`` through a real Airflow, started as its user starts it: from paper to half-year report.

The whole year of phường Đức Xuân is ``make demo CASE=duc-xuan-2024``; here it ends when the half-year's report is out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.listening import free_port
from tests.patience import PATIENCE

from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.show import INVARIANT_WORDS

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(3600)]

MANY_RUNS = 10
"""As many times as one thing is waited for."""


def test_a_case_of_a_commune_goes_from_its_paper_to_its_report(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command = [sys.executable, "-m", "plan_lifecycle.simulation.demo", "--once", "--folder", str(folder)]
    command += ["--case", "duc-xuan-2024", "--at", "2024-06-21"]
    command += ["--port", str(free_port()), "--portal-port", str(free_port())]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=MANY_RUNS * PATIENCE)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert (summary["units"], summary["drafts"], summary["obligations"], summary["reports"]) == (7, 6, 14, 1)
    assert summary["invariants"]
    assert all(summary["invariants"].values()), summary["invariants"]
    assert summary["invariants"].keys() <= INVARIANT_WORDS.keys()
    names = sorted(path.name for path in (folder / "reports").iterdir())
    assert [name for name in names if name.endswith(".docx")] == [
        "Bao cao thong tin tuyen truyen CCHC 6 thang dau nam 2024 - phuong Duc Xuan.docx"
    ]
    assert any((folder / "mail" / "new").iterdir())

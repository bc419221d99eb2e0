"""Compiling: a province of 139 communes, and the country's 3,321, each with 123 indicators and what they wrote.

A report is all that is kept of it: Word with its charts, workbook with every figure and paragraph, trace. Each size
is compiled in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import Figure

_PROVINCE, _COUNTRY = (139, 1), (3321, 34)
_SECONDS = {139: 1.5, 3321: 15.0}
_MEGABYTES = 600
_CHILD = """
import json, resource, sys, time
from pathlib import Path
from tests.databases import migrated_copy
from tests.reporting import HALF, NOW, country
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.store.engine import open_store
folder, units, provinces = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
made = country(store, units, provinces=provinces)
before = time.process_time()
compile_report(made.office, made.unit.id, HALF.code, NOW)
seconds = time.process_time() - before
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure() -> list[Figure]:
    """CPU seconds (user and system) of compiling, memory at its highest, how the cost grows from one to the other."""
    province, _ = _compiled(*_PROVINCE)
    country, megabytes = _compiled(*_COUNTRY)
    times, cost = _COUNTRY[0] / _PROVINCE[0], country / province
    memory = f"MB; goal at most {_MEGABYTES}"
    growth = "times the cost of a province; peer: times the units"
    return [
        _against("compile/province", _PROVINCE[0], province),
        _against("compile/country", _COUNTRY[0], country),
        Figure("compile/memory", megabytes, _MEGABYTES, _MEGABYTES / megabytes, 1.0, _COUNTRY[0], memory),
        Figure("compile/growth", cost, times, times / cost, 1.0, _COUNTRY[0], growth),
    ]


def _against(name: str, units: int, seconds: float) -> Figure:
    goal = _SECONDS[units]
    return Figure(name, seconds, goal, goal / seconds, 1.0, units, f"s CPU, Word, Excel and trace; goal at most {goal}")


def _compiled(units: int, provinces: int) -> tuple[float, float]:
    """Seconds and megabytes of one report."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _CHILD, folder, str(units), str(provinces)]
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[1])
    seconds, megabytes = json.loads(said.stdout)
    return seconds, megabytes

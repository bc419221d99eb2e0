"""The country's year at 125, 500 and 1,000 units: how its cost grows, each size by the command in a process of its own.

Each province has its 15 departments and at most 109 communes, so a size is about what it is called.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import Figure

COMMUNES = 109
SIZES = (1, 6, 11)
"""Provinces: 125, 528 and 1,017 units."""
POINTS = Path("build/country.json")
_YEAR = "2026"
_COMMAND = str(Path(sys.executable).with_name("plan-lifecycle"))


def measure() -> list[Figure]:
    """CPU seconds a unit of each size, and by how much less than n log n the cost has grown since the first."""
    points = [_played(provinces) for provinces in SIZES]
    POINTS.parent.mkdir(exist_ok=True)
    POINTS.write_text(json.dumps(points, indent=2) + "\n", encoding="utf-8")
    return [_figure(points[0], point) for point in points]


def _played(provinces: int) -> dict[str, Any]:
    """What a country of so many provinces answers, with the load of the machine meanwhile. Raises where it fails."""
    command = [_COMMAND, "simulate", "--country", "--as-of-year", _YEAR, "--json"]
    part = ["--provinces", str(provinces), "--communes", str(COMMUNES)]
    done = subprocess.run([*command, *part], capture_output=True, text=True, check=True)
    kept = ("units", "obligations", "seconds", "cpu_seconds", "peak_mb")
    answer = json.loads(done.stdout)
    return {name: answer[name] for name in kept} | {"load": round(os.getloadavg()[1], 1)}


def _figure(first: dict[str, Any], point: dict[str, Any]) -> Figure:
    units, seconds = point["units"], point["cpu_seconds"]
    grown, allowed = seconds / first["cpu_seconds"], _n_log_n(units) / _n_log_n(first["units"])
    note = (
        f"CPU s a unit and year: {units} units, {point['obligations']} obligations, {seconds:.0f} CPU s, "
        f"{point['seconds']:.0f} s, {point['peak_mb']:.0f} MB, load {point['load']}; n log n, divided by the growth"
    )
    return Figure(f"country.units_{units}", seconds / units, None, allowed / grown, 1.0, 1, note)


def _n_log_n(units: int) -> float:
    return units * math.log(units)

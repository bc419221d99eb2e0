"""The country's year at 125, 500 and 1,000 units: how its cost grows, each size by the command in a process of its own.

Each province has its 15 departments and at most 109 communes, so a size is about what it is called. A size that will
not come to its end in time is left out, and said so; ``FULL=1`` plays every size, and the whole country after them.
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
SIZES = {1: 125, 6: 528, 11: 1_017}
"""How many units the first provinces have."""
WHOLE = 3_865
SECONDS = 8 * 60
"""What all sizes may take together, unless all are asked for."""
LIMITS = {"seconds": (15 * 60, "s on two cores"), "peak_mb": (1_500, "MB of all processes together")}
"""What the whole country may cost."""
POINTS = Path("build/country.json")
_YEAR = "2026"
_COMMAND = str(Path(sys.executable).with_name("plan-lifecycle"))


def measure() -> list[Figure]:
    """CPU seconds a unit of each size, and by how much less than n log n the cost has grown since the first; of the
    whole country what it took against its limits."""
    full, points = bool(os.environ.get("FULL")), list[dict[str, Any]]()
    for provinces in (*SIZES, None) if full else SIZES:
        if not full and provinces and not fits(points, provinces):
            print(f"{provinces} provinces are left out: they would not end in time", file=sys.stderr)
            break
        points.append(_played(provinces))
        POINTS.parent.mkdir(exist_ok=True)
        POINTS.write_text(json.dumps(points, indent=2) + "\n", encoding="utf-8")
    whole = [_limited(name, point) for point in points if point["units"] == WHOLE for name in LIMITS]
    return [*(_figure(points[0], point) for point in points), *whole]


def fits(points: list[dict[str, Any]], provinces: int) -> bool:
    """Whether the next size comes to its end in the time that is left, by what the last one took."""
    if not points:
        return True
    foreseen = points[-1]["seconds"] * _n_log_n(SIZES[provinces]) / _n_log_n(points[-1]["units"])
    return bool(sum(point["seconds"] for point in points) + foreseen <= SECONDS)


def _played(provinces: int | None) -> dict[str, Any]:
    """What a country of so many provinces, or a whole one, answers, with the load meanwhile. Raises where it fails."""
    command = [_COMMAND, "simulate", "--country", "--as-of-year", _YEAR, "--json"]
    part = ["--provinces", str(provinces), "--communes", str(COMMUNES)] if provinces else []
    done = subprocess.run([*command, *part], capture_output=True, text=True, check=True)
    kept = ("units", "obligations", "seconds", "cpu_seconds", "peak_mb")
    answer = json.loads(done.stdout)
    return {name: answer[name] for name in kept} | {"load": round(os.getloadavg()[1], 1)}


def _limited(name: str, point: dict[str, Any]) -> Figure:
    limit, what = LIMITS[name]
    return Figure(
        f"country.whole_{name}", point[name], limit, limit / point[name], 1.0, 1, f"{what}, against the limit"
    )


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

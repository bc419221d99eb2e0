"""``make bench-compare``: hold the ratios that were measured against those of ``baseline.json``, and name the lost.

A ratio against a peer that ran beside it is nearly the same on any machine. One against a limit in seconds is that of a
machine like the baseline's; on another one, write a baseline of your own first (``make bench-baseline``).
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

BASELINE = Path(__file__).with_name("baseline.json")
MEASURED = Path("build/bench.json")
KEPT = 0.75
"""What must be left of a ratio: a loss of more than a quarter fails."""


class Loss(NamedTuple):
    """A ratio that is worse than it was."""

    name: str
    before: float
    now: float

    def __str__(self) -> str:
        return f"{self.name}: {self.before:.3g} before, {self.now:.3g} now, {1 - self.now / self.before:.0%} lost"


def losses(before: Mapping[str, float], now: Mapping[str, float]) -> list[Loss]:
    """The ratios of which more than a quarter is lost, the worst first."""
    found = [Loss(name, before[name], now[name]) for name in before if name in now and now[name] < KEPT * before[name]]
    return sorted(found, key=lambda loss: loss.now / loss.before)


def ratios(measured: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    """The ratios of a ``bench.json``; what has none is an absolute figure."""
    found = {name: figure["ratio"] for name, figure in measured.items()}
    return {name: float(ratio) for name, ratio in sorted(found.items()) if isinstance(ratio, int | float)}


def main(arguments: list[str]) -> int:
    """Compare, or ``--write`` the baseline. Exit code 1 where something was lost, 2 where nothing was measured."""
    if not MEASURED.exists():
        print(f"found no {MEASURED}; run make bench first", file=sys.stderr)
        return 2
    now = ratios(json.loads(MEASURED.read_text(encoding="utf-8")))
    if "--write" in arguments:
        _write(now)
        return 0
    before = json.loads(BASELINE.read_text(encoding="utf-8"))["ratios"]
    found = losses(before, now)
    for loss in found:
        print(loss)
    for name in sorted(before.keys() - now.keys()):
        print(f"{name}: not measured")
    print(f"{len(before.keys() & now.keys())} ratios compared, {len(found)} lost more than a quarter")
    return 1 if found else 0 if before.keys() & now.keys() else 2


def _write(now: Mapping[str, float]) -> None:
    """Write the ratios, those of benches that were not run as they were."""
    known = json.loads(BASELINE.read_text(encoding="utf-8"))["ratios"] if BASELINE.exists() else {}
    body = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "ratios": {name: float(f"{ratio:.3g}") for name, ratio in sorted((known | dict(now)).items())},
    }
    BASELINE.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Draw how the cost of the country's year grows with its units, into docs/benchmarks.md (``make bench-pictures``).

Both axes are on scales of tens: what grows in proportion is a straight line, n log n one that bends up a little. What
``make bench BENCH=country`` or the whole country measured lies in build/country.json; bench/country.json keeps the last
of each size.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MEASURED, KEPT = ROOT / "build/country.json", ROOT / "bench/country.json"
PAGE, PICTURE = ROOT / "docs/benchmarks.md", ROOT / "docs/pictures/bench-country-growth.svg"
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 420, 70, 50, 40, 30
TITLE = "CPU seconds of a played year by the number of units; the line is n log n from the first"
HEAD = "| units | obligations | CPU s | CPU s a unit | s | MB | load |\n|---|---|---|---|---|---|---|"
_MARK = re.compile(r"(?s)(<!-- growth of country -->\n).*?(\n<!-- end -->)")
Point = Mapping[str, Any]


def merged(kept: Sequence[Point], measured: Sequence[Point]) -> list[Point]:
    """The points with the newest of each size, the smallest first."""
    by_size = {point["units"]: point for point in (*kept, *measured)}
    return [by_size[units] for units in sorted(by_size)]


def n_log_n(first: Point, units: float) -> float:
    """What ``units`` would take if the cost grew as n log n from the first point."""
    return float(first["cpu_seconds"]) * units * math.log(units) / (first["units"] * math.log(first["units"]))


def drawn(points: Sequence[Point]) -> str:
    """The picture of at least one point."""
    first, last = points[0], points[-1]
    xs = _scale([point["units"] for point in points], LEFT, WIDTH - RIGHT)
    costs = [point["cpu_seconds"] for point in points] + [n_log_n(first, last["units"])]
    ys = _scale(costs, HEIGHT - BOTTOM, TOP)
    steps = [first["units"] * (last["units"] / first["units"]) ** (step / 40) for step in range(41)]
    line = " ".join(f"{xs(units):.1f},{ys(n_log_n(first, units)):.1f}" for units in steps)
    shape = "\n".join(_point(point, xs(point["units"]), ys(point["cpu_seconds"])) for point in points)
    floor = HEIGHT - BOTTOM + 14
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'role="img" aria-label="{TITLE}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="8" y="20" font-size="14" fill="#1f2933">{TITLE}</text>\n'
        f'<polyline points="{line}" fill="none" stroke="#111827" stroke-dasharray="5 4"/>\n{shape}\n'
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}" stroke="#9aa5b1"/>\n'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end" fill="#1f2933">units</text>\n</svg>\n'
    )


def _point(point: Point, x: float, y: float) -> str:
    floor = HEIGHT - BOTTOM + 30
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#1d6fa5"/>'
        f'<text x="{x - 8:.1f}" y="{y - 8:.1f}" text-anchor="end" fill="#1f2933">{point["cpu_seconds"]:,.0f} s</text>'
        f'<text x="{x:.1f}" y="{floor}" text-anchor="middle" fill="#1f2933">{point["units"]:,}</text>'
    )


def _scale(values: Sequence[float], start: float, end: float) -> Any:
    """Where a value lies between two ends, by its logarithm."""
    low, high = math.log(min(values)), math.log(max(values))
    return lambda value: start + (end - start) * ((math.log(value) - low) / (high - low) if high > low else 0.5)


def table(points: Sequence[Point]) -> str:
    """The points as they stand on the page."""
    rows = (
        f"| {point['units']:,} | {point['obligations']:,} | {point['cpu_seconds']:,.0f} "
        f"| {point['cpu_seconds'] / point['units']:.3f} | {point['seconds']:,.0f} | {point['peak_mb']:,.0f} "
        f"| {point.get('load', '')} |"
        for point in points
    )
    return "\n".join((HEAD, *rows))


def main() -> int:
    """Keep what was measured, draw it, put it on the page; exit code 2 where nothing was ever measured."""
    kept, measured = (json.loads(path.read_text("utf-8")) if path.exists() else [] for path in (KEPT, MEASURED))
    points = merged(kept, measured)
    if not points:
        print(f"found no {MEASURED.relative_to(ROOT)}; run make bench BENCH=country first", file=sys.stderr)
        return 2
    KEPT.write_text(json.dumps(points, indent=2) + "\n", encoding="utf-8")
    PICTURE.write_text(drawn(points), encoding="utf-8")
    told = f"{table(points)}\n\n![{TITLE}](pictures/{PICTURE.name})"
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_MARK.sub(lambda mark: mark[1] + told + mark[2], page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

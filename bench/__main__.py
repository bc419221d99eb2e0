"""``make bench [BENCH=name]``: run the benchmarks, print the table, write build/bench.json."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import bench
from bench import Figure
from plan_lifecycle.cli._output import table


def main(wanted: list[str]) -> int:
    """Run all benchmarks, or those whose module begins with a wanted name. Figures of others are kept in the file."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name.endswith("_bench")]
    chosen = [name for name in names if not wanted or any(name.startswith(word) for word in wanted)]
    if not chosen:
        print(f"no benchmark named {' '.join(wanted)}; there are {', '.join(names)}", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    loads: dict[str, float] = {}
    for name in chosen:
        print(f"{name.removesuffix('_bench')} …", file=sys.stderr, flush=True)
        load = os.getloadavg()[0]
        measured = importlib.import_module(f"bench.{name}").measure()
        loads |= dict.fromkeys((figure.name for figure in measured), load)
        figures += measured
    out = Path("build/bench.json")
    out.parent.mkdir(exist_ok=True)
    kept = json.loads(out.read_text()) if wanted and out.exists() else {}
    kept |= {figure.name: _row(figure, loads[figure.name]) for figure in figures}
    out.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    rows = [(f.name, _show(f.ours), _show(f.peer), _show(f.ratio), _show(f.goal), f.n, f.note) for f in figures]
    print(table(rows, ("name", "ours", "peer", "ratio", "goal", "n", "note")))
    return 0


def _row(figure: Figure, load: float) -> dict[str, object]:
    """What is kept of a figure, with the load that the machine had before and the day."""
    values = {name: value for name, value in figure._asdict().items() if name != "name"}
    return values | {"load": round(load, 1), "day": datetime.now(UTC).date().isoformat()}


def _show(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

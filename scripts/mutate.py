"""Find where tests are thin: put small faults into a copy of the code, and tell which of them no test finds.

    make mutate
    make mutate PACKAGE=store NUMBER=20 SEED=3

The same seed chooses the same faults. A fault is judged by those tests of its module's name that run its line, then by
the test files that import the module, each time for at most --seconds. `build/mutants.json` has every fault with its
difference and the test that found it. A survivor is either equivalent (no caller can see the difference) or asks for a
test.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.mutation.nearby import PACKAGE, Tree
from scripts.mutation.places import chosen, places_in
from scripts.mutation.trial import Outcome, Trial, scratch_copy

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("domain", "store", "documents", "lifecycle")
# What a fault in a table's length or an old migration does, SQLite does not tell.
DESCRIPTIONS = (f"{PACKAGE}.store.tables", f"{PACKAGE}.store.migrations.versions")


def main(arguments: list[str]) -> int:
    """Try the faults asked for; print each as it is known, and write down all so far."""
    asked = _asked(arguments)
    records: list[dict[str, Any]] = []
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    with scratch_copy(ROOT) as copy:
        for record in tried(copy, asked):
            records.append(record)
            print(f"{record['outcome']:<10} {record['module']}:{record['line']} {record['kind']} {record['by']}")
            if record["outcome"] == Outcome.SURVIVED:
                print(record["diff"], record["note"], sep="\n", flush=True)
            asked.out.write_text(_report(asked.seed, records), encoding="utf-8")
    counts = Counter(record["outcome"] for record in records)
    print(f"{len(records)} tried: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 0


def tried(root: Path, asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Try the faults asked for in a scratch copy; one record each, as it is known."""
    tree = Tree(root)
    packages = asked.package or PACKAGES
    sources = {name: path.read_text(encoding="utf-8") for name, path in tree.modules.items() if _is_in(name, packages)}
    places = {name: places_in(source) for name, source in sources.items()}
    trial = Trial(tree, asked.seconds)
    for module, place in chosen(places, asked.number, asked.seed):
        verdict = trial.verdict(module, sources[module], place, wider=not asked.near)
        yield {
            "module": module.removeprefix(f"{PACKAGE}."),
            "line": place.line,
            "kind": place.kind,
            "outcome": verdict.outcome,
            "by": verdict.by,
            "note": verdict.note,
            "diff": _difference(sources[module], place.in_source(sources[module])),
        }


def _report(seed: int, records: list[dict[str, Any]]) -> str:
    counts = dict.fromkeys(Outcome, 0) | Counter(record["outcome"] for record in records)
    return json.dumps({"seed": seed, "tried": len(records), **counts, "mutants": records}, ensure_ascii=False, indent=1)


def _is_in(module: str, packages: Sequence[str]) -> bool:
    within = any(f"{module}.".startswith(f"{PACKAGE}.{package}.") for package in packages)
    return within and not module.startswith(DESCRIPTIONS)


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    return "\n".join(list(lines)[2:])


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--package", action="append", help="domain, store.letters …; may be given several times")
    parser.add_argument("--number", type=int, default=20, help="how many faults (20)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("--near", action="store_true", help="only the test files of a module's own name")
    parser.add_argument("--seconds", type=float, default=300, help="limit for each call of pytest (300)")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "mutants.json", help="where to write them down")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

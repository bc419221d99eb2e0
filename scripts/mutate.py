"""Find where tests are thin: put small faults into a copy of the code, and tell which of them no test finds.

    make mutate
    make mutate PACKAGE=store NUMBER=20 SEED=3

The same seed chooses the same faults. A module's faults are judged by the test files of its name, then by those that
import it, for at most --seconds. `build/mutants.json` has every fault with its difference and the test that
found it. A survivor is either equivalent (no caller can see the difference) or asks for a test.
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
from scripts.mutation.trial import Trial, scratch_copy

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("domain", "store", "documents", "lifecycle")
# What a fault in a table's length or an old migration does, SQLite does not tell.
DESCRIPTIONS = (f"{PACKAGE}.store.tables", f"{PACKAGE}.store.migrations.versions")


def main(arguments: list[str]) -> int:
    """Try the faults asked for, print each, and write them all down."""
    asked = _asked(arguments)
    with scratch_copy(ROOT) as copy:
        records = []
        for record in tried(copy, asked.package or PACKAGES, asked.number, asked.seed, asked.seconds):
            records.append(record)
            print(f"{record['outcome']:<10} {record['module']}:{record['line']} {record['kind']} {record['by']}")
            if record["outcome"] == "survived":
                print(record["diff"], flush=True)
    counts = Counter(record["outcome"] for record in records)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    summary = {"seed": asked.seed, "tried": len(records), **counts, "mutants": records}
    asked.out.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(records)} tried: " + ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 0


def tried(root: Path, packages: Sequence[str], number: int, seed: int, seconds: float) -> Iterator[dict[str, Any]]:
    """Try ``number`` faults in the packages of a scratch copy; one record each, as it is known."""
    tree = Tree(root)
    sources = {name: tree.modules[name].read_text(encoding="utf-8") for name in tree.modules if _is_in(name, packages)}
    places = {name: places_in(source) for name, source in sources.items()}
    trial = Trial(tree, seconds)
    for module, place in chosen(places, number, seed):
        mutated = place.in_source(sources[module])
        verdict = trial.verdict(module, mutated)
        yield {
            "module": module.removeprefix(f"{PACKAGE}."),
            "line": place.line,
            "kind": place.kind,
            "outcome": verdict.outcome,
            "by": verdict.by,
            "note": verdict.note,
            "diff": _difference(sources[module], mutated),
        }


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
    parser.add_argument(
        "--seconds", type=float, default=120, help="limit for the wider tests of one fault (120); 0: none of them"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "mutants.json", help="where to write them down")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

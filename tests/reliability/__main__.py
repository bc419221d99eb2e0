"""``make reliability``: produce every fault in full, print the table, write build/reliability.json.

``python -m tests.reliability verb mailbox`` produces those of two modules; the others keep their rows of the last time.
``--on`` produces what an earlier run left, ``--minutes 5`` begins no further part after five minutes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import tests.reliability as package
from plan_lifecycle.cli._output import table
from tests.reliability import Fault, Produce

OUT = Path("build/reliability.json")
ENDING = "_faults"
SHOWN = ("fault", "due", "done", "lost", "duplicated", "misfiled", "window")
UNFINISHED = 3


class Part(NamedTuple):
    """Some faults of a module that are produced together: "verb", "sqlite: remind"."""

    module: str
    name: str


Rows = dict[Part, list[dict[str, Any]]]


def main(arguments: Sequence[str]) -> int:
    """Exit code 1 if anything was lost, misfiled, or duplicated outside the stated window; 3 if the time was over."""
    asked, parts = _read(arguments), dict(_parts())
    if unknown := set(asked.modules) - {part.module for part in parts}:
        sys.exit(f"no such module: {', '.join(sorted(unknown))}")
    known = _kept(parts) if asked.on or asked.modules else {}
    due = [part for part in parts if not asked.modules or part.module in asked.modules]
    due = [part for part in due if not (asked.on and part in known)]
    begun = time.monotonic()
    for number, part in enumerate(due):
        if asked.minutes and time.monotonic() - begun > asked.minutes * 60:
            print(f"the time is over: {len(due) - number} of {len(parts)} parts are left", file=sys.stderr)
            return UNFINISHED
        known[part] = list(_produced(part, parts[part]))
        _write(known)
    return _told([row for part in parts for row in known.get(part, [])])


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.reliability")
    asked.add_argument("modules", nargs="*")
    asked.add_argument("--on", action="store_true")
    asked.add_argument("--minutes", type=float)
    return asked.parse_args(arguments)


def _parts() -> Iterator[tuple[Part, Produce]]:
    """Every part, in the order of the modules' names."""
    for found in pkgutil.iter_modules(package.__path__):
        if found.name.endswith(ENDING):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, produce in module.parts().items():
                yield Part(found.name.removesuffix(ENDING), name), produce


def _produced(part: Part, produce: Produce) -> Iterator[dict[str, Any]]:
    """The rows of one part, each with what is held there and with the day."""
    begun, held = time.monotonic(), importlib.import_module(f"{package.__name__}.{part.module}{ENDING}").HELD
    for fault in produce():
        row = fault if fault.held else fault._replace(held=held)
        yield row._asdict() | part._asdict() | {"on": datetime.now(UTC).date().isoformat()}
    print(f"{part.module} {part.name}: {time.monotonic() - begun:.0f} seconds", file=sys.stderr, flush=True)


def _kept(parts: Mapping[Part, Produce]) -> Rows:
    """What earlier runs have written, of the parts that there still are."""
    kept: Rows = {}
    for row in json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else ():
        part = Part(row["module"], row["name"])
        if part in parts:
            kept.setdefault(part, []).append(row)
    return kept


def _write(known: Rows) -> None:
    """Write a row a fault, with the part that it belongs to."""
    rows = [row for part in sorted(known) for row in known[part]]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _told(rows: Sequence[Mapping[str, Any]]) -> int:
    faults = [Fault(**{field: row[field] for field in Fault._fields}) for row in rows]
    print(table([(*fault[:6], "stated" if fault.window else "") for fault in faults], SHOWN))
    print(f"{len(faults)} faults, {sum(fault.survived for fault in faults)} survived")
    return int(not all(fault.survived for fault in faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

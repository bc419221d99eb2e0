"""``make reliability``: produce every fault in full, print the table, write build/reliability.json.

``python -m tests.reliability verb mailbox`` produces those of two modules; the others keep their rows of the last time.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import tests.reliability as package
from plan_lifecycle.cli._output import table
from tests.reliability import Fault

OUT = Path("build/reliability.json")
ENDING = "_faults"
SHOWN = ("fault", "due", "done", "lost", "duplicated", "misfiled", "window")


def main(named: Sequence[str]) -> int:
    """Exit code 1 if anything was lost, misfiled, or duplicated outside the stated window."""
    found = [each.name for each in pkgutil.iter_modules(package.__path__) if each.name.endswith(ENDING)]
    known = _kept() if named else {}
    for module in (name.removesuffix(ENDING) for name in found):
        if not named or module in named:
            print(f"{module} …", file=sys.stderr, flush=True)
            begun = time.monotonic()
            known[module] = []
            for fault in _faults_of(module):
                known[module].append(fault)
                _write(known)
            print(f"{module}: {time.monotonic() - begun:.0f} seconds", file=sys.stderr, flush=True)
    faults = [fault for module in sorted(known) for fault in known[module]]
    print(table([(*fault[:6], "stated" if fault.window else "") for fault in faults], SHOWN))
    print(f"{len(faults)} faults, {sum(fault.survived for fault in faults)} survived")
    return int(not all(fault.survived for fault in faults))


def _faults_of(name: str) -> Iterator[Fault]:
    """Produce the faults of one module; each says what is held there."""
    module = importlib.import_module(f"tests.reliability.{name}{ENDING}")
    for fault in module.run():
        yield fault if fault.held else fault._replace(held=module.HELD)


def _kept() -> dict[str, list[Fault]]:
    """What earlier runs have written, by module."""
    if not OUT.exists():
        return {}
    kept: dict[str, list[Fault]] = {}
    for row in json.loads(OUT.read_text(encoding="utf-8")):
        module = row.pop("module")
        kept.setdefault(module, []).append(Fault(**row))
    return kept


def _write(known: Mapping[str, Sequence[Fault]]) -> None:
    """Write a row a fault, with the module that produced it."""
    rows = [fault._asdict() | {"module": module} for module in sorted(known) for fault in known[module]]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

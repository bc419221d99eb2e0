"""``make reliability``: run every fault loop in full, print the table, write build/reliability.json."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import tests.reliability as package
from plan_lifecycle.cli._output import table
from tests.reliability import Fault


def main() -> int:
    """Exit code 1 if anything was lost, misfiled, or duplicated outside the stated window."""
    faults: list[Fault] = []
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.endswith("_faults"):
            print(f"{module.name.removesuffix('_faults')} …", file=sys.stderr, flush=True)
            faults += importlib.import_module(f"tests.reliability.{module.name}").run()
    out = Path("build/reliability.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([fault._asdict() for fault in faults], ensure_ascii=False, indent=2) + "\n")
    print(table([(*each[:-2], "stated" if each.window else "", each.note) for each in faults], Fault._fields))
    print(f"{len(faults)} faults, {sum(each.survived for each in faults)} survived")
    return int(not all(fault.survived for fault in faults))


if __name__ == "__main__":
    sys.exit(main())

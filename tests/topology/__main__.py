"""``make topology``: mornings that were missed, a year, and a year with parts killed; into build/topology/year.json."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from plan_lifecycle.settings import ROOT
from plan_lifecycle.simulation.year import Step
from tests.topology.mornings import play as missed
from tests.topology.strikes import STRIKES
from tests.topology.year import play

OUT = ROOT / "build" / "topology"
HOW = {"quiet": (), "killed": STRIKES}
MORNINGS = "mornings"


def main() -> int:
    """Exit code 1 where anything was lost, or came twice outside the stated window."""
    parser = argparse.ArgumentParser(prog="make topology")
    parser.add_argument("how", nargs="*", choices=[MORNINGS, *HOW, []], default=[MORNINGS, *HOW])
    parser.add_argument("--at", type=date.fromisoformat, help="a day to stop at")
    given = parser.parse_args()
    found = {}
    for how in given.how:
        found[how] = missed(OUT / how) if how == MORNINGS else play(OUT / how, HOW[how], _tell, given.at).told()
        (OUT / "year.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(json.dumps({how: found[how]}, ensure_ascii=False))
    return int(not all(each["well"] for each in found.values()))


def _tell(step: Step) -> None:
    print(f"{step.day:%d/%m/%Y} {step.verb} {step.files or ''}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

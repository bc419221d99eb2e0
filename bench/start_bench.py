"""What the start of a command costs: seconds of the processor, which are those of the clock where nothing else runs."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import Figure, seconds
from plan_lifecycle.store.engine import open_store

ROUNDS = 7
COMMAND = Path(sys.executable).with_name("plan-lifecycle")
LIMITS = {
    "help": (("--help",), 0.1),
    "deadline": (("deadline", "Trước ngày 01/3/2023", "--year", "2023"), 0.5),
    "audit_verify": (("audit", "verify"), 1.0),
    "review_list": (("review", "list"), 1.0),
}


def measure() -> list[Figure]:
    """Seconds of the processor against what a command may take; the last two open the store."""
    with tempfile.TemporaryDirectory() as folder:
        open_store(f"sqlite:///{folder}/plan_lifecycle.db", Path(folder) / "blobs").close()
        return [_start(name, command, limit, folder) for name, (command, limit) in LIMITS.items()]


def _start(name: str, command: tuple[str, ...], limit: float, folder: str) -> Figure:
    before = _spent()
    clock = statistics.median(seconds(lambda: _run([str(COMMAND), *command], folder)) for _ in range(ROUNDS))
    between = _spent()
    for _ in range(ROUNDS):
        _run([sys.executable, "-c", ""], folder)
    ours, bare = (between - before) / ROUNDS, (_spent() - between) / ROUNDS
    note = f"s of the processor, against the limit; {clock:.2f} s of the clock; Python alone {bare:.3f} s"
    return Figure(f"start.{name}", ours, limit, limit / ours, 1.0, ROUNDS, note)


def _run(command: list[str], folder: str) -> None:
    subprocess.run(command, env=os.environ | {"PLAN_LIFECYCLE_VAR": folder}, check=True, stdout=subprocess.DEVNULL)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    for figure in measure():
        print(figure)

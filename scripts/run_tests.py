"""Run the tests, three files at a time (those with Airflow and browsers wait most of their time).

The coordinator's year is walked once in a browser; each page at two widths, light and dark, is ``make browser``'s.

``--cov`` counts what they cover, which takes more than twice the time of the processor.

Under CI=true a skip is a failure, save for tests over the optional samples.
"""

from __future__ import annotations

import os
import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Return pytest's exit code."""
    spread = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]  # in the order of tests/conftest.py
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not looks", *spread, *arguments]
    return subprocess.run(command, check=False, env=_environment()).returncode


def _environment() -> dict[str, str]:
    """Ours, with compiled modules kept: Airflow's parts and every command's process would compile them all again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

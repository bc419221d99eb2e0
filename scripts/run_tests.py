"""Run the tests on both cores, a file on one of them; without arguments all of them.

Under CI=true a skip is a failure, save for tests over the optional samples.
"""

from __future__ import annotations

import os
import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Return pytest's exit code."""
    spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]  # in the order of tests/conftest.py
    command = [sys.executable, "-m", "pytest", "-q", *spread, *arguments]
    return subprocess.run(command, check=False, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

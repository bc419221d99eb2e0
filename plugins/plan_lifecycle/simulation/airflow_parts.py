"""The parts of a local Airflow as children of one process: all of them, until the first one ends.

``airflow standalone`` would do but for the log servers of its scheduler and triggerer, which the whole network reaches.
They are off here: all parts share a disk. Run as a program, with Airflow's settings in the environment.
"""

from __future__ import annotations

import subprocess
import sys
import time

PARTS = (("scheduler", "--skip-serve-logs"), ("triggerer", "--skip-serve-logs"), ("dag-processor",), ("api-server",))
_POLL = 0.3


def main() -> int:
    """Bring the database up to date, then run the parts; exit code 1 where one of them ended by itself."""
    if subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=False).returncode:
        return 1
    parts = [subprocess.Popen([sys.executable, "-m", "airflow", *part]) for part in PARTS]  # noqa: S603  our own words
    try:
        while all(part.poll() is None for part in parts):
            time.sleep(_POLL)
        return 1
    except KeyboardInterrupt:  # whoever ends the session tells each part, too
        return 0
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait()


if __name__ == "__main__":
    sys.exit(main())

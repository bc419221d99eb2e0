"""Airflow imports this module as each of its processes starts, where the folder is on PYTHONPATH.

A task runs in a fork of the scheduler (LocalExecutor) or of a Celery worker. What these have imported beforehand no
task imports again: the verbs and their Word, Excel and SQL libraries cost a task about a second otherwise.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

__all__: list[str] = []
"""Nothing of this module overrides a setting of Airflow's."""

TASK_PARENTS = {"scheduler", "worker"}
VERBS = ("cascade", "remind", "digest", "send", "collect", "compile", "publications")

ALIVE = "worker-alive"
"""The file in Airflow's home that a Celery worker touches every two seconds while it listens to the broker."""


def _show_that_the_worker_is_alive() -> None:
    """Asking it over the broker (``celery inspect ping``) costs five seconds of a core each time."""
    try:
        signals = import_module("celery.signals")
    except ModuleNotFoundError:  # another executor's worker
        return
    file = Path(os.environ.get("AIRFLOW_HOME", "~/airflow")).expanduser() / ALIVE
    signals.heartbeat_sent.connect(lambda **_: file.touch(), weak=False)


if TASK_PARENTS & set(sys.argv):
    import_module("plan_lifecycle.office_wiring")
    for _verb in VERBS:
        import_module(f"plan_lifecycle.lifecycle.{_verb}")
if "worker" in sys.argv:
    _show_that_the_worker_is_alive()

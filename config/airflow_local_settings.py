"""Airflow imports this module as each of its processes starts, where the folder is on PYTHONPATH.

A task runs in a fork of the scheduler (LocalExecutor) or of a Celery worker. What these have imported beforehand no
task imports again: the verbs and their Word, Excel and SQL libraries cost a task about a second otherwise.
"""

from __future__ import annotations

import sys
from importlib import import_module

__all__: list[str] = []
"""Nothing of this module overrides a setting of Airflow's."""

TASK_PARENTS = {"scheduler", "worker"}
VERBS = ("cascade", "remind", "digest", "send", "collect", "compile", "publications")

if TASK_PARENTS & set(sys.argv):
    import_module("plan_lifecycle.office_wiring")
    for _verb in VERBS:
        import_module(f"plan_lifecycle.lifecycle.{_verb}")

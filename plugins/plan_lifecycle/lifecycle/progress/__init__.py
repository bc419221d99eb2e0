"""How far a plan is: its own tasks, the targets that it sets, the indices that others publish."""

from plan_lifecycle.lifecycle.progress._acts import enter_index, indices_of, mark_task, settle_target
from plan_lifecycle.lifecycle.progress._plan import PlanProgress, named_plan, plan_file, progress_of, progress_of_plan
from plan_lifecycle.lifecycle.progress._targets import Measured, measured

__all__ = [
    "Measured",
    "PlanProgress",
    "enter_index",
    "indices_of",
    "mark_task",
    "measured",
    "named_plan",
    "plan_file",
    "progress_of",
    "progress_of_plan",
    "settle_target",
]

"""How far a plan is: its own tasks, the targets that it sets, the indices that others publish."""

from plan_lifecycle.lifecycle.progress._acts import (
    TargetChoice,
    enter_index,
    indices_of,
    mark_task,
    reopen_target,
    settle_target,
    settle_targets,
    withdraw_index,
)
from plan_lifecycle.lifecycle.progress._asked import AskedOfPlan, PlansAsked
from plan_lifecycle.lifecycle.progress._plan import (
    PlanChoice,
    PlanProgress,
    named_plan,
    plan_file,
    plans_to_follow,
    progress_of,
    progress_of_plan,
    tasks_with_leads,
)
from plan_lifecycle.lifecycle.progress._targets import Measured, measured, suggested

__all__ = [
    "AskedOfPlan",
    "Measured",
    "PlanChoice",
    "PlanProgress",
    "PlansAsked",
    "TargetChoice",
    "enter_index",
    "indices_of",
    "mark_task",
    "measured",
    "named_plan",
    "plan_file",
    "plans_to_follow",
    "progress_of",
    "progress_of_plan",
    "reopen_target",
    "settle_target",
    "settle_targets",
    "suggested",
    "tasks_with_leads",
    "withdraw_index",
]

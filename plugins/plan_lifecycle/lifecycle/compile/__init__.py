"""Compile the consolidated report of a period from what units reported, every figure with its source."""

from plan_lifecycle.lifecycle.compile._past import Past
from plan_lifecycle.lifecycle.compile._run import compile_report, reports_due

__all__ = [
    "Past",
    "compile_report",
    "reports_due",
]

"""Bring a compiled report to those who work on it, hold it back, let it go, and put on record how it was issued."""

from plan_lifecycle.lifecycle.release._deliver import (
    Delivered,
    anything_to_deliver,
    deliver_reports,
    told_of_delivery,
)
from plan_lifecycle.lifecycle.release._letters import report_file, title_of
from plan_lifecycle.lifecycle.release._still import Stopped, stopped_reports

__all__ = [
    "Delivered",
    "Stopped",
    "anything_to_deliver",
    "deliver_reports",
    "report_file",
    "stopped_reports",
    "title_of",
    "told_of_delivery",
]

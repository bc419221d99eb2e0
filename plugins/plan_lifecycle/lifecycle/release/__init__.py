"""Bring a compiled report to those who work on it, hold it back, let it go, and put on record how it was issued."""

from plan_lifecycle.lifecycle.release._correct import correct_report, corrected_file, take_back_correction
from plan_lifecycle.lifecycle.release._deliver import (
    Delivered,
    anything_to_deliver,
    deliver_reports,
    told_of_delivery,
)
from plan_lifecycle.lifecycle.release._hold import act_on, hold_report, release_report
from plan_lifecycle.lifecycle.release._issue import Signed, issue_report, undo_issue
from plan_lifecycle.lifecycle.release._letters import report_file, title_of
from plan_lifecycle.lifecycle.release._named import named_version, named_way
from plan_lifecycle.lifecycle.release._paper import Paper, add_paper, signed_paper
from plan_lifecycle.lifecycle.release._shown import (
    ShownReport,
    ShownVersion,
    report_of_version,
    report_to_save,
    reported_periods,
    shown_report,
    shown_reports,
)
from plan_lifecycle.lifecycle.release._still import Stopped, stopped_reports

__all__ = [
    "Delivered",
    "Paper",
    "ShownReport",
    "ShownVersion",
    "Signed",
    "Stopped",
    "act_on",
    "add_paper",
    "anything_to_deliver",
    "correct_report",
    "corrected_file",
    "deliver_reports",
    "hold_report",
    "issue_report",
    "named_version",
    "named_way",
    "release_report",
    "report_file",
    "report_of_version",
    "report_to_save",
    "reported_periods",
    "shown_report",
    "shown_reports",
    "signed_paper",
    "stopped_reports",
    "take_back_correction",
    "title_of",
    "told_of_delivery",
    "undo_issue",
]

"""Compile the consolidated report of a period from what units reported, every figure with its source."""

from plan_lifecycle.lifecycle.compile._due import DueReport, reports_asked, reports_due
from plan_lifecycle.lifecycle.compile._known import known_already
from plan_lifecycle.lifecycle.compile._past import Past
from plan_lifecycle.lifecycle.compile._placing import (
    Paragraph,
    Paragraphs,
    leave_out_paragraph,
    move_paragraph,
    put_back_paragraph,
    report_paragraphs,
)
from plan_lifecycle.lifecycle.compile._run import Compiled, compile_report
from plan_lifecycle.lifecycle.compile._texts import passages_of, read_written, readable_files
from plan_lifecycle.lifecycle.compile._trace import Found, Origin, Traced, trace

__all__ = [
    "Compiled",
    "DueReport",
    "Found",
    "Origin",
    "Paragraph",
    "Paragraphs",
    "Past",
    "Traced",
    "compile_report",
    "known_already",
    "leave_out_paragraph",
    "move_paragraph",
    "passages_of",
    "put_back_paragraph",
    "read_written",
    "readable_files",
    "report_paragraphs",
    "reports_asked",
    "reports_due",
    "trace",
]

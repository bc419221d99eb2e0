"""The report form: xã Bình An gets a workbook with one row an indicator, fills in a column, and it is read back.

A unit may as well put the table into its own Word report, move it to another sheet or lose the hidden codes: the table
is found by its heading and its rows by code or name. What cannot be read becomes a finding for the unit, never a guess.
"""

from __future__ import annotations

from plan_lifecycle.documents.report_form._allowed import choices_of
from plan_lifecycle.documents.report_form._reading import (
    NotAReportFormError,
    ReportFormReading,
    read_evidence_links,
    read_marks,
    read_report_docx,
    read_report_form,
)
from plan_lifecycle.documents.report_form._tasks import TASK_SHEET, FormTask, read_form_tasks
from plan_lifecycle.documents.report_form._texts import SECTION_HEAD, WHOSE_HEAD, TextRow, read_form_texts
from plan_lifecycle.documents.report_form._values import Written, read_figure
from plan_lifecycle.documents.report_form._writing import COMPILED, write_report_form

__all__ = [
    "COMPILED",
    "SECTION_HEAD",
    "TASK_SHEET",
    "WHOSE_HEAD",
    "FormTask",
    "NotAReportFormError",
    "ReportFormReading",
    "TextRow",
    "Written",
    "choices_of",
    "read_evidence_links",
    "read_figure",
    "read_form_tasks",
    "read_form_texts",
    "read_marks",
    "read_report_docx",
    "read_report_form",
    "write_report_form",
]

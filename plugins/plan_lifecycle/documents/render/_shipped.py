"""The shipped templates and the drafts that fill them."""

from __future__ import annotations

from pathlib import Path

from plan_lifecycle.documents.drafts import (
    AwardProposal,
    ConsolidatedReport,
    ReminderLetter,
    ReportForm,
    SubPlanDraft,
    variables_of,
)
from plan_lifecycle.documents.render._template import compile_template

TEMPLATES = Path(__file__).resolve().parents[4] / "templates" / "documents"


def render_sub_plan(draft: SubPlanDraft, templates: Path = TEMPLATES) -> bytes:
    """A unit's own plan as a .docx. Raises TemplateError (also below)."""
    return _render(templates / "sub-plan.docx", draft)


def render_report_form(report: ReportForm, templates: Path = TEMPLATES) -> bytes:
    """A unit's report, or the form for it, as a .docx."""
    return _render(templates / "report-form.docx", report)


def render_consolidated_report(report: ConsolidatedReport, templates: Path = TEMPLATES) -> bytes:
    """The report over all units, with its charts and annexes, as a .docx."""
    charts = {shown.alternative: shown.chart for section in report.sections for shown in section.charts}
    return compile_template(templates / "consolidated-report.docx").render(variables_of(report), charts)


def template_of_consolidated_report(templates: Path = TEMPLATES) -> bytes:
    """The Word file that ``render_consolidated_report`` fills."""
    return (templates / "consolidated-report.docx").read_bytes()


def render_reminder_letter(letter: ReminderLetter, templates: Path = TEMPLATES) -> bytes:
    """The draft of an official letter that lists the late units, as a .docx."""
    return _render(templates / "reminder-letter.docx", letter)


def render_award_proposal(proposal: AwardProposal, templates: Path = TEMPLATES) -> bytes:
    """The draft of a proposal of awards, as a .docx."""
    return _render(templates / "award-proposal.docx", proposal)


def _render(path: Path, draft: SubPlanDraft | ReportForm | ReminderLetter | AwardProposal) -> bytes:
    return compile_template(path).render(variables_of(draft))

"""From a coordinator's Word template and one unit's data to the bytes of that unit's document.

A template is written in docxtpl's language. It is read, checked and compiled once per content of its file; after that
a draft for one commune is a string filled and a zip written, under a millisecond. ``compile_template`` and
``Template.render`` serve any template; ``render_sub_plan`` and its sisters fill the shipped ones from typed drafts.
"""

from plan_lifecycle.documents.render._errors import TemplateError
from plan_lifecycle.documents.render._issued import FilledIn, fill_in_issue, with_members
from plan_lifecycle.documents.render._shipped import (
    TEMPLATES,
    render_award_proposal,
    render_consolidated_report,
    render_reminder_letter,
    render_report_form,
    render_sub_plan,
    template_of_consolidated_report,
)
from plan_lifecycle.documents.render._template import Template, compile_template

__all__ = [
    "TEMPLATES",
    "FilledIn",
    "Template",
    "TemplateError",
    "compile_template",
    "fill_in_issue",
    "render_award_proposal",
    "render_consolidated_report",
    "render_reminder_letter",
    "render_report_form",
    "render_sub_plan",
    "template_of_consolidated_report",
    "with_members",
]

"""The tables. Uniqueness lives here, so that every verb may run twice.

Documents and letters are bytes in the blob folder, named by their SHA-256 (``store.blobs``); rows hold that name.
Moments are UTC in the database and local at the edges (``Moment``).
"""

from plan_lifecycle.store.tables._audit import audit
from plan_lifecycle.store.tables._base import Moment, metadata
from plan_lifecycle.store.tables._letters import letter, letter_before, reminder
from plan_lifecycle.store.tables._lists import contact_change, list_upload
from plan_lifecycle.store.tables._mail import message, message_place
from plan_lifecycle.store.tables._papers import (
    arrival,
    figure,
    guess,
    look,
    report,
    report_run,
    report_source,
    report_text,
    submission,
    submission_file,
    wording,
)
from plan_lifecycle.store.tables._people import contact, succession, unit
from plan_lifecycle.store.tables._plans import ABSTRACT, decision, draft, obligation, plan
from plan_lifecycle.store.tables._portal import (
    allowance,
    contact_request,
    ended_session,
    form_draft,
    link_generation,
    unit_statement,
    upload,
)
from plan_lifecycle.store.tables._progress import published_index, target_mark, task_mark, task_report
from plan_lifecycle.store.tables._publications import fetched, publication, publication_month
from plan_lifecycle.store.tables._released import (
    paragraph_ruling,
    report_correction,
    report_delivery,
    report_hold,
    report_issue,
)
from plan_lifecycle.store.tables._scores import award_choice, score, score_table
from plan_lifecycle.store.tables._settings import setting_change
from plan_lifecycle.store.tables._standing import absence, fingerprint, ruling, suspension
from plan_lifecycle.store.tables._worked import clock_seen, morning, typed_day, worked

__all__ = [
    "ABSTRACT",
    "Moment",
    "absence",
    "allowance",
    "arrival",
    "audit",
    "award_choice",
    "clock_seen",
    "contact",
    "contact_change",
    "contact_request",
    "decision",
    "draft",
    "ended_session",
    "fetched",
    "figure",
    "fingerprint",
    "form_draft",
    "guess",
    "letter",
    "letter_before",
    "link_generation",
    "list_upload",
    "look",
    "message",
    "message_place",
    "metadata",
    "morning",
    "obligation",
    "paragraph_ruling",
    "plan",
    "publication",
    "publication_month",
    "published_index",
    "reminder",
    "report",
    "report_correction",
    "report_delivery",
    "report_hold",
    "report_issue",
    "report_run",
    "report_source",
    "report_text",
    "ruling",
    "score",
    "score_table",
    "setting_change",
    "submission",
    "submission_file",
    "succession",
    "suspension",
    "target_mark",
    "task_mark",
    "task_report",
    "typed_day",
    "unit",
    "unit_statement",
    "upload",
    "wording",
    "worked",
]

"""Serve a unit's own page: what it owes, what it hands in, the report form, its people."""

from plan_lifecycle.lifecycle.portal._acts import (
    decide_contact,
    links_of,
    proposed_contacts,
    revoke_obligation,
    revoke_unit,
)
from plan_lifecycle.lifecycle.portal._fields import Filled, read_fields
from plan_lifecycle.lifecycle.portal._form import (
    Asked,
    Memory,
    asked_of,
    known_fields,
    own_report,
    remembered,
    still_open,
    workbook,
)
from plan_lifecycle.lifecycle.portal._page import (
    Owed,
    deadline_words,
    describe,
    find_obligation,
    keep_upload,
    people_of,
    renew,
    settle,
    what_came,
)
from plan_lifecycle.lifecycle.portal._papers import DRAFT, PLAN, PaperFile, paper_of, papers_of
from plan_lifecycle.lifecycle.portal._said import ask_for_time, check_more_time, check_sent, say_sent, what_was_said
from plan_lifecycle.lifecycle.portal._standing import Standing, may_say, standing_of
from plan_lifecycle.lifecycle.portal._tasks import ANSWERS, TASK_CELLS, task_fields

__all__ = [
    "ANSWERS",
    "DRAFT",
    "PLAN",
    "TASK_CELLS",
    "Asked",
    "Filled",
    "Memory",
    "Owed",
    "PaperFile",
    "Standing",
    "ask_for_time",
    "asked_of",
    "check_more_time",
    "check_sent",
    "deadline_words",
    "decide_contact",
    "describe",
    "find_obligation",
    "keep_upload",
    "known_fields",
    "links_of",
    "may_say",
    "own_report",
    "paper_of",
    "papers_of",
    "people_of",
    "proposed_contacts",
    "read_fields",
    "remembered",
    "renew",
    "revoke_obligation",
    "revoke_unit",
    "say_sent",
    "settle",
    "standing_of",
    "still_open",
    "task_fields",
    "what_came",
    "what_was_said",
    "workbook",
]

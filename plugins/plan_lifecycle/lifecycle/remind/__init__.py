"""Remind: who gets which letter on a working day, why somebody gets none, and what people decide about it."""

from plan_lifecycle.lifecycle.remind._again import AsItWouldGo, Resent, foresee_again, remind_again, send_sample
from plan_lifecycle.lifecycle.remind._contacts import ask_contacts, confirm_contact
from plan_lifecycle.lifecycle.remind._explain import RUNG_WORDS, ExplainedObligation, explain
from plan_lifecycle.lifecycle.remind._letter import reminder_letter, still_due
from plan_lifecycle.lifecycle.remind._morning import Due
from plan_lifecycle.lifecycle.remind._pauses import come_back, hold_these, pause_all_mail, resume, stand_in, suspend
from plan_lifecycle.lifecycle.remind._preview import Preview, preview
from plan_lifecycle.lifecycle.remind._run import remind

__all__ = [
    "RUNG_WORDS",
    "AsItWouldGo",
    "Due",
    "ExplainedObligation",
    "Preview",
    "Resent",
    "ask_contacts",
    "come_back",
    "confirm_contact",
    "explain",
    "foresee_again",
    "hold_these",
    "pause_all_mail",
    "preview",
    "remind",
    "remind_again",
    "reminder_letter",
    "resume",
    "send_sample",
    "stand_in",
    "still_due",
    "suspend",
]

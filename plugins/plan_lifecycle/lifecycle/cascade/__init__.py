"""Bring an issued plan down one level: drafts, obligations and letters for every unit, and what changes them later."""

from plan_lifecycle.lifecycle.cascade._for_one_unit import nothing_asked
from plan_lifecycle.lifecycle.cascade._late_contact import hand_over
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units
from plan_lifecycle.lifecycle.cascade._open_points import decide, decision_on, registered_plan
from plan_lifecycle.lifecycle.cascade._plan import (
    WaitingPlan,
    cascade_plan,
    ordered_plans,
    register_accepted,
    unregistered_plans,
    waiting_plans,
)
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.cascade._reading import Outlook, PlanReading, note_order, order_cascade, reading_of
from plan_lifecycle.lifecycle.cascade._registering import (
    Told,
    register_file,
    register_plan,
    register_upload,
    registered_as,
)
from plan_lifecycle.lifecycle.cascade._samples import SampleLetter, sample_letters

__all__ = [
    "Outlook",
    "PlanReading",
    "SampleLetter",
    "Told",
    "WaitingPlan",
    "assigned_units",
    "cascade_plan",
    "decide",
    "decision_on",
    "hand_over",
    "note_order",
    "nothing_asked",
    "order_cascade",
    "ordered_plans",
    "plan_in_force",
    "reading_of",
    "register_accepted",
    "register_file",
    "register_plan",
    "register_upload",
    "registered_as",
    "registered_plan",
    "sample_letters",
    "unregistered_plans",
    "waiting_plans",
]

"""Where an office that has just begun stands: first the province's units, then their people, then a plan."""

from __future__ import annotations

from enum import StrEnum

from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import overview


class Step(StrEnum):
    """What is to be done first, in this order."""

    UNITS = "units"
    PEOPLE = "people"
    PLAN = "plan"


def next_step(office: Office) -> Step | None:
    """The first step that nobody has taken yet; None where the office is at work."""
    with office.store.read() as connection:
        begun = overview.begun(connection)
    taken = {Step.UNITS: begun.units, Step.PEOPLE: begun.people, Step.PLAN: begun.plans}
    return next((step for step, done in taken.items() if not done), None)

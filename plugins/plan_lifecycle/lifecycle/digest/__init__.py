"""Tell coordinators how things stand, and draft the official letter that a leader signs."""

from plan_lifecycle.lifecycle.digest._coordinators import tell_coordinators
from plan_lifecycle.lifecycle.digest._official_letter import official_letter, official_letters

__all__ = [
    "official_letter",
    "official_letters",
    "tell_coordinators",
]

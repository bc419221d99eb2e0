"""What an act of review is given: ids as people type them, the name of who decides, a reason by code or in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.review import SubjectId

Complain = Callable[[InputError], None]


def read_ids(ids: Sequence[str] | None, complain: Complain, otherwise: str = "S") -> list[SubjectId]:
    """The ids as typed, each once, a bare number of kind ``otherwise``; one that is none is told."""
    from plan_lifecycle.lifecycle.review import Subject, read_id

    if not ids:
        raise InputError("at least one id", field="ID")
    found: dict[SubjectId, None] = {}
    for each in ids:
        try:
            found[read_id(each, Subject(otherwise))] = None
        except InputError as error:
            complain(error)
    return list(found)


def decider_of(act: ActKind, by: str, reason: str) -> Decider:
    """Who decides, and the reason in words. Raises InputError where the name is none of a person."""
    from plan_lifecycle.config.reasons import read_reasons, worded
    from plan_lifecycle.settings import Settings

    settings = Settings()
    return Decider(by, worded(read_reasons(settings.path(settings.config)), act, reason))

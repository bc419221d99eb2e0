"""What an act of review is given: ids as people type them, the name of who decides, a reason by code or in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from plan_lifecycle.domain.act import ActKind
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


def reason_for(act: ActKind, given: str) -> str:
    """The reason in words; empty where none is given."""
    from plan_lifecycle.config.reasons import read_reasons, worded
    from plan_lifecycle.settings import Settings

    settings = Settings()
    return worded(read_reasons(settings.path(settings.config)), act, given)


def required_reason(act: ActKind, given: str) -> str:
    """The reason in words. Raises InputError where none is given."""
    text = reason_for(act, given)
    if not text:
        raise InputError("a reason", field="--reason", found=given, vi="Đề nghị ghi rõ lý do.")
    return text

"""What an act of review is given: ids as people type them, the name of who decides, a reason by code or in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import one_way
from plan_lifecycle.domain.act import ACT_WORDS, ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import first_down

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office
    from plan_lifecycle.lifecycle.review import SubjectId

ReasonCode = Annotated[str, typer.Option("--reason", help="A code of reasons.yaml, or a sentence.", show_default=False)]
Complain = Callable[[InputError], None]


def read_ids(ids: Sequence[str] | None, complain: Complain, otherwise: str = "S") -> list[SubjectId]:
    """The ids as typed, each once, a bare number of kind ``otherwise``; one that is none is told."""
    from plan_lifecycle.lifecycle.review import Subject, read_id

    if not ids:
        raise InputError("at least one id", field="ID", vi="Đề nghị ghi ít nhất một mã, ví dụ S12.")
    found: dict[SubjectId, None] = {}
    for each in ids:
        try:
            found[read_id(each, Subject(otherwise))] = None
        except InputError as error:
            complain(error)
    return list(found)


def meant(
    office: Office, now: datetime, ids: Sequence[str] | None, named: tuple[str, str, str], complain: Complain
) -> list[SubjectId]:
    """The obligations that ids mean, or a unit (id or name), item and period: of several plans each.

    Raises InputError where both are given, or neither.
    """
    unit, item, period = named
    if bool(ids) == any(named):
        raise one_way("either ids, or --unit, --item and --period", "mã nội dung", "--unit, --item và --period")
    if ids:
        return read_ids(ids, complain, "O")
    from plan_lifecycle.lifecycle.office import find_unit
    from plan_lifecycle.lifecycle.review import open_ids

    return open_ids(office, find_unit(office, unit, now).id, item, period)


def decider_of(office: Office, act: ActKind, by: str, reason: str) -> Decider:
    """Who decides, and the reason in words. Raises InputError where the name is none of a person."""
    from plan_lifecycle.config.reasons import worded

    return Decider(by, worded(office.rules.reasons, act, reason))


def decided(one: dict[str, Any]) -> str:
    """What became of one id, in a line for people."""
    act = first_down(ACT_WORDS[one["act"]])
    who = f" {one['unit']}:" if one["unit"] else ""
    return f"{one['id']} {who} {act}" if one["done"] else f"{one['id']} {who} chưa {act}: {one['why']}"

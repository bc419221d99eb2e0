"""What letters of every kind are made of: who writes, the plan they rest on, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from plan_lifecycle.domain.unit import Asking


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the agency, the officer in charge with the *office's* telephone, and where answers go.

    ``closing`` are lines below the agency's name at the end.
    """

    agency: str
    reply_to: str
    officer: str | None = None
    phone: str | None = None
    portal: str | None = None
    ask: Asking = Asking.REQUEST
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRef:
    """The plan that a letter rests on. ``abstract`` reads on after "về" ("thông tin, tuyên truyền … năm 2026")."""

    number: str
    issued: date
    issuer: str
    abstract: str


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One obligation as a letter lists it.

    ``deadline`` is the plan's own wording, ``last_day`` the last day allowed; ``received`` of ``expected`` units have
    sent theirs. ``rest_day`` says that the last day is no working day. ``link`` is the unit's signed upload address,
    ``code`` opens the same page for somebody who types, ``paper`` says in a word what is handed in there.
    ``figures``: it holds figures. ``first_notice``: no letter
    about it has left yet, so nobody may speak as if the unit had been reminded.
    """

    what: str
    unit: str
    deadline: str
    last_day: date
    plan: PlanRef | None = None
    received: int | None = None
    expected: int | None = None
    rest_day: bool = False
    link: str | None = None
    code: str | None = None
    paper: str = "văn bản"
    figures: bool = False
    first_notice: bool = False


@dataclass(frozen=True, slots=True)
class ShortMonth:
    """A month ("tháng 5 năm 2023") of which a unit's columns showed ``count`` of ``quota`` items when seen last.

    ``undated`` items name no day and so do not count.
    """

    month: str
    unit: str
    count: int
    quota: int
    seen_on: date
    last_day: date
    plan: PlanRef | None = None
    undated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every letter knows."""

    kind: ClassVar[str]

    sender: Sender
    to: str
    today: date

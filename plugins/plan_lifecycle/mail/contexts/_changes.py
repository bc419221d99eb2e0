"""Letters that tell a unit of a change in what it owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from plan_lifecycle.mail.contexts._parts import Context, OwedItem, PlanRef


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An obligation before and after; a None afterwards means that it is no longer owed."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOfChange(Context):
    """A plan was amended or withdrawn, a date moved. ``change`` continues "… đã được" ("điều chỉnh", "thu hồi").

    ``draft`` names the attached draft that takes the place of the one sent before.
    """

    kind: ClassVar[str] = "notice_of_change"

    plan: PlanRef
    unit: str
    change: str
    basis: str | None = None
    items: tuple[ChangedItem, ...] = ()
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class HandedItem:
    """An obligation that was handed over: ``before`` owed it (None: the unit itself), to ``receiver``."""

    owed: OwedItem
    before: str | None
    receiver: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Context):
    """A unit takes on what another that exists no more owed, or owes it to another ``receiver`` now."""

    kind: ClassVar[str] = "handed_over"

    unit: str
    receiver: str
    items: tuple[HandedItem, ...]

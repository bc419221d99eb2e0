"""Letters that ask a unit for something: its own plan, a report, news, its scores, who its people are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from plan_lifecycle.mail.contexts._parts import Context, OwedItem, PlanRef, ShortMonth


@dataclass(frozen=True, slots=True, kw_only=True)
class SubPlanRequest(Context):
    """The cascade letter: the superior plan, the sub-plan that is owed, the unit's draft attached."""

    kind: ClassVar[str] = "sub_plan_request"

    plan: PlanRef
    item: OwedItem
    activities: int
    draft: str | None = None

    @property
    def late(self) -> bool:
        """Whether the unit hears of its duty only now that the last day is over."""
        return self.item.last_day < self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Context):
    """Everything owed at one address: several obligations, of several units where they share a mailbox."""

    items: tuple[OwedItem, ...]
    quotas: tuple[ShortMonth, ...] = ()
    form: str | None = None

    @property
    def soonest(self) -> OwedItem:
        """The item that the subject names."""
        return min(self.items, key=lambda item: item.last_day)

    @property
    def days_left(self) -> int:
        """Calendar days until the first last day; 0 on that day."""
        return (self.soonest.last_day - self.today).days

    @property
    def plan(self) -> PlanRef | None:
        """The plan, where all items rest on one."""
        plans = {item.plan for item in self.items}
        return plans.pop() if len(plans) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderBefore(Reminder):
    """T−14, T−7: *nhắc*."""

    kind: ClassVar[str] = "reminder_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLast(Reminder):
    """T−1 and the last day itself."""

    kind: ClassVar[str] = "reminder_last"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAfter(Reminder):
    """T+3 and later: *đôn đốc*. Other units are counted, never named. ``send_by`` is the day now asked for.

    What is not due yet is listed apart: nobody asks for it before its day.
    """

    kind: ClassVar[str] = "reminder_after"

    send_by: date

    @property
    def late(self) -> tuple[OwedItem, ...]:
        """The items whose last day is over."""
        return tuple(item for item in self.items if item.last_day < self.today)

    @property
    def coming(self) -> tuple[OwedItem, ...]:
        """The items that are still to come due."""
        return tuple(item for item in self.items if item.last_day >= self.today)

    @property
    def first_notice(self) -> bool:
        """Whether no letter about any of the late items has left before this one."""
        return all(item.first_notice for item in self.late)

    @property
    def counted_to(self) -> date:
        """The counts are of the end of the day before."""
        return self.today - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderQuota(Context):
    """The month ends soon, and fewer items stand on the unit's site than the plan asks for; nothing else is owed."""

    kind: ClassVar[str] = "reminder_quota"

    quotas: tuple[ShortMonth, ...]

    @property
    def plan(self) -> PlanRef | None:
        """The plan, where all rest on one."""
        plans = {month.plan for month in self.quotas}
        return plans.pop() if len(plans) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreForm(Context):
    """A unit is asked to score itself: its form is attached (``form`` is the file's name), until the end of
    ``last_day``. ``title`` is what the ranking is called."""

    kind: ClassVar[str] = "score_form"

    unit: str
    title: str
    last_day: date
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConfirmation(Context):
    """Once a year: is this still whom to write to? ``role`` is "cán bộ đầu mối" or "lãnh đạo"."""

    kind: ClassVar[str] = "contact_confirmation"

    unit: str
    person: str
    role: str
    email: str

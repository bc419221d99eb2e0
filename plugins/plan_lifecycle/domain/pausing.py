"""When nobody is written to although something is owed: letters paused (*Tạm dừng gửi thư*), people away.

Huyện Bắc Bình asks that xã Bình An be left alone until a flood is over; its officer is on leave for two weeks and the
deputy gets the letters meanwhile. Both are dated, and on record with who decided it and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.unit import Contact
from plan_lifecycle.domain.writing import short_date


class RulingKind(StrEnum):
    """What a person decided about one obligation: more time (*gia hạn*), or to let the unit off (*miễn*)."""

    EXTENSION = "extension"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Suspension:
    """No letters about a plan, a unit, one obligation, or (all None) anything, from ``from_on`` until the end of
    ``until_on``.

    ``until_on`` None is until it is lifted; ``lifted_on`` is the first day with letters again.
    """

    from_on: date
    until_on: date | None
    decided_by: str
    reason: str
    plan_id: int | None = None
    unit_id: str | None = None
    obligation_id: int | None = None
    lifted_on: date | None = None
    id: int = 0

    def covers(self, obligation: Obligation, day: date) -> bool:
        """Whether nobody is written to about the obligation on ``day``."""
        return (
            self.in_force(day)
            and self.plan_id in (None, obligation.plan_id)
            and self.unit_id in (None, obligation.unit_id)
            and self.obligation_id in (None, obligation.id)
        )

    def in_force(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        begun = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return begun and (self.lifted_on is None or day < self.lifted_on)

    @property
    def of_everything(self) -> bool:
        """Whether it keeps back every letter."""
        return self.plan_id is None and self.unit_id is None and self.obligation_id is None

    @property
    def in_words(self) -> str:
        """Why nothing is sent: "tạm dừng gửi thư đến hết ngày 10/3/2023: …"."""
        until = f" đến hết ngày {short_date(self.until_on)}" if self.until_on else ""
        return f"tạm dừng gửi thư{until}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Absence:
    """Who reads ``email`` is away, both days included; ``substitute`` gets the letters meanwhile, if there is one."""

    email: str
    from_on: date
    until_on: date
    substitute: str | None
    decided_by: str
    reason: str

    def covers(self, day: date) -> bool:
        """Whether the person is away on ``day``."""
        return self.from_on <= day <= self.until_on


def suspended(suspensions: Iterable[Suspension], obligation: Obligation, day: date) -> Suspension | None:
    """The suspension that keeps letters about the obligation back on ``day``, if any."""
    return next((suspension for suspension in suspensions if suspension.covers(obligation, day)), None)


def present(contacts: Sequence[Contact], absences: Iterable[Absence], day: date) -> list[Contact]:
    """Who is to be written to: for who is away the substitute named for these days, else the contact's own.

    Without a substitute the unit's other contacts remain.
    """
    away = {each.email: each for each in absences if each.covers(day)}
    found: list[Contact] = []
    for contact in contacts:
        absence = away.get(contact.email)
        if absence is None:
            found.append(contact)
            continue
        substitute = absence.substitute or contact.substitute
        if substitute and substitute not in away:
            known = next((each for each in contacts if each.email == substitute), None)
            name, phone = (known.name, known.phone) if known else ("", None)
            found.append(replace(contact, email=substitute, name=name, phone=phone))
    return list({(each.role, each.email): each for each in found}.values())

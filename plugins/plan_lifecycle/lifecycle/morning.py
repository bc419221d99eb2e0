"""What one morning comes to, before anything is written: who gets a letter about what, and who does not and why.

``remind`` records it, ``preview`` shows it beforehand: the same function says both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.pausing import Absence, Suspension, present, suspended
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth
from plan_lifecycle.domain.reminder import Rung, RungChoice, choose_rung
from plan_lifecycle.domain.unit import Contact, ContactRole, Standing, UnitTree
from plan_lifecycle.lifecycle.correspondence import Recipient
from plan_lifecycle.mail.message import Address

NO_CONTACT = "đơn vị chưa có địa chỉ thư liên hệ"
UNIT_ENDED = "đơn vị đã kết thúc hoạt động, chờ cán bộ đầu mối xử lý"
SKIPPED = "đã qua nấc nhắc sau"
MONTH_OVER = "đã hết tháng"
NOT_REACHED = "chưa kiểm tra được trang của đơn vị, không tính là chưa đạt"


class Due(NamedTuple):
    """A reminder to be sent: this rung of this obligation."""

    obligation: Obligation
    rung: Rung


class Unsent(NamedTuple):
    """A reminder that goes into the ledger without a letter; ``recipient`` is empty where nobody was found."""

    due: Due
    recipient: str
    reason: str


@dataclass(frozen=True)
class Scene:
    """What decides about letters on a day: rules, units, people, pauses."""

    rules: Rules
    today: date
    tree: UnitTree
    contacts: Mapping[str, Sequence[Contact]]
    suspensions: Sequence[Suspension] = ()
    absences: Sequence[Absence] = ()
    months: Mapping[int, PublicationMonth] = field(default_factory=dict)

    def recipients(self, unit_id: str, roles: Sequence[ContactRole] = (ContactRole.OFFICER,)) -> list[Recipient]:
        """The reachable people of a unit in these roles; anyone of the unit where none has such a role."""
        people = present(self.contacts.get(unit_id, ()), self.absences, self.today)
        wanted = [each for each in people if each.role in roles] or people[:1]
        return [Recipient(each.email, each.name, unit_id) for each in wanted]

    def to_remind(self, unit_id: str, rung: Rung) -> list[Recipient]:
        """Who gets this rung: people of the unit, and the heads of the unit above where the rung says so."""
        found = self.recipients(unit_id, rung.roles)
        above = self.tree.parent(self.tree[unit_id]) if rung.superior else None
        if above is not None:
            heads = self.recipients(above.id, (ContactRole.HEAD,))
            found += [replace(each, unit_id=unit_id) for each in heads if each.email not in {to.email for to in found}]
        return found

    def in_being(self, obligation: Obligation) -> bool:
        """Whether unit and receiver still exist: a dissolved unit gets no mail, its obligations wait for a person."""
        return obligation.unit_id in self.tree and obligation.receiver_id in self.tree

    def paused(self, obligation: Obligation) -> Suspension | None:
        """The suspension that keeps letters about the obligation back today."""
        return suspended(self.suspensions, obligation, self.today)

    def held_back(self, obligation: Obligation) -> str | None:
        """Why nobody is written to about the obligation today, though some day soon: it is paused, or it is a quota of
        which nobody knows how far it is reached."""
        pause = self.paused(obligation)
        if pause is not None:
            return pause.in_words
        return NOT_REACHED if self._unknown(obligation) and not self.month_over(obligation) else None

    def never(self, obligation: Obligation) -> str | None:
        """Why it is too late to write about the obligation at all: a month's quota is reached in the month or not."""
        if not self.month_over(obligation):
            return None
        return f"{MONTH_OVER}; {NOT_REACHED}" if self._unknown(obligation) else MONTH_OVER

    def month_over(self, obligation: Obligation) -> bool:
        """Whether the obligation is a quota of a month that is past."""
        due_on = obligation.due_on
        return obligation.item is Item.QUOTA and due_on is not None and due_on < self.today

    def _unknown(self, obligation: Obligation) -> bool:
        """Whether the obligation is a quota, and its unit's site could not be reached."""
        month = self.months.get(obligation.id)
        quota = obligation.item is Item.QUOTA
        return quota and (month is None or month.verdict is MonthVerdict.UNCHECKED)

    def choice(self, obligation: Obligation, recorded: set[str]) -> RungChoice:
        """Which rung is sent today, and which are passed over."""
        unit = self.tree.get(obligation.unit_id)
        days = self.rules.rung_days(obligation, unit.standing if unit else Standing.ORDERED)
        return choose_rung(days, recorded, self.today)


@dataclass
class Morning:
    """The outcome: letters by address with what they carry, what goes to the ledger without one, what is held back
    (and why)."""

    choices: dict[int, RungChoice] = field(default_factory=dict)
    letters: dict[str, tuple[Recipient, list[Due]]] = field(default_factory=dict)
    unsent: list[Unsent] = field(default_factory=list)
    held: dict[int, str] = field(default_factory=dict)


def plan_morning(scene: Scene, due: Sequence[Obligation], recorded: Mapping[int, set[str]]) -> Morning:
    """Everything owed at one address goes into one letter; what cannot be sent is kept with the reason."""
    morning = Morning()
    for obligation in due:
        held = scene.held_back(obligation)
        if held is not None:
            morning.held[obligation.id] = held
            continue
        choice = scene.choice(obligation, recorded.get(obligation.id, set()))
        morning.choices[obligation.id] = choice
        if choice.send is not None:
            _place(scene, morning, Due(obligation, choice.send.rung))
    return morning


def _place(scene: Scene, morning: Morning, item: Due) -> None:
    never = scene.never(item.obligation) if scene.in_being(item.obligation) else UNIT_ENDED
    if never is not None:
        morning.unsent.append(Unsent(item, "", never))
        return
    recipients = scene.to_remind(item.obligation.unit_id, item.rung)
    if not recipients:
        morning.unsent.append(Unsent(item, "", NO_CONTACT))
    for to in recipients:
        try:
            Address(to.email, to.name)
        except InputError as error:  # an address that cannot be mailed: the others get theirs
            morning.unsent.append(Unsent(item, to.email, str(error)))
        else:
            morning.letters.setdefault(to.email, (to, []))[1].append(item)

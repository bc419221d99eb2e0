"""What one day comes to for letters: the rules, the units and their people, and what is paused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.pausing import Absence, Suspension, present, suspended
from plan_lifecycle.domain.publication import MonthVerdict, PublicationMonth
from plan_lifecycle.domain.reminder import Rung, RungChoice, choose_rung
from plan_lifecycle.domain.unit import Contact, ContactRole, UnitTree, each_person_once
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.office._letters import Recipient
from plan_lifecycle.lifecycle.office._office import is_own_duty


@dataclass(frozen=True)
class Scene:
    """What decides about letters on a day: rules, units, people, pauses.

    ``awaiting`` are the obligations that a file may be for which waits for a person. Without ``asks`` it is only told
    who gets an answer: nobody has looked up what is paused or waits.
    """

    rules: Rules
    today: date
    tree: UnitTree
    contacts: Mapping[str, Sequence[Contact]]
    suspensions: Sequence[Suspension] = ()
    absences: Sequence[Absence] = ()
    months: Mapping[int, PublicationMonth] = field(default_factory=dict)
    awaiting: Collection[int] = frozenset()
    asks: bool = True

    def recipients(self, unit_id: str, roles: Sequence[ContactRole] = (ContactRole.OFFICER,)) -> list[Recipient]:
        """The reachable people of a unit in these roles, each once; anyone of the unit where none has such a role."""
        people = present(self.contacts.get(unit_id, ()), self.absences, self.today)
        wanted = [contact for contact in people if contact.role in roles] or people[:1]
        return [Recipient(contact.email, contact.name, unit_id) for contact in each_person_once(wanted)]

    def to_remind(self, unit_id: str, rung: Rung) -> list[Recipient]:
        """Who gets this rung: people of the unit, and the heads of the unit above where the rung says so."""
        found = self.recipients(unit_id, rung.roles)
        above = self.tree.parent(self.tree[unit_id]) if rung.superior else None
        if above is not None:
            heads = self.recipients(above.id, (ContactRole.HEAD,))
            found += [
                replace(recipient, unit_id=unit_id)
                for recipient in heads
                if recipient.email.lower() not in {to.email.lower() for to in found}
            ]
        return found

    def both_exist(self, obligation: Obligation) -> bool:
        """Whether unit and receiver still exist: a dissolved unit gets no mail, its obligations wait for a person."""
        return obligation.unit_id in self.tree and obligation.receiver_id in self.tree

    def own_duty(self, obligation: Obligation) -> bool:
        """Whether the coordinating agency owes it itself: a to-do of its own, of which it writes no letter."""
        return is_own_duty(self.rules, self.tree, obligation.unit_id, obligation.receiver_id)

    def paused(self, obligation: Obligation) -> Suspension | None:
        """The suspension that keeps letters about the obligation back today. Raises ValueError where nobody asks."""
        if not self.asks:
            raise ValueError("pauses were not looked up, for only answers are written")
        return suspended(self.suspensions, obligation, self.today)

    def kept_back(self, obligation: Obligation) -> tuple[WhyUnsent, str] | None:
        """Why a letter about the obligation does not leave now, by code and in words: it is paused, or a file waits."""
        pause = self.paused(obligation)
        if pause is not None:
            return WhyUnsent.PAUSED, pause.in_words
        return (WhyUnsent.FILE_WAITS, WhyUnsent.FILE_WAITS.words) if obligation.id in self.awaiting else None

    def held_back(self, obligation: Obligation) -> str | None:
        """Why nobody is written to about the obligation today, though some day soon: it is paused, a file that may be
        it waits for a person, or it is a quota of which nobody knows how far it is reached."""
        kept = self.kept_back(obligation)
        if kept is not None:
            return kept[1]
        return WhyUnsent.NOT_REACHED.words if self._unknown(obligation) and not self.month_over(obligation) else None

    def never(self, obligation: Obligation) -> WhyUnsent | None:
        """Why nobody is written to about the obligation at all: its unit or receiver exists no more, the agency that
        would write owes it itself, or its month is over (a quota is reached in the month or not)."""
        if not self.both_exist(obligation):
            return WhyUnsent.UNIT_ENDED
        if self.own_duty(obligation):
            return WhyUnsent.OWN_DUTY
        if not self.month_over(obligation):
            return None
        return WhyUnsent.MONTH_UNCHECKED if self._unknown(obligation) else WhyUnsent.MONTH_OVER

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
        days = self.rules.rung_days(obligation, self.tree.get(obligation.unit_id))
        return choose_rung(days, recorded, self.today)

"""One look at the store at one moment: the tree, the people, the plans and the counts that letters speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.obligation import Gathering, Item, Obligation
from plan_lifecycle.domain.pausing import Absence, Suspension
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Profile
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.reminder import Aim
from plan_lifecycle.domain.unit import UNNAMED, Contact, ContactRole, Unit, UnitTree
from plan_lifecycle.domain.writing import first_down, short_date
from plan_lifecycle.lifecycle.office._letters import Recipient, thread_key
from plan_lifecycle.lifecycle.office._links import generation_of, open_until, scope_of
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.lifecycle.office._scene import Scene
from plan_lifecycle.mail.contexts import OwedItem, PlanRef, Sender, ShortMonth
from plan_lifecycle.store import guesses, pauses
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True)
class Desk:
    """What a letter needs to know of the store, read once for a whole batch.

    ``told_of`` are the ids of obligations about which a letter has left; ``issuers`` tells by a plan's id whose it is.
    Without ``asks`` its letters only answer what came: what is told of something owed has not been read.
    """

    office: Office
    now: datetime
    tree: UnitTree
    contacts: dict[str, list[Contact]]
    plans: dict[int, PlanRef]
    counts: dict[Gathering, tuple[int, int]]
    suspensions: Sequence[Suspension] = ()
    absences: Sequence[Absence] = ()
    generations: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[int, PublicationMonth] = field(default_factory=dict)
    told_of: Collection[int] = ()
    awaiting: frozenset[int] = frozenset()
    issuers: Mapping[int, str] = field(default_factory=dict)
    asks: bool = True
    kept: dict[str, Any] = field(default_factory=dict, compare=False)
    """What a room has read once for this look, by a name of its own."""

    @cached_property
    def scene(self) -> Scene:
        """What decides about letters today."""
        rules, today = self.office.rules, self.now.date()
        pauses_of_today = (self.suspensions, self.absences)
        of_letters = (*pauses_of_today, self.months, self.awaiting, self.asks)
        return Scene(rules, today, self.tree, self.contacts, *of_letters)

    def recipients(self, unit_id: str, roles: Sequence[ContactRole] = (ContactRole.OFFICER,)) -> list[Recipient]:
        """The reachable people of a unit in these roles; anyone of the unit where none has such a role."""
        return self.scene.recipients(unit_id, roles)

    def first_holders(self, unit_id: str, roles: Sequence[ContactRole]) -> list[Recipient]:
        """The reachable people of a unit in the first of these roles that anybody has."""
        people = self.contacts.get(unit_id, [])
        held = next((role for role in roles if any(contact.role is role for contact in people)), None)
        return self.recipients(unit_id, (held,)) if held else []

    def both_exist(self, obligation: Obligation) -> bool:
        """Whether unit and receiver still exist: a dissolved unit gets no mail, its obligations wait for a person."""
        return self.scene.both_exist(obligation)

    def by_own_plan(self, obligation: Obligation) -> bool:
        """Whether the unit owes it by the words of its own plan."""
        return self.issuers.get(obligation.plan_id) == obligation.unit_id

    def sender_of(self, obligation: Obligation, units: Mapping[str, Unit] | None = None) -> Sender:
        """Who writes about the obligation, to these units or to its own: whoever works for its receiver.

        Of what a unit owes by its own plan its own coordinating office reminds it: nobody above has asked for it.
        """
        writes_for = obligation.unit_id if self.by_own_plan(obligation) else obligation.receiver_id
        units = units or {obligation.unit_id: self.tree[obligation.unit_id]}
        return self.office.sender(self.tree, self.tree[writes_for], units)

    def profile_of(self, obligation: Obligation) -> Profile:
        """The kind of report that the obligation's plan asks for."""
        plan = self.plans.get(obligation.plan_id)
        return self.office.rules.profile_of(plan.abstract if plan else "")

    def asked(self, obligation: Obligation) -> tuple[Indicator, ...]:
        """What the unit reports under this obligation; of a unit that exists no more, what anybody does."""
        year, unit = Period.parse(obligation.period).year, self.tree.get(obligation.unit_id)
        profile = self.profile_of(obligation)
        return self.office.rules.asked_of(unit, year, profile) if unit else profile.of_year(year)

    def owed(self, obligation: Obligation) -> OwedItem:
        """The obligation as a letter lists it; of what was returned the completed paper. A day must be known.

        Raises ValueError where it is not, or where this desk only answers.
        """
        if not self.asks:
            raise ValueError("what letters tell of an obligation was not read, for only answers are written")
        aim = self.office.rules.aim(obligation)
        if aim is None:
            raise ValueError(f"obligation {obligation.id} has no day yet")
        alone = aim.again or self.by_own_plan(obligation)
        received, expected = (None, None) if alone else self.counts.get(obligation.gathering, (None, None))
        return OwedItem(
            what=f"Bản hoàn thiện {obligation.what}" if aim.again else obligation.what,
            unit=self.tree.named(self.tree[obligation.unit_id]),
            deadline=_deadline(obligation, aim),
            last_day=aim.day,
            plan=self.plans.get(obligation.plan_id),
            received=received,
            expected=expected,
            rest_day=not self.office.rules.calendar.is_working(aim.day),
            link=self.link(obligation),
            code=self.code(obligation),
            paper=obligation.paper,
            figures=obligation.item is Item.REPORT,
            first_notice=not aim.again and obligation.id not in self.told_of,
        )

    def short_month(self, obligation: Obligation) -> ShortMonth | None:
        """A quota as a letter tells how far it is reached; None where nobody knows."""
        month, last_day = self.months.get(obligation.id), obligation.due_on
        if month is None or month.count is None or month.quota is None or last_day is None:
            return None
        seen = month.reached_at or month.checked_at
        return ShortMonth(
            month=Period.parse(obligation.period).label,
            unit=self.tree.named(self.tree[obligation.unit_id]),
            count=month.count,
            quota=month.quota,
            seen_on=seen.date(),
            last_day=last_day,
            plan=self.plans.get(obligation.plan_id),
            undated=month.undated,
        )

    def link(self, obligation: Obligation) -> str | None:
        """The address under which the unit sends what it owes; None without a portal."""
        if self.office.links is None:
            return None
        scope = scope_of(obligation)
        until = open_until(obligation.due_on, self.now.date())
        return self.office.links.address(scope, generation_of(self.generations, scope), until)

    def code(self, obligation: Obligation) -> str | None:
        """The short code for the same, to be typed."""
        if self.office.links is None:
            return None
        scope = scope_of(obligation)
        return self.office.links.code(scope, generation_of(self.generations, scope))


def open_desk(
    office: Office,
    connection: Connection,
    now: datetime,
    obligations: Sequence[Obligation] = (),
    *,
    tree_of: date | None = None,
    answers_to: Collection[str] | None = None,
    tree: UnitTree | None = None,
) -> Desk:
    """Read what letters about these obligations need to know; the tree is that of ``tree_of``, else of today.

    What files one upload reads no more than it must: who gets the answers of the units ``answers_to``, in the ``tree``
    that was read a moment ago. What counts, waits or is paused matters to letters that ask.
    """
    asks = answers_to is None
    tree = tree or unit_rows.load_tree(connection, tree_of or now.date())
    keys = {obligation.gathering for obligation in obligations}
    plans = plan_rows.get_plans(connection, {obligation.plan_id for obligation in obligations})
    owing = [unit_id for obligation in obligations for unit_id in (obligation.unit_id, obligation.receiver_id)]
    tree = unit_rows.with_former(connection, tree, [*owing, *(plan.issuer_id for plan in plans)])
    return Desk(
        office=office,
        now=now,
        tree=tree,
        contacts=unit_rows.load_contacts(connection, now.date(), units=answers_to),
        plans={plan.id: plan_ref(tree, plan) for plan in plans if plan.issued_on},
        counts=obligation_rows.counts(connection, keys) if asks else {},
        suspensions=pauses.suspensions(connection, now.date()) if asks else (),
        absences=pauses.absences(connection, now.date()),
        generations=portal_rows.generations(connection),
        months=publication_rows.months_of(
            connection, [obligation.id for obligation in obligations if obligation.item is Item.QUOTA]
        ),
        told_of=_told_of(connection, obligations) if asks else (),
        awaiting=guesses.awaiting(connection) if asks else frozenset(),
        issuers={plan.id: plan.issuer_id for plan in plans},
        asks=asks,
    )


def _told_of(connection: Connection, obligations: Sequence[Obligation]) -> set[int]:
    """Those of which a reminder has left, or (a plan to be drawn up) the letter that opened the thread; and those of
    units that were told what they take over."""
    opened = {
        thread_key(obligation.plan_id, obligation.unit_id): obligation.id
        for obligation in obligations
        if obligation.item is Item.SUB_PLAN
    }
    told = reminder_rows.reminded_of(connection, [obligation.id for obligation in obligations])
    handed = letter_rows.handed_over_to(connection, {obligation.unit_id for obligation in obligations})
    told |= {obligation.id for obligation in obligations if obligation.unit_id in handed}
    return told | {opened[key] for key in letter_rows.left(connection, opened)}


def _deadline(obligation: Obligation, aim: Aim) -> str:
    """The deadline as the plan words it, with the day to which it was extended; or that of the letter of return."""
    if aim.again:
        return f"trước ngày {short_date(aim.day + timedelta(days=1))}"
    if obligation.extended_from is None:
        return obligation.phrase
    return f"{obligation.phrase.rstrip('.; ')}, được gia hạn đến hết ngày {short_date(aim.day)}"


def plan_ref(tree: UnitTree, plan: plan_rows.RegisteredPlan) -> PlanRef:
    """The plan as letters cite it. Raises ValueError where its date is still open."""
    if plan.issued_on is None:
        raise ValueError(f"plan {plan.id} has no date")
    issuer = tree.known(plan.issuer_id)
    return PlanRef(
        number=plan.reference,
        issued=plan.issued_on,
        issuer=issuer.agency if issuer else UNNAMED,
        abstract=first_down((plan.abstract or "").removeprefix("về ").removeprefix("Về ")),
    )

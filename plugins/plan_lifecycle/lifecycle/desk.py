"""One look at the store at one moment: the tree, the people, the plans and the counts that letters speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from plan_lifecycle.domain.obligation import Obligation, title
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Contact, ContactRole, UnitTree
from plan_lifecycle.lifecycle.correspondence import Recipient
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.mail.contexts import OwedItem, PlanRef
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import units as unit_rows


@dataclass(frozen=True)
class Desk:
    """What a letter needs to know of the store, read once for a whole batch."""

    office: Office
    now: datetime
    tree: UnitTree
    contacts: dict[str, list[Contact]]
    plans: dict[int, PlanRef]
    counts: dict[tuple[str, str, str], tuple[int, int]]

    def recipients(self, unit_id: str, roles: Sequence[ContactRole] = (ContactRole.OFFICER,)) -> list[Recipient]:
        """The reachable people of a unit in these roles; anyone of the unit where none has such a role."""
        people = self.contacts.get(unit_id, [])
        wanted = [each for each in people if each.role in roles] or people[:1]
        return [Recipient(each.email, each.name, unit_id) for each in wanted]

    def in_being(self, obligation: Obligation) -> bool:
        """Whether unit and receiver still exist: a dissolved unit gets no mail, its obligations wait for a person."""
        return obligation.unit_id in self.tree and obligation.receiver_id in self.tree

    def owed(self, obligation: Obligation) -> OwedItem:
        """The obligation as a letter lists it. Its ``due_on`` must be known."""
        if obligation.due_on is None:
            raise ValueError(f"obligation {obligation.id} has no day yet")
        received, expected = self.counts.get(
            (obligation.receiver_id, obligation.item.value, obligation.period), (None, None)
        )
        return OwedItem(
            what=title(obligation.item, Period.parse(obligation.period).label),
            unit=self.tree.named(self.tree[obligation.unit_id]),
            deadline=obligation.phrase,
            last_day=obligation.due_on,
            plan=self.plans.get(obligation.plan_id),
            received=received,
            expected=expected,
            rest_day=not self.office.rules.calendar.is_working(obligation.due_on),
        )


def open_desk(
    office: Office,
    connection: Connection,
    now: datetime,
    obligations: Sequence[Obligation] = (),
    *,
    tree_of: date | None = None,
) -> Desk:
    """Read what letters about these obligations need to know; the tree is that of ``tree_of``, else of today."""
    tree = unit_rows.load_tree(connection, tree_of or now.date())
    keys = {(each.receiver_id, each.item.value, each.period) for each in obligations}
    plans = plan_rows.get_plans(connection, {each.plan_id for each in obligations})
    return Desk(
        office=office,
        now=now,
        tree=tree,
        contacts=unit_rows.load_contacts(connection, now.date()),
        plans={plan.id: plan_ref(tree, plan) for plan in plans if plan.issued_on},
        counts=obligation_rows.counts(connection, keys),
    )


def plan_ref(tree: UnitTree, plan: plan_rows.RegisteredPlan) -> PlanRef:
    """The plan as letters cite it. Raises ValueError where its date is still open."""
    if plan.issued_on is None:
        raise ValueError(f"plan {plan.id} has no date")
    issuer = tree.get(plan.issuer_id)
    return PlanRef(
        number=plan.reference,
        issued=plan.issued_on,
        issuer=issuer.agency if issuer else plan.issuer_id,
        abstract=(plan.abstract or "").removeprefix("về ").removeprefix("Về "),
    )

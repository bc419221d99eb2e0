"""What waits about people: contacts that units propose, and addresses that refuse mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.telephone import Telephone, telephones_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import overview, portal
from plan_lifecycle.store import units as unit_rows


@dataclass(frozen=True, slots=True)
class ProposedContact:
    """A contact that somebody at a unit proposed over its page; ``replaces`` is the address whose place it takes."""

    id: int
    unit_id: str
    unit: str
    name: str
    email: str
    stated_by: str
    requested_at: datetime
    replaces: str | None
    phones: tuple[Telephone, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadAddress:
    """An address that refuses mail; ``alone`` says that the unit has no other one."""

    unit_id: str
    unit: str
    email: str
    alone: bool


def contacts_proposed(office: Office, now: datetime) -> list[ProposedContact]:
    """What units that may be seen proposed and nobody decided about, oldest first."""
    with office.store.read() as connection:
        found = [one for one in portal.contact_requests(connection) if office.sight.has(one.unit_id)]
        if not found:
            return []
        tree = unit_rows.load_tree(connection, now.date())
        tree = unit_rows.with_former(connection, tree, [one.unit_id for one in found])
        units = sorted({one.unit_id for one in found})
        people = (one for unit in units for one in portal.contacts_of(connection, unit, now.date()))
        known = {contact.id: contact.email for contact in people}
    return [
        ProposedContact(
            one.id, one.unit_id, tree.called(one.unit_id), one.name, one.email, one.stated_by, one.requested_at,
            known.get(one.replaces) if one.replaces else None, telephones_of(one.phone),
        )
        for one in found
    ]  # fmt: skip


def addresses_dead(office: Office, now: datetime) -> list[DeadAddress]:
    """The addresses of units that may be seen that refuse mail, in order of unit."""
    with office.store.read() as connection:
        found = [one for one in overview.dead_addresses(connection, now.date()) if office.sight.has(one.unit_id)]
        if not found:
            return []
        tree = unit_rows.load_tree(connection, now.date())
        tree = unit_rows.with_former(connection, tree, [one.unit_id for one in found])
        reached = unit_rows.load_contacts(connection, now.date())
    return [
        DeadAddress(one.unit_id, tree.called(one.unit_id), one.email, not reached.get(one.unit_id)) for one in found
    ]

"""Queries of the units' portal: revoked links, drafts of forms, proposed contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from plan_lifecycle.domain.telephone import Telephone, telephones_of
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import contact, contact_request, form_draft, link_generation, obligation

_GENERATIONS = select(link_generation.c.subject, link_generation.c.generation)


class Scope(NamedTuple):
    """What one link opens: one obligation by its natural key, known before the store gives it an id."""

    plan_id: int
    unit_id: str
    item: str
    period: str

    @property
    def subjects(self) -> tuple[str, str]:
        """What a revocation may name: the unit with all its links, or this obligation's alone."""
        return f"unit:{self.unit_id}", f"item:{self.plan_id}:{self.unit_id}:{self.item}:{self.period}"


class Revocation(NamedTuple):
    """Who made the links of a subject worthless, when and why."""

    subject: str
    decided_by: str
    reason: str
    decided_at: datetime


class FormDraft(NamedTuple):
    """What was typed into a form and saved; version 0 is an empty one."""

    version: int
    fields: Mapping[str, str]
    saved_at: datetime | None


class KnownContact(NamedTuple):
    """A contact with the row's id; ``phone`` are its numbers as they are kept."""

    id: int
    name: str
    email: str
    phone: str | None = None

    @property
    def phones(self) -> tuple[Telephone, ...]:
        """Its telephone numbers."""
        return telephones_of(self.phone)


class RequestState(StrEnum):
    """What a coordinator made of a proposal."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """A contact that a unit proposed; a coordinator decides."""

    id: int
    unit_id: str
    replaces: int | None
    name: str
    email: str
    stated_by: str
    requested_at: datetime
    state: RequestState
    phone: str | None = None


def generations(connection: Connection) -> dict[str, int]:
    """The generation of every subject whose links were ever revoked; any other has 0."""
    return {row[0]: row[1] for row in connection.execute(_GENERATIONS)}


class Edition(NamedTuple):
    """What changes whenever a new obligation (its id is the newest) or a revocation makes new codes."""

    newest: int
    revoked: int


def edition(connection: Connection) -> Edition:
    """The edition of all codes as they are now."""
    newest = connection.execute(select(func.coalesce(func.max(obligation.c.id), 0))).scalar_one()
    revoked = connection.execute(select(func.coalesce(func.sum(link_generation.c.generation), 0))).scalar_one()
    return Edition(newest, int(revoked))


def revoke(connection: Connection, revocation: Revocation) -> None:
    """Make every link of the subject worthless that was written until now."""
    known = link_generation.c.subject == revocation.subject
    values = {**revocation._asdict(), "generation": link_generation.c.generation + 1}
    if connection.execute(update(link_generation).where(known).values(values)).rowcount == 0:
        connection.execute(insert(link_generation).values(values | {"generation": 1}))


def scopes(connection: Connection, after: int = 0) -> list[tuple[Scope, str, date | None]]:
    """The scope of every obligation whose id lies beyond ``after``, with its state and last day."""
    columns = (obligation.c.plan_id, obligation.c.unit_id, obligation.c.item, obligation.c.period)
    query = select(*columns, obligation.c.state, obligation.c.due_on).where(obligation.c.id > after)
    rows = connection.execute(query)
    return [(Scope(row[0], row[1], row[2], row[3]), row[4], row[5]) for row in rows]


def get_draft(connection: Connection, obligation_id: int) -> FormDraft:
    """The saved form, or an empty one."""
    query = select(form_draft.c.version, form_draft.c.fields, form_draft.c.saved_at)
    row = connection.execute(query.where(form_draft.c.obligation_id == obligation_id)).one_or_none()
    return FormDraft(*row) if row else FormDraft(0, {}, None)


def save_draft(
    connection: Connection, obligation_id: int, fields: Mapping[str, str], *, over: int, at: datetime
) -> bool:
    """Save the form over version ``over``; False where somebody else has saved since."""
    values: dict[str, Any] = {"version": over + 1, "fields": dict(fields), "saved_at": at}
    if over == 0:
        row = values | {"obligation_id": obligation_id}
        return insert_new(connection, form_draft, [row]) == 1
    same = (form_draft.c.obligation_id == obligation_id, form_draft.c.version == over)
    return connection.execute(update(form_draft).where(*same).values(values)).rowcount == 1


def contacts_of(connection: Connection, unit_id: str, day: date) -> list[KnownContact]:
    """The unit's contacts on a day, reachable or not."""
    over = or_(contact.c.valid_to.is_(None), contact.c.valid_to >= day)
    begun = or_(contact.c.valid_from.is_(None), contact.c.valid_from <= day)
    query = select(contact.c.id, contact.c.name, contact.c.email, contact.c.phone).where(
        contact.c.unit_id == unit_id, over, begun
    )
    return [KnownContact(*row) for row in connection.execute(query.order_by(contact.c.role.desc(), contact.c.id))]


def request_contact(connection: Connection, values: Mapping[str, Any]) -> None:
    """Note a proposed contact (unit_id, replaces, name, email, stated_by, requested_at; perhaps phone)."""
    connection.execute(insert(contact_request).values({**values, "state": RequestState.WAITING.value}))


def contact_requests(connection: Connection, unit_id: str | None = None) -> list[ContactRequest]:
    """The proposals that nobody decided about, of one unit or of all, oldest first."""
    columns = [contact_request.c[name] for name in ContactRequest.__slots__]
    query = select(*columns).where(contact_request.c.state == RequestState.WAITING.value).order_by(contact_request.c.id)
    if unit_id is not None:
        query = query.where(contact_request.c.unit_id == unit_id)
    rows = connection.execute(query)
    return [ContactRequest(**dict(row._mapping) | {"state": RequestState(row.state)}) for row in rows]


def decide_contact(connection: Connection, request_id: int, *, confirm: bool, by: str, at: datetime) -> bool:
    """Confirm or decline a proposal; False where it is not waiting. A confirmed one counts from that day on."""
    waiting = (contact_request.c.id == request_id, contact_request.c.state == RequestState.WAITING.value)
    row = connection.execute(select(contact_request).where(*waiting)).one_or_none()
    if row is None:
        return False
    state = RequestState.CONFIRMED if confirm else RequestState.DECLINED
    decided = {"state": state.value, "decided_by": by, "decided_at": at}
    if connection.execute(update(contact_request).where(*waiting).values(decided)).rowcount != 1:
        return False
    if confirm:
        _put_contact(connection, row)
    return True


def _put_contact(connection: Connection, row: Row[Any]) -> None:
    """The person takes the place of the one replaced, whose numbers are nobody's now; an address that is known already
    is only renamed, and keeps its numbers where none were proposed."""
    new = {"name": row.name, "email": row.email, "unreachable_since": None, "phone": row.phone}
    same = (contact.c.unit_id == row.unit_id, contact.c.email == row.email)
    known = {"name": row.name, "unreachable_since": None} | ({"phone": row.phone} if row.phone else {})
    if connection.execute(update(contact).where(*same).values(known)).rowcount:
        return
    mine = (contact.c.id == row.replaces, contact.c.unit_id == row.unit_id)
    if row.replaces is None or connection.execute(update(contact).where(*mine).values(new)).rowcount == 0:
        insert_new(connection, contact, [new | {"unit_id": row.unit_id, "role": "officer"}])

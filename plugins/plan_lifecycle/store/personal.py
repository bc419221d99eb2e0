"""What is held of one person, by their address and name; and the same without either.

What a unit handed in, and the trail, are evidence of the unit's own acts: they are told and stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, update

from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.store.people import PersonRow
from plan_lifecycle.store.retention import DONE_WITH, NAMELESS, NOBODY, Kept
from plan_lifecycle.store.tables import (
    absence,
    arrival,
    audit,
    contact,
    contact_change,
    contact_request,
    letter,
    message,
    obligation,
    reminder,
    unit_statement,
    upload,
)

_PERSONAL = {"name": NAMELESS, "phone": None, "substitute": None}
Rows = list[dict[str, Any]]


def same_person(connection: Connection, person: PersonRow) -> list[PersonRow]:
    """Every row with the person's address, in order of id."""
    columns = (contact.c[name] for name in PersonRow.__slots__)
    query = select(*columns).where(_is(contact.c.email, person.email)).order_by(contact.c.id)
    rows = connection.execute(query)
    return [PersonRow(**dict(row._mapping) | {"role": ContactRole(row.role)}) for row in rows]


def held(connection: Connection, people: Sequence[PersonRow]) -> dict[str, Rows]:
    """Everything that is held of a person, by where it stands; moments and days as they are kept."""
    ids, email, units = [one.id for one in people], people[0].email, sorted({one.unit_id for one in people})
    names = sorted({one.name for one in people})
    said = or_(*(unit_statement.c.stated_by.contains(name, autoescape=True) for name in names))
    asked = {
        "contact": select(contact).where(contact.c.id.in_(ids)),
        "contact_change": select(contact_change).where(contact_change.c.contact_id.in_(ids)),
        "contact_request": select(contact_request).where(_is(contact_request.c.email, email)),
        "absence": select(absence).where(or_(_is(absence.c.email, email), _is(absence.c.substitute, email))),
        "letter": select(
            letter.c.id,
            letter.c.kind,
            letter.c.subject,
            letter.c.state,
            letter.c.queued_at,
            letter.c.sent_at,
            letter.c.blob,
        ).where(_is(letter.c.recipient, email)),
        "reminder": select(reminder.c.id, reminder.c.obligation_id, reminder.c.rung, reminder.c.on_day).where(
            _is(reminder.c.recipient, email)
        ),
        "message": select(message.c.id, message.c.subject, message.c.received_at, message.c.kind).where(
            _is(message.c.sender, email)
        ),
        "arrival": select(arrival.c.id, arrival.c.file_name, arrival.c.received_at, arrival.c.state).where(
            _is(arrival.c.sender, email)
        ),
        "upload": select(upload.c.id, upload.c.name, upload.c.post, upload.c.uploaded_at)
        .join(obligation, obligation.c.id == upload.c.obligation_id)
        .where(obligation.c.unit_id.in_(units), upload.c.name.in_(names)),
        "unit_statement": select(unit_statement.c.id, unit_statement.c.stated_by, unit_statement.c.stated_at)
        .join(obligation, obligation.c.id == unit_statement.c.obligation_id)
        .where(obligation.c.unit_id.in_(units), said),
        "audit": select(audit.c.number, audit.c.at, audit.c.by, audit.c.act).where(
            or_(and_(audit.c.subject == "contact", audit.c.subject_id.in_(ids)), audit.c.by.in_(names))
        ),
    }
    return {name: _rows(connection, query) for name, query in asked.items()}


def waiting_for(connection: Connection, email: str) -> int:
    """How many letters to an address have not left."""
    query = select(func.count()).select_from(letter).where(_is(letter.c.recipient, email))
    return int(connection.execute(query.where(letter.c.state.not_in(DONE_WITH))).scalar_one())


def letters_to(connection: Connection, email: str) -> list[Kept]:
    """The letters to an address."""
    query = select(letter.c.id, letter.c.blob).where(_is(letter.c.recipient, email)).order_by(letter.c.id)
    return [Kept(row[0], row[1]) for row in connection.execute(query)]


def messages_from(connection: Connection, email: str) -> list[Kept]:
    """The messages of an address whose bytes are there and that nobody has to look at."""
    there = (_is(message.c.sender, email), message.c.blob.is_not(None), message.c.verdict == "done")
    query = select(message.c.id, message.c.blob).where(*there).order_by(message.c.id)
    return [Kept(row[0], row[1]) for row in connection.execute(query)]


def forget_names(connection: Connection, ids: Sequence[int], names: Sequence[str]) -> None:
    """Take name, address and numbers out of the rows of these people, and out of what was changed of them."""
    for number in ids:
        values = _PERSONAL | {"email": f"{number}{NOBODY}", "unreachable_since": None}
        connection.execute(update(contact).where(contact.c.id == number).values(values))
    changes = select(contact_change.c.id, contact_change.c.before, contact_change.c.after)
    for row in connection.execute(changes.where(contact_change.c.contact_id.in_(ids))).all():
        both = {"before": _nameless(row.before), "after": _nameless(row.after)}
        connection.execute(update(contact_change).where(contact_change.c.id == row.id).values(both))
    asked = select(contact_request.c.id, contact_request.c.stated_by).where(contact_request.c.replaces.in_(ids))
    for request in connection.execute(asked).all():
        if any(name in request.stated_by for name in names):
            same = contact_request.c.id == request.id
            connection.execute(update(contact_request).where(same).values(stated_by=NAMELESS))


def forget_address(connection: Connection, email: str, ids: Sequence[int]) -> None:
    """Put an address that belongs to nobody in the place of this one, wherever it stands, save in what is evidence."""
    nobody = f"{min(ids)}{NOBODY}"
    connection.execute(update(contact).where(_is(contact.c.substitute, email)).values(substitute=None))
    request = {"email": nobody, "name": NAMELESS, "stated_by": NAMELESS, "phone": None}
    connection.execute(update(contact_request).where(_is(contact_request.c.email, email)).values(request))
    away = {"email": nobody, "reason": NAMELESS}
    connection.execute(update(absence).where(_is(absence.c.email, email)).values(away))
    connection.execute(update(absence).where(_is(absence.c.substitute, email)).values(substitute=nobody))
    key = func.replace(letter.c.key, email, nobody)
    connection.execute(update(letter).where(_is(letter.c.recipient, email)).values(recipient=nobody, key=key))
    connection.execute(update(reminder).where(_is(reminder.c.recipient, email)).values(recipient=nobody))
    connection.execute(update(message).where(_is(message.c.sender, email)).values(sender=nobody))


def is_nameless(person: PersonRow) -> bool:
    """Whether a row bears nobody's name and address any more."""
    return person.email.endswith(NOBODY)


def is_over(person: PersonRow, day: date) -> bool:
    """Whether the person's term is over on a day."""
    return person.valid_to is not None and person.valid_to < day


def _nameless(fields: dict[str, Any] | None) -> dict[str, Any] | None:
    personal = _PERSONAL | {"email": NAMELESS}
    return None if fields is None else {name: personal.get(name, value) for name, value in fields.items()}


def _is(column: Any, email: str) -> Any:
    return func.lower(column) == email.lower()


def _rows(connection: Connection, query: Select[Any]) -> Rows:
    return [dict(row._mapping) for row in connection.execute(query.order_by(*list(query.selected_columns)[:1]))]

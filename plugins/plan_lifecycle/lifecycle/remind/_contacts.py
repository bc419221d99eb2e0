"""Once a year every contact is asked whether it still is the one; who confirms is not asked again that year.

From 15/01 on the officer of xã Bình An is asked by Phòng Nội vụ; the answer is noted with
``plan-lifecycle reminders confirm``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.unit import ROLE_WORDS, Contact, Unit
from plan_lifecycle.lifecycle.office import (
    Desk,
    Office,
    Recipient,
    contained,
    is_own_duty,
    open_desk,
    told_in,
    write_letter,
)
from plan_lifecycle.mail.contexts import ContactConfirmation
from plan_lifecycle.store import audit
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import units as unit_rows

ASKED_FOR = timedelta(days=30)
"""Days from the yearly day on within which contacts are asked; who is added later has just been given."""


def ask_contacts(office: Office, now: datetime, faults: list[str] | None = None) -> int:
    """Queue the year's questions that are due on ``now``'s day; return how many were new.

    An address that cannot be mailed comes up as unreachable once something is owed; it is added to ``faults``.
    """
    today = now.date()
    begins = office.rules.reminding.confirms_from(today.year)
    if begins is None or not begins <= today <= begins + ASKED_FOR or not office.rules.calendar.sends_on(today):
        return 0
    with office.store.read() as connection:
        due = unit_rows.contacts_to_ask(connection, today, begins)
        desk = open_desk(office, connection, now) if due else None
    letters = list(_letters(desk, due, begins, [] if faults is None else faults)) if desk else []
    with office.store.write() as connection:
        new = letter_rows.queue(connection, letters)
        unit_rows.note_asked(connection, [contact.email for contact in due], today)
    return len(new)


def confirm_contact(office: Office, email: str, now: datetime, *, by: Decider | None = None) -> None:
    """Note that a contact confirmed itself: it is reachable, and not asked again this year. Raises InputError.

    The trail names ``by``, where somebody says so for the contact.
    """
    with office.store.write() as connection:
        if not unit_rows.note_confirmed(connection, email, now.date()):
            vi = f"Danh sách người liên hệ không có địa chỉ “{email}”."
            raise InputError("the address of a contact", field="email", found=email, vi=vi)
        if by is not None:
            person = people_rows.ids_of_address(connection, email)[0]
            act = audit.Act(
                now, by.by, ActKind.CONFIRM_CONTACT, ActSubject.CONTACT, person, by.reason, {"in_use": True}
            )
            audit.append(connection, act)


def _letters(desk: Desk, due: list[Contact], begins: date, faults: list[str]) -> Iterator[Letter]:
    for contact in due:
        unit = desk.tree.get(contact.unit_id)
        if unit is None or is_own_duty(desk.office.rules, desk.tree, unit.id, unit.parent_id or ""):
            continue
        with contained(contact.email, told_in(faults, contact.email), unit=contact.unit_id):
            yield _question(desk, contact, unit, begins)


def _question(desk: Desk, contact: Contact, unit: Unit, begins: date) -> Letter:
    name = desk.tree.named(unit)
    context = ContactConfirmation(
        sender=desk.office.sender(desk.tree, desk.tree.parent(unit) or unit, {unit.id: unit}),
        to=name,
        today=desk.now.date(),
        unit=name,
        person=contact.name,
        role=ROLE_WORDS[contact.role],
        email=contact.email,
    )
    key = f"confirm:{begins.year}:{contact.unit_id}:{contact.email}"
    return write_letter(desk.office, context, key=key, to=Recipient(contact.email, contact.name, unit.id), now=desk.now)

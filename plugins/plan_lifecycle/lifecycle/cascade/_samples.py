"""The first letters of a cascade before any is written, for the person who is to start it.

Of 139 letters the coordinator reads three, each with the draft that goes with it; nothing is queued yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.cascade._for_one_unit import prepare, written_to
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units, obligations_of
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.cascade._reading import registered_seen
from plan_lifecycle.lifecycle.office import Office, letter_text, open_desk
from plan_lifecycle.store import plans as plan_rows


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """A letter that would be written: to whom, of which unit, with which words and files."""

    unit: str
    recipient: str
    subject: str
    text: str
    files: tuple[str, ...]


def sample_letters(office: Office, plan_id: int, most: int, now: datetime) -> list[SampleLetter]:
    """The first letters that cascading a plan now would write, in the order of the units.

    None of a plan that changes another: who is told of it depends on what has changed. Raises InputError where there is
    no such plan; NotAPlan, BadDocument where its file cannot be read any more.
    """
    return list(islice(_letters(office, plan_id, now), most))


def _letters(office: Office, plan_id: int, now: datetime) -> Iterator[SampleLetter]:
    with office.store.read() as connection:
        registered = registered_seen(office, connection, plan_id)
        done = plan_rows.drafted_units(connection, plan_id)
        desk = open_desk(office, connection, now)
        plan = plan_in_force(office, connection, registered)
    issuer = desk.tree.get(registered.issuer_id)
    if issuer is None or registered.replaces_id is not None:
        return
    for given in assigned_units(plan, desk.tree, issuer):
        if given.unit.id in done or not written_to(desk, given.unit, issuer):
            continue
        obligations = tuple(obligations_of(office, registered, plan, issuer, given, now))
        if not any(obligation.due_on for obligation in obligations):
            continue
        try:
            letters = prepare(desk, registered, plan, issuer, given, obligations).letters
        except InputError:  # an address that cannot be mailed: the cascade says so of this unit
            continue
        for letter in letters:
            seen = letter_text(office.store.blobs.get(letter.blob))
            yield SampleLetter(desk.tree.named(given.unit), letter.recipient, letter.subject, *seen)

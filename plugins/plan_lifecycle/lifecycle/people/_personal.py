"""What is held of one person: handed to them, and forgotten after they have left.

The officer of xã Bình An has left and asks what is held of her, then that it goes. Her name, address and numbers go
from the list, from letters, mails and what was changed; what the commune handed in under her hand stays, for it is the
commune's. The trail says that it was done, by whom and why, and not of whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office, let_bytes_go, letter_text, words_for_gone
from plan_lifecycle.store import audit, personal
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import retention as rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.people import PersonRow

OF_THE_ROW = ("contact", "contact_change")
OF_THE_PERSON = (*OF_THE_ROW, "contact_request", "absence", "letter", "reminder", "message")
"""Where a person stands that goes; of an address that is another's, too, the first two."""
EVIDENCE = ("arrival", "upload", "unit_statement", "audit")
"""What stays of a person: what units handed in and said, and the trail."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went of a person, or would go, and what stays as evidence: numbers of rows by where they stand.

    ``shared``: the address is another person's, too, so that letters and mails stay.
    """

    person: int
    gone: dict[str, int]
    kept: dict[str, int]
    shared: bool


def held_of(office: Office, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Everything that is held of a person, by where it stands; letters with their words. Raises InputError."""
    with office.store.read() as connection:
        person = _known(office, connection, person_id)
        found = personal.held(connection, _all_of(connection, person))
    for letter in found["letter"]:
        letter["text"] = _words(office, letter.pop("blob"))
    return found


def _words(office: Office, blob: str) -> str | None:
    """What a letter says, without its links; None where its bytes are not to be had."""
    try:
        return letter_text(office.store.blobs.get(blob)).text
    except BlobError:
        return None


def foresee_forgetting(office: Office, person_id: int, now: datetime) -> Forgotten:
    """What ``forget_person`` would do; nothing is written. Raises InputError where it would refuse."""
    with office.store.read() as connection:
        person = _known(office, connection, person_id)
        people, shared = _meant(connection, person, now.date())
        return _count(connection, person, people, shared=shared)


def forget_person(office: Office, person_id: int, decider: Decider, now: datetime) -> Forgotten:
    """Anonymise a person whose term is over; a second time changes nothing.

    Raises InputError where the term is not over, or letters to the person have not left.
    """
    words = words_for_gone(office.store)
    with office.store.write() as connection:
        person = _known(office, connection, person_id, locked=True)
        people, shared = _meant(connection, person, now.date())
        done = _count(connection, person, people, shared=shared)
        if personal.is_nameless(person):
            return done
        ids = [one.id for one in people]
        if not shared:
            letters = personal.letters_to(connection, person.email)
            messages = personal.messages_from(connection, person.email)
            rows.put_words(connection, letters, words)
            rows.empty_messages(connection, messages)
            let_bytes_go(office.store, connection, [one.blob for one in (*letters, *messages)])
            personal.forget_address(connection, person.email, ids)
        personal.forget_names(connection, ids, sorted({one.name for one in people}))
        details = {"gone": done.gone, "kept": done.kept}
        act = audit.Act(now, decider.by, ActKind.ANONYMISE, ActSubject.CONTACT, person_id, decider.reason, details)
        audit.append(connection, act)
    return done


def _meant(connection: Connection, person: PersonRow, today: date) -> tuple[list[PersonRow], bool]:
    """The rows to be forgotten, and whether the address is still somebody's. Raises InputError."""
    if not personal.is_over(person, today):
        last = f" (đến hết ngày {short_date(person.valid_to)})" if person.valid_to else ""
        vi = f"{person.name} còn là người liên hệ của đơn vị{last}; chỉ ẩn danh sau khi đã thôi phụ trách."
        raise InputError("a person whose term is over", field="nguoi", found=person.id, vi=vi)
    everyone = _all_of(connection, person)
    shared = any(not personal.is_over(one, today) or one.name != person.name for one in everyone)
    waiting = 0 if shared else personal.waiting_for(connection, person.email)
    if waiting:
        vi = f"Còn {waiting:02} thư chờ gửi đến người này; đề nghị ẩn danh sau khi thư đã gửi hoặc được bỏ."
        raise InputError("no letter that waits", field="nguoi", found=person.id, vi=vi)
    return ([person] if shared else everyone), shared


def _all_of(connection: Connection, person: PersonRow) -> list[PersonRow]:
    return personal.same_person(connection, person) or [person]


def _count(connection: Connection, person: PersonRow, people: Sequence[PersonRow], *, shared: bool) -> Forgotten:
    numbers = {table: len(found) for table, found in personal.held(connection, people).items() if found}
    going = () if personal.is_nameless(person) else OF_THE_ROW if shared else OF_THE_PERSON
    gone = {table: numbers[table] for table in going if table in numbers}
    return Forgotten(person.id, gone, {table: numbers[table] for table in EVIDENCE if table in numbers}, shared)


def _known(office: Office, connection: Connection, person_id: int, *, locked: bool = False) -> PersonRow:
    person = people_rows.get_person(connection, person_id, locked=locked)
    if person is None or not office.sight.has(person.unit_id):
        vi = "Không có người liên hệ này; đề nghị tải lại trang."
        raise InputError("the id of a person", field="nguoi", found=person_id, vi=vi)
    return person

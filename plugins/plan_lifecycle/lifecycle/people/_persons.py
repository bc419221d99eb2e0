"""One person of a unit changed by hand: added, corrected, replaced from a day on, ended, and each of that undone.

The officer of xã Bình An is moved: from 01/4 on another gets the letters. What was there before is kept beside the
change, so that whoever typed a wrong address takes it back; the trail says who did it and names no person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.pausing import Absence
from plan_lifecycle.domain.telephone import kept_telephones, read_telephones
from plan_lifecycle.domain.text import nfc
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.domain.unit_list import address_problem
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office, known_unit
from plan_lifecycle.store import audit, pauses, personal
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.people import ChangeRow, PersonRow
from plan_lifecycle.store.portal import ContactRequest

LONGEST = 255
_DAYS = ("valid_from", "valid_to")
_A_NEW_ADDRESS = {"unreachable_since": None, "asked_on": None, "confirmed_on": None}


@dataclass(frozen=True, slots=True)
class PersonGiven:
    """A person as somebody typed it; ``phone`` may hold several numbers."""

    role: ContactRole
    name: str
    email: str
    phone: str = ""
    substitute: str = ""

    def values(self) -> dict[str, Any]:
        """What the store keeps of it. Raises InputError with every problem, by the name of its field."""
        name, email, substitute = nfc(self.name).strip(), self.email.strip(), self.substitute.strip()
        numbers, doubts = read_telephones(nfc(self.phone))
        problems = [_asked("phone", doubt.text, f"Số điện thoại “{doubt.text[:60]}”: {doubt.vi}.") for doubt in doubts]
        if not name or len(name) > LONGEST:
            problems.append(_asked("name", name, "Đề nghị ghi họ và tên."))
        for field, address in (("email", email), ("substitute", substitute)):
            problem = address_problem(address) if address or field == "email" else None
            if problem:
                problems.append(_asked(field, address, problem.vi))
        raise_all(problems)
        phone = kept_telephones(numbers) or None
        return {
            "role": self.role.value, "name": name, "email": email, "phone": phone, "substitute": substitute or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """The people of one unit: in their term, over or still to come, proposed, away; and what was changed by hand."""

    now: tuple[PersonRow, ...]
    other: tuple[PersonRow, ...]
    proposed: tuple[ContactRequest, ...]
    absences: tuple[Absence, ...]
    changes: tuple[ChangeRow, ...]

    def absence_of(self, person: PersonRow) -> Absence | None:
        """The absence of a person that lasts longest from today on."""
        mine = [one for one in self.absences if one.email == person.email]
        return max(mine, key=lambda one: one.until_on, default=None)

    def undoable(self, change: ChangeRow) -> bool:
        """Whether a change is the last one of its person that still counts."""
        last = next((one for one in self.changes if one.contact_id == change.contact_id and not one.undone_at), None)
        return last is change


def people_of_unit(office: Office, unit_id: str, now: datetime) -> UnitPeople:
    """The people of a unit as they stand today. Raises InputError for a unit that is not known or not to be seen."""
    with office.store.read() as connection:
        known_unit(office, connection, unit_id, now)
        everyone = people_rows.everyone_of(connection, [unit_id])
        present = people_rows.people_on(connection, now.date(), [unit_id]).get(unit_id, [])
        emails = {person.email for person in everyone}
        absences = [one for one in pauses.absences(connection, now.date()) if one.email in emails]
        proposed = portal_rows.contact_requests(connection, unit_id)
        changes = people_rows.changes_of(connection, unit_id)
    ids = {person.id for person in present}
    other = [person for person in everyone if person.id not in ids]
    return UnitPeople(tuple(present), tuple(other), tuple(proposed), tuple(absences), tuple(changes))


def add_person(office: Office, unit_id: str, given: PersonGiven, decider: Decider, now: datetime) -> int:
    """Add a person from today on; one whose term was over comes back. Return the id. Raises InputError."""
    values = given.values()
    with office.store.write() as connection:
        known_unit(office, connection, unit_id, now)
        return _put(connection, unit_id, values | {"valid_from": now.date(), "valid_to": None}, decider, now)


def change_person(
    office: Office, person_id: int, given: PersonGiven, decider: Decider, now: datetime, *, seen: int | None = None
) -> None:
    """Correct a person; a new address counts as reachable. ``seen`` is the newest change that the person who decides
    has seen. Raises InputError, also where somebody else has changed the same person since."""
    values = given.values()
    with office.store.write() as connection:
        person = _person(office, connection, person_id)
        if seen is not None:
            _require_seen(connection, person, seen)
        other = people_rows.find_person(connection, person.unit_id, given.role, values["email"])
        if other is not None and other.id != person_id:
            raise _asked("email", values["email"], f"Địa chỉ thư “{values['email']}” đã có ở {other.name}.")
        if values["email"] != person.email:
            values |= _A_NEW_ADDRESS
        _change(connection, person, values, decider, now)


def replace_person(
    office: Office, person_id: int, given: PersonGiven, since: date, decider: Decider, now: datetime
) -> int:
    """End a person's term on the day before ``since``, and begin another's; return the id of the new one.

    Raises InputError, also where the new one has the old one's address: that is a correction.
    """
    values = given.values()
    with office.store.write() as connection:
        person = _person(office, connection, person_id)
        if values["email"].lower() == person.email.lower():
            raise _asked("email", values["email"], "Người mới có cùng địa chỉ thư; đề nghị dùng phần sửa thông tin.")
        _end(connection, person, since - timedelta(days=1), decider, now)
        return _put(connection, person.unit_id, values | {"valid_from": since, "valid_to": None}, decider, now)


def end_person(office: Office, person_id: int, last_day: date, decider: Decider, now: datetime) -> None:
    """Write to a person no longer than until the end of ``last_day``. Raises InputError."""
    with office.store.write() as connection:
        _end(connection, _person(office, connection, person_id), last_day, decider, now)


def undo_change(office: Office, unit_id: str, change_id: int, decider: Decider, now: datetime) -> None:
    """Take back the last change of a person; who was new is written to no more.

    Raises InputError where it is none of this unit, was taken back, or another change came after it.
    """
    with office.store.write() as connection:
        known_unit(office, connection, unit_id, now)
        changes = people_rows.changes_of(connection, unit_id)
        change = next((one for one in changes if one.id == change_id), None)
        if change is None or not UnitPeople((), (), (), (), tuple(changes)).undoable(change):
            vi = "Nội dung này đã được bỏ hoặc đã có thay đổi sau đó; đề nghị xem lại."
            raise InputError("the last change of a person", field="thay_doi", found=change_id, vi=vi)
        if personal.is_nameless(_person(office, connection, change.contact_id)):
            vi = "Người này đã được ẩn danh; không bỏ được thay đổi nào."
            raise InputError("a person who is known", field="thay_doi", found=change_id, vi=vi)
        before = change.before or {"valid_to": (now.date() - timedelta(days=1)).isoformat()}
        people_rows.undo_change(connection, change_id, by=decider.by, at=now)
        people_rows.change_person(connection, change.contact_id, _read(before))
        _trail(connection, ActKind.UNDO_CONTACT, change.contact_id, change_id, before, decider, now)


def _put(connection: Connection, unit_id: str, values: Mapping[str, Any], decider: Decider, now: datetime) -> int:
    """Add somebody, or bring back who was there before."""
    known = people_rows.find_person(connection, unit_id, ContactRole(values["role"]), values["email"])
    if known is None:
        person_id = people_rows.add_person(connection, unit_id, values)
        if person_id is None:
            raise _asked("email", values["email"], f"Địa chỉ thư “{values['email']}” vừa được người khác thêm.")
        _note(connection, person_id, None, values, decider, now)
        return person_id
    if known.valid_to is None or known.valid_to >= now.date():
        raise _asked("email", known.email, f"Địa chỉ thư “{known.email}” đã có ở {known.name}.")
    _change(connection, known, {**values, **_A_NEW_ADDRESS}, decider, now)
    return known.id


def _end(connection: Connection, person: PersonRow, last_day: date, decider: Decider, now: datetime) -> None:
    if person.valid_from is not None and last_day < person.valid_from:
        first = short_date(person.valid_from)
        vi = f"{person.name} bắt đầu từ ngày {first}; ngày cuối cùng phải từ ngày đó trở đi."
        raise InputError(f"a day not before {person.valid_from}", field="den_ngay", found=last_day, vi=vi)
    _change(connection, person, {"valid_to": last_day}, decider, now)


def _change(
    connection: Connection, person: PersonRow, values: Mapping[str, Any], decider: Decider, now: datetime
) -> None:
    """Write what is different; nothing where nothing is."""
    different = {name: value for name, value in values.items() if getattr(person, name) != value}
    if different:
        before = {name: getattr(person, name) for name in different}
        people_rows.change_person(connection, person.id, different)
        _note(connection, person.id, before, different, decider, now)


def _note(
    connection: Connection,
    person_id: int,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    decider: Decider,
    now: datetime,
) -> None:
    values = {
        "contact_id": person_id,
        "before": None if before is None else _written(before),
        "after": _written(after),
        "by": decider.by,
        "reason": decider.reason,
        "at": now,
    }
    change_id = people_rows.note_change(connection, values)
    _trail(connection, ActKind.CHANGE_CONTACT, person_id, change_id, after, decider, now)


def _trail(
    connection: Connection,
    kind: ActKind,
    person_id: int,
    change_id: int,
    fields: Mapping[str, Any],
    decider: Decider,
    now: datetime,
) -> None:
    details = {"change": change_id, "fields": sorted(fields)}
    audit.append(connection, audit.Act(now, decider.by, kind, ActSubject.CONTACT, person_id, decider.reason, details))


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON holds it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _read(values: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON holds, as the store keeps it."""
    found = dict(values)
    for name in (*_DAYS, "asked_on", "confirmed_on"):
        if found.get(name):
            found[name] = date.fromisoformat(found[name])
    if found.get("unreachable_since"):
        found["unreachable_since"] = datetime.fromisoformat(found["unreachable_since"])
    return found


def _person(office: Office, connection: Connection, person_id: int) -> PersonRow:
    person = people_rows.get_person(connection, person_id, locked=True)
    if person is None or not office.sight.has(person.unit_id):
        vi = "Không có người liên hệ này; đề nghị tải lại trang."
        raise InputError("the id of a person", field="nguoi", found=person_id, vi=vi)
    return person


def _require_seen(connection: Connection, person: PersonRow, seen: int) -> None:
    newest = newest_change(people_rows.changes_of(connection, person.unit_id), person.id)
    if newest != seen:
        vi = f"{person.name} vừa được người khác sửa; đề nghị xem lại trước khi ghi."
        raise InputError("the newest change", field="da_xem", found=seen, vi=vi)


def newest_change(changes: Sequence[ChangeRow], person_id: int) -> int:
    """The newest change of a person; 0 where there is none."""
    return next((one.id for one in changes if one.contact_id == person_id), 0)


_FIELD_WORDS = {
    "role": "vai trò",
    "name": "họ tên",
    "email": "địa chỉ thư",
    "phone": "số điện thoại",
    "substitute": "người thay khi vắng",
    "valid_from": "ngày bắt đầu",
    "valid_to": "ngày cuối cùng",
}


def change_words(change: ChangeRow) -> list[str]:
    """What a change was about, as people read it."""
    return [words for name, words in _FIELD_WORDS.items() if name in change.after]


def _asked(field: str, found: object, vi: str) -> InputError:
    return InputError("a person with a name and one address", field=field, found=found, vi=vi)

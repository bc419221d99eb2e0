"""What people decide about reminding, each with who and why: pause and resume, stand in for somebody who is away.

Huyện Bắc Bình asks that xã Bình An be left alone until a flood is over; letters go again when a person says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.pausing import Absence, Suspension, suspended
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office, known_unit
from plan_lifecycle.mail.message import Address
from plan_lifecycle.store import audit, pauses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import people as people_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


def suspend(office: Office, new: Suspension, now: datetime) -> int:
    """Send no letters about a plan, a unit, or anything, for a time; return the suspension's id.

    One that keeps back the same letters on the same days and is not lifted is that one: said twice, it would have to be
    lifted twice. Raises InputError.
    """
    decider = Decider(new.decided_by, new.reason)
    new = replace(new, decided_by=decider.by, reason=decider.why)
    if new.until_on is not None and new.until_on < new.from_on:
        vi = f"Ngày cuối cùng phải từ ngày {short_date(new.from_on)} trở đi."
        raise InputError(f"a day not before {new.from_on}", field="until", found=new.until_on, vi=vi)
    with office.store.write() as connection:
        _require_known(office, connection, new, now)
        if (known := pauses.the_same(connection, new)) is not None:
            return known
        return _note_pause(connection, new, decider, now)


def pause_all_mail(connection: Connection, since: date, decider: Decider, now: datetime) -> int:
    """Send nothing at all from a day on until somebody says so, within a transaction that does more; return its id."""
    return _note_pause(connection, Suspension(since, None, decider.by, decider.why), decider, now)


def _require_known(office: Office, connection: Connection, new: Suspension, now: datetime) -> None:
    """Raise InputError where unit, plan or obligation of a pause are none, or not to be seen."""
    if new.unit_id is not None:
        known_unit(office, connection, new.unit_id, now)
    elif not office.sight.has(None):
        raise InputError("the id of a unit that is imported", field="unit", vi="Đề nghị chọn đơn vị.")
    if new.plan_id is not None and not plan_rows.get_plans(connection, {new.plan_id}):
        vi = f"Không có kế hoạch mang mã {new.plan_id}."
        raise InputError("the id of a plan in the store", field="plan", found=new.plan_id, vi=vi)
    if new.obligation_id is not None and not obligation_rows.get_obligations(connection, [new.obligation_id]):
        vi = f"Không có nội dung phải gửi mang mã {new.obligation_id}."
        raise InputError("the id of an obligation", field="obligation", found=new.obligation_id, vi=vi)


def _note_pause(connection: Connection, new: Suspension, decider: Decider, now: datetime) -> int:
    number = pauses.suspend(connection, new, now)
    details = {"unit": new.unit_id, "plan": new.plan_id, "from": _iso(new.from_on), "until": _iso(new.until_on)}
    if new.obligation_id is not None:
        details |= {"obligation": str(new.obligation_id)}
    audit.append(connection, _act(ActKind.PAUSE_LETTERS, number, decider, now, details))
    return number


def hold_these(
    office: Office, obligation_ids: Sequence[int], until: date, decider: Decider, now: datetime
) -> list[str]:
    """Hold the letters about each of these until the end of a day; return what was not held, and why.

    What is held until that day or longer is left alone. Raises InputError where no reason is given, the day is past.
    """
    reason, today = decider.why, now.date()
    with office.store.read() as connection:
        owed = obligation_rows.get_obligations(connection, sorted(set(obligation_ids)))
        held = pauses.suspensions(connection, today)
        names = {one.unit_id: unit_rows.name_of(connection, one.unit_id) for one in owed}
    refused = []
    for one in owed:
        known = suspended(held, one, today)
        if known is not None and (known.until_on is None or known.until_on >= until):
            refused.append(f"{names[one.unit_id]}: {one.what}: đang {known.in_words} (đ/c {known.decided_by})")
            continue
        suspend(office, Suspension(today, until, decider.by, reason, unit_id=one.unit_id, obligation_id=one.id), now)
    return refused


def resume(office: Office, suspension_id: int, decider: Decider, now: datetime) -> None:
    """Let letters go again from today. Raises InputError where nothing of this id is suspended."""
    with office.store.write() as connection:
        seen = office.sight.whole or office.sight.has(pauses.unit_of(connection, suspension_id))
        if not seen or not pauses.lift(connection, suspension_id, on=now.date(), by=decider.by, reason=decider.why):
            vi = "Thư đã được cho gửi trở lại trước đó."
            raise InputError("the id of a suspension in force", field="suspension", found=suspension_id, vi=vi)
        audit.append(connection, _act(ActKind.RESUME_LETTERS, suspension_id, decider, now, {}))


def _act(kind: ActKind, number: int, decider: Decider, now: datetime, details: Mapping[str, object]) -> audit.Act:
    return audit.Act(now, decider.by, kind, ActSubject.PAUSE, number, decider.why, details)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def stand_in(office: Office, new: Absence, now: datetime) -> bool:
    """Note that somebody is away, and who gets the letters meanwhile; False where that is known. Raises InputError."""
    decider = Decider(new.decided_by, new.reason)
    new = replace(new, decided_by=decider.by, reason=decider.why)
    Address(new.email)
    if new.substitute is not None:
        Address(new.substitute)
    if new.until_on < new.from_on:
        vi = f"Ngày cuối cùng phải từ ngày {short_date(new.from_on)} trở đi."
        raise InputError(f"a day not before {new.from_on}", field="until", found=new.until_on, vi=vi)
    with office.store.write() as connection:
        known = pauses.note_absence(connection, new, now)
        if known:
            span = {"from": new.from_on.isoformat(), "until": new.until_on.isoformat()}
            _append_absence(connection, ActKind.NOTE_ABSENCE, new.email, decider, now, span)
        return known


def come_back(office: Office, email: str, decider: Decider, now: datetime) -> None:
    """Write to somebody again who was noted as away. Raises InputError where nobody of this address is."""
    with office.store.write() as connection:
        if not pauses.end_absences(connection, email, now.date()):
            vi = "Không có ghi nhận đi vắng; đề nghị tải lại trang."
            raise InputError("the address of who is away", field="email", found=email, vi=vi)
        _append_absence(connection, ActKind.END_ABSENCE, email, decider, now, {})


def _append_absence(
    connection: Connection, kind: ActKind, email: str, decider: Decider, now: datetime, span: dict[str, str]
) -> None:
    ids = people_rows.ids_of_address(connection, email)
    audit.append(
        connection, audit.Act(now, decider.by, kind, ActSubject.CONTACT, ids[0] if ids else 0, decider.reason, span)
    )

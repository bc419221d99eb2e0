"""Writing once more about what is owed because a person asks for it: *Gửi lại thư*.

The coordinator has UBND xã Hòa Thắng on the telephone: the letter is not to be found. She has it written again. It says
how things stand now, goes to the people of today, stands in the ledger beside the rungs of the ladder, and is written
once a day however often the button is pressed. Who may not be written to is named with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation
from plan_lifecycle.domain.reminder import AFTER, BEFORE, Aim, Rung, asked_again
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Desk, Office, Recipient, contained, letter_text, open_desk
from plan_lifecycle.lifecycle.remind._letter import reminder_letter
from plan_lifecycle.lifecycle.remind._morning import Due
from plan_lifecycle.mail.message import Address
from plan_lifecycle.store import audit
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import reminders as reminder_rows
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class Resent:
    """What became of one obligation: the addresses that its letter goes to, or why (``why``) there is none."""

    obligation: int
    unit: str
    what: str
    to: tuple[str, ...] = ()
    why: str | None = None

    @property
    def done(self) -> bool:
        """Whether a letter goes."""
        return self.why is None


class AsItWouldGo(NamedTuple):
    """A letter that is not queued, and what its reader would see."""

    letter: Letter
    text: str


def remind_again(office: Office, obligation_ids: Sequence[int], decider: Decider, now: datetime) -> list[Resent]:
    """Write one letter to each address about all of these obligations that are owed there.

    An outcome for each, in order; one that nobody can be written to about stops no other. Raises InputError where
    there is no such obligation.
    """
    ids = list(dict.fromkeys(obligation_ids))
    with office.store.read() as connection:
        owed = {each.id: each for each in obligation_rows.get_obligations(connection, ids)}
        recorded = reminder_rows.rungs_recorded(connection, ids)
        desk = open_desk(office, connection, now, list(owed.values()))
    _require_known(ids, owed)
    why = {key: _why_not(desk, owed[key], recorded.get(key, set())) for key in ids}
    letters = _letters(desk, [owed[key] for key in ids if why[key] is None], why)
    with office.store.write() as connection:
        reached = _record(connection, desk, letters, decider)
    return [
        Resent(key, desk.tree.called(owed[key].unit_id), owed[key].what, tuple(reached.get(key, ())), why[key])
        for key in ids
    ]


def foresee_again(office: Office, obligation_ids: Sequence[int], now: datetime) -> list[AsItWouldGo]:
    """The letters that ``remind_again`` would write now, in words; nothing is queued."""
    desk, owed = _look(office, obligation_ids, now)
    why: dict[int, str | None] = dict.fromkeys(one.id for one in owed)
    letters = _letters(desk, [one for one in owed if _may_be_written(desk, one)], why)
    return [AsItWouldGo(letter, letter_text(office.store.blobs.get(letter.blob)).text) for letter, _ in letters]


def send_sample(office: Office, obligation_ids: Sequence[int], email: str, decider: Decider, now: datetime) -> str:
    """Send the letter about these as its reader would get it to an address of one's own; return its subject.

    Its links are left out: whoever has them acts as the unit. Raises InputError for an address that is none, and where
    there is nothing to write about.
    """
    to = Recipient(Address(email).email, "", None)
    desk, owed = _look(replace(office, links=None), obligation_ids, now)
    items = [_due(desk, one) for one in owed if _may_be_written(desk, one)]
    if not items:
        vi = "Không có nội dung nào để viết thư."
        raise InputError("obligations that a letter can be about", field="id", found=list(obligation_ids), vi=vi)
    first = [item for item in items if item.obligation.unit_id == items[0].obligation.unit_id]
    letter = reminder_letter(desk, to, first, f"sample:{now.isoformat()}:{to.email.lower()}")
    with office.store.write() as connection:
        letter_rows.queue(connection, [letter])
        details = {"to": to.email}
        about = first[0].obligation.id
        act = audit.Act(now, decider.by, ActKind.SAMPLE_LETTER, ActSubject.OBLIGATION, about, decider.reason, details)
        audit.append(connection, act)
    return letter.subject


def _look(office: Office, obligation_ids: Sequence[int], now: datetime) -> tuple[Desk, list[Obligation]]:
    with office.store.read() as connection:
        owed = obligation_rows.get_obligations(connection, sorted(set(obligation_ids)))
        return open_desk(office, connection, now, owed), owed


def _may_be_written(desk: Desk, owed: Obligation) -> bool:
    known = desk.office.rules.aim(owed) is not None and owed.item is not Item.QUOTA
    return known and owed.state in OUTSTANDING and desk.scene.never(owed) is None


def _require_known(ids: Sequence[int], owed: dict[int, Obligation]) -> None:
    unknown = [key for key in ids if key not in owed]
    if unknown:
        vi = "Có nội dung không còn trong danh sách; đề nghị mở lại trang."
        raise InputError("ids of existing obligations", field="ID", found=unknown, vi=vi)


def _why_not(desk: Desk, owed: Obligation, recorded: set[str]) -> str | None:
    """Why nobody is written to about it now; None where somebody is."""
    scene, aim = desk.scene, desk.office.rules.aim(owed)
    never, kept = scene.never(owed), scene.kept_back(owed)
    if owed.state not in OUTSTANDING:
        return "đã nhận, hoặc không còn phải gửi"
    if never is not None or kept is not None:
        return never.words if never is not None else kept[1] if kept else None
    if owed.item is Item.QUOTA:
        return "tin, bài của tháng được nhắc tự động một lần trong tháng"
    if aim is None:
        return "chưa có thời hạn"
    if asked_again(desk.now.date(), aim) in recorded:
        return f"thư đã được gửi lại trong ngày {short_date(desk.now.date())}"
    return None


def _letters(desk: Desk, owed: Sequence[Obligation], why: dict[int, str | None]) -> list[tuple[Letter, list[Due]]]:
    """A letter for each address with all that is owed there; what none can be written about is noted in ``why``."""
    by_address: dict[str, tuple[Recipient, list[Due]]] = {}
    for one in owed:
        people = list(_writable(desk.recipients(one.unit_id)))
        if not people:
            why[one.id] = WhyUnsent.NO_CONTACT.words
        for to in people:
            by_address.setdefault(to.email.lower(), (to, []))[1].append(_due(desk, one))
    written = []
    for to, items in by_address.values():
        with contained(to.email, partial(_unwritten, why, items)):
            written.append((reminder_letter(desk, to, items, _key(desk.now, to, items)), items))
    return written


def _writable(people: Iterable[Recipient]) -> Iterable[Recipient]:
    for to in people:
        try:
            Address(to.email, to.name)
        except InputError:
            continue
        yield to


def _due(desk: Desk, owed: Obligation) -> Due:
    aim = desk.office.rules.aim(owed) or Aim(desk.now.date())
    kind = AFTER if aim.day < desk.now.date() else BEFORE
    return Due(owed, Rung(asked_again(desk.now.date(), aim), 0, kind))


def _unwritten(why: dict[int, str | None], items: Sequence[Due], error: PlanLifecycleError) -> None:
    for item in items:
        why[item.obligation.id] = error.for_user


def _key(now: datetime, to: Recipient, items: Sequence[Due]) -> str:
    """One letter a day to an address about the same things, however often it is asked for."""
    about = hashlib.sha256(",".join(str(item.obligation.id) for item in items).encode()).hexdigest()[:12]
    return f"again:{now.date().isoformat()}:{about}:{to.email.lower()}"


def _record(
    connection: Connection, desk: Desk, letters: Sequence[tuple[Letter, list[Due]]], decider: Decider
) -> dict[int, list[str]]:
    """Queue the letters and note whom they go to; the addresses by obligation."""
    new = letter_rows.queue(connection, [letter for letter, _ in letters])
    reached: dict[int, list[str]] = {}
    rows: list[dict[str, Any]] = []
    for letter, items in letters:
        for item in items:
            reached.setdefault(item.obligation.id, []).append(letter.recipient)
            if letter.key in new:
                values = {"letter_id": new[letter.key], "why": None, "reason": None}
                rows.append(_ledger(item, letter, desk) | values)
    reminder_rows.save_reminders(connection, rows)
    for key in dict.fromkeys(row["obligation_id"] for row in rows):
        details = {"to": reached[key]}
        act = audit.Act(desk.now, decider.by, ActKind.RESEND, ActSubject.OBLIGATION, key, decider.reason, details)
        audit.append(connection, act)
    return reached


def _ledger(item: Due, letter: Letter, desk: Desk) -> dict[str, Any]:
    return {
        "obligation_id": item.obligation.id,
        "rung": item.rung.name,
        "recipient": letter.recipient.lower(),
        "on_day": desk.now.date(),
    }

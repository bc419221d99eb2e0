"""The letter of a reminder: everything that is owed at one address, in the words of what is most urgent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import OUTSTANDING, Obligation
from plan_lifecycle.domain.reminder import QUOTA, Rung, climbs_towards, letter_kind
from plan_lifecycle.domain.unit import Standing
from plan_lifecycle.lifecycle.office import Desk, Recipient, thread_key, write_letter
from plan_lifecycle.lifecycle.remind._form_to_fill_in import forms_of
from plan_lifecycle.lifecycle.remind._morning import Due
from plan_lifecycle.mail.calendar import DueEvent, due_calendar
from plan_lifecycle.mail.contexts import Context, Reminder, ReminderAfter, ReminderBefore, ReminderLast, ReminderQuota
from plan_lifecycle.mail.message import Attachment

_BY_URGENCY: tuple[type[Reminder], ...] = (ReminderAfter, ReminderLast, ReminderBefore)


def reminder_letter(
    desk: Desk, to: Recipient, items: Sequence[Due], key: str | None = None, *, instead_of: Letter | None = None
) -> Letter:
    """One letter to one address with everything that is owed there; its kind is that of the most urgent item.

    Written ``instead_of`` a letter that has not left, as far as anybody knows, it keeps that one's key.
    """
    key = key or (instead_of.key if instead_of else _key(desk.now, to.email))
    owed = [item for item in items if item.rung.letter != QUOTA]
    first = items[0].obligation
    forms = forms_of(desk, [item.obligation for item in owed])
    return write_letter(
        desk.office,
        _in_words(desk, items, owed, forms),
        key=key,
        to=to,
        now=desk.now,
        thread=thread_key(first.plan_id, first.unit_id),
        attachments=forms,
        calendar=calendar_of(desk, owed),
        instead_of=instead_of,
    )


def _in_words(desk: Desk, items: Sequence[Due], owed: Sequence[Due], forms: Sequence[Attachment]) -> Context:
    """What the letter says: of what is ``owed``, and of months whose quota is not reached."""
    rules, today = desk.office.rules, desk.now.date()
    units = {item.obligation.unit_id: desk.tree[item.obligation.unit_id] for item in items}
    months = (desk.short_month(item.obligation) for item in items if item not in owed)
    values: dict[str, Any] = {
        "sender": desk.sender_of(_first(desk, items), units),
        "to": "; ".join(desk.tree.named(unit) for unit in units.values()),
        "today": today,
        "quotas": tuple(month for month in months if month is not None),
    }
    if not owed:
        return ReminderQuota(**values)
    kinds = {letter_kind(item.rung, rules.last_day(item.obligation), today) for item in owed}
    kind = next(context for context in _BY_URGENCY if context.kind in kinds)
    values |= {
        "form": "; ".join(form.name for form in forms) or None,
        "items": tuple(desk.owed(item.obligation) for item in owed),
    }
    if kind is ReminderAfter:
        values["send_by"] = rules.calendar.shift(today, rules.reminding.reply_within)
    return kind(**values)


def _first(desk: Desk, items: Sequence[Due]) -> Obligation:
    """The obligation whose receiver the letter is written for: one that somebody above asked for, if there is any."""
    owed = [item.obligation for item in items]
    return next((obligation for obligation in owed if not desk.by_own_plan(obligation)), owed[0])


def calendar_of(desk: Desk, items: Sequence[Due]) -> bytes | None:
    """The last days that are still ahead, for the officer's calendar; each event keeps its name when a day moves."""
    events = [
        DueEvent(
            uid=f"obligation-{item.obligation.id}@{desk.office.mail_domain}",
            summary=f"Hạn gửi: {owed.what} – {owed.unit}",
            last_day=owed.last_day,
            description=owed.deadline,
        )
        for item, owed in ((item, desk.owed(item.obligation)) for item in items)
        if owed.last_day >= desk.now.date()
    ]
    return due_calendar(events, stamp=desk.now) if events else None


def still_due(desk: Desk, obligation: Obligation, rung: str, kind: str) -> Due | None:
    """The reminder as it stands now; None where what it asks for has come in, or its rung is of a day that moved.

    Neither is one due whose rung a unit outside the chain of command does not have: it gets its one courtesy reminder.
    """
    aim = desk.office.rules.aim(obligation)
    wanted = obligation.state in OUTSTANDING and desk.scene.never(obligation) is None
    if not wanted or aim is None or not climbs_towards(rung, aim):
        return None
    unit = desk.tree[obligation.unit_id]
    days = desk.office.rules.rung_days(obligation, unit)
    known = next((step.rung for step in days if step.rung.name == rung), None)
    if known is None and unit.standing is Standing.REQUESTED:
        return None
    return Due(obligation, known or Rung(rung, 0, kind))


def _key(now: datetime, email: str) -> str:
    return f"remind:{now.date().isoformat()}:{email.lower()}"

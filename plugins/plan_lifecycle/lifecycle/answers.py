"""What a unit hears about what it sent: received, to be completed, accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation, title
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.correspondence import write_letter
from plan_lifecycle.lifecycle.desk import Desk
from plan_lifecycle.lifecycle.remind import thread_key
from plan_lifecycle.mail.contexts import Accepted, Context, Receipt, Return
from plan_lifecycle.store.arrivals import StoredArrival

RESEND_WORKING_DAYS = 3


def receipt_letters(
    desk: Desk, arrival: StoredArrival, obligation: Obligation, reference: str | None, issued_on: date | None
) -> list[Letter]:
    """The receipt of what was filed; number and date are the paper's own."""
    if not desk.in_being(obligation):
        return []
    context = Receipt(
        **_common(desk, obligation),
        received_at=arrival.received_at,
        document=_document(reference, issued_on),
        files=(arrival.file_name,),
    )
    return _letters(desk, obligation, context, f"receipt:{arrival.id}")


def refusal_letters(desk: Desk, arrival: StoredArrival, obligation: Obligation, reason: str) -> list[Letter]:
    """What the gate did not let in, why, and until when a readable copy is awaited."""
    if not desk.in_being(obligation):
        return []
    context = Return(
        **_common(desk, obligation),
        first_received=arrival.received_at.date(),
        findings=(f"Tệp “{arrival.file_name}”: {reason}",),
        resend=_resend(desk),
    )
    return _letters(desk, obligation, context, f"refused:{arrival.id}")


def return_letters(desk: Desk, obligation: Obligation, returned: Submission, reason: str | None) -> list[Letter]:
    """What is to be completed, and until when."""
    if not desk.in_being(obligation):
        return []
    findings = tuple(finding.text for finding in returned.findings) + ((reason,) if reason else ())
    first = obligation.first_received_at or returned.received_at
    context = Return(
        **_common(desk, obligation),
        first_received=first.date(),
        findings=findings,
        resend=_resend(desk),
        document=_document(returned.reference, returned.issued_on),
    )
    return _letters(desk, obligation, context, f"returned:{returned.id}")


def accepted_letters(desk: Desk, obligation: Obligation, accepted: Submission) -> list[Letter]:
    """The good news."""
    if not desk.in_being(obligation):
        return []
    context = Accepted(
        **_common(desk, obligation),
        received_on=accepted.received_at.date(),
        document=_document(accepted.reference, accepted.issued_on),
    )
    return _letters(desk, obligation, context, f"accepted:{accepted.id}")


def _common(desk: Desk, obligation: Obligation) -> dict[str, Any]:
    unit = desk.tree[obligation.unit_id]
    return {
        "sender": desk.office.sender(desk.tree, desk.tree[obligation.receiver_id], {unit.id: unit}),
        "to": desk.tree.named(unit),
        "today": desk.now.date(),
        "what": title(obligation.item, Period.parse(obligation.period).label),
        "unit": desk.tree.named(unit),
    }


def _letters(desk: Desk, obligation: Obligation, context: Context, key: str) -> list[Letter]:
    thread = thread_key(obligation.plan_id, obligation.unit_id)
    to = desk.recipients(obligation.unit_id)[:1]
    return [write_letter(desk.office, context, key=key, to=each, now=desk.now, thread=thread) for each in to]


def _document(reference: str | None, issued_on: date | None) -> str | None:
    if reference is None or issued_on is None:
        return None
    kind = "Kế hoạch" if "KH" in reference else "Báo cáo"
    return f"{kind} số {reference} ngày {short_date(issued_on)}"


def _resend(desk: Desk) -> str:
    return f"trước ngày {short_date(desk.office.rules.calendar.shift(desk.now.date(), RESEND_WORKING_DAYS))}"

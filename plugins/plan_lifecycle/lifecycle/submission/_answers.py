"""What a unit hears about what it sent: received, to be completed, accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import AWAITED, Rule, Submission, doubtful, not_awaited, not_its_own
from plan_lifecycle.domain.unit import ContactRole
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Desk, thread_key, write_letter
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.mail.contexts import Accepted, Context, Receipt, Return
from plan_lifecycle.store.arrivals import StoredArrival

RESEND_WORKING_DAYS = 3
LOOK_AGAIN = "Nếu các nội dung cần xem lại (đã nêu trong thư xác nhận) có thay đổi, đề nghị gửi lại bản đã điều chỉnh."
PORTAL = "portal"
"""The channel on which whoever holds the unit's link sends: all its contacts learn of it."""


def receipt_letters(
    desk: Desk,
    arrival: StoredArrival,
    met: Sequence[Obligation],
    checked: Checked,
    *,
    everyone: bool = False,
) -> list[Letter]:
    """Write the receipt of what was filed for these obligations of a unit, with what was seen at once.

    Number and date are the paper's own. What another file of the same submission may bring is not asked for yet.
    ``everyone`` of the unit's contacts gets it where somebody sent it who is none of them.
    """
    obligation = met[0]
    if not desk.both_exist(obligation):
        return []
    whats = dict.fromkeys(owed.what for owed in met)
    context = Receipt(
        **_common(desk, obligation) | {"what": "; ".join(whats)},
        received_at=arrival.received_at,
        document=_called(arrival, checked),
        files=(arrival.file_name,),
        findings=tuple(finding.text for finding in checked.findings if finding.rule not in AWAITED),
    )
    return _letters(desk, obligation, context, f"receipt:{arrival.id}", everyone=everyone or arrival.channel == PORTAL)


def refusal_letters(
    desk: Desk, arrival: StoredArrival, obligation: Obligation, reason: str, *, delivered: bool = True
) -> list[Letter]:
    """Tell what the gate did not let in, why, and until when a readable copy is awaited.

    What was not ``delivered`` in good faith, as our own draft sent back, has no date that could count.
    """
    if not desk.both_exist(obligation):
        return []
    context = Return(
        **_common(desk, obligation),
        first_received=arrival.received_at.date() if delivered else None,
        findings=(f"Tệp “{arrival.file_name}”: {reason}",),
        resend=_resend(desk) if delivered else _still_due(desk, obligation),
        link=desk.link(obligation),
        code=desk.code(obligation),
        paper=obligation.paper,
    )
    return _letters(desk, obligation, context, f"refused:{arrival.id}")


def return_letters(desk: Desk, obligation: Obligation, returned: Submission, reason: str | None) -> list[Letter]:
    """Tell what is to be completed, and until when."""
    if not desk.both_exist(obligation):
        return []
    told = tuple(finding.text for finding in returned.findings if finding.blocks or finding.doubt)
    first = obligation.first_received_at or returned.received_at
    own = not not_its_own(returned.findings)
    context = Return(
        **_common(desk, obligation),
        first_received=first.date() if own else None,
        findings=(*told, reason) if reason else told,
        resend=_resend(desk),
        link=desk.link(obligation),
        code=desk.code(obligation),
        paper=obligation.paper,
        document=_document(returned.reference, returned.issued_on) if own else None,
        still_open=sum(finding.rule is Rule.REPORT_REQUIRED for finding in returned.findings),
    )
    return _letters(desk, obligation, context, f"returned:{returned.id}")


def accepted_letters(
    desk: Desk, obligation: Obligation, accepted: Submission, *, awaits_paper: bool = False
) -> list[Letter]:
    """Tell the good news; of figures whose signed paper is awaited (``awaits_paper``) with what is still to come."""
    if not desk.both_exist(obligation):
        return []
    still = obligation.due_on is not None and obligation.due_on >= desk.now.date()
    context = Accepted(
        **_common(desk, obligation),
        received_on=accepted.received_at.date(),
        document=_document(accepted.reference, accepted.issued_on),
        note=LOOK_AGAIN if doubtful(accepted.findings) else None,
        awaits_paper=awaits_paper,
        last_day=obligation.due_on if still else None,
        link=desk.link(obligation),
        code=desk.code(obligation),
    )
    return _letters(desk, obligation, context, f"accepted:{accepted.id}")


def _common(desk: Desk, obligation: Obligation) -> dict[str, Any]:
    unit = desk.tree[obligation.unit_id]
    return {
        "sender": desk.sender_of(obligation),
        "to": desk.tree.named(unit),
        "today": desk.now.date(),
        "what": obligation.what,
        "unit": desk.tree.named(unit),
    }


def _letters(desk: Desk, obligation: Obligation, context: Context, key: str, *, everyone: bool = False) -> list[Letter]:
    """Write the letter for the unit's officer; with ``everyone`` the same for each of its contacts.

    What the coordinating agency sent for itself is answered by nobody: it has the findings before it.
    """
    if desk.scene.own_duty(obligation):
        return []
    thread = thread_key(obligation.plan_id, obligation.unit_id)
    to = desk.recipients(obligation.unit_id)[:1]
    if everyone:
        to = desk.recipients(obligation.unit_id, tuple(ContactRole))
    keys = (key, *(f"{key}:{recipient.email}" for recipient in to[1:]))
    write = partial(write_letter, desk.office, context, now=desk.now, thread=thread)
    return [write(key=its_key, to=recipient) for its_key, recipient in zip(keys, to, strict=False)]


def _called(arrival: StoredArrival, checked: Checked) -> str | None:
    """Name what came: by number and date, or as a mere file where it seems to be another paper than the one awaited."""
    if not_awaited(checked.findings):
        return f"tệp “{arrival.file_name}”"
    return _document(checked.reference, checked.issued_on)


def _document(reference: str | None, issued_on: date | None) -> str | None:
    if reference is None or issued_on is None:
        return None
    kind = "Kế hoạch" if "KH" in reference else "Báo cáo"
    return f"{kind} số {reference} ngày {short_date(issued_on)}"


def resend_by(desk: Desk) -> date:
    """Find the last day on which what is returned now is awaited again."""
    return desk.office.rules.calendar.shift(desk.now.date(), RESEND_WORKING_DAYS) - timedelta(days=1)


def _still_due(desk: Desk, obligation: Obligation) -> str:
    """Word the day for what was not delivered yet: that of the plan, as long as it lies ahead."""
    if obligation.due_on is None or obligation.due_on < resend_by(desk):
        return _resend(desk)
    return f"chậm nhất hết ngày {short_date(obligation.due_on)}"


def _resend(desk: Desk) -> str:
    return f"trước ngày {short_date(resend_by(desk) + timedelta(days=1))}"

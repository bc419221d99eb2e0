"""The one notice that says what a new version of a plan changes for a unit."""

from __future__ import annotations

from collections.abc import Iterator

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.plan_version import Altered, Difference
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.cascade._changed_obligations import Changes
from plan_lifecycle.lifecycle.office import Desk, Recipient, plan_ref, thread_key, write_letter
from plan_lifecycle.mail.contexts import ChangedItem, NoticeOfChange
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store.plans import RegisteredPlan

_FIELDS = {
    "content": "nội dung",
    "lead": "đơn vị chủ trì",
    "support": "đơn vị phối hợp",
    "monitor": "đơn vị theo dõi, đôn đốc",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "budget": "kinh phí",
}
_LONGEST = 160


def change_notice(
    desk: Desk,
    issuer: Unit,
    unit: Unit,
    old: RegisteredPlan,
    new: RegisteredPlan,
    done: str,
    items: tuple[ChangedItem, ...],
    draft: Attachment | None,
    to: Recipient,
) -> Letter:
    """The notice to one address, in the thread of the old plan; its key is one per new plan and unit."""
    kind = "Kế hoạch" if "KH" in (new.symbol or "") else "Quyết định"
    context = NoticeOfChange(
        sender=desk.office.sender(desk.tree, issuer, {unit.id: unit}),
        to=desk.tree.named(unit),
        today=desk.now.date(),
        plan=plan_ref(desk.tree, old),
        unit=desk.tree.named(unit),
        change=done,
        basis=f"{kind} số {new.reference} ngày {short_date(new.issued_on)}" if new.issued_on else None,
        items=items,
        draft=draft.name if draft else None,
    )
    return write_letter(
        desk.office,
        context,
        key=thread_key(new.id, unit.id),
        to=to,
        now=desk.now,
        thread=thread_key(old.id, unit.id),
        attachments=[draft] if draft else [],
    )


def changed_items(change: Changes, tasks: Difference) -> tuple[ChangedItem, ...]:
    """What is owed otherwise than before, then the tasks that are asked otherwise."""
    items = [
        ChangedItem(move.before.what, _when(move.before), _when(move.after))
        for move in change.moved
        if move.before.due_on != move.after.due_on
    ]
    items += [ChangedItem(owed.what, _when(owed), None) for owed in change.closed]
    items += [ChangedItem(owed.what, None, _when(owed)) for owed in change.added]
    return (*items, *(item for altered in tasks.activities for item in _of_task(altered)))


def _when(owed: Obligation) -> str:
    if owed.due_on is None:
        return f"{owed.phrase or 'thời hạn'} (ngày cụ thể sẽ thông báo sau)"
    return f"{owed.phrase} (chậm nhất hết ngày {short_date(owed.due_on)})".strip()


def _of_task(altered: Altered) -> Iterator[ChangedItem]:
    before, after = altered.before, altered.after
    if isinstance(before, Activity) and isinstance(after, Activity):
        for field, old, new in altered.changes:
            yield ChangedItem(f"{_task(after)}, {_FIELDS.get(field, field)}", _short(old) or "không ghi", _short(new))
    elif isinstance(after, Activity):
        yield ChangedItem(_task(after), None, _deadline(after))
    elif isinstance(before, Activity):
        yield ChangedItem(_task(before), _deadline(before), "không thực hiện nữa")


def _task(activity: Activity) -> str:
    return f"Nhiệm vụ “{_short(activity.content)}”"


def _deadline(activity: Activity) -> str:
    return f"thời hạn {activity.deadline.phrase}" if activity.deadline else "thời hạn không ghi"


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip(".;")
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"

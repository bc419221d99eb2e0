"""The draft of the joint *công văn đôn đốc*: all late units of one item in one letter for the leader to sign.

On 06/3 five communes of huyện Bắc Bình owe their plans: the draft names them with the days they are late, in the form
of Nghị định 30/2020/NĐ-CP; number, day and signer stay open. Nothing here is ever sent to the units. The agency that
writes is not in it: what it owes itself is a to-do of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plan_lifecycle.documents.drafts import (
    LateUnit,
    Letterhead,
    PlanReference,
    ReceiptCounts,
    ReminderLetter,
    SignatureBlock,
)
from plan_lifecycle.documents.render import render_reminder_letter
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import OUTSTANDING, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.state_words import TO_COMPLETE, overdue_words
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import count_text, file_name, first_up, short_date
from plan_lifecycle.lifecycle.office import Desk, Office, letterhead, open_desk
from plan_lifecycle.store import obligations as obligation_rows

REPLY_WITHIN = 5
"""Working days that the letter gives: it still has to be signed and sent."""


@dataclass(frozen=True, slots=True)
class DraftedLetter:
    """The draft as a Word file, and how many units it names."""

    file_name: str
    data: bytes
    late: int


def official_letter(
    office: Office, receiver_id: str, item: str, period: str, now: datetime, *, profile: str | None = None
) -> DraftedLetter:
    """Draft the letter about one item of one period owed to one unit, under plans of one kind (the code of a profile).

    Raises InputError where nobody is late, or plans of two kinds ask for it and none is named.
    """
    with office.store.read() as connection:
        owed = obligation_rows.owed_to(connection, receiver_id, item, Period.parse(period).code)
        desk = open_desk(office, connection, now, owed)
    late = [obligation for obligation in owed if _is_late(desk, obligation)]
    kinds = list(dict.fromkeys(desk.profile_of(obligation).code for obligation in late))
    if profile is None and len(kinds) > 1:
        vi = "Nội dung này do hai loại kế hoạch yêu cầu; đề nghị chọn một."
        raise InputError(f"one of {', '.join(kinds)}", field="--profile", found="none", vi=vi)
    kind = profile or next(iter(kinds), "")
    draft = draft_for(desk, _of_kind(desk, owed, kind), _of_kind(desk, late, kind))
    if draft is None:
        vi = "Không có đơn vị nào quá hạn nội dung này."
        raise InputError("units that are late", field="item", found=f"{item} {period} of {receiver_id}", vi=vi)
    return draft


def official_letters(office: Office, obligation_ids: Sequence[int], now: datetime) -> tuple[str, bytes]:
    """Draft the letters about these that are late, one for each item, period and receiver: file name and bytes.

    One letter is a Word file, several are packed together. Raises InputError where nobody of them is late.
    """
    with office.store.read() as connection:
        chosen = obligation_rows.get_obligations(connection, sorted(set(obligation_ids)))
        kinds = sorted({(each.receiver_id, each.item.value, each.period) for each in chosen})
        owed = {kind: obligation_rows.owed_to(connection, *kind) for kind in kinds}
        desk = open_desk(office, connection, now, [each for some in owed.values() for each in some])
    wanted = {each.id for each in chosen if office.sight.has(each.unit_id)}
    drafts = []
    for some in owed.values():
        late = [each for each in some if each.id in wanted and _is_late(desk, each)]
        for kind in dict.fromkeys(desk.profile_of(each).code for each in late):
            draft = draft_for(desk, _of_kind(desk, some, kind), _of_kind(desk, late, kind))
            drafts += [draft] if draft is not None else []
    if not drafts:
        vi = "Không có đơn vị nào quá hạn trong các nội dung đã chọn."
        raise InputError("units that are late", field="ID", found="none", vi=vi)
    if len(drafts) == 1:
        return drafts[0].file_name, drafts[0].data
    return file_name("Dự thảo công văn đôn đốc", "zip"), _packed(drafts)


def _of_kind(desk: Desk, owed: Sequence[Obligation], profile: str) -> list[Obligation]:
    """What plans of one kind ask for."""
    return [each for each in owed if desk.profile_of(each).code == profile]


def _packed(drafts: Sequence[DraftedLetter]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, draft in enumerate(drafts, start=1):
            archive.writestr(f"{number:02} {draft.file_name}", draft.data)
    return packed.getvalue()


def _is_late(desk: Desk, owed: Obligation) -> bool:
    behind = owed.due_on is not None and owed.due_on < desk.now.date()
    return behind and owed.state in OUTSTANDING and desk.both_exist(owed)


def draft_for(desk: Desk, owed: Sequence[Obligation], late: Sequence[Obligation]) -> DraftedLetter | None:
    """The letter about ``late`` of all that is ``owed`` of one item, period and receiver; None without addressees."""
    if not late:
        return None
    writes = desk.office.coordinating_agency(desk.tree, desk.tree[late[0].receiver_id])
    owed, addressed = ([each for each in some if not desk.scene.own_duty(each)] for some in (owed, late))
    if not addressed:
        return None
    data = render_reminder_letter(_letter(desk, addressed, writes, _counts(owed, addressed)))
    name = file_name(f"Dự thảo công văn đôn đốc gửi {late[0].what}", "docx")
    return DraftedLetter(name, data, len(addressed))


def _letter(desk: Desk, late: Sequence[Obligation], writes: Unit, counts: ReceiptCounts) -> ReminderLetter:
    office, tree, first = desk.office, desk.tree, late[0]
    receiver = tree[first.receiver_id]
    units = {obligation.unit_id: tree[obligation.unit_id] for obligation in late}
    sender = office.sender(tree, receiver, units)
    names = tuple(tree.named(unit) for unit in units.values())
    phone = f"điện thoại cơ quan {sender.phone}" if sender.phone else ""
    reported_to = (f"{receiver.agency} (báo cáo)",) if writes is not receiver else ()
    return ReminderLetter(
        head=_head(desk, writes),
        unit_name=first_up(tree.named(writes)),
        subject=f"đôn đốc gửi {first.what}",
        addressees=names,
        parent=_parent(desk, first),
        item=first.what,
        due=_due(first),
        as_of=f"hết ngày {short_date(desk.now.date() - timedelta(days=1))}",
        counts=counts,
        late_units=tuple(_late(desk, i, obligation) for i, obligation in enumerate(late, start=1)),
        request=sender.ask.value,
        new_due=f"trước ngày {short_date(office.rules.calendar.shift(desk.now.date(), REPLY_WITHIN))}",
        receiving_office=tree.named(writes),
        contact=", ".join(filter(None, (tree.named(writes), phone, sender.reply_to))),
        recipients=("Như trên", *reported_to, "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(writes, desk.now.date())),
    )


def _head(desk: Desk, writes: Unit) -> Letterhead:
    """A letter's symbol has no type: "SNV-CCHC" instead of "KH-SNV" (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""
    head = letterhead(desk.tree, writes, "", desk.now.year)
    return replace(head, symbol=f"{head.symbol.removeprefix('-')}-CCHC")


def _parent(desk: Desk, owed: Obligation) -> PlanReference:
    plan = desk.plans.get(owed.plan_id)
    if plan is None:
        return PlanReference("", "", "", owed.clause)
    return PlanReference(plan.number, short_date(plan.issued), plan.issuer, plan.abstract)


def _due(owed: Obligation) -> str:
    """The deadline by the plan's words; units to which more time was granted are judged by their own day."""
    last_day = owed.extended_from or owed.due_on
    phrase = owed.phrase.rstrip(".; ")
    words = phrase[:1].lower() + phrase[1:]
    return f"{words} (chậm nhất hết ngày {short_date(last_day)})" if last_day else words


def _counts(owed: Sequence[Obligation], late: Sequence[Obligation]) -> ReceiptCounts:
    received = sum(1 for obligation in owed if obligation.first_received_at is not None)
    return ReceiptCounts(
        expected=count_text(len(owed)),
        received=count_text(received),
        on_time="",
        late="",
        missing=count_text(len(late)),
        completeness="",
        timeliness="",
    )


def _late(desk: Desk, ordinal: int, owed: Obligation) -> LateUnit:
    days = (desk.now.date() - owed.due_on).days if owed.due_on else 0
    note = f"Được gia hạn đến hết ngày {short_date(owed.due_on)}" if owed.extended_from and owed.due_on else ""
    if owed.first_received_at is not None:
        note = TO_COMPLETE
    return LateUnit(str(ordinal), desk.tree.named(desk.tree[owed.unit_id]), overdue_words(days), note)

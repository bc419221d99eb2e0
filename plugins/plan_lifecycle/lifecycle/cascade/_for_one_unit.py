"""What one unit gets when a plan is cascaded: its draft, its obligations and the letter that carries them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, read_plan
from plan_lifecycle.documents.render import render_sub_plan
from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item, Obligation, title
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import Wording, text_of
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.cascade._draft import sub_plan_draft
from plan_lifecycle.lifecycle.office import WORD, Desk, Recipient, plan_ref, thread_key, write_letter
from plan_lifecycle.mail.contexts import SubPlanRequest
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store.plans import RegisteredPlan


@dataclass(frozen=True, slots=True)
class Cascaded:
    """What a run added under one plan.

    ``without_contact`` names units that no letter could be written to, ``undecided`` units for which every deadline
    waits for a person, ``faults`` units that failed and why: the last two get nothing yet, and the plan stays waiting.
    ``without_duties`` is the number of tasks of a plan in which nothing was found that anybody must hand in, None where
    something was; ``nobody`` are the phrases of what it asks where none of them means a unit below the issuer.
    A new version of a plan also ``moved`` and ``closed`` obligations of the old one, and ``recalled`` letters.
    """

    plan_id: int
    drafts: int
    obligations: int
    letters: int
    without_contact: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    moved: int = 0
    closed: int = 0
    recalled: int = 0
    without_duties: int | None = None
    nobody: tuple[str, ...] = ()


def nothing_asked(without_duties: int | None, nobody: Sequence[str]) -> str:
    """Why a plan was cascaded to no unit at all, for the coordinator; empty where it was, or there is nobody below."""
    if without_duties is not None:
        return (
            f"đọc được {without_duties} nhiệm vụ, không thấy nội dung phải gửi; đề nghị xem “plan-lifecycle plan read” "
            "và xác định đơn vị nào phải gửi gì, trước ngày nào"
        )
    return f"chưa rõ đơn vị nào phải gửi; kế hoạch ghi: {', '.join(filter(None, nobody)) or '…'}" if nobody else ""


@dataclass(frozen=True, slots=True)
class ForUnit:
    """Everything that one unit gets, to be written in one transaction.

    ``wording`` is that of the draft, by its blob: the unit's plan is held against it as soon as it comes.
    """

    unit: Unit
    draft: dict[str, Any]
    wording: dict[str, bytes]
    obligations: tuple[Obligation, ...]
    letters: tuple[Letter, ...]


def prepare(
    desk: Desk,
    registered: RegisteredPlan,
    plan: Plan,
    issuer: Unit,
    given: Assigned,
    obligations: tuple[Obligation, ...],
) -> ForUnit:
    """Draft, obligations and letter of one unit. Raises InputError where its address cannot be mailed."""
    draft = drafted(desk, registered, plan, issuer, given)
    blob = desk.office.store.blobs.put(draft.data)
    return ForUnit(
        unit=given.unit,
        draft={"plan_id": registered.id, "unit_id": given.unit.id, "blob": blob, "file_name": draft.name},
        wording=wording_of(blob, draft.data),
        obligations=obligations,
        letters=tuple(
            cascade_letter(desk, registered, issuer, given, obligations, draft, to)
            for to in written_to(desk, given.unit, issuer)
        ),
    )


def wording_of(blob: str, data: bytes) -> dict[str, bytes]:
    """The wording of a draft that was just made, by its blob; nothing where a template of one's own makes no plan."""
    try:
        return {blob: Wording.of(text_of(read_plan(data))).packed}
    except (NotAPlan, BadDocument):
        return {}


def written_to(desk: Desk, unit: Unit, issuer: Unit) -> list[Recipient]:
    """Who gets the letter about a plan: the unit's officer; nobody where the unit itself would write it."""
    own = desk.office.coordinating_agency(desk.tree, issuer).id == unit.id
    return [] if own else desk.recipients(unit.id)[:1]


def unheard(desk: Desk, unit: Unit, issuer: Unit) -> bool:
    """Whether the unit would be written to, had it an address."""
    return desk.office.coordinating_agency(desk.tree, issuer).id != unit.id and not desk.recipients(unit.id)


def drafted(desk: Desk, registered: RegisteredPlan, plan: Plan, issuer: Unit, given: Assigned) -> Attachment:
    """The unit's draft as a Word file."""
    draft = sub_plan_draft(desk.office, desk.tree, issuer, plan, given, registered.year, desk.now.date())
    called = title(Item.SUB_PLAN, str(registered.year), plan.abstract)
    name = file_name(f"Dự thảo {called} - {desk.tree.named(given.unit)}", "docx")
    return Attachment(name, WORD, render_sub_plan(draft))


def cascade_letter(
    desk: Desk,
    registered: RegisteredPlan,
    issuer: Unit,
    given: Assigned,
    obligations: Sequence[Obligation],
    draft: Attachment,
    to: Recipient,
) -> Letter:
    """The letter that opens the thread of one unit and plan; one of the ``obligations`` has a day."""
    first = next(obligation for obligation in obligations if obligation.due_on)
    context = SubPlanRequest(
        sender=desk.office.sender(desk.tree, issuer, {given.unit.id: given.unit}),
        to=desk.tree.named(given.unit),
        today=desk.now.date(),
        plan=plan_ref(desk.tree, registered),
        item=desk.owed(first),
        activities=len(given.shares),
        draft=draft.name,
    )
    key = thread_key(registered.id, given.unit.id)
    return write_letter(desk.office, context, key=key, to=to, now=desk.now, attachments=[draft])

"""The cascade: from one plan to a draft, obligations and a letter for every unit directly below its issuer.

Huyện Bắc Bình's plan is registered from the very file that the district sent; xã Bình An then gets its own draft, owes
its plan "trước ngày 01/3/2023" under that plan's clause, and has it all in one letter. Everything for one unit is
written in one transaction and unique on plan and unit: doing it again adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.render import render_sub_plan
from plan_lifecycle.domain.assignment import Assigned, assign
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.lifecycle.correspondence import WORD, Recipient, write_letter
from plan_lifecycle.lifecycle.desk import Desk, open_desk, plan_ref
from plan_lifecycle.lifecycle.drafting import place, sub_plan_draft
from plan_lifecycle.lifecycle.obliging import obligations_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import thread_key
from plan_lifecycle.mail.contexts import SubPlanRequest
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.plans import RegisteredPlan


@dataclass(frozen=True, slots=True)
class Cascaded:
    """What a run added under one plan; ``without_contact`` are units that no letter could be written to."""

    plan_id: int
    drafts: int
    obligations: int
    letters: int
    without_contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _ForUnit:
    draft: dict[str, Any]
    obligations: tuple[Obligation, ...]
    letters: tuple[Letter, ...]


def register_plan(
    office: Office, data: bytes, *, issuer_id: str, now: datetime, name: str = "", parent_id: int | None = None
) -> int:
    """Read an issued plan and keep it; return its id in the store. The same file again gives the same id.

    Raises NotAPlanError where it is none, InputError where number, date or issuer are missing: an issued plan has them.
    """
    plan = read_plan(data)
    for field, value, vi in (
        ("number", plan.number, "Kế hoạch chưa có số, ký hiệu; đề nghị gửi bản đã ban hành."),
        ("issued_on", plan.issued_on, "Kế hoạch chưa có ngày ban hành đọc được; đề nghị kiểm tra dòng địa danh, ngày."),
    ):
        if value is None:
            raise InputError("an issued plan", file=name or None, field=field, found="nothing", vi=vi)
    blob = office.store.blobs.put(data)
    with office.store.write() as connection:
        plan_id, _ = plan_rows.register_plan(
            connection,
            {
                "issuer_id": issuer_id,
                "parent_id": parent_id,
                "version": 1,
                "number": plan.number,
                "symbol": plan.symbol,
                "issued_on": plan.issued_on,
                "year": _year(plan),
                "abstract": plan.abstract,
                "blob": blob,
                "registered_at": now,
            },
        )
    return plan_id


def register_file(office: Office, path: Path, province: str, *, now: datetime, year: int | None = None) -> int:
    """Register the plan in a file for the province of this name. Raises InputError that names the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("a readable file", file=path, found=error.strerror) from error
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
    issuer = next((unit for unit in tree.children(None) if _same_place(unit.name, province)), None)
    if issuer is None:
        known = ", ".join(unit.name for unit in tree.children(None)) or "none"
        raise InputError(f"a province that is imported ({known})", field="province", found=province)
    plan_id = register_plan(office, data, issuer_id=issuer.id, now=now, name=path.name)
    with office.store.read() as connection:
        registered = plan_rows.get_plan(connection, plan_id)
    if year is not None and registered.year != year:
        raise InputError(f"a plan of {year}", file=path, field="year", found=registered.year)
    return plan_id


class WaitingPlan(NamedTuple):
    """A plan that is registered and not yet cascaded in full, and its issuer's name."""

    plan_id: int
    issuer: str


def waiting_plans(office: Office, now: datetime) -> list[WaitingPlan]:
    """What the store says is still to be cascaded, the upper plans first."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        return [
            WaitingPlan(plan.id, tree[plan.issuer_id].agency)
            for plan in plan_rows.plans_to_cascade(connection)
            if plan.issuer_id in tree
        ]


def register_accepted(office: Office, now: datetime) -> list[int]:
    """Register the accepted sub-plans of units that have units below them: what those sent binds the next level."""
    registered = []
    for submission, unit_id, parent_id in unregistered_plans(office, now):
        data = office.store.blobs.get(submission.blob)
        registered.append(register_plan(office, data, issuer_id=unit_id, now=now, parent_id=parent_id))
    return registered


def unregistered_plans(office: Office, now: datetime) -> list[tuple[Submission, str, int]]:
    """Accepted sub-plans of units with units below them that are not registered yet: submission, unit, parent plan."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        return [
            (submission, unit_id, parent_id)
            for submission, unit_id, parent_id in submission_rows.accepted_plans(connection)
            if tree.children(unit_id) and not plan_rows.is_registered(connection, unit_id, submission.blob)
        ]


def cascade_plan(office: Office, plan_id: int, now: datetime) -> Cascaded:
    """Give every unit below the plan's issuer what it has not got yet: draft, obligations, letter."""
    with office.store.read() as connection:
        registered = plan_rows.get_plan(connection, plan_id)
        done = plan_rows.drafted_units(connection, plan_id)
        desk = open_desk(office, connection, now)
    plan = read_plan(office.store.blobs.get(registered.blob))
    issuer = desk.tree[registered.issuer_id]
    given = [each for each in _assigned(plan, desk.tree, issuer) if each.unit.id not in done]
    prepared = [_prepare(desk, registered, plan, issuer, each) for each in given]
    without = tuple(desk.tree.named(each.unit) for each, made in zip(given, prepared, strict=True) if not made.letters)
    with office.store.write() as connection:
        added = _save(connection, plan_id, prepared)
        plan_rows.mark_cascaded(connection, plan_id, now)
    return Cascaded(plan_id, *added, without)


def _assigned(plan: Plan, tree: UnitTree, issuer: Unit) -> tuple[Assigned, ...]:
    meant: dict[str, frozenset[str]] = {}

    def addressed(phrase: str) -> frozenset[str]:
        if phrase not in meant:
            meant[phrase] = frozenset(match_units(read_audience(phrase), tree, issuer.id)) if phrase else frozenset()
        return meant[phrase]

    return assign(plan, tree, issuer, addressed)


def _prepare(desk: Desk, registered: RegisteredPlan, plan: Plan, issuer: Unit, given: Assigned) -> _ForUnit:
    office, unit = desk.office, given.unit
    draft = sub_plan_draft(office, desk.tree, issuer, plan, given, registered.year, desk.now.date())
    data = render_sub_plan(draft)
    file_name = f"Du thao Ke hoach {registered.year} - {unit.id}.docx"
    obligations = tuple(obligations_of(office, registered, plan, issuer, given, desk.now))
    write = partial(_letter, desk, registered, issuer, given, obligations, Attachment(file_name, WORD, data))
    return _ForUnit(
        draft={
            "plan_id": registered.id,
            "unit_id": unit.id,
            "blob": office.store.blobs.put(data),
            "file_name": file_name,
        },
        obligations=obligations,
        letters=tuple(write(to) for to in desk.recipients(unit.id)[:1]),
    )


def _letter(
    desk: Desk,
    registered: RegisteredPlan,
    issuer: Unit,
    given: Assigned,
    obligations: Sequence[Obligation],
    draft: Attachment,
    to: Recipient,
) -> Letter:
    first = next((each for each in obligations if each.due_on), None)
    if first is None:
        raise InputError("a deadline for the sub-plan", field="reporting", found=given.duties[0].clause)
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


def _save(connection: Connection, plan_id: int, prepared: Sequence[_ForUnit]) -> tuple[int, int, int]:
    done = plan_rows.drafted_units(connection, plan_id)
    fresh = [each for each in prepared if each.draft["unit_id"] not in done]
    return (
        plan_rows.save_drafts(connection, [each.draft for each in fresh]),
        obligation_rows.save_obligations(connection, [row for each in fresh for row in each.obligations]),
        letter_rows.queue(connection, [letter for each in fresh for letter in each.letters]),
    )


def _same_place(name: str, wanted: str) -> bool:
    """Whether "tỉnh Bình Thuận" is meant by "Bình Thuận" or "Tỉnh Bình Thuận"."""
    return normalise(wanted) in (normalise(name), normalise(place(Unit("", name, UnitKind.PROVINCE, 1))))


def _year(plan: Plan) -> int:
    if plan.period:
        return plan.period[0]
    return plan.issued_on.year if plan.issued_on else 0

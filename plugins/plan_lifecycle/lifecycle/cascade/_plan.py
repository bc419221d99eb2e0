"""The cascade: from one plan to a draft, obligations and a letter for every unit directly below its issuer.

Huyện Bắc Bình's plan is registered from the very file that the district sent; xã Bình An then gets its own draft, owes
its plan "trước ngày 01/3/2023" under that plan's clause, and has it all in one letter. Everything for one unit is
written in one transaction and unique on plan and unit: doing it again adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.documents.convert import installed, may_be_converted
from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate import look
from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letterhead import Bearing, bearing
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit, bare_name
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded, ForUnit, prepare, unheard
from plan_lifecycle.lifecycle.cascade._new_version import reissue, takes_the_place_of
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units, obligations_of
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in, plan_in_force
from plan_lifecycle.lifecycle.office import Office, contained, copy_of, open_desk, told_in
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import lineage as lineage_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class Registered:
    """The plans that were taken up, by id, and those that could not be read (issuer: why)."""

    plan_ids: tuple[int, ...]
    faults: tuple[str, ...]


def register_plan(
    office: Office,
    data: bytes,
    *,
    issuer_id: str,
    now: datetime,
    name: str = "",
    parent_id: int | None = None,
    year: int | None = None,
) -> int:
    """Read an issued plan and keep it; return its id in the store. The same file again gives the same id.

    Raises InputError where it is no plan, is of another ``year`` than is told, or lacks its number or date: an issued
    plan has them. Nothing is kept then.
    """
    plan = _issued(office, data, name, year)
    blob = office.store.blobs.put(data)
    with office.store.write() as connection:
        earlier = takes_the_place_of(connection, issuer_id, plan, name)
        plan_id, _ = plan_rows.register_plan(
            connection,
            {
                "issuer_id": issuer_id,
                "parent_id": parent_id,
                "version": 1,
                "number": plan.number,
                "symbol": plan.symbol,
                "issued_on": plan.issued_on,
                "year": earlier.year or _year(plan),
                "replaces_id": earlier.plan_id,
                "relation": earlier.relation,
                "abstract": plan.abstract,
                "blob": blob,
                "registered_at": now,
            },
        )
    return plan_id


def _issued(office: Office, data: bytes, name: str, year: int | None) -> Plan:
    """The plan that the file is. Raises InputError where it is none, or not issued."""
    try:
        plan = plan_in(office, data)
    except NotAPlan as error:
        raise InputError("an issued plan", file=name or None, found=error.kind, vi=error.for_user) from error
    for field, value, vi in (
        ("number", plan.number, "Kế hoạch chưa có số, ký hiệu; đề nghị gửi bản đã ban hành."),
        ("issued_on", plan.issued_on, "Kế hoạch chưa có ngày ban hành đọc được; đề nghị kiểm tra dòng địa danh, ngày."),
    ):
        if value is None:
            raise InputError("an issued plan", file=name or None, field=field, found="nothing", vi=vi)
    if year is not None and _year(plan) != year:
        raise InputError(f"a plan of {year}", file=name or None, field="year", found=_year(plan))
    return plan


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
    paper = _as_read(office, data)
    _require_own(office, paper, issuer, path.name)
    return register_plan(office, paper, issuer_id=issuer.id, now=now, name=path.name, year=year)


def _as_read(office: Office, data: bytes) -> bytes:
    """Give a paper as it is read: of one that only an office program reads its copy, the original kept beside it.

    Raises BadDocument where the gate has something against it, or no copy can be made.
    """
    seen, program = office.bounded(look, data), installed()
    if program is None or seen.kind not in program.kinds:
        return data
    if seen.refusals:
        raise bad(*seen.refusals[0])
    if not may_be_converted(seen, program):
        return data
    return copy_of(office, program, office.store.blobs.put(data), data, seen).data


def _require_own(office: Office, data: bytes, issuer: Unit, name: str) -> None:
    """Raise InputError where the letterhead names another than the province, or than what it came from."""
    try:
        plan = plan_in(office, data)
    except NotAPlan:
        return  # told as what it is when it is registered
    with office.store.read() as connection:
        units = {issuer.id: issuer} | dict(lineage_rows.load_lineage(connection, [issuer.id]).units)
    if all(bearing(plan.letterhead, unit, (), plan.symbol) is Bearing.OTHER for unit in units.values()):
        vi = f"Văn bản mang tên {plan.issuer}, không phải {issuer.agency}; đề nghị kiểm tra tệp và tên tỉnh."
        raise InputError(f"a plan of {issuer.name}", file=name, field="letterhead", found=plan.issuer, vi=vi)


class WaitingPlan(NamedTuple):
    """A plan that is registered and not yet cascaded in full, its issuer's name, and when it was registered."""

    plan_id: int
    issuer: str
    registered_at: datetime


def waiting_plans(office: Office, now: datetime) -> list[WaitingPlan]:
    """What the store says is still to be cascaded, the upper plans first."""
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        return [
            WaitingPlan(plan.id, tree[plan.issuer_id].agency, plan.registered_at)
            for plan in plan_rows.plans_to_cascade(connection)
            if plan.issuer_id in tree
        ]


def register_accepted(office: Office, now: datetime) -> Registered:
    """Register the accepted sub-plans of units that have units below them: what those sent binds the next level.

    A plan accepted on a later day than ``now`` is left to that day: a replay of an old day knows nothing of it.
    One that a person accepted although it cannot be read (no number, a scan) does not stop the others.
    """
    plan_ids: list[int] = []
    faults: list[str] = []
    for submission, unit_id, parent_id in unregistered_plans(office, now):
        with contained(unit_id, told_in(faults, unit_id)):
            data = office.store.blobs.get(submission.blob)
            plan_ids.append(register_plan(office, data, issuer_id=unit_id, now=now, parent_id=parent_id))
    return Registered(tuple(plan_ids), tuple(faults))


def unregistered_plans(office: Office, now: datetime) -> list[tuple[Submission, str, int]]:
    """Sub-plans of units with units below them, accepted by the day of ``now`` and not registered yet.

    Each with its unit and the plan that it carries out.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        files, papers = plan_rows.registered_files(connection), plan_rows.registered_numbers(connection)
        return [
            (submission, unit_id, parent_id)
            for submission, unit_id, parent_id, year in submission_rows.accepted_plans(connection, by=now.date())
            if tree.children(unit_id)
            and (unit_id, submission.blob) not in files
            and (unit_id, int(year), submission.reference) not in papers
        ]


def cascade_plan(office: Office, plan_id: int, now: datetime) -> Cascaded:
    """Give every unit below the plan's issuer what it has not got yet: draft, obligations, letter.

    A plan that amends, replaces or withdraws another changes what that one set going (``_new_version``).
    Raises InputError where the issuer is no more.
    """
    with office.store.read() as connection:
        registered = plan_rows.get_plan(connection, plan_id)
        done = plan_rows.drafted_units(connection, plan_id)
        desk = open_desk(office, connection, now)
        plan = plan_in_force(office, connection, registered)
    issuer = desk.tree.get(registered.issuer_id)
    if issuer is None:
        raise InputError("an issuer that exists", field="plan", found=f"{plan_id} of {registered.issuer_id}")
    if registered.replaces_id is not None:
        return reissue(desk, registered, plan, issuer)
    assigned, below = assigned_units(plan, desk.tree, issuer), desk.tree.children(issuer.id)
    prepared: list[ForUnit] = []
    undecided: list[str] = []
    faults: list[str] = []
    for given in (given for given in assigned if given.unit.id not in done):
        name = desk.tree.named(given.unit)
        with contained(given.unit.id, told_in(faults, name)):
            obligations = tuple(obligations_of(office, registered, plan, issuer, given, now))
            if any(obligation.due_on for obligation in obligations):
                prepared.append(prepare(desk, registered, plan, issuer, given, obligations))
            else:
                undecided.append(name)
    with office.store.write() as connection:
        added = _save(connection, plan_id, prepared)
        if (assigned or not below) and not undecided and not faults:
            plan_rows.mark_cascaded(connection, plan_id, now)
    without = tuple(desk.tree.named(for_unit.unit) for for_unit in prepared if unheard(desk, for_unit.unit, issuer))
    return Cascaded(
        plan_id,
        *added,
        without_contact=without,
        undecided=tuple(undecided),
        faults=tuple(faults),
        without_duties=None if plan.reporting or not below else len(plan.activities),
        nobody=() if assigned or not below else tuple(dict.fromkeys(duty.audience for duty in plan.reporting)),
    )


def _save(connection: Connection, plan_id: int, prepared: Sequence[ForUnit]) -> tuple[int, int, int]:
    done = plan_rows.drafted_units(connection, plan_id)
    fresh = [for_unit for for_unit in prepared if for_unit.draft["unit_id"] not in done]
    return (
        plan_rows.save_drafts(connection, [for_unit.draft for for_unit in fresh]),
        obligation_rows.save_obligations(connection, [row for for_unit in fresh for row in for_unit.obligations]),
        len(letter_rows.queue(connection, [letter for for_unit in fresh for letter in for_unit.letters])),
    )


def _same_place(name: str, wanted: str) -> bool:
    """Whether "tỉnh Bình Thuận" is meant by "Bình Thuận" or "Tỉnh Bình Thuận"."""
    return normalise(wanted) in (normalise(name), normalise(bare_name(name)))


def _year(plan: Plan) -> int:
    if plan.period:
        return plan.period[0]
    return plan.issued_on.year if plan.issued_on else 0

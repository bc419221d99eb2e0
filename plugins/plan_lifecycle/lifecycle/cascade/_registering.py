"""Taking up an issued plan: read, known by its number and date, kept once for the unit that issued it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from plan_lifecycle.documents.convert import installed, may_be_converted
from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate import look
from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.lifecycle.cascade._issuer import issuer_of
from plan_lifecycle.lifecycle.cascade._new_version import takes_the_place_of
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in
from plan_lifecycle.lifecycle.office import Office, copy_of
from plan_lifecycle.store import plans as plan_rows


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


def register_file(
    office: Office,
    path: Path,
    *,
    province: str | None = None,
    unit: str | None = None,
    now: datetime,
    year: int | None = None,
) -> int:
    """Register the plan in a file for the unit that its letterhead names, or that is told (``issuer_of``).

    Raises InputError that names the file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("a readable file", file=path, found=error.strerror) from error
    paper = _as_read(office, data)
    plan = _issued(office, paper, path.name, year)
    if plan.issued_on is None:
        raise ValueError("an issued plan has its date")
    issuer = issuer_of(office, plan, plan.issued_on, path.name, province=province, unit=unit, now=now)
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


def _year(plan: Plan) -> int:
    if plan.period:
        return plan.period[0]
    return plan.issued_on.year if plan.issued_on else 0

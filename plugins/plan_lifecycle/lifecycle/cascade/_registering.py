"""Taking up an issued plan: read, known by its number and date, kept once for the unit that issued it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from plan_lifecycle.documents.convert import installed, may_be_converted
from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate import Purpose, look, verdict_on
from plan_lifecycle.documents.read import NotAPlan
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError, unreadable
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.cascade._issuer import issuer_of
from plan_lifecycle.lifecycle.cascade._new_version import takes_the_place_of
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in
from plan_lifecycle.lifecycle.office import Office, copy_of
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store.audit import Act, append


class Told(NamedTuple):
    """What a person says of a paper that leaves it open; a paper that says otherwise is refused."""

    number: str | None = None
    symbol: str | None = None
    issued_on: date | None = None

    @classmethod
    def read(cls, reference: str, issued_on: date | None) -> Told:
        """Read a number as it is cited, "36/KH-UBND" or "14-KH/TU"; both may be left out. Raises InputError."""
        text = "".join(reference.split())
        digits = len(text) - len(text.lstrip("0123456789"))
        number, symbol = text[:digits], text[digits + 1 :]
        if text and not (number and symbol and text[digits] in "/-"):
            vi = f"Số, ký hiệu “{text[:60]}” chưa đúng; ví dụ: 36/KH-UBND."
            raise InputError("a number such as 36/KH-UBND", field="number", found=text, vi=vi)
        return cls(number or None, symbol or None, issued_on)

    def on(self, plan: Plan, name: str) -> Plan:
        """The plan with what it leaves open. Raises InputError where it says something else."""
        for field, said, given in (
            ("number", plan.number and f"{plan.number}/{plan.symbol}", self.number and f"{self.number}/{self.symbol}"),
            ("issued_on", plan.issued_on and short_date(plan.issued_on), self.issued_on and short_date(self.issued_on)),
        ):
            if said and given and said != given:
                vi = f"Văn bản ghi “{said}”, khác với nội dung đã nhập là “{given}”; đề nghị kiểm tra lại."
                raise InputError("what the paper says", file=name or None, field=field, found=given, vi=vi)
        return replace(
            plan,
            number=plan.number or self.number,
            symbol=plan.symbol or self.symbol,
            issued_on=plan.issued_on or self.issued_on,
        )


_NOTHING_TOLD = Told()


def register_plan(
    office: Office,
    data: bytes,
    *,
    issuer_id: str,
    now: datetime,
    name: str = "",
    parent_id: int | None = None,
    year: int | None = None,
    told: Told = _NOTHING_TOLD,
    by: Decider | None = None,
) -> int:
    """Read an issued plan and keep it; return its id in the store. The same file again gives the same id.

    Where a person brings it, the trail names ``by``; ``told`` is what that person says of it.

    Raises InputError where it is no plan, is of another ``year`` than is told, or lacks its number or date: an issued
    plan has them. Nothing is kept then.
    """
    plan = _issued(office, data, name, year, told)
    blob = office.store.blobs.put(data)
    with office.store.write() as connection:
        earlier = takes_the_place_of(connection, issuer_id, plan, name)
        plan_id, is_new = plan_rows.register_plan(
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
        if is_new and by is not None:
            append(connection, Act(now, by.by, ActKind.REGISTER, ActSubject.PLAN, plan_id, by.reason, {"file": name}))
    return plan_id


def _issued(office: Office, data: bytes, name: str, year: int | None, told: Told = _NOTHING_TOLD) -> Plan:
    """The plan that the file is. Raises InputError where it is none, or not issued."""
    try:
        plan = told.on(plan_in(office, data), name)
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
        raise unreadable(path, error) from error
    try:
        paper = _as_read(office, data)
        issuer_id = _issuer_id(office, _issued(office, paper, path.name, year), path.name, province, unit, now)
        return register_plan(office, paper, issuer_id=issuer_id, now=now, name=path.name, year=year)
    except BadDocument as error:
        raise error.of(path.name) from error


def registered_as(office: Office, named: str) -> int | None:
    """The id of the one registered plan of this id or number ("3", "36/KH-UBND"); None where it is not one."""
    with office.store.read() as connection:
        found = [plan for plan in plan_rows.find_plans(connection, named) if office.sight.has(plan.issuer_id)]
    return found[0].id if len(found) == 1 else None


def register_upload(
    office: Office, data: bytes, name: str, *, unit: str | None, told: Told, by: Decider, now: datetime
) -> int:
    """Register the .docx that a person uploads under a ``name``, as ``register_file`` does; the trail names who.

    Raises InputError, BadDocument where the gate or the reader has something against it; nothing is kept then.
    """
    verdict = verdict_on(office.bounded(look, data), name=name, purpose=Purpose.PLAN)
    if not verdict.accepted:
        raise BadDocument(verdict.code, verdict.reason, file=verdict.name)
    issuer_id = _issuer_id(office, _issued(office, data, verdict.name, None, told), verdict.name, None, unit, now)
    if not office.sight.has(issuer_id):
        vi = "Cơ quan ban hành kế hoạch không thuộc phạm vi được giao."
        raise InputError("a plan of a unit that may be seen", file=verdict.name, field="unit", vi=vi)
    return register_plan(office, data, issuer_id=issuer_id, now=now, name=verdict.name, told=told, by=by)


def _issuer_id(office: Office, plan: Plan, name: str, province: str | None, unit: str | None, now: datetime) -> str:
    if plan.issued_on is None:
        raise ValueError("an issued plan has its date")
    return issuer_of(office, plan, plan.issued_on, name, province=province, unit=unit, now=now).id


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

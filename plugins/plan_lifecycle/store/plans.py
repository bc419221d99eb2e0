"""Registered plans, what is still to be cascaded, and the drafts that went out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update

from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.store.engine import insert_new
from plan_lifecycle.store.tables import audit, draft, plan

_OF_IDS = select(plan).where(plan.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class RegisteredPlan:
    """A plan in the store; its Word file lies under ``blob``."""

    id: int
    issuer_id: str
    parent_id: int | None
    version: int
    number: str | None
    symbol: str | None
    issued_on: date | None
    year: int
    abstract: str | None
    blob: str
    registered_at: datetime
    cascaded_at: datetime | None
    replaces_id: int | None = None
    relation: str | None = None

    @property
    def reference(self) -> str:
        """The number as cited: "36/KH-UBND"."""
        return f"{self.number or '…'}/{self.symbol or ''}"


def register_plan(connection: Connection, values: dict[str, Any]) -> tuple[int, bool]:
    """Insert the plan unless this issuer's very file is known; return its id and whether it is new."""
    new = insert_new(connection, plan, [values])
    query = select(plan.c.id).where(plan.c.issuer_id == values["issuer_id"])
    found = connection.execute(query.where(plan.c.blob == values["blob"])).scalar_one_or_none()
    if found is None:  # the same number again, in another file
        same = (plan.c.number == values["number"], plan.c.symbol == values["symbol"], plan.c.year == values["year"])
        found = connection.execute(query.where(*same).order_by(plan.c.version.desc())).scalars().first()
    return int(found or 0), bool(new)


def get_plan(connection: Connection, plan_id: int) -> RegisteredPlan:
    """The plan. Raises StoreRefusedError."""
    return RegisteredPlan(*connection.execute(_OF_IDS, {"ids": [plan_id]}).one())


def get_plans(connection: Connection, ids: Collection[int]) -> list[RegisteredPlan]:
    """The plans with these ids."""
    return [RegisteredPlan(*row) for row in connection.execute(_OF_IDS, {"ids": list(ids)})]


def find_plans(connection: Connection, named: str) -> list[RegisteredPlan]:
    """The plans with this id, or else with this number, as "36" or "36/KH-UBND"."""
    name = named.strip()
    if name.isdecimal() and len(name) < 10:
        found = get_plans(connection, [int(name)])
        if found:
            return found
    number, _, symbol = name.replace("-", "/", 1).partition("/") if "/" not in name[:6] else name.partition("/")
    same = [plan.c.number == number] + ([plan.c.symbol == symbol] if symbol else [])
    return [RegisteredPlan(*row) for row in connection.execute(select(plan).where(*same).order_by(plan.c.id))]


def registered_files(connection: Connection) -> set[tuple[str, str]]:
    """(issuer, blob) of every plan in the store."""
    return {(row[0], row[1]) for row in connection.execute(select(plan.c.issuer_id, plan.c.blob))}


def registered_numbers(connection: Connection) -> set[tuple[str, int, str]]:
    """(issuer, year, reference) of every plan in the store: a second file of the same paper is no second plan."""
    rows = connection.execute(select(plan.c.issuer_id, plan.c.year, plan.c.number, plan.c.symbol))
    return {(row[0], row[1], f"{row[2]}/{row[3]}") for row in rows}


def plans_in_force(connection: Connection) -> list[RegisteredPlan]:
    """Every plan that no other one replaces, amends or corrects: plans with no superior first, the newest first."""
    replaced = select(plan.c.replaces_id).where(plan.c.replaces_id.is_not(None))
    query = select(plan).where(plan.c.id.not_in(replaced))
    query = query.order_by(plan.c.parent_id.is_not(None), plan.c.year.desc(), plan.c.id.desc())
    return [RegisteredPlan(*row) for row in connection.execute(query)]


def plans_to_cascade(connection: Connection, *, ordered: bool = False) -> list[RegisteredPlan]:
    """Registered, not yet cascaded in full, with no other in their place: the upper ones first.

    With ``ordered`` without those that a person has uploaded and not yet said to cascade.
    """
    replaced = select(plan.c.replaces_id).where(plan.c.replaces_id.is_not(None))
    query = select(plan).where(plan.c.cascaded_at.is_(None), plan.c.id.not_in(replaced))
    if ordered:
        query = query.where(or_(~_acted(ActKind.REGISTER), _acted(ActKind.CASCADE)))
    query = query.order_by(plan.c.parent_id.is_not(None), plan.c.id)
    return [RegisteredPlan(*row) for row in connection.execute(query)]


def _acted(kind: ActKind) -> ColumnElement[bool]:
    """Whether the trail has an act of this kind on the plan."""
    of_plan = (audit.c.subject == ActSubject.PLAN.value, audit.c.subject_id == plan.c.id, audit.c.act == kind.value)
    return select(audit.c.number).where(*of_plan).exists()


def mark_cascaded(connection: Connection, plan_id: int, at: datetime) -> None:
    """Every unit below has its draft."""
    connection.execute(update(plan).where(plan.c.id == plan_id, plan.c.cascaded_at.is_(None)).values(cascaded_at=at))


def cascade_again(connection: Connection, plan_id: int) -> None:
    """A unit below has come to be meant that has no draft yet: the next cascade takes the plan up again."""
    connection.execute(update(plan).where(plan.c.id == plan_id).values(cascaded_at=None))


def save_drafts(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """Insert drafts (plan_id, unit_id, blob, file_name) that are new; return how many."""
    return insert_new(connection, draft, list(rows))


def drafted_units(connection: Connection, plan_id: int) -> set[str]:
    """The units that have their draft under this plan."""
    return set(connection.execute(select(draft.c.unit_id).where(draft.c.plan_id == plan_id)).scalars())


def count_drafts(connection: Connection) -> int:
    """All drafts."""
    return connection.execute(select(func.count()).select_from(draft)).scalar_one()

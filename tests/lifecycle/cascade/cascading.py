"""Plans registered and cascaded, and what came of it."""

from __future__ import annotations

from sqlalchemy import func, select
from tests.factories import DISTRICT, PROVINCE, day, district_plan

from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.simulation.case import last_days
from plan_lifecycle.simulation.provincial_plan import provincial_plan
from plan_lifecycle.store.tables import draft, letter, obligation, plan

NOW = day("2023-02-10")
OF_BAC_BINH = {"bb-pnv", "bb-binh-an", "bb-hoa-thang", "bb-cho-lau"}


def registered(office: Office, data: bytes, issuer: Unit = DISTRICT) -> int:
    return register_plan(office, data, issuer_id=issuer.id, now=NOW)


def cascaded(office: Office, data: bytes | None = None, issuer: Unit = DISTRICT) -> Cascaded:
    return cascade_plan(office, registered(office, data or district_plan(), issuer), NOW)


def count(office: Office) -> dict[str, int]:
    with office.store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (plan, draft, obligation, letter)
        }


def drafted(office: Office) -> dict[str, bytes]:
    with office.store.read() as connection:
        return {row.unit_id: office.store.blobs.get(row.blob) for row in connection.execute(select(draft))}


def provinces_plan(year: int = 2023, *, two_tiers: bool = False) -> bytes:
    return provincial_plan(PROVINCE, year, last_days(year)[0], two_tiers=two_tiers)

"""Units and a whole province that end, and what they leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DEPARTMENT,
    FINANCE,
    HOA_THANG,
    PROVINCE,
    ROOT,
    UNITS,
    day,
    fill,
    owe,
    plan_row,
)

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.review import Subject, SubjectId
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import obligation
from plan_lifecycle.store.units import save_units

SHIPPED = read_rules(ROOT / "config").reminding
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
NOW = day("2025-07-03")
HOA = Decider("Trần Thị Hoa", "sắp xếp đơn vị")
LAM_DONG = Unit("ld", "tỉnh Lâm Đồng", UnitKind.PROVINCE, 1, valid_from=FIRST)
LD_SNV = Unit("ld-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "ld", symbol="SNV", valid_from=FIRST)
LD_STC = Unit("ld-stc", "Sở Tài chính", UnitKind.DEPARTMENT, 1, "ld", symbol="STC", valid_from=FIRST)
BAC_BINH = Unit("ld-bac-binh", "xã Bắc Bình", UnitKind.COMMUNE, 2, "ld", valid_from=FIRST)
LUONG_SON = Unit("ld-luong-son", "xã Lương Sơn", UnitKind.COMMUNE, 2, "ld", valid_from=FIRST)
NEW = (LAM_DONG, LD_SNV, LD_STC, BAC_BINH, LUONG_SON)
LINKS = (
    Succession(PROVINCE.id, LAM_DONG.id),
    Succession(DEPARTMENT.id, LD_SNV.id),
    Succession(FINANCE.id, LD_STC.id),
    Succession(BINH_AN.id, BAC_BINH.id),
    Succession(HOA_THANG.id, BAC_BINH.id),
    Succession(CHO_LAU.id, BAC_BINH.id, whole=False),
    Succession(CHO_LAU.id, LUONG_SON.id, whole=False),
)


def reorganised(store: Store) -> None:
    """Bình Thuận has ended on 30/6/2025 with everything below it; Lâm Đồng is there since 01/7."""
    fill(store)
    fill(store, NEW)
    with store.write() as connection:
        save_units(connection, [replace(unit, valid_to=LAST) for unit in UNITS], LINKS)


def h1(store: Store, unit: Unit, due: str = "2025-06-20", **changed: object) -> Obligation:
    return owe(store, unit, Item.REPORT, "2025-H1", due, plan_id=plan_row(store), made="2025-06-01", **changed)


def of(*owed: Obligation) -> list[SubjectId]:
    return [SubjectId(Subject.OBLIGATION, each.id) for each in owed]


def rows(store: Store) -> list[tuple[str, str, str]]:
    """Unit, receiver and state of every obligation."""
    columns = (obligation.c.unit_id, obligation.c.receiver_id, obligation.c.state)
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(obligation.c.id))]


def acts(store: Store) -> list[tuple[ActKind, int, str | None]]:
    with store.read() as connection:
        return [(act.act, act.subject_id, act.reason) for act in reversed(audit.newest(connection, 100))]

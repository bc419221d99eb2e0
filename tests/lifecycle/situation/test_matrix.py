"""The table of units and papers: marks, rates, groups, years, and who may not be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DIVISION,
    HOA_THANG,
    PHUOC_THE,
    arrival,
    day,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    plan_row,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, waive_this
from plan_lifecycle.lifecycle.situation import Mark, Rates, matrix
from plan_lifecycle.store.engine import Store

NOW = day("2023-03-07")


@pytest.fixture
def office(store: Store) -> Office:
    """Four units owe a plan by 28/02, one of them a report too; one has sent the plan, late; one is let off."""
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU, DIVISION):
        owe(store, unit, plan_id=plan_id)
    owe(store, CHO_LAU, Item.REPORT, "2023-Q1", "2023-03-14", plan_id=plan_id)
    owe(store, PHUOC_THE, Item.REPORT, "2022", "2022-12-14", plan_id=plan_id)
    office = make_office(store, accept_clean=False, return_with_findings=False)
    collect(office, [FakeChannel([arrival(plan_file(), BINH_AN, at="2023-03-02")])], day("2023-03-02"))
    let_off = SubjectId(Subject.OBLIGATION, obligation_of(store, HOA_THANG).id)
    waive_this(office, let_off, Decider("Hoa", "Sắp xếp đơn vị"), NOW)
    return office


def test_each_cell_says_how_a_paper_stands_and_rates_leave_out_who_is_let_off(office: Office) -> None:
    table = matrix(office, NOW)
    assert (table.year, table.years) == (2023, (2023, 2022))
    assert [name.partition(" ")[0] for name in table.columns] == ["Kế", "Báo"]
    below = "huyện Bắc Bình"
    assert [group.name for group in table.groups] == [f"Phòng, ban {below}", f"Xã, phường, thị trấn {below}"]
    rows = [row for group in table.groups for row in group.rows]
    marks = {row.unit: [cell and cell.mark for cell in row.cells] for row in rows}
    assert marks == {
        "Phòng Nội vụ huyện Bắc Bình": [Mark.LATE, None],
        "UBND thị trấn Chợ Lầu": [Mark.LATE, Mark.SOON],
        "UBND xã Bình An": [Mark.HERE, None],
        "UBND xã Hòa Thắng": [Mark.FREE, None],
    }
    words = {row.unit: row.cells[0].words for row in rows if row.cells[0]}
    assert words["UBND xã Bình An"] == "Đã nhận, chờ kiểm tra, nhận ngày 02/3/2023, chậm"
    assert words["UBND thị trấn Chợ Lầu"] == "Quá hạn 07 ngày (đến hết ngày 28/02/2023)"
    assert table.rates == (Rates(3, 3, 1, 0), Rates(1, 0, 0, 0))
    assert (table.rates[0].received_percent, table.rates[0].in_time_percent) == (33, 0)
    assert table.rates[1].received_percent is None


def test_another_year_and_whoever_sees_some_units_only(office: Office) -> None:
    assert [group.name for group in matrix(office, NOW, 2022).groups] == ["Xã, phường, thị trấn huyện Tuy Phong"]
    assert matrix(office, NOW, 2021).columns == ()
    some = replace(office, sight=Sight(frozenset({PHUOC_THE.id})))
    assert matrix(some, NOW).years == (2022,)
    assert [row.unit_id for group in matrix(some, NOW).groups for row in group.rows] == [PHUOC_THE.id]

"""What a year's papers are read with: one query, whatever the number of units."""

from __future__ import annotations

from sqlalchemy import event
from tests.factories import BINH_AN, HOA_THANG, fill, owe, plan_row

from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.standing import standing_of, years_owed


def test_a_year_is_read_in_one_query_without_quotas_and_other_years(store: Store) -> None:
    fill(store)
    plan_id = plan_row(store)
    owe(store, BINH_AN, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    owe(store, BINH_AN, Item.QUOTA, "2023-M02", "2023-02-28", plan_id=plan_id)
    owe(store, BINH_AN, Item.REPORT, "2022", "2022-12-14", plan_id=plan_id)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with store.read() as connection:
        rows = standing_of(connection, 2023)
        assert sum("obligation" in text for text in asked) == 1
        some = standing_of(connection, 2023, Sight(frozenset({HOA_THANG.id})))
        assert years_owed(connection) == [2023, 2022]
    assert {(row.unit_id, row.item, row.state) for row in rows} == {
        (BINH_AN.id, Item.SUB_PLAN, ObligationState.OPEN),
        (HOA_THANG.id, Item.SUB_PLAN, ObligationState.OPEN),
    }
    assert [row.unit_id for row in some] == [HOA_THANG.id]

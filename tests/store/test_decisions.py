"""Decisions about a plan's open points are kept once a point, under the plan's own number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import day

from plan_lifecycle.domain.plan import Decision
from plan_lifecycle.store.decisions import decisions_of, save_decision
from plan_lifecycle.store.engine import Store

DUE = Decision("deadline-1", (date(2023, 11, 15),), (), "Trần Thị B", "Thống nhất", date(2023, 2, 9))
WHO = Decision("audience-1", (), ("bb-pnv", "bb-binh-an"), "Trần Thị B", "Thống nhất", date(2023, 2, 9))


def test_days_and_units_come_back_under_their_plan_alone(store: Store) -> None:
    with store.write() as connection:
        save_decision(connection, "plan a", DUE, day("2023-02-09"))
        save_decision(connection, "plan a", WHO, day("2023-02-09"))
        assert decisions_of(connection, "plan a") == {"deadline-1": DUE, "audience-1": WHO}
        assert decisions_of(connection, "plan b") == {}


def test_a_second_decision_takes_the_place_of_the_first_on_its_point_and_plan_only(store: Store) -> None:
    later = replace(DUE, due=(date(2023, 12, 1),), decided_by="Lê Văn C", decided_on=date(2023, 3, 1))
    with store.write() as connection:
        for plan_key in ("plan a", "plan b"):
            save_decision(connection, plan_key, DUE, day("2023-02-09"))
        save_decision(connection, "plan a", WHO, day("2023-02-09"))
        save_decision(connection, "plan a", later, day("2023-03-01"))
        assert decisions_of(connection, "plan a") == {"deadline-1": later, "audience-1": WHO}
        assert decisions_of(connection, "plan b") == {"deadline-1": DUE}

"""Decisions about paragraphs of a report: of each statement one stands, and what was shown can be told afterwards."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import day, fill

from plan_lifecycle.domain.placing import Placing
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.store import placings
from plan_lifecycle.store.engine import Store

KEY = ReportKey("bb", "2023-H1", "cchc")
MOVED = Placing(KEY, "a" * 16, "", "Chuyện khác.", "staff", "", day("2023-06-19"), "Trần Thị Lan")


def test_one_decision_about_a_statement_stands_until_it_is_taken_back(store: Store) -> None:
    fill(store)
    with store.write() as connection:
        first = placings.put(connection, MOVED)
        assert first is not None
        assert placings.put(connection, replace(MOVED, target=None)) is None
        elsewhere = replace(MOVED, key=KEY._replace(profile="tuyen-truyen"))
        other = placings.put(connection, elsewhere)
        assert placings.standing(connection, KEY) == {MOVED.statement: replace(MOVED, id=first)}
        assert placings.every(connection)[elsewhere.key] == {MOVED.statement: replace(elsewhere, id=other)}
        back = [placings.take_back(connection, first, at=day("2023-06-20"), by="Lan", reason="Nhầm") for _ in range(2)]
        assert (back, placings.standing(connection, KEY)) == ([True, False], {})
        assert placings.among(connection, KEY, [first]) == {MOVED.statement: replace(MOVED, id=first)}
        assert placings.among(connection, KEY, []) == {}
        assert placings.put(connection, replace(MOVED, target=None)) is not None

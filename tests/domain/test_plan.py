"""A plan is cited as its paper cites it, and whom a person named is meant."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.plan import Decision, Plan, units_decided


def plan(number: str | None, symbol: str | None) -> Plan:
    return Plan(number, symbol, None, None, None, None, None, (), (2023,), (), (), (), ())


@pytest.mark.parametrize(
    ("number", "symbol", "reference"),
    [
        ("36", "KH-UBND", "36/KH-UBND"),
        ("14", "KH/TU", "14-KH/TU"),
        ("05", "2023/NQ-HĐND", "05/2023/NQ-HĐND"),
        (None, "KH-UBND", None),
        ("", "KH-UBND", None),
        ("36", None, None),
    ],
)
def test_number_and_symbol_make_the_reference(number: str | None, symbol: str | None, reference: str | None) -> None:
    assert plan(number, symbol).reference == reference


def decision(*, due: tuple[date, ...] = (), units: tuple[str, ...] = ()) -> Decision:
    return Decision("audience-1", due, units, "Trần Thị B", "Thống nhất", date(2023, 2, 9))


def test_the_first_decision_that_names_units_names_all_that_are_meant() -> None:
    dated = decision(due=(date(2023, 3, 1),))
    assert units_decided(()) is None
    assert units_decided((dated,)) is None
    assert units_decided((dated, decision(units=("a", "b")), decision(units=("c",)))) == {"a", "b"}

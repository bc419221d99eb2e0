"""Criteria: points by a share, groups of units, sets by year."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.criteria import Criterion, Fact, Part, RankedGroup, Scale, Scheme
from plan_lifecycle.domain.unit import Unit, UnitKind

FROM_90 = Scale(least=Decimal(90))
COMMUNES = RankedGroup("Các xã", frozenset({UnitKind.COMMUNE}))


def _scheme(first: int | None = None, last: int | None = None) -> Scheme:
    one, two = Criterion("a", "A", Decimal(4)), Criterion("b", "B", Decimal("2.5"))
    return Scheme("xa", "Xã", (COMMUNES,), (Part("I", (one,)), Part("II", (two,))), first, last)


@pytest.mark.parametrize(
    ("done", "asked", "points"),
    [
        (10, 10, "5"),
        (12, 10, "5"),
        (9, 10, "4.50"),
        (19, 20, "4.75"),
        (29, 31, "4.68"),
        (89, 100, "0"),
        (4, 5, "0"),
        (0, 3, "0"),
    ],
)
def test_all_points_at_full_in_proportion_from_ninety_and_none_below(done: int, asked: int, points: str) -> None:
    assert FROM_90.points(Decimal(5), done, asked) == Decimal(points)


def test_a_scale_may_give_all_points_before_everything_is_done() -> None:
    scale = Scale(full=Decimal(80), least=Decimal(40))
    assert [scale.points(Decimal(10), done, 100) for done in (39, 40, 79, 80)] == [
        Decimal(0),
        Decimal(4),
        Decimal("7.9"),
        Decimal(10),
    ]


@given(st.integers(1, 200), st.integers(1, 40))
def test_whoever_does_more_never_gets_less(asked: int, maximum: int) -> None:
    points = [FROM_90.points(Decimal(maximum), done, asked) for done in range(asked + 1)]
    assert all(fewer <= more for fewer, more in pairwise(points))
    assert points[-1] == maximum


def test_the_rule_is_told_in_words() -> None:
    assert FROM_90.words == "đạt từ 100%: điểm tối đa; từ 90% đến dưới 100%: tính theo tỷ lệ; dưới 90%: không chấm điểm"
    assert Scale(Decimal("97.5")).words == "đạt từ 97,5%: điểm tối đa; từ 0% đến dưới 97,5%: tính theo tỷ lệ"


def test_the_unit_writes_numbers_where_a_scale_has_no_fact() -> None:
    assert Criterion("a", "A", Decimal(1), scale=Scale()).counted
    assert not Criterion("a", "A", Decimal(1), Fact.PLANS_ON_TIME, Scale()).counted
    assert not Criterion("a", "A", Decimal(1)).counted


def test_a_scheme_adds_up_its_parts_and_knows_its_units_and_years() -> None:
    scheme = _scheme(2024, 2025)
    assert (scheme.maximum, [one.code for one in scheme.criteria()]) == (Decimal("6.5"), ["a", "b"])
    assert [scheme.in_force(year) for year in (2023, 2024, 2025, 2026)] == [False, True, True, False]
    assert _scheme().in_force(1999)
    assert scheme.group_of(Unit("x", "xã A", UnitKind.COMMUNE, 2)) is COMMUNES
    assert scheme.group_of(Unit("s", "Sở A", UnitKind.DEPARTMENT, 1)) is None

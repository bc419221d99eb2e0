"""Figures of units make a total that knows where it came from."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import NO_CHECKS, Checks, Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.roll_up import Reported, RollUpError, Total, roll_up, with_computed

H1 = Period.parse("2023-H1")


def indicator(roll: RollUp, kind: IndicatorType = IndicatorType.COUNT) -> Indicator:
    return Indicator("news", "Số tin, bài", "tin, bài", kind, roll, (3,), weight="people")


def reported(
    value: Value, unit: str = "c0", period: Period = H1, code: str = "news", estimate: bool = False
) -> Reported:
    return Reported(unit, period, Figure(code, value, estimate=estimate))


def figures(*values: Value) -> list[Reported]:
    return [reported(value, f"c{i}") for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("roll", "kind", "values", "total"),
    [
        (RollUp.SUM, IndicatorType.COUNT, (1, 2, 3), 6),
        (RollUp.SUM, IndicatorType.MONEY, (0.1, 0.2, 0.3), 0.6),
        (RollUp.MEAN, IndicatorType.RATIO, (80, 90), 85),
        (RollUp.MIN, IndicatorType.RANK, (7, 3), 3),
        (RollUp.MAX, IndicatorType.DATE, (date(2023, 1, 5), date(2023, 2, 1)), date(2023, 2, 1)),
        (RollUp.LAST, IndicatorType.RANK, (7, 3), 3),
        (RollUp.LIST, IndicatorType.TEXT, ("Mô hình A", "mô hình a", "Mô hình B"), ("mô hình a", "Mô hình B")),
        (RollUp.SHARE, IndicatorType.BOOLEAN, (True, False, True, True), 75),
        (RollUp.NONE, IndicatorType.TEXT, ("a",), None),
    ],
)
def test_it_puts_values_together(roll: RollUp, kind: IndicatorType, values: tuple[Value, ...], total: object) -> None:
    whole = roll_up(indicator(roll, kind), figures(*values))
    assert whole.value == total
    assert whole.reporters == len(values)
    assert whole.figures == tuple(figures(*values))


def test_it_weighs() -> None:
    whole = roll_up(indicator(RollUp.WEIGHTED, IndicatorType.RATIO), figures(50, 100), {"c0": 300, "c1": 100})
    assert whole.value == 62.5


@pytest.mark.parametrize("weights", [None, {"c0": 1}, {"c0": 0, "c1": 0}])
def test_it_says_when_weights_are_missing(weights: dict[str, float] | None) -> None:
    with pytest.raises(RollUpError, match="people"):
        roll_up(indicator(RollUp.WEIGHTED), figures(1, 2), weights)


def test_nobody_reported() -> None:
    total = roll_up(indicator(RollUp.SUM), [])
    assert (total.value, total.reporters, total.figures) == (None, 0, ())


def test_figures_of_another_indicator_are_passed_over() -> None:
    other = reported(100, "c9", code="leaflets")
    assert roll_up(indicator(RollUp.SUM), [*figures(1), other]).value == 1


def test_a_unit_counts_once_and_its_final_figure_replaces_the_estimate() -> None:
    final, estimate = reported(12), reported(10, estimate=True)
    for order in ([estimate, final], [final, estimate]):
        total = roll_up(indicator(RollUp.SUM), order)
        assert (total.value, total.reporters, total.estimated) == (12, 1, False)
    assert roll_up(indicator(RollUp.SUM), [estimate]).estimated


def test_the_last_is_the_latest_period_whatever_the_order() -> None:
    old, new = reported(9, period=Period.parse("2022")), reported(4, period=Period.parse("2023"))
    assert roll_up(indicator(RollUp.LAST), [new, old]).value == 4


def test_months_add_up_to_a_unit_that_counts_as_one_reporter() -> None:
    months = [reported(5, period=Period.parse(f"2023-M0{i}")) for i in range(1, 7)]
    total = roll_up(indicator(RollUp.SUM), months)
    assert (total.value, total.reporters) == (30, 1)


@pytest.mark.parametrize(
    ("roll", "kind"),
    [(RollUp.SUM, IndicatorType.TEXT), (RollUp.MAX, IndicatorType.BOOLEAN), (RollUp.SHARE, IndicatorType.COUNT)],
)
def test_it_refuses_a_roll_up_that_makes_no_sense(roll: RollUp, kind: IndicatorType) -> None:
    with pytest.raises(RollUpError, match="does not fit"):
        roll_up(indicator(roll, kind), figures(1))


def test_it_refuses_to_add_what_is_no_number() -> None:
    with pytest.raises(RollUpError, match="c1 has 'nhiều'"):
        roll_up(indicator(RollUp.SUM), figures(1, "nhiều"))


@given(st.lists(st.floats(0, 1e9) | st.integers(0, 10**9), min_size=1), st.randoms())
def test_a_sum_does_not_depend_on_the_order(values: list[float], random: object) -> None:
    given_order = figures(*values)
    shuffled = list(given_order)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ours = indicator(RollUp.SUM)
    assert roll_up(ours, given_order).value == roll_up(ours, shuffled).value


def whole(code: str, roll: RollUp, checks: Checks = NO_CHECKS) -> Indicator:
    kind = IndicatorType.RATIO if checks.share_of else IndicatorType.COUNT
    return Indicator(code, code, "", kind, roll, (3,), checks=checks)


DONE, IN_TIME = whole("done", RollUp.SUM), whole("in_time", RollUp.SUM)
SHARE = whole("share", RollUp.COMPUTED, Checks(share_of=("in_time", "done")))
BOTH = whole("both", RollUp.COMPUTED, Checks(parts=("done", "in_time")))


def totalled(indicators: list[Indicator], *reports: Reported) -> dict[str, Total]:
    totals = with_computed(indicators, [roll_up(one, reports) for one in indicators])
    return {total.indicator: total for total in totals}


def test_a_share_comes_from_the_totals_of_its_parts_and_not_from_the_shares_that_units_typed() -> None:
    totals = totalled(
        [SHARE, DONE, IN_TIME],
        reported(100, "a", code="done"), reported(50, "a", code="in_time"), reported(50, "a", code="share"),
        reported(900, "b", code="done"), reported(900, "b", code="in_time"), reported(100, "b", code="share"),
    )  # fmt: skip
    assert totals["share"].value == 95
    assert totals["share"].reporters == 2
    assert {one.figure.indicator for one in totals["share"].figures} == {"done", "in_time"}


def test_a_share_of_nothing_or_of_what_is_not_known_has_no_value() -> None:
    assert totalled([SHARE, DONE, IN_TIME], reported(5, code="done"))["share"].value is None
    nothing = totalled([SHARE, DONE, IN_TIME], reported(0, code="done"), reported(0, code="in_time"))
    assert nothing["share"].value is None


def test_a_sum_of_parts_counts_what_is_known_and_is_an_estimate_where_a_part_is() -> None:
    totals = totalled([BOTH, DONE, IN_TIME], reported(5, code="done", estimate=True))
    assert (totals["both"].value, totals["both"].estimated) == (5, True)


def test_what_is_computed_from_something_computed_follows_it_in_any_order() -> None:
    of_both = whole("of_both", RollUp.COMPUTED, Checks(share_of=("done", "both")))
    totals = totalled([of_both, BOTH, DONE, IN_TIME], reported(3, code="done"), reported(1, code="in_time"))
    assert totals["of_both"].value == 75


def test_totals_keep_their_order_and_those_of_others_stay_as_they_are() -> None:
    every = [IN_TIME, SHARE, DONE]
    totals = [roll_up(one, [reported(4, code="done"), reported(1, code="in_time")]) for one in every]
    computed = with_computed(every, totals)
    assert [total.indicator for total in computed] == ["in_time", "share", "done"]
    assert (computed[0], computed[2]) == (totals[0], totals[2])


def test_a_weighted_share_comes_from_its_parts_where_every_unit_told_both_for_typed_shares_are_rounded() -> None:
    share = Indicator(
        "share",
        "Tỷ lệ",
        "%",
        IndicatorType.RATIO,
        RollUp.WEIGHTED,
        (3,),
        weight="all",
        checks=Checks(share_of=("done", "all")),
    )
    every = [share, whole("done", RollUp.SUM), whole("all", RollUp.SUM)]
    told = [
        reported(33.33, "c0", code="share"), reported(1, "c0", code="done"), reported(3, "c0", code="all"),
        reported(16.67, "c1", code="share"), reported(1, "c1", code="done"), reported(6, "c1", code="all"),
    ]  # fmt: skip
    weights = {"c0": 3.0, "c1": 6.0}

    def share_of(reports: list[Reported]) -> object:
        totals = [roll_up(one, reports, weights if one is share else None) for one in every]
        return with_computed(every, totals)[0].value

    assert share_of(told) == 100 * 2 / 9
    without_done = [one for one in told if (one.unit_id, one.figure.indicator) != ("c1", "done")]
    assert share_of(without_done) == (33.33 * 3 + 16.67 * 6) / 9

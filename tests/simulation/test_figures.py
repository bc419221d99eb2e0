"""The figures of simulated units agree with each other as the checks of a form ask, and grow within the year."""

from __future__ import annotations

import pytest
from tests.factories import ROOT, rules

from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.simulation.behaviour import read_behaviour

SHIPPED = read_behaviour(ROOT / "config/simulation.yaml")
INDICATORS = rules().indicators_of(2026)
FIGURES = SHIPPED.figures(INDICATORS)
BY_CODE = {one.code: one for one in INDICATORS}
UNITS = [f"u{number}" for number in range(30)]
PERIODS = ("2026-Q1", "2026-H1", "2026-Q3", "2026")


def of_checks(name: str) -> list[Indicator]:
    return [one for one in INDICATORS if one.type == "count" and one.roll_up == "sum" and getattr(one.checks, name)]


@pytest.mark.parametrize("unit", UNITS[:5])
def test_a_part_is_never_more_than_its_whole_and_a_sum_is_that_of_its_parts(unit: str) -> None:
    parts, sums = of_checks("at_most"), of_checks("parts")
    assert parts
    assert sums
    for period in PERIODS:
        for one in parts:
            assert FIGURES.count(unit, one.code, period) <= FIGURES.count(unit, str(one.checks.at_most), period)
        for one in sums:
            together = sum(FIGURES.count(unit, part, period) for part in one.checks.parts)
            assert FIGURES.count(unit, one.code, period) == together


def test_what_is_counted_from_the_beginning_of_the_year_never_falls_within_it() -> None:
    for one in of_checks("cumulative"):
        for unit in UNITS[:5]:
            counts = [FIGURES.count(unit, one.code, period) for period in PERIODS]
            assert counts == sorted(counts), one.code


def test_what_is_not_counted_from_the_beginning_of_the_year_stays() -> None:
    assert len({FIGURES.count("u1", "posts_assigned", period) for period in PERIODS}) == 1


def test_people_come_to_what_is_held() -> None:
    for unit in UNITS:
        held, came = (FIGURES.count(unit, code, "2026") for code in ("conferences", "conference_attendees"))
        assert 30 * held <= came <= 60 * held


def test_a_share_that_is_typed_is_that_of_its_parts() -> None:
    share = BY_CODE["plan_share_done"]
    done, planned = (FIGURES.count("u1", code, "2026") for code in ("tasks_done", "tasks_planned"))
    assert FIGURES.value("u1", share, "2026") == round(100 * done / planned, 2)


def test_what_nobody_can_know_beforehand_is_left_open() -> None:
    assert FIGURES.value("u1", BY_CODE["model_cases"], "2026") is None
    assert FIGURES.value("u1", BY_CODE["par_index_rank"], "2026") is None

"""Scores: exact indices, shared ranks, bands, and as many decimals as tell neighbours apart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_lifecycle.domain.score import Band, MeanScore, Place, Score, Scoring, rank

BANDS = (
    Band("Tốt", Decimal(80)),
    Band("Khá", Decimal(65)),
    Band("Trung bình", Decimal(50)),
    Band("Yếu", Decimal(0)),
)
SCORING = Scoring(BANDS)


def _ranked(*lines: tuple[str, str], group: str = "xã", scoring: Scoring = SCORING) -> list[Place]:
    scores = [
        Score(group, f"Xã {number}", Decimal(maximum), Decimal(points))
        for number, (maximum, points) in enumerate(lines)
    ]
    return rank(scores, scoring)


def test_equal_indices_share_a_rank_and_the_next_is_skipped() -> None:
    lines = _ranked(("100", "90"), ("50", "40"), ("100", "80"), ("100", "79"))
    assert [line.rank for line in lines] == [1, 2, 2, 4]


def test_units_of_other_groups_do_not_move_a_rank() -> None:
    scores = [Score("sở", "Sở A", Decimal(100), Decimal(70)), Score("xã", "Xã B", Decimal(100), Decimal(90))]
    assert [line.rank for line in rank(scores, SCORING)] == [1, 1]


@pytest.mark.parametrize(
    ("points", "band"),
    [("80", "Tốt"), ("79.99", "Khá"), ("65", "Khá"), ("50", "Trung bình"), ("49.99", "Yếu"), ("0", "Yếu")],
)
def test_a_band_holds_from_its_limit_on(points: str, band: str) -> None:
    assert _ranked(("100", points))[0].band == band


def test_a_third_decimal_is_shown_where_two_do_not_tell_neighbours_apart() -> None:
    first, second, third = _ranked(("100", "85.177"), ("100", "85.179"), ("100", "50"))
    assert (str(first.index), str(second.index), str(third.index)) == ("85.177", "85.179", "50.00")
    assert (first.rank, second.rank) == (2, 1)


def test_an_index_just_below_a_limit_does_not_look_as_if_it_had_reached_it() -> None:
    (line,) = _ranked(("100", "79.998"))
    assert (str(line.index), line.band) == ("79.998", "Khá")


def test_half_is_rounded_up_from_the_exact_value() -> None:
    (line,) = _ranked(("800", "500.04"))
    assert str(line.index) == "62.51"


def test_a_unit_that_is_classed_only_has_a_band_and_no_rank_and_takes_none() -> None:
    scores = [
        Score("sở", "Thanh tra", Decimal(100), Decimal(95), ranked=False),
        Score("sở", "Sở A", Decimal(100), Decimal(70)),
        Score("chỉ xếp loại", "Ban B", Decimal(100), Decimal(70)),
    ]
    lines = rank(scores, Scoring(BANDS, frozenset({"chỉ xếp loại"})))
    assert [(line.rank, line.band) for line in lines] == [(None, "Tốt"), (1, "Khá"), (None, "Khá")]


def test_a_unit_not_yet_scored_has_neither_index_nor_rank_nor_band() -> None:
    scores = [Score("sở", "Sở A", None, None), Score("sở", "Sở B", Decimal(10), Decimal(1))]
    lines = rank(scores, SCORING)
    assert [(line.index, line.rank, line.band) for line in lines] == [(None, None, None), (Decimal("10.00"), 1, "Yếu")]


def test_nobody_is_ranked_in_a_group_in_which_a_score_could_not_be_read() -> None:
    scores = [Score("sở", "Sở A", Decimal(10), Decimal(9)), Score("xã", "Xã B", Decimal(10), Decimal(9))]
    assert [(line.rank, line.band) for line in rank(scores, SCORING, {"sở"})] == [(None, "Tốt"), (1, "Tốt")]


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), min_size=1, max_size=30))
def test_a_rank_is_one_more_than_the_number_of_better_units(pairs: list[tuple[int, int]]) -> None:
    lines = _ranked(*((str(max(pair)), str(min(pair))) for pair in pairs))
    exact = [Decimal(min(pair)) / Decimal(max(pair)) for pair in pairs]
    for line, own in zip(lines, exact, strict=True):
        assert line.rank == 1 + sum(other > own for other in exact)


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 400)), min_size=2, max_size=30))
def test_what_is_shown_orders_units_as_their_ranks_do(pairs: list[tuple[int, int]]) -> None:
    lines = _ranked(*((str(max(pair)), str(min(pair))) for pair in pairs))
    shown = sorted((line.rank or 0, -(line.index or 0)) for line in lines)
    for (rank_above, index_above), (rank_below, index_below) in pairwise(shown):
        assert (index_above < index_below) == (rank_above < rank_below)


def test_over_several_years_the_mean_of_the_indices_ranks() -> None:
    half, whole = Fraction(50), Fraction(100)
    scores = [
        MeanScore("xã", "Xã A", (half, whole)),
        MeanScore("xã", "Xã B", (whole, whole)),
        MeanScore("xã", "Xã C", (Fraction(200, 3), Fraction(100, 3))),
    ]
    assert [(line.rank, str(line.index), line.band) for line in rank(scores, SCORING)] == [
        (2, "75.00", "Khá"),
        (1, "100.00", "Tốt"),
        (3, "50.00", "Trung bình"),
    ]


def test_a_year_without_a_score_leaves_the_mean_unknown_and_is_no_zero() -> None:
    lines = rank([MeanScore("xã", "Xã A", (Fraction(90), None)), MeanScore("xã", "Xã B", ())], SCORING)
    assert [(line.index, line.rank, line.band) for line in lines] == [(None, None, None)] * 2

"""Award candidates: band, first places, caps, whom a person leaves out, and ties that are asked and never cut."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plan_lifecycle.domain.award import Award, Candidates, Chosen, candidates
from plan_lifecycle.domain.score import Band, Place, Score, Scoring, rank

SCORING = Scoring((Band("Tốt", Decimal(80)), Band("Khá", Decimal(65)), Band("Yếu", Decimal(0))))
AWARD = Award("bang-khen", "Bằng khen", "xa", "Tốt", {"": 2, "Các sở": None})
OUT = Chosen(False, "Trần Thị Bình", "Chưa có sáng kiến")
IN = Chosen(True, "Trần Thị Bình", "Có hai sáng kiến")


def places(*indices: int, group: str = "Các xã") -> list[Place]:
    scores = [Score(group, f"xã {chr(65 + at)}", Decimal(100), Decimal(index)) for at, index in enumerate(indices)]
    return rank(scores, SCORING)


def one(award: Award, *indices: int, chosen: dict[str, Chosen] | None = None, group: str = "Các xã") -> Candidates:
    (found,) = candidates(places(*indices, group=group), award, SCORING, chosen or {})
    return found


def names(found: tuple[Place, ...]) -> list[str]:
    return [place.unit for place in found]


def test_the_first_of_the_group_in_the_band_are_proposed() -> None:
    found = one(AWARD, 85, 95, 90, 70)
    assert (names(found.proposed), found.tie, found.limit) == (["xã B", "xã C"], None, 2)


def test_a_band_below_is_never_proposed_though_places_are_left() -> None:
    found = one(AWARD, 85, 79, 60)
    assert (names(found.proposed), found.tie) == (["xã A"], None)


def test_a_tie_at_the_cap_is_asked_and_not_cut() -> None:
    found = one(AWARD, 90, 85, 85, 82)
    assert names(found.proposed) == ["xã A"]
    assert found.tie is not None
    assert (found.tie.rank, found.tie.left, names(found.tie.units)) == (2, 1, ["xã B", "xã C"])


def test_a_tie_that_fits_is_no_question() -> None:
    assert one(AWARD, 90, 90, 85).tie is None


def test_a_person_chooses_within_a_tie() -> None:
    found = one(AWARD, 90, 85, 85, chosen={"xã C": IN})
    assert (names(found.proposed), found.tie) == (["xã A", "xã C"], None)


def test_leaving_out_one_of_a_tie_settles_it() -> None:
    found = one(AWARD, 90, 85, 85, chosen={"xã C": OUT})
    assert (names(found.proposed), found.tie, names(found.left_out)) == (["xã A", "xã B"], None, ["xã C"])


def test_choosing_more_than_fit_leaves_the_question_open() -> None:
    found = one(AWARD, 90, 85, 85, chosen={"xã B": IN, "xã C": IN})
    assert names(found.proposed) == ["xã A"]
    assert found.tie is not None
    assert found.tie.left == 1


def test_the_next_in_rank_moves_up_for_one_left_out_where_the_plan_says_so() -> None:
    chosen = {"xã A": OUT}
    moving = one(AWARD, 95, 90, 85, chosen=chosen)
    staying = one(Award("x", "X", "xa", "Tốt", {"": 2}, moves_up=False), 95, 90, 85, chosen=chosen)
    assert (names(moving.proposed), names(moving.left_out)) == (["xã B", "xã C"], ["xã A"])
    assert (names(staying.proposed), names(staying.left_out)) == (["xã B"], ["xã A"])


def test_somebody_far_below_who_was_left_out_is_not_told_of() -> None:
    assert one(AWARD, 95, 90, 85, chosen={"xã C": OUT}).left_out == ()


@pytest.mark.parametrize(("group", "proposed"), [("Các sở", 3), ("Các xã", 2)])
def test_each_group_has_its_own_cap_or_none(group: str, proposed: int) -> None:
    assert len(one(AWARD, 95, 90, 85, group=group).proposed) == proposed


def test_who_is_classed_only_is_not_proposed() -> None:
    lines = rank([Score("Các xã", "Thanh tra", Decimal(100), Decimal(99), ranked=False)], SCORING)
    (found,) = candidates(lines, AWARD, SCORING, {})
    assert found.proposed == ()

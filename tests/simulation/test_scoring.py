"""The scoring of a played case: forms, questions, appraisal, ranking and reviews come to what is told without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest
from tests.databases import migrated_copy
from tests.factories import BINH_AN, CHO_LAU, DISTRICT, DIVISION, HOA_THANG, PROVINCE, ROOT, make_office

from plan_lifecycle.config.scoring import read_score_rules
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.appraise import published
from plan_lifecycle.simulation.expected_scores import candidates_of, points_of
from plan_lifecycle.simulation.score_plan import PlayedReview, ScoredYear, ScorePlan, Story
from plan_lifecycle.simulation.scoring import PLAYED_BY, Scoring, exempt
from plan_lifecycle.store import audit
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.units import save_units

UNITS = (DIVISION, BINH_AN, HOA_THANG, CHO_LAU)
YEARS = tuple(
    ScoredYear(year=year, claims=date(year, 11, 21), answers=date(year, 11, 28), published=date(year, 12, 5))
    for year in (2022, 2023)
)
REVIEW = PlayedReview(name="Sơ kết", years=(2022, 2023), day=date(2023, 12, 15), candidates={})
PLAN = ScorePlan(scheme="emulation", receiver="bb", award="emulation-merit", years=YEARS, reviews=(REVIEW,))
STORY = Story(1)
"""With this seed somebody boasts, is asked, loses a point and has a field that is none of its."""


@dataclass(frozen=True)
class Played:
    """The scoring after its last day, and who did what."""

    scoring: Scoring
    acts: list[audit.Act]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("scores")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    with store.write() as connection:
        save_units(connection, [PROVINCE, DISTRICT, *UNITS])
    scoring = Scoring(make_office(store), read_score_rules(ROOT / "config/scoring.yaml"), PLAN, STORY)
    for year in YEARS:
        for day in (year.claims, year.answers, year.published):
            scoring.play(day)
    scoring.play(REVIEW.day)
    with store.read() as connection:
        yield Played(scoring, audit.newest(connection, 1000))
    store.close()


def in_time(_unit: Unit, _year: int) -> bool:
    """Nobody owes a report here: each has the points that it claims for it."""
    return True


@pytest.mark.parametrize("year", YEARS, ids=lambda year: str(year.year))
def test_each_published_ranking_is_what_is_told_without_it(played: Played, year: ScoredYear) -> None:
    table = published(played.scoring.office, played.scoring.round_on(year.year, year.published))[0]
    came = {line["unit"]: (Fraction(line["points"]), Fraction(line["maximum"])) for line in table.lines}
    assert came == {unit.agency: points_of(STORY, unit, year.year, in_time) for unit in UNITS}


def test_a_review_comes_to_the_best_of_each_group_up_to_its_cap(played: Played) -> None:
    came = played.scoring.reviewed[REVIEW.name]
    assert came == candidates_of(STORY, UNITS, REVIEW, in_time)
    assert any(came.values())
    assert [name for name, _ in played.scoring.files] == [
        "Xep hang nam 2022 - UBND huyen Bac Binh.xlsx",
        "Xep hang nam 2023 - UBND huyen Bac Binh.xlsx",
        "De nghi khen thuong 2022-2023.xlsx",
    ]


def test_units_are_asked_and_answer_and_all_is_done_in_the_name_of_a_person(played: Played) -> None:
    done = {act.act for act in played.acts}
    assert {ActKind.TAKE_SCORES, ActKind.ASK_SCORE, ActKind.APPRAISE, ActKind.PUBLISH_SCORES} <= done
    assert {act.by for act in played.acts} == {PLAYED_BY}


def test_the_draws_are_the_same_each_time_and_others_with_another_seed() -> None:
    def told(seed: int) -> list[object]:
        story = Story(seed)
        return [(points_of(story, unit, 2022, in_time), exempt(story, unit)) for unit in UNITS]

    assert told(1) == told(1)
    assert told(1) != told(8)

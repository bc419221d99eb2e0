"""What a case says of its scoring: which scheme, on which days of which years, the reviews, and who must come out.

The movement of Bắc Bình 2022–2025: units score themselves each November, are appraised and ranked by December; it is
reviewed after two years and at its end, each time with whom may be proposed for the award.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from plan_lifecycle.config.yaml_file import Strict
from plan_lifecycle.simulation.drawing import draw

Where = tuple[str | int, ...]
ASKED = 20
"""Tasks that a unit registers in each field and year."""
DONE = ((70, 20), (85, 19), (95, 18), (100, 17))
"""Up to which of a hundred lots how many of them are done."""
BOASTS, ASKS, LOWERS, EXEMPT = 6, 15, 20, 15
"""Of a hundred: claims that are too high, sheets that are asked about, that lose a point, divisions without a field."""


class ScoredYear(Strict):
    """A year's days: units score themselves, answer what they were asked, the ranking is published."""

    year: int = Field(ge=2000, le=2100)
    claims: date
    answers: date
    published: date


class PlayedReview(Strict):
    """Several years reviewed on a day; ``candidates`` must come out, by group, in order of rank."""

    name: str = Field(min_length=1)
    years: tuple[int, ...] = Field(min_length=1)
    day: date
    candidates: dict[str, tuple[str, ...]]


class ScorePlan(Strict):
    """The scoring of a case."""

    scheme: str
    receiver: str
    award: str
    years: tuple[ScoredYear, ...] = Field(min_length=1)
    reviews: tuple[PlayedReview, ...] = ()

    def amiss(self, ends: date) -> Iterator[tuple[Where, str, object]]:
        """What does not fit: the place, what is expected there, what was found."""
        years = [one.year for one in self.years]
        for number, one in enumerate(self.years):
            if not one.claims < one.answers < one.published <= ends:
                yield ("years", number), "claims, answers, published one after the other", one.published
        for number, review in enumerate(self.reviews):
            if not set(review.years) <= set(years):
                yield ("reviews", number, "years"), f"some of {years}", review.years
            elif review.day < next(one.published for one in self.years if one.year == review.years[-1]):
                yield ("reviews", number, "day"), "a day on which its last year is published", review.day


@dataclass(frozen=True, slots=True)
class Story:
    """How units fare in a year, drawn from the seed: the same each time."""

    seed: int

    def done(self, unit_id: str, criterion: str, year: int) -> int:
        """How many of the tasks that it registered a unit did."""
        lot = draw(self.seed, unit_id, criterion, year, "done") % 100
        return next(done for limit, done in DONE if lot < limit)

    def boasts(self, unit_id: str, criterion: str, year: int) -> bool:
        """Whether it claims all points whatever it did."""
        return draw(self.seed, unit_id, criterion, year, "claims") % 100 < BOASTS

    def is_asked(self, unit_id: str, year: int) -> bool:
        """Whether it is asked to explain."""
        return draw(self.seed, unit_id, year, "asked") % 100 < ASKS

    def loses_a_point(self, unit_id: str, year: int) -> bool:
        """Whether the appraiser takes a point off."""
        return draw(self.seed, unit_id, year, "lowered") % 100 < LOWERS

    def is_exempt(self, unit_id: str) -> bool:
        """Whether the field that not every division has is none of its."""
        return draw(self.seed, unit_id, "exempt") % 100 < EXEMPT


Candidates = Mapping[str, tuple[str, ...]]
"""Who may be proposed, by group and in order of rank."""

"""What the scoring of a played case must come to, told from the draws alone, by other code than the verbs.

The rule of the plan is written down here a second time: all registered tasks done give all points, from nine of ten on
in proportion, fewer give none; a report in time gives its points; the best five communes and three divisions of band
*Tốt* may be proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.appraise import published
from plan_lifecycle.simulation.behaviour import Behaviour
from plan_lifecycle.simulation.case import Owed, Player
from plan_lifecycle.simulation.expected import sendings
from plan_lifecycle.simulation.score_plan import ASKED, Candidates, PlayedReview, Story
from plan_lifecycle.simulation.scoring import Scoring, exempt

FIELDS = {
    "institutions": 10, "procedures": 20, "organisation": 10, "civil_service": 15, "finance": 10, "digital": 15,
    "direction": 10,
}  # fmt: skip
PLAN, REPORTS = 5, 5
GOOD = 80
GROUPS = {
    UnitKind.DIVISION: ("Các phòng, ban chuyên môn thuộc huyện", 3),
    UnitKind.COMMUNE: ("UBND các xã, thị trấn", 5),
}
InTime = Callable[[Unit, int], bool]
"""Whether a unit's report of a year came in time."""


def points_of(story: Story, unit: Unit, year: int, in_time: InTime) -> tuple[Fraction, Fraction]:
    """Points and maximum of a unit in a year."""
    points, maximum = Fraction(PLAN), Fraction(PLAN + REPORTS)
    points += REPORTS if in_time(unit, year) else 0
    for code, most in FIELDS.items():
        if code == "institutions" and exempt(story, unit):
            continue
        done = story.done(unit.id, code, year)
        gained = Fraction(most * done, ASKED) if 10 * done >= 9 * ASKED else Fraction(0)
        lowered = code == "direction" and gained >= 1 and story.loses_a_point(unit.id, year)
        points, maximum = points + gained - lowered, maximum + most
    return points, maximum


def candidates_of(story: Story, units: Iterable[Unit], review: PlayedReview, in_time: InTime) -> Candidates:
    """Who may be proposed after the years of a review; of those who share the last place the first by name."""
    groups: defaultdict[str, list[tuple[Fraction, str]]] = defaultdict(list)
    limits: dict[str, int] = {}
    for unit in units:
        name, limits[name] = GROUPS[unit.kind]
        shares = [Fraction(*points_of(story, unit, year, in_time)) * 100 for year in review.years]
        groups[name].append((-sum(shares, Fraction(0)) / len(shares), unit.agency))
    return {
        name: tuple(unit for index, unit in sorted(ranked)[: limits[name]] if -index >= GOOD)
        for name, ranked in groups.items()
    }


def score_invariants(scoring: Scoring, players: Iterable[Player], behaviour: Behaviour) -> dict[str, bool]:
    """Whether each published ranking and each review is what it must be."""
    by_unit = {player.unit.id: player for player in players}
    calendar, story = scoring.office.rules.calendar, scoring.story

    def in_time(unit: Unit, year: int) -> bool:
        player, owed = by_unit[unit.id], Owed(Item.REPORT, str(year))
        sent = sendings(behaviour, player, owed, calendar)
        return any(sending.right and sending.day <= player.last_days[owed] for sending in sent)

    units = [player.unit for player in by_unit.values()]
    rankings = []
    for year in scoring.plan.years:
        table = published(scoring.office, scoring.round_on(year.year, year.published))[0]
        came = {line["unit"]: (Fraction(line["points"]), Fraction(line["maximum"])) for line in table.lines}
        rankings.append(came == {unit.agency: points_of(story, unit, year.year, in_time) for unit in units})
    return {
        "rankings_as_expected": all(rankings),
        "reviews_as_expected": all(
            scoring.reviewed[review.name] == candidates_of(story, units, review, in_time)
            for review in scoring.plan.reviews
        ),
    }

"""The scoring of a played case: units fill in their forms, are asked and answer, are appraised, ranked and reviewed.

All of it by the verbs that the board and the command have; what comes out is held against ``expected_scores``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from plan_lifecycle.config.scoring import ScoreRules
from plan_lifecycle.documents.score_form import write_score_form
from plan_lifecycle.domain.appraisal import Entry
from plan_lifecycle.domain.award import Award
from plan_lifecycle.domain.clock import opening_of
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.appraise import (
    Review,
    Ruling,
    ScoringRound,
    appraise,
    appraise_rest,
    ask,
    choose_for,
    open_round,
    publish_ranking,
    review_of,
    sheets_of,
    table_of,
    take,
)
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.simulation.score_plan import ASKED, Candidates, PlayedReview, ScoredYear, ScorePlan, Story

PLAYED_BY = "cán bộ mô phỏng"
"""Who does in a played case what a person does."""
_DECIDER = Decider(PLAYED_BY)
_ASKED_ABOUT, _LOWERED, _EXEMPT = "procedures", "direction", "institutions"


@dataclass
class Scoring:
    """Plays the scoring of a case day by day; ``reviewed`` has whom each review came to, ``files`` what was made."""

    office: Office
    rules: ScoreRules
    plan: ScorePlan
    story: Story
    reviewed: dict[str, Candidates] = field(default_factory=dict)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def play(self, day: date) -> None:
        """What falls on the day."""
        for year in self.plan.years:
            for on, step in ((year.claims, self._claim), (year.answers, self._answer), (year.published, self._publish)):
                if on == day:
                    step(year)
        for review in self.plan.reviews:
            if review.day == day:
                self._review(review)

    def round_on(self, year: int, day: date) -> ScoringRound:
        """The round of a year as of a day."""
        return open_round(self.office, self.rules, self.plan.scheme, year, self.plan.receiver, opening_of(day))

    def _claim(self, year: ScoredYear) -> None:
        of = self.round_on(year.year, year.claims)
        for unit in of.units:
            self._hand_in(of, unit, year.claims)
            if self.story.is_asked(unit.id, year.year):
                question = "Đề nghị gửi danh sách nhiệm vụ đã hoàn thành."
                ask(self.office, of, unit.id, _ASKED_ABOUT, question, _DECIDER, opening_of(year.claims))

    def _answer(self, year: ScoredYear) -> None:
        of = self.round_on(year.year, year.answers)
        for unit in of.units:
            if self.story.is_asked(unit.id, year.year):
                self._hand_in(of, unit, year.answers, evidence="Danh sách kèm theo")

    def _publish(self, year: ScoredYear) -> None:
        of, now = self.round_on(year.year, year.published), opening_of(year.published)
        sheets = sheets_of(self.office, of)
        for unit in of.units:
            proposal = sheets[unit.id].proposals.get(_LOWERED)
            if self.story.loses_a_point(unit.id, year.year) and proposal and proposal.points >= 1:
                points = proposal.points - Decimal(1)
                ruling = Ruling(unit.id, _LOWERED, points, "Báo cáo chưa nêu kết quả tuyên truyền")
                appraise(self.office, of, ruling, _DECIDER, now)
        appraise_rest(self.office, of, of.units, _DECIDER, now)
        publish_ranking(self.office, of, _DECIDER, now)
        self.files.append(table_of(self.office, of))

    def _review(self, played: PlayedReview) -> None:
        rounds = [self.round_on(year, played.day) for year in played.years]
        award = self.rules.award(self.plan.award)
        self._settle_ties(rounds, award, played.day)
        found = review_of(self.office, rounds, award)
        self.reviewed[played.name] = _candidates(found)
        self.files.append(found.file())

    def _settle_ties(self, rounds: list[ScoringRound], award: Award, day: date) -> None:
        """Of units that share the last rank take as many as there is room for, by name: nobody else would decide."""
        for group in review_of(self.office, rounds, award).groups:
            for place in sorted(group.tie.units, key=lambda one: one.unit)[: group.tie.left] if group.tie else ():
                why = Decider(PLAYED_BY, "Cùng thứ hạng; chọn theo thứ tự tên gọi")
                choose_for(self.office, rounds, award, place.unit, why, opening_of(day), proposed=True)

    def _hand_in(self, of: ScoringRound, unit: Unit, day: date, evidence: str = "") -> None:
        sheet = sheets_of(self.office, of)[unit.id]
        claims = {one.code: self._claimed(unit, one.code, one.maximum, of, evidence) for one in of.scheme.criteria()}
        data = write_score_form(replace(sheet, claims=claims, questions={}), unit.agency, of.year)
        take(self.office, of, data, f"tu-cham-diem-{of.year}.xlsx", _DECIDER, opening_of(day))

    def _claimed(self, unit: Unit, code: str, maximum: Decimal, of: ScoringRound, evidence: str) -> Entry:
        criterion = next(one for one in of.scheme.criteria() if one.code == code)
        if code == _EXEMPT and exempt(self.story, unit):
            return Entry(None, applies=False, reason="Đơn vị không được giao nhiệm vụ thuộc lĩnh vực này")
        if not criterion.counted:
            return Entry(maximum)
        done = self.story.done(unit.id, code, of.year)
        points = maximum if self.story.boasts(unit.id, code, of.year) or criterion.scale is None else None
        if points is None and criterion.scale is not None:
            points = criterion.scale.points(maximum, done, ASKED)
        return Entry(points, asked=ASKED, done=done, evidence=evidence if code == _ASKED_ABOUT else "")


def exempt(story: Story, unit: Unit) -> bool:
    """Whether one field is none of the unit's: some divisions have no texts to issue."""
    return unit.kind is UnitKind.DIVISION and story.is_exempt(unit.id)


def _candidates(review: Review) -> Candidates:
    return {
        group.group: tuple(place.unit for place in sorted(group.proposed, key=lambda one: (one.rank or 0, one.unit)))
        for group in review.groups
    }

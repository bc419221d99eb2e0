"""Who may be proposed for an award, after one year or over several: mid-term and final review of a movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from plan_lifecycle.documents.score_table import write_ranking
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.award import Award, Candidates, Chosen, candidates
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.score import MeanScore, Place, Score, rank
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.appraise._ranking import score_of
from plan_lifecycle.lifecycle.appraise._round import ScoringRound, sheets_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import scores as score_rows
from plan_lifecycle.store.audit import Act, append


@dataclass(frozen=True, slots=True)
class Review:
    """One or several years of a movement: places by the mean of the years, the index of each year by unit (None: not
    scored), who may be proposed, and who has no score in which year."""

    award: Award
    years: tuple[int, ...]
    places: tuple[Place, ...]
    indices: dict[str, tuple[Fraction | None, ...]]
    groups: tuple[Candidates, ...]
    missing: tuple[tuple[str, int], ...]
    title: str

    def file(self) -> tuple[str, bytes]:
        """Ranking and proposals as Excel: the file's name and its bytes."""
        notes = [f"Chưa thẩm định xong năm {year}: {unit}" for unit, year in self.missing]
        name = file_name(f"De nghi khen thuong {years_words(self.years)}", "xlsx")
        return name, write_ranking(self.title, self.places, notes, (self.award, self.groups))


def review_of(office: Office, rounds: Sequence[ScoringRound], award: Award) -> Review:
    """The rounds of a scheme in years that follow each other, reviewed together for an award of that scheme."""
    last = rounds[-1]
    if award.scheme != last.scheme.code:
        vi = f"Hình thức khen thưởng “{award.name}” không thuộc bộ tiêu chí “{last.scheme.name}”."
        raise InputError(f"an award of {last.scheme.code}", field="--award", found=award.code, vi=vi)
    by_year = [_scores(office, one) for one in rounds]
    whole = [_over_years(unit.id, by_year) for unit in last.units]
    missing = tuple(
        (score.unit, one.year)
        for score, unit in zip(whole, last.units, strict=True)
        for one, scores in zip(rounds, by_year, strict=True)
        if unit.id not in scores or scores[unit.id].index is None
    )
    unsettled = {score.group for score in whole if score.index is None}
    places = rank(whole, last.rules.scoring, unsettled)
    years = tuple(one.year for one in rounds)
    with office.store.read() as connection:
        ids = [unit.id for unit in last.units]
        chosen = score_rows.choices(connection, award.code, years_words(years), ids)
    by_name = {unit.agency: chosen[unit.id] for unit in last.units if unit.id in chosen}
    groups = tuple(candidates(places, award, last.rules.scoring, by_name))
    indices = {score.unit: score.indices for score in whole}
    title = f"{last.scheme.name}: {'năm' if len(years) == 1 else 'giai đoạn'} {years_words(years)}"
    return Review(award, years, tuple(places), indices, groups, missing, title)


def choose_for(
    office: Office,
    rounds: Sequence[ScoringRound],
    award: Award,
    unit: str,
    decider: Decider,
    now: datetime,
    *,
    proposed: bool,
) -> bool:
    """Keep a person's decision about one unit: proposed or left out, with the reason. Raises InputError."""
    whose = rounds[-1].unit(unit)
    years = years_words([one.year for one in rounds])
    chosen = Chosen(proposed, decider.by, decider.why)
    with office.store.write() as connection:
        new = score_rows.choose(connection, award.code, years, [whose.id], chosen, now)
        if new:
            details = {"award": award.code, "years": years, "unit": whose.id, "proposed": proposed}
            act = Act(now, decider.by, ActKind.PROPOSE_AWARD, ActSubject.SCORES, rounds[-1].year, decider.why, details)
            append(connection, act)
    return new > 0


def years_words(years: Sequence[int]) -> str:
    """2026, or 2022-2025."""
    return f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"


def _scores(office: Office, of: ScoringRound) -> dict[str, Score]:
    sheets = sheets_of(office, of)
    return {unit.id: score_of(of, unit, sheets[unit.id]) for unit in of.units}


def _over_years(unit_id: str, by_year: Sequence[dict[str, Score]]) -> MeanScore:
    last = by_year[-1][unit_id]
    indices = tuple(scores[unit_id].index if unit_id in scores else None for scores in by_year)
    only = last if len(by_year) == 1 else None
    amounts = (only.maximum, only.points) if only else (None, None)
    return MeanScore(last.group, last.unit, indices, last.ranked, *amounts)

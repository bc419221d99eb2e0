"""The ranking of a round as it stands, and the one that was published."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from plan_lifecycle.documents.score_table import write_ranking
from plan_lifecycle.domain.act import ActKind, ActSubject
from plan_lifecycle.domain.appraisal import ScoreSheet
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.score import Place, Score, rank
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.appraise._round import ScoringRound, sheets_of
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import scores as score_rows
from plan_lifecycle.store.audit import Act, append
from plan_lifecycle.store.scores import ScoreTable


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where each unit stands; ``missing`` are the units without a score, which leave their group without ranks."""

    places: tuple[Place, ...]
    missing: tuple[str, ...]


def ranking_of(office: Office, of: ScoringRound, *, without_missing: bool = False) -> Ranking:
    """The ranking by what is appraised; ``without_missing`` ranks the others of a group in which a score is missing."""
    sheets = sheets_of(office, of)
    scores = [score_of(of, unit, sheets[unit.id]) for unit in of.units]
    missing = [score for score in scores if score.index is None]
    unsettled = () if without_missing else {score.group for score in missing}
    places = rank(scores, of.rules.scoring, unsettled)
    return Ranking(tuple(places), tuple(score.unit for score in missing))


def score_of(of: ScoringRound, unit: Unit, sheet: ScoreSheet) -> Score:
    """The appraised score of a unit of the round, in its group."""
    group = of.scheme.group_of(unit)
    if group is None:
        raise ValueError(unit.id)
    return sheet.score(group.name, unit.agency, ranked=not {unit.name, unit.agency} & group.classed_only)


def publish_ranking(office: Office, of: ScoringRound, decider: Decider, now: datetime) -> ScoreTable:
    """Publish the ranking as it stands; what was published before is kept, and the same twice is one.

    Raises InputError where a unit has no score and no reason is given for leaving it out.
    """
    found = ranking_of(office, of, without_missing=True)
    if found.missing and not decider.reason:
        names = "; ".join(found.missing[:10])
        vi = f"Còn {len(found.missing):02} đơn vị chưa thẩm định xong: {names}. Nếu vẫn công bố, đề nghị ghi rõ lý do."
        raise InputError("every unit appraised, or a reason", field="--reason", found=len(found.missing), vi=vi)
    lines = [_line(place) for place in found.places]
    with office.store.write() as connection:
        before = next(iter(score_rows.tables(connection, of.key, of.receiver.id)), None)
        if before is not None and before.lines == lines:
            return before
        version = before.version + 1 if before else 1
        why = decider.reason or ""
        table = ScoreTable(of.scheme.code, of.year, of.receiver.id, version, decider.by, now, why, lines)
        if score_rows.publish(connection, table):
            details = {"scheme": of.scheme.code, "receiver": of.receiver.id, "version": version}
            act = Act(now, decider.by, ActKind.PUBLISH_SCORES, ActSubject.SCORES, of.year, decider.reason, details)
            append(connection, act)
    return table


def published(office: Office, of: ScoringRound) -> list[ScoreTable]:
    """What was published of the round, the newest first."""
    with office.store.read() as connection:
        return score_rows.tables(connection, of.key, of.receiver.id)


def table_of(office: Office, of: ScoringRound) -> tuple[str, bytes]:
    """The ranking as it stands, as Excel: the file's name and its bytes."""
    found = ranking_of(office, of)
    notes = [f"Chưa thẩm định xong: {unit}" for unit in found.missing]
    name = file_name(f"Xep hang nam {of.year} - {of.receiver.agency}", "xlsx")
    return name, write_ranking(of.title, found.places, notes)


def _line(place: Place) -> dict[str, Any]:
    return {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in asdict(place).items()}

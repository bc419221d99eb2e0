"""Scores of units and the tables that were published: every version is kept, the newest counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from plan_lifecycle.domain.appraisal import Entry, Side
from plan_lifecycle.domain.award import Chosen
from plan_lifecycle.store.engine import in_batches, insert_new
from plan_lifecycle.store.tables import award_choice, score, score_table

Sheets = dict[str, dict[str, Entry]]
"""Entries by unit and criterion."""


class Round(NamedTuple):
    """A scheme's year."""

    scheme: str
    year: int


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """A ranking that was published; ``lines`` are its rows as JSON, ``note`` says why where somebody has no score."""

    scheme: str
    year: int
    receiver_id: str
    version: int
    decided_by: str
    decided_at: datetime
    note: str
    lines: list[dict[str, Any]]


_TABLE = tuple(ScoreTable.__slots__)


def newest(connection: Connection, of: Round, side: Side, unit_ids: Collection[str]) -> Sheets:
    """What one side says now, by unit and criterion."""
    found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    query = select(score).where(score.c.scheme == of.scheme, score.c.year == of.year, score.c.side == side.value)
    for some in in_batches(sorted(unit_ids)):
        for row in connection.execute(query.where(score.c.unit_id.in_(some)).order_by(score.c.version)):
            found[row.unit_id][row.criterion] = _entry(row)
    return dict(found)


def add(connection: Connection, of: Round, side: Side, entries: Mapping[str, Mapping[str, Entry]]) -> int:
    """Add what says something new, each as the next version; return how many were. What was said already is no news."""
    known = newest(connection, of, side, entries)
    rows = [
        _row(of, side, unit_id, criterion, entry, before.version + 1 if before else 1)
        for unit_id, sheet in entries.items()
        for criterion, entry in sheet.items()
        if (before := known.get(unit_id, {}).get(criterion)) is None or before.said != entry.said
    ]
    return insert_new(connection, score, rows)


def tables(connection: Connection, of: Round, receiver_id: str) -> list[ScoreTable]:
    """The published rankings of a round, the newest first."""
    same = (
        score_table.c.scheme == of.scheme,
        score_table.c.year == of.year,
        score_table.c.receiver_id == receiver_id,
    )
    query = select(*(score_table.c[name] for name in _TABLE)).where(*same)
    return [ScoreTable(**row._mapping) for row in connection.execute(query.order_by(score_table.c.version.desc()))]


def publish(connection: Connection, new: ScoreTable) -> bool:
    """Keep a ranking; False where this version is there already."""
    return insert_new(connection, score_table, [{name: getattr(new, name) for name in _TABLE}]) == 1


def choices(connection: Connection, award: str, years: str, unit_ids: Collection[str]) -> dict[str, Chosen]:
    """What people decided about an award, by unit; the newest decision counts."""
    found: dict[str, Chosen] = {}
    query = select(award_choice).where(award_choice.c.award == award, award_choice.c.years == years)
    for some in in_batches(sorted(unit_ids)):
        for row in connection.execute(query.where(award_choice.c.unit_id.in_(some)).order_by(award_choice.c.version)):
            found[row.unit_id] = Chosen(row.proposed, row.decided_by, row.reason)
    return found


def choose(
    connection: Connection, award: str, years: str, unit_ids: Sequence[str], chosen: Chosen, at: datetime
) -> int:
    """Keep a person's decision about units; return how many it is news for."""
    known = choices(connection, award, years, unit_ids)
    same = (award_choice.c.award == award, award_choice.c.years == years, award_choice.c.unit_id.in_(unit_ids))
    query = select(award_choice.c.unit_id, func.max(award_choice.c.version)).where(*same)
    versions = {row[0]: row[1] for row in connection.execute(query.group_by(award_choice.c.unit_id))}
    rows = [
        {
            "award": award,
            "years": years,
            "unit_id": unit_id,
            "version": versions.get(unit_id, 0) + 1,
            "proposed": chosen.proposed,
            "decided_by": chosen.by,
            "reason": chosen.reason,
            "decided_at": at,
        }
        for unit_id in unit_ids
        if known.get(unit_id) != chosen
    ]
    return insert_new(connection, award_choice, rows)


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        points=None if row.points is None else Decimal(row.points),
        applies=row.applies,
        evidence=row.evidence,
        reason=row.reason,
        asked=row.asked,
        done=row.done,
        by=row.by,
        at=row.at,
        file=row.file,
        place=row.place,
        blob=row.blob,
        version=row.version,
    )


def _row(of: Round, side: Side, unit_id: str, criterion: str, entry: Entry, version: int) -> dict[str, Any]:
    return {
        "scheme": of.scheme,
        "year": of.year,
        "unit_id": unit_id,
        "criterion": criterion,
        "side": side.value,
        "version": version,
        "points": None if entry.points is None else f"{entry.points:f}",
        "applies": entry.applies,
        "evidence": entry.evidence,
        "reason": entry.reason,
        "asked": entry.asked,
        "done": entry.done,
        "by": entry.by,
        "at": entry.at,
        "file": entry.file[:255],
        "place": entry.place[:64],
        "blob": entry.blob,
    }

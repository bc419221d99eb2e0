"""A round of scoring: a scheme, its year, whose units are scored, and their sheets as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.config.scoring import ScoreRules
from plan_lifecycle.domain.appraisal import Entry, Proposal, ScoreSheet, Side, proposal_of
from plan_lifecycle.domain.criteria import Criterion, Fact, Scale, Scheme
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.office import Office, unit_named
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import scores as score_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection

Shares = dict[tuple[str, Fact], tuple[int, int]]
"""What a unit did in time and what it was to do, by the ledger."""
_ITEMS = {Item.SUB_PLAN: Fact.PLANS_ON_TIME, Item.REPORT: Fact.REPORTS_ON_TIME}
_FACT_WORDS = {Fact.PLANS_ON_TIME: "kế hoạch", Fact.REPORTS_ON_TIME: "báo cáo"}
_COUNTED = (ObligationState.OPEN, ObligationState.RETURNED, ObligationState.FIGURES_ONLY, ObligationState.MET)
"""What waits for a decision is not counted either way, and whom a person let off owes nothing."""


@dataclass(frozen=True, slots=True)
class ScoringRound:
    """``units`` are those below ``receiver`` that the scheme is for, in the order of the tree."""

    rules: ScoreRules
    scheme: Scheme
    year: int
    receiver: Unit
    units: tuple[Unit, ...]
    tree: UnitTree
    today: date

    @property
    def key(self) -> score_rows.Round:
        """What its rows in the store bear."""
        return score_rows.Round(self.scheme.code, self.year)

    @property
    def title(self) -> str:
        """What its ranking is called."""
        return f"{self.scheme.name} năm {self.year}"

    def unit(self, name: str) -> Unit:
        """A unit of the round by id or name. Raises InputError."""
        unit = unit_named(self.tree, name, self.receiver)
        if unit not in self.units:
            vi = f"{unit.agency} không thuộc bộ tiêu chí “{self.scheme.name}”."
            raise InputError("a unit that the scheme is for", field="unit", found=name, vi=vi)
        return unit


def open_round(office: Office, rules: ScoreRules, scheme: str, year: int, receiver: str, now: datetime) -> ScoringRound:
    """The round of a scheme's code and a year; ``receiver`` is whose units are scored, empty: the only province.

    The units are those at the year's end: who was merged later was scored all the same. Raises InputError where there
    is no such scheme, receiver, or unit that it is for, or not all of these may be seen.
    """
    if not 2000 <= year <= 2100:
        raise InputError("a year from 2000 to 2100", field="--year", found=year, vi=f"Năm {year} không hợp lệ.")
    chosen = rules.scheme(scheme, year)
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, min(now.date(), date(year, 12, 31)))
    whose = unit_named(tree, receiver, sight=office.sight) if receiver else _only_province(office.sight, tree)
    units = tuple(unit for unit in tree.children(whose.id) if chosen.group_of(unit))
    units = units if office.sight.has_all([unit.id for unit in units]) else ()
    if not units:
        vi = f"{whose.agency} không có đơn vị nào thuộc bộ tiêu chí “{chosen.name}”."
        raise InputError("a unit with units of the scheme below it", field="--receiver", found=whose.name, vi=vi)
    return ScoringRound(rules, chosen, year, whose, units, tree, now.date())


def sheets_of(office: Office, of: ScoringRound) -> dict[str, ScoreSheet]:
    """The sheet of each unit of a round, in order: what was said, and what rules propose."""
    ids = [unit.id for unit in of.units]
    with office.store.read() as connection:
        claims, rulings, questions = (score_rows.newest(connection, of.key, side, ids) for side in Side)
        shares = _shares(connection, of, ids)
    return {
        unit_id: ScoreSheet(
            of.scheme,
            unit_id,
            claims.get(unit_id, {}),
            rulings.get(unit_id, {}),
            questions.get(unit_id, {}),
            _proposals(of.scheme, unit_id, claims.get(unit_id, {}), shares),
        )
        for unit_id in ids
    }


def _only_province(sight: Sight, tree: UnitTree) -> Unit:
    tops = tree.children(None)
    if len(tops) != 1 or not sight.has(tops[0].id):
        vi = "Đề nghị ghi rõ cơ quan chấm điểm."
        raise InputError("whose units are scored", field="--receiver", found="nothing", vi=vi)
    return tops[0]


def _proposals(scheme: Scheme, unit_id: str, claims: Mapping[str, Entry], shares: Shares) -> dict[str, Proposal]:
    found = {}
    for criterion in scheme.criteria():
        proposal = _by_fact(criterion, unit_id, shares) or proposal_of(criterion, claims.get(criterion.code))
        if proposal is not None:
            found[criterion.code] = proposal
    return found


def _by_fact(criterion: Criterion, unit_id: str, shares: Shares) -> Proposal | None:
    if criterion.fact is None or (unit_id, criterion.fact) not in shares:
        return None
    done, asked = shares[unit_id, criterion.fact]
    scale = criterion.scale or Scale()
    what = _FACT_WORDS[criterion.fact]
    why = f"Theo sổ theo dõi: {done:02}/{asked:02} {what} đúng hạn; {scale.words}"
    return Proposal(scale.points(criterion.maximum, done, asked), why)


def _shares(connection: Connection, of: ScoringRound, ids: list[str]) -> Shares:
    """How many plans and reports that were due by today each unit sent in time."""
    owed = [
        one
        for several in obligation_rows.owed_by(connection, ids).values()
        for one in several
        if one.item in _ITEMS and _counts(one, of)
    ]
    accepted = submission_rows.accepted(connection, [one.id for one in owed])
    tally: defaultdict[tuple[str, Fact], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for one in owed:
        done, asked = tally[one.unit_id, _ITEMS[one.item]]
        in_time = one.id in accepted and not accepted[one.id].days_late
        tally[one.unit_id, _ITEMS[one.item]] = (done + in_time, asked + 1)
    return dict(tally)


def _counts(one: Obligation, of: ScoringRound) -> bool:
    due = one.due_on is not None and one.due_on < of.today
    ours = one.receiver_id == of.receiver.id and Period.parse(one.period).year == of.year
    return due and ours and one.state in _COUNTED

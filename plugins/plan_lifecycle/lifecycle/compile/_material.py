"""What one report is compiled from: read in one moment, now or again as it was when the report was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plan_lifecycle.domain.contribution import Contribution, completeness, estimate_text, estimated_by
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.placing import Placings, placed
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.state_words import OWN_DUTY
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.compile._addendum import Addendum, addendum_of
from plan_lifecycle.lifecycle.compile._contributions import contributions_of, named, once_each, totals_of
from plan_lifecycle.lifecycle.compile._due import nothing_owed, owed_for
from plan_lifecycle.lifecycle.compile._facts import plans_of, with_plans
from plan_lifecycle.lifecycle.compile._groups import groups_of
from plan_lifecycle.lifecycle.compile._last_year import same_last_year
from plan_lifecycle.lifecycle.compile._months_of_news import published_in
from plan_lifecycle.lifecycle.compile._past import Past
from plan_lifecycle.lifecycle.compile._standing import standing_of_plans, unreadable
from plan_lifecycle.lifecycle.compile._texts import Texts, texts_of
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.progress import indices_of, progress_of
from plan_lifecycle.store import placings as placing_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.reports import StoredReport


@dataclass(frozen=True)
class Material:
    """What one report is compiled from, read in one moment; ``notes`` are for the leader who gets it.

    ``known`` is the newest version so far; ``addendum`` is there once one was issued; ``about`` is the abstract of the
    newest plan that asks for it.
    ``placings`` are the ids of what was decided about paragraphs.
    """

    desk: Desk
    unit: Unit
    whole: Consolidated
    texts: Texts
    notes: tuple[str, ...]
    known: StoredReport | None
    addendum: Addendum | None = None
    about: str = ""
    placings: tuple[int, ...] = ()

    @property
    def key(self) -> ReportKey:
        """Which report it is."""
        return ReportKey(self.unit.id, self.whole.period.code, self.whole.profile.code)


def gather_material(office: Office, key: ReportKey, now: datetime, compiled: StoredReport | None = None) -> Material:
    """Read it all in one moment: of what is accepted now, or of what ``compiled`` was made from.

    Raises InputError where nobody owes the unit such a report of this period.
    """
    unit_id, period = key.unit_id, Period.parse(key.period)
    with office.store.read() as connection:
        owed = owed_for(office.rules, connection, key)
        if not owed:
            raise nothing_owed(unit_id, period.code)
        known, addendum = report_rows.newest(connection, key), addendum_of(connection, key)
        desk = _desk_of_then(office, connection, owed, unit_id, now)
        profile = desk.profile_of(owed[0])
        every = profile.of_year(period.year)
        own_plans = plans_of(connection, unit_id, period.year, now.date())
        given = _given(connection, desk, owed, every, compiled)
        contributions = with_plans(given, own_plans, {one.code for one in every})
        indicators = _asked(every, contributions, desk.tree)
        totals, unformed = totals_of(indicators, contributions, period)
        notes = (*unformed, *_estimates(totals, contributions))
        unit_ids = [contribution.unit_id for contribution in contributions]
        past = Past(connection, office.rules, unit_ids)
        last_year = same_last_year(connection, past, period, indicators, totals, unit_ids)
        published = published_in(connection, contributions, period, now.date())
        texts = texts_of(office, connection, contributions, profile)
        decided = _placings(connection, key, compiled)
        written = placed(texts.written, decided, profile.likeness)
        plans = progress_of(office, connection, {obligation.plan_id for obligation in owed}, desk.tree, now)
        earlier = report_rows.totals_of_year(connection, key, now)
    indices = indices_of(office, unit_id, now, period.year)
    whole = Consolidated(
        period, indicators, tuple(totals), contributions, completeness(contributions), last_year, published, notes,
        profile, written, _asked_of(indicators, contributions, desk.tree), indices=tuple(indices),
        groups=groups_of(desk.tree, unit_id, contributions), earlier=tuple(_so_far(period, earlier)),
        plans_known=own_plans.counts,
    )  # fmt: skip
    whole = replace(whole, plans=standing_of_plans(whole, plans))
    told = (*notes, *unreadable(plans), *_doubts(contributions), *_own(whole.standing.own_missing))
    about = max(owed, key=lambda obligation: obligation.plan_id).abstract
    placings = tuple(one.id for one in decided.values())
    return Material(desk, desk.tree[unit_id], whole, texts, told, known, addendum, about, placings)


def _desk_of_then(
    office: Office, connection: Connection, owed: Sequence[Obligation], unit_id: str, now: datetime
) -> Desk:
    """A look at the store with the tree of the day on which reports were due: merged later, a unit keeps its name."""
    last_day = max((obligation.due_on for obligation in owed if obligation.due_on), default=now.date())
    desk = open_desk(office, connection, now, owed, tree_of=min(last_day, now.date()))
    if unit_id not in desk.tree:
        raise InputError("a unit that existed when its reports were due", field="unit", found=unit_id)
    return desk


def _given(
    connection: Connection,
    desk: Desk,
    owed: Sequence[Obligation],
    every: Sequence[Indicator],
    compiled: StoredReport | None,
) -> tuple[Contribution, ...]:
    """What each unit contributes, once, whose own duty to the agency that compiles is told from the others'."""
    taken = _taken(connection, compiled) if compiled else None
    own = {obligation.unit_id for obligation in owed if desk.scene.own_duty(obligation)}
    return once_each(contributions_of(connection, named(connection, desk.tree, owed), every, own, taken))


def _so_far(period: Period, totals: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What was reported for periods of this year that ended before: those that begin with the year where this one does
    so too, for figures accumulate; else those of its kind."""
    every = sorted((Period.parse(code) for code in totals), key=lambda one: one.data_to)
    from_the_first = period.first_month == 1
    for one in every:
        alike = one.first_month == 1 if from_the_first else one.kind is period.kind
        if alike and one.data_to < period.data_to:
            yield one.label, totals[one.code]


def _asked(every: Sequence[Indicator], contributions: Sequence[Contribution], tree: UnitTree) -> tuple[Indicator, ...]:
    """The indicators that units of these levels report, and any that one did."""
    levels = {unit.level for contribution in contributions if (unit := tree.get(contribution.unit_id))}
    given = {figure.indicator for source in contributions for figure in source.figures}
    given |= {one.indicator for source in contributions for one in source.unknown}
    asked = {indicator.code for indicator in every if levels & {*indicator.levels}} | given
    return tuple(one for one in every if one.code in asked or asked & {*one.checks.parts, *(one.checks.share_of or ())})


def _asked_of(indicators: Sequence[Indicator], contributions: Sequence[Contribution], tree: UnitTree) -> dict[str, int]:
    """Of how many of these units each indicator is asked; one that ended meanwhile was asked."""
    units = [tree.get(unit_id) for unit_id in dict.fromkeys(one.unit_id for one in contributions)]
    named_ones = {name for one in indicators for name in one.by}
    kinds = Counter((unit.level, unit.name if unit.name in named_ones else "") if unit else None for unit in units)
    return {
        one.code: sum(count for kind, count in kinds.items() if kind is None or one.reported_by(*kind))
        for one in indicators
    }


def _estimates(totals: Sequence[Total], contributions: Sequence[Contribution]) -> Iterator[str]:
    """How many figures are estimates still, and whose; each says so beside it."""
    by = [(total, estimated_by(total, contributions)) for total in totals if total.estimated]
    if by:
        names = list(dict.fromkeys(name for _, units in by for name in units))
        yield (
            f"Còn {count_text(len(by))} chỉ tiêu có số ước thực hiện, của {count_text(len(names))} cơ quan, đơn vị. "
            f"{estimate_text(names)}; được thay bằng số chính thức khi đơn vị báo cáo."
        )


def _doubts(contributions: Sequence[Contribution]) -> Iterator[str]:
    if doubts := sum(len(contribution.doubts) for contribution in contributions):
        yield f"Có {count_text(doubts)} nội dung cần xem lại, nêu tại trang “Cần xem lại” của tệp Excel."


def _own(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield f"{OWN_DUTY}: chưa có số liệu của {', '.join(missing)}."


def _placings(connection: Connection, key: ReportKey, compiled: StoredReport | None) -> Placings:
    """What is decided about paragraphs now, or was when a report was compiled."""
    if compiled is None:
        return placing_rows.standing(connection, key)
    return placing_rows.among(connection, key, compiled.summary.get("placings", ()))


def _taken(connection: Connection, compiled: StoredReport) -> dict[int, Submission]:
    """The submissions that a report was compiled from, by obligation."""
    of = {row["obligation_id"]: row["submission_id"] for row in report_rows.sources(connection, compiled.id)}
    found = submission_rows.find(connection, [number for number in of.values() if number is not None])
    return {obligation_id: found[number] for obligation_id, number in of.items() if number in found}

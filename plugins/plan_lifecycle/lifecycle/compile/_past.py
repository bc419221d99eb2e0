"""What units reported before: their own accepted figures, or those of the units that they were formed from.

Xã Bình An's form shows the figures of its last period; if it was formed on 01/7/2025, those of its three forebears
together. The same figures tell whether what comes in now leaps, or falls within a year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.earlier import Earlier, earlier_figures
from plan_lifecycle.domain.figure_check import Background, Known
from plan_lifecycle.domain.indicator import Indicator, Value
from plan_lifecycle.domain.lineage import Origin
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period, PeriodKind
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import publications as publication_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.lineage import load_lineage

PUBLISHED = "news_items"
"""The indicator whose items are counted on the units' own sites."""

_SHORTER = (PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)


class Past:
    """The past of some units, read over one connection."""

    def __init__(self, connection: Connection, rules: Rules, unit_ids: Iterable[str]) -> None:
        self._connection, self._rules = connection, rules
        self._lineage = load_lineage(connection, unit_ids)
        self._owed = obligation_rows.owed_by(connection, self._lineage.units)
        self._periods = {period for _, item, period in self._owed if item == Item.REPORT.value}

    def origins(self, unit_ids: Iterable[str], day: date) -> tuple[Origin, ...]:
        """The units of ``day`` from which these come."""
        return self._lineage.origins(unit_ids, day)

    def name(self, unit_id: str) -> str:
        """How a unit is called."""
        unit = self._lineage.units.get(unit_id)
        return unit.agency if unit else unit_id

    def before(self, unit_id: str, period: Period, indicators: Sequence[Indicator]) -> Earlier:
        """The figures of the period before, else of the same period a year ago."""
        for earlier in (period.previous, period.same_last_year):
            if found := self.of(unit_id, earlier, indicators):
                return found
        return Earlier()

    def within(self, unit_id: str, period: Period, indicators: Sequence[Indicator]) -> tuple[Known, ...]:
        """The figures of shorter periods of the same time, the longer first."""
        shorter = (part for kind in _SHORTER if kind is not period.kind for part in period.parts(kind))
        found = (self.of(unit_id, part, indicators) for part in shorter)
        return tuple(Known(earlier.label, earlier.values) for earlier in found if earlier.values)

    def background(
        self,
        unit_id: str,
        period: Period,
        indicators: Sequence[Indicator],
        earlier: Earlier | None = None,
        links: frozenset[str] = frozenset(),
    ) -> Background:
        """What figures of the unit are held against; ``earlier`` where it is known already, ``links`` of the file."""
        before = self.before(unit_id, period, indicators) if earlier is None else earlier
        return Background(
            before=Known(before.label, before.values) if before.values else None,
            within=self.within(unit_id, period, indicators),
            links=links,
            published=self._published(unit_id, period),
        )

    def _published(self, unit_id: str, period: Period) -> dict[str, int]:
        """How many items were counted on the unit's own site in the months of the period."""
        months = [month.code for month in period.parts(PeriodKind.MONTH)]
        counts = [month.count for month in publication_rows.months(self._connection, [unit_id], months)]
        return {PUBLISHED: sum(count or 0 for count in counts)} if counts else {}

    def of(self, unit_id: str, period: Period, indicators: Sequence[Indicator]) -> Earlier:
        """The accepted figures of one period; an indicator that was measured otherwise then is left out."""
        if period.code not in self._periods:
            return Earlier()
        origins = self.origins([unit_id], period.data_to)
        figures = self.figures([origin.unit.id for origin in origins], period)
        known = self.versions(period)
        same = [
            indicator
            for indicator in indicators
            if indicator.code in known and indicator.comparable(known[indicator.code])
        ]
        return earlier_figures(period.label, unit_id, same, origins, figures)

    def versions(self, period: Period) -> Mapping[str, Indicator]:
        """The indicators as they were in a period, by code."""
        return {indicator.code: indicator for indicator in self._rules.indicators_of(period.year)}

    def figures(self, unit_ids: Collection[str], period: Period) -> dict[str, dict[str, Value]]:
        """What was accepted of units of that time, by unit and indicator."""
        owed = self.owed(unit_ids, period)
        accepted = submission_rows.accepted(self._connection, [obligation.id for obligation in owed])
        unit_of = {accepted[obligation.id].id: obligation.unit_id for obligation in owed if obligation.id in accepted}
        found = figure_rows.figures(self._connection, sorted(unit_of), self.versions(period))
        return {
            unit_of[sent]: {figure.indicator: figure.value for figure in figures} for sent, figures in found.items()
        }

    def owed(self, unit_ids: Collection[str], period: Period) -> list[Obligation]:
        """The reports that units of that time owed, one a unit: that for which one was accepted, else the first."""
        every = [self._owed.get((unit_id, Item.REPORT.value, period.code), []) for unit_id in unit_ids]
        several = [obligation.id for obligations in every if len(obligations) > 1 for obligation in obligations]
        accepted = submission_rows.accepted(self._connection, several) if several else {}
        return [
            next((obligation for obligation in obligations if obligation.id in accepted), obligations[0])
            for obligations in every
            if obligations
        ]

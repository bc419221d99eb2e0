"""What is known of a unit's report before it fills in the form: its accepted plan, and what it sent for this period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plan_lifecycle.domain.figure import NOT_KNOWN
from plan_lifecycle.domain.indicator import Indicator, Value
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.submission import not_its_own
from plan_lifecycle.lifecycle.compile._facts import of_plan
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.database import Connection


@dataclass(frozen=True, slots=True)
class Known:
    """Values and the notes beside them, by indicator."""

    values: Mapping[str, Value] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def known_already(connection: Connection, obligation: Obligation, indicators: Sequence[Indicator]) -> Known:
    """What the form of a report is filled in with: what the unit sent for it last, else what its accepted plan says."""
    codes = {indicator.code: indicator for indicator in indicators}
    plan = _of_plan(connection, obligation)
    values = {code: value for code, value in plan.items() if code in codes}
    notes: dict[str, str] = {}
    for sent in submission_rows.versions(connection, obligation.id)[-1:]:
        if not not_its_own(sent.findings):
            for figure in figure_rows.figures(connection, [sent.id], codes)[sent.id]:
                values[figure.indicator], notes[figure.indicator] = figure.value, figure.note
            for one in figure_rows.unknown(connection, [sent.id])[sent.id]:
                values[one.indicator], notes[one.indicator] = NOT_KNOWN, one.note
    return Known(values, {code: note for code, note in notes.items() if note})


def _of_plan(connection: Connection, obligation: Obligation) -> dict[str, Value]:
    """What the unit's own plan under the same superior plan, or else any of the year, says of itself."""
    year = str(Period.parse(obligation.period).year)
    owed = obligation_rows.owed_by(connection, [obligation.unit_id])
    plans = owed.get((obligation.unit_id, Item.SUB_PLAN.value, year), [])
    accepted = submission_rows.accepted(connection, [one.id for one in plans])
    for one in sorted(plans, key=lambda plan: plan.plan_id != obligation.plan_id):
        sent = accepted.get(one.id)
        if sent is not None and (said := of_plan(sent)):
            return said
    return {}

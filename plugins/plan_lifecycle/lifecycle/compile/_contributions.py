"""What each unit gives to a consolidated report: its accepted figures with the paper that they stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.figure import Figure, NotKnown
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.obligation import Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.roll_up import Reported, RollUpError, Total, roll_up, with_computed
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection


def contributions_of(
    connection: Connection,
    owed: Sequence[tuple[Obligation, str]],
    indicators: Sequence[Indicator],
    own: Collection[str] = (),
    taken: Mapping[int, Submission] | None = None,
) -> tuple[Contribution, ...]:
    """One for each obligation with the name of its unit, whether or not anything was accepted for it.

    ``own`` are ids of units that owe it to themselves; ``taken`` is what a report was compiled from, by obligation,
    instead of what is accepted now.
    """
    accepted = (
        submission_rows.accepted(connection, [obligation.id for obligation, _ in owed]) if taken is None else taken
    )
    ids = sorted(sent.id for sent in accepted.values())
    figures = figure_rows.figures(connection, ids, {indicator.code: indicator for indicator in indicators})
    files, unknown = file_rows.names(connection, ids), figure_rows.unknown(connection, ids)
    return tuple(
        _contribution(
            obligation, name, accepted.get(obligation.id), figures, unknown, files, own=obligation.unit_id in own
        )
        for obligation, name in owed
    )


def named(connection: Connection, tree: UnitTree, owed: Sequence[Obligation]) -> list[tuple[Obligation, str]]:
    """Each obligation with the name of its unit in the report of whom it is owed to; the unit may have ended before the
    day of ``tree``."""
    ended = unit_rows.get_units(
        connection, {obligation.unit_id for obligation in owed if obligation.unit_id not in tree}
    )
    names = {ended_unit.id: ended_unit.agency for ended_unit in ended}
    units = ((obligation, tree.get(obligation.unit_id)) for obligation in owed)
    return [(one, tree.named(unit, within=one.receiver_id) if unit else names[one.unit_id]) for one, unit in units]


def once_each(contributions: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """A unit that owes the same report under two plans contributes once: with what was accepted, if anything was."""
    kept: dict[str, Contribution] = {}
    for contribution in contributions:
        key = contribution.unit_id
        if key not in kept or (contribution.counts and not kept[key].counts):
            kept[key] = contribution
    return tuple(kept.values())


def _contribution(
    obligation: Obligation,
    name: str,
    submission: Submission | None,
    figures: Mapping[int, tuple[Figure, ...]],
    unknown: Mapping[int, tuple[NotKnown, ...]],
    files: Mapping[int, tuple[str, ...]],
    *,
    own: bool,
) -> Contribution:
    return Contribution(
        unit_id=obligation.unit_id,
        unit_name=name,
        obligation_id=obligation.id,
        due_on=obligation.due_on,
        submission_id=submission.id if submission else None,
        received_at=obligation.first_received_at or (submission.received_at if submission else None),
        days_late=submission.days_late if submission and not own else 0,
        document=submission.reference if submission else None,
        figures=figures[submission.id] if submission else (),
        waiting=submission is None and obligation.state is ObligationState.RECEIVED,
        unsigned=submission is not None and obligation.state is ObligationState.FIGURES_ONLY,
        doubts=tuple(finding.whole for finding in submission.findings if finding.doubt) if submission else (),
        own=own,
        unknown=unknown[submission.id] if submission else (),
        version=submission.version if submission else 1,
        files=files[submission.id] if submission else (),
    )


def totals_of(
    indicators: Sequence[Indicator], contributions: Sequence[Contribution], period: Period
) -> tuple[list[Total], tuple[str, ...]]:
    """The totals, and a note for each that cannot be formed: one unit without its weight does not stop the report."""
    figures: defaultdict[str, list[Reported]] = defaultdict(list)
    for contribution in contributions:
        for figure in contribution.figures:
            figures[figure.indicator].append(Reported(contribution.unit_id, period, figure))
    totals, notes = [], []
    for indicator in indicators:
        own = figures[indicator.code]
        try:
            totals.append(roll_up(indicator, own, _weights(figures[indicator.weight or ""])))
        except RollUpError:
            totals.append(Total(indicator.code, None, len({reported.unit_id for reported in own}), False, tuple(own)))
            notes.append(f"Chưa tổng hợp được chỉ tiêu “{indicator.alone}”: số liệu của các đơn vị chưa đủ để tính.")
    return with_computed(indicators, totals), tuple(notes)


def _weights(figures: Iterable[Reported]) -> dict[str, float]:
    """What weighs each unit: its number of another indicator."""
    numbers = ((reported.unit_id, reported.value) for reported in figures)
    return {unit_id: float(value) for unit_id, value in numbers if isinstance(value, int | float)}

"""One unit's whole story beside its letters: whose place it took; of all that it owes what came, what was found in it,
what people decided, its figures against last year's and the plan's targets.

Names are those of the unit as it was: a unit of another time is another unit, with a name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.act import ACT_WORDS, TAKEN_BACK, ActSubject
from plan_lifecycle.domain.earlier import Earlier
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan_target import meets, target_words
from plan_lifecycle.domain.state_words import ARRIVAL_WORDS, SUBMISSION_WORDS
from plan_lifecycle.domain.submission import ArrivalState, Submission, SubmissionState
from plan_lifecycle.domain.target import Target
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import write_value
from plan_lifecycle.lifecycle.compile import Past
from plan_lifecycle.lifecycle.office import Office, known_unit
from plan_lifecycle.lifecycle.progress import measured, progress_of_plan
from plan_lifecycle.store import audit, uploads
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.audit import Act
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.lineage import Kin, kin_of


@dataclass(frozen=True, slots=True)
class Came:
    """One file that came for something owed, and what became of it; ``file_id`` is where it is to be had ("S7")."""

    file_name: str
    file_id: str | None
    received_at: datetime
    version: int | None
    stands: str
    days_late: int | None
    findings: tuple[str, ...]
    reason: str | None
    stated_by: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody, or a rule, decided about it; ``again`` is the id by which it can be decided once more."""

    at: datetime
    act: str
    by: str
    reason: str | None
    again: str | None = None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a report, that of the same period a year before, the plan's target and whether it is met."""

    name: str
    value: str
    last_year: str
    target: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of one obligation."""

    came: tuple[Came, ...] = ()
    decided: tuple[Decided, ...] = ()
    figures: tuple[FigureLine, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """A unit as it was: what it stood below, what it came from and what came after it, the story of each obligation."""

    unit: Unit
    above: str
    before: tuple[Kin, ...]
    after: tuple[Kin, ...]
    stories: Mapping[int, Story]


def unit_history(office: Office, unit_id: str, now: datetime) -> UnitHistory:
    """The story of a unit. Raises InputError for one that is not known, or not to be seen."""
    with office.store.read() as connection:
        unit = known_unit(office, connection, unit_id, now)
        owed = [one for found in obligation_rows.owed_by(connection, [unit_id]).values() for one in found]
        sent = {one.id: submission_rows.versions(connection, one.id) for one in owed}
        before, after = kin_of(connection, unit_id)
        names = unit_rows.with_former(connection, UnitTree.on(now.date(), ()), [unit_id, unit.parent_id])
        decided = _decided(connection, owed, sent)
        targets = _targets(office, owed, now)
        stories = {
            one.id: Story(
                _came(connection, one, sent[one.id]),
                tuple(decided[one.id]),
                _figures(office, connection, unit, one, targets.get(one.plan_id, {})),
            )
            for one in owed
        }
    above = names.called(unit.parent_id) if unit.parent_id else ""
    return UnitHistory(unit, above, tuple(before), tuple(after), stories)


def _came(connection: Connection, owed: Obligation, sent: Sequence[Submission]) -> tuple[Came, ...]:
    by_version = {one.version: one for one in sent}
    return tuple(
        Came(
            file_name=entry.file_name,
            file_id=f"S{by_version[entry.version].id}" if entry.version in by_version else None,
            received_at=entry.received_at,
            version=entry.version,
            stands=SUBMISSION_WORDS[SubmissionState(entry.state)]
            if entry.state
            else ARRIVAL_WORDS[ArrivalState(entry.arrival_state)],
            days_late=entry.days_late,
            findings=tuple(finding.whole for finding in entry.findings),
            reason=entry.reason or entry.arrival_reason,
            stated_by=entry.stated_by,
        )
        for entry in uploads.history(connection, owed.id)
    )


def _decided(
    connection: Connection, owed: Sequence[Obligation], sent: Mapping[int, Sequence[Submission]]
) -> dict[int, list[Decided]]:
    """Of each obligation what was decided about it and what came for it, oldest first. Two queries."""
    of_owed = audit.acts_of(connection, ActSubject.OBLIGATION, [one.id for one in owed])
    of_sent = audit.acts_of(connection, ActSubject.SUBMISSION, [one.id for found in sent.values() for one in found])
    found = {}
    for one in owed:
        acts = [*of_owed.get(one.id, ()), *(act for each in sent[one.id] for act in of_sent.get(each.id, ()))]
        last = {(act.subject, act.subject_id): act for act in acts}
        found[one.id] = [
            Decided(act.at, ACT_WORDS[act.act], act.by, act.reason, _again(act, last))
            for act in sorted(acts, key=lambda act: act.at)
        ]
    return found


def _again(act: Act, last: Mapping[tuple[ActSubject, int], Act]) -> str | None:
    """By which id an act is decided once more: the last one about its subject, where it can be taken back."""
    if act.act not in TAKEN_BACK or last[act.subject, act.subject_id] is not act:
        return None
    return f"{'O' if act.subject is ActSubject.OBLIGATION else 'S'}{act.subject_id}"


def _figures(
    office: Office, connection: Connection, unit: Unit, owed: Obligation, targets: Mapping[str, Target]
) -> tuple[FigureLine, ...]:
    """The figures of the report that was accepted, else of the newest one; empty where there are none."""
    if owed.item is not Item.REPORT:
        return ()
    accepted = submission_rows.accepted(connection, [owed.id]).get(owed.id)
    source = accepted or next(iter(submission_rows.versions(connection, owed.id)[-1:]), None)
    if source is None:
        return ()
    period, profile = Period.parse(owed.period), office.rules.profile_of(owed.abstract or "")
    asked = office.rules.asked_of(unit, period.year, profile)
    found = figure_rows.figures(connection, [source.id], {one.code: one for one in asked})[source.id]
    earlier = (
        Past(connection, office.rules, [unit.id]).of(unit.id, period.same_last_year, asked) if found else Earlier()
    )
    return tuple(_lines(asked, {one.indicator: one.value for one in found}, earlier, targets))


def _lines(
    asked: Iterable[Indicator], values: Mapping[str, Value], earlier: Earlier, targets: Mapping[str, Target]
) -> Iterable[FigureLine]:
    """A target is held against a share only: what all units reach together says nothing of one."""
    for indicator in asked:
        if indicator.code not in values:
            continue
        value, shares = values[indicator.code], indicator.type is IndicatorType.RATIO
        target = targets.get(indicator.code) if shares else None
        met = meets(target, float(value)) if target and isinstance(value, int | float) else None
        words = target_words(target) if target else ""
        yield FigureLine(indicator.name, write_value(value, indicator), earlier.told(indicator), words, met)


def _targets(office: Office, owed: Iterable[Obligation], now: datetime) -> dict[int, dict[str, Target]]:
    """Of each plan that asks for reports the shares that it aims at, by the one indicator that measures each; none of a
    plan that is not to be seen."""
    found: dict[int, dict[str, Target]] = {}
    for one in owed:
        if one.item is Item.REPORT and one.first_received_at and one.plan_id not in found:
            found[one.plan_id] = _of_plan(office, one, now)
    return found


def _of_plan(office: Office, owed: Obligation, now: datetime) -> dict[str, Target]:
    try:
        progress = progress_of_plan(office, str(owed.plan_id), now)
    except InputError:
        return {}
    every = measured(progress, [office.rules.profile_of(owed.abstract or "")])
    shares = (one for one in every if one.indicators and len(one.indicators) == 1 and one.target.target.is_ratio)
    return {one.indicators[0]: one.target.target for one in shares if one.indicators}

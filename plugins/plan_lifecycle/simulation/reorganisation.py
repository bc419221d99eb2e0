"""The year 2025 of the country: three tiers until 30/6, two tiers since 01/7, and all that was owed carried over.

The ministry's plan went to 63 provinces, their districts and communes; in the middle of the year they end. What they
leave open is handed over to the units that took over, or closed where there is none, and those report on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from plan_lifecycle.config.contacts import demo_contacts
from plan_lifecycle.config.country import REORGANISED_ON, load_provinces, successions
from plan_lifecycle.config.rules import BelowDuties, Rules
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import UNFINISHED, Item
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind, UnitTree
from plan_lifecycle.lifecycle.office import Office, ended_duties
from plan_lifecycle.lifecycle.review import Subject, SubjectId, close_these, hand_over_these
from plan_lifecycle.simulation.case import Case, Owed, Owing, Player, Stage
from plan_lifecycle.simulation.country import (
    MINISTRY,
    asked_below,
    case_of_the_country,
    days_of,
    departments,
    last_days,
)
from plan_lifecycle.store import played
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.units import save_contacts, save_units

YEAR = REORGANISED_ON.year
_LAST_DAY = REORGANISED_ON - timedelta(days=1)
_DISTRICTS, _COMMUNES = (date(YEAR, 2, 20), 19), (date(YEAR, 3, 10), 12)
"""The last day of the plan, and the day of the last month of each period by which a report is due."""
WHO = Decider("Người chạy thử", "Sắp xếp đơn vị hành chính từ ngày 01/7/2025")


@dataclass(frozen=True)
class Reorganisation:
    """What takes the place of what: the units since that day, and the links from those before."""

    units: tuple[Unit, ...]
    links: tuple[Succession, ...]


def country_before(provinces: int | None = None, communes: int | None = None) -> tuple[Stage, Reorganisation]:
    """The three tiers with the plan of 2025, and what became of them: all of it, or the first ``provinces`` of today
    with the first ``communes`` of each, and the units from which they came."""
    last = None if communes is None else communes + 1
    after = {unit.id: unit for block in load_provinces(REORGANISED_ON)[:provinces] for unit in block[:last]}
    before = {unit.id: unit for block in load_provinces(_LAST_DAY) for unit in block}
    links = [link for link in successions(after) if link.successor in after]
    old = [before[unit_id] for unit_id in _kept(links, before, whole=communes is None)]
    new = [_below_the_ministry(unit) for unit in after.values()]
    ids = {unit.id for unit in old}
    links = [link for link in links if link.predecessor in ids]
    of_departments = [*_departments_of(old, links)]
    units = [MINISTRY, *map(_below_the_ministry, old), *(department for department, _ in of_departments)]
    heirs = [department for top in new if top.kind is UnitKind.PROVINCE for department in departments(top)]
    links += [Succession(department.id, heir) for department, heir in of_departments]
    return Stage(_case(), UnitTree.on(date(YEAR, 1, 1), units)), Reorganisation((*new, *heirs), tuple(links))


def _kept(links: Sequence[Succession], before: Mapping[str, Unit], *, whole: bool) -> Iterator[str]:
    """The units that went into those of the ``links`` with all above them, in the order of the list; of a part of the
    communes no province without any."""
    tops = {link.predecessor for link in links if before[link.predecessor].kind is UnitKind.PROVINCE}
    kept: set[str] = set(tops) if whole else set()
    for link in links:
        chain = [link.predecessor]
        while above := before[chain[-1]].parent_id:
            chain.append(above)
        if chain[-1] in tops and len(chain) > 1:
            kept |= {*chain}
    yield from (unit_id for unit_id in before if unit_id in kept)


def rules_before(rules: Rules) -> Rules:
    """The rules of three tiers: what provinces ask of districts, and districts of communes."""
    first = asked_below("các sở, ban, ngành; UBND các huyện, quận, thị xã, thành phố", *_DISTRICTS)
    second = asked_below("UBND các xã, phường, thị trấn", *_COMMUNES)
    below = BelowDuties(UnitKind.PROVINCE, *first), BelowDuties(UnitKind.DISTRICT, *second)
    kinds = {one.kind for one in below}
    return replace(rules, below=(*below, *(one for one in rules.below if one.kind not in kinds)))


def _case() -> Case:
    case = case_of_the_country(YEAR)
    upper, _ = last_days(YEAR)
    middle, below = days_of(YEAR, *_DISTRICTS), days_of(YEAR, *_COMMUNES)
    owing = (
        Owing(frozenset({UnitKind.PROVINCE}), frozenset({MINISTRY.name}), upper),
        Owing(frozenset({UnitKind.DEPARTMENT, UnitKind.DISTRICT}), frozenset({UnitKind.PROVINCE}), middle),
        Owing(frozenset({UnitKind.COMMUNE}), frozenset({UnitKind.DISTRICT}), below),
    )
    return replace(case, owing=owing)


def _below_the_ministry(unit: Unit) -> Unit:
    return replace(unit, parent_id=MINISTRY.id) if unit.kind is UnitKind.PROVINCE else unit


def _departments_of(old: Iterable[Unit], links: Iterable[Succession]) -> Iterator[tuple[Unit, str]]:
    """The departments of each province before, each with the id of that which took over."""
    heir_of = {link.predecessor: link.successor for link in links}
    for top in old:
        if top.kind is UnitKind.PROVINCE:
            for department in departments(top):
                yield department, f"{heir_of[top.id]}{department.id.removeprefix(top.id)}"


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of what was open: how much there was, how much was carried to its heirs, closed, or neither; ``owed``
    is all that is open now."""

    open: int
    handed: int
    closed: int
    refused: int
    owed: tuple[played.Row, ...]


def carry_over(office: Office, now: datetime) -> Carried:
    """Hand over what ended units leave open, to the first of several successors; close what nobody can take over."""
    with office.store.read() as connection:
        duties = ended_duties(connection, now.date())
    to: dict[SubjectId, str] = {}
    ended: list[SubjectId] = []
    for number, duty in duties.items():
        heirs = [heir.id for heir in duty.heirs]
        if not heirs or duty.keeper is None:
            ended.append(SubjectId(Subject.OBLIGATION, number))
            continue
        to[SubjectId(Subject.OBLIGATION, number)] = heirs[0]
    handed = hand_over_these(office, list(to), to, WHO, now)
    left = [which for which, outcome in zip(to, handed, strict=True) if isinstance(outcome, InputError) or outcome.why]
    closed = close_these(office, [*ended, *left], WHO, now)
    with office.store.read() as connection:
        owed = tuple(played.owed(connection, UNFINISHED))
    done = [sum(not isinstance(one, InputError) and one.why is None for one in some) for some in (handed, closed)]
    return Carried(len(duties), done[0], done[1], len(duties) - sum(done), owed)


def players_after(carried: Carried, tree: UnitTree, known: int) -> list[Player]:
    """Who reports from now on: what each owes by its first last day; the upper level first."""
    days: dict[str, dict[Owed, date]] = {}
    receivers: dict[str, str] = {}
    for row in carried.owed:
        if row.due_on is None or row.due_on < tree.day or row.item != Item.REPORT:
            continue
        owed, found = Owed(Item.REPORT, row.period), days.setdefault(row.unit_id, {})
        found[owed] = min(found.get(owed, row.due_on), row.due_on)
        receivers[row.unit_id] = row.receiver_id
    in_order = sorted(days, key=lambda unit_id: (tree[unit_id].kind is not UnitKind.PROVINCE, unit_id))
    fed: dict[str, dict[Owed, date]] = {}
    for row in carried.owed:
        if row.unit_id in days and row.due_on is not None:
            last = fed.setdefault(row.receiver_id, {})
            owed = Owed(Item.REPORT, row.period)
            last[owed] = max(last.get(owed, row.due_on), row.due_on)
    return [
        Player(tree[unit_id], receivers[unit_id], days[unit_id], False, number, fed.get(unit_id, {}))
        for number, unit_id in enumerate(in_order, known)
    ]


def begin(office: Office, change: Reorganisation) -> None:
    """Have the new units be there, with their people."""
    with office.store.write() as connection:
        save_units(connection, change.units, change.links)
        save_contacts(connection, demo_contacts(change.units, "bo-noi-vu.example"))


def totals(office: Office) -> dict[tuple[ReportKey, str], Any]:
    """The totals of every report as it is now."""
    with office.store.read() as connection:
        newest = {one.key: one for one in report_rows.every(connection)}
    return {(key, code): value for key, one in newest.items() for code, value in one.summary["totals"].items()}


def reorganisation_invariants(
    office: Office, change: Reorganisation, carried: Carried, before: Mapping[tuple[ReportKey, str], Any]
) -> dict[str, bool]:
    """What must hold after the country was reorganised in the middle of a year."""
    with office.store.read() as connection:
        left = ended_duties(connection, date(YEAR, 12, 31))
        links = played.links(connection)
    after = totals(office)
    return {
        "every_link_is_kept": links == len(change.links),
        "nothing_owed_is_forgotten": not left
        and carried.refused == 0
        and carried.handed + carried.closed == carried.open,
        "totals_kept": all(after[key] == value for key, value in before.items()),
    }

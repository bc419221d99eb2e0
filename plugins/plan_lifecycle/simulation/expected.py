"""What a played year must come to, told from the configuration alone, by other code than the verbs.

For every unit: on which day its files come, which of them count, which rungs it is still on. The run's own figures
from the store are held against these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.reminder import ladder_days, ladder_for
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.submission import RESEND_WORKING_DAYS
from plan_lifecycle.simulation.behaviour import Behaviour, Sending
from plan_lifecycle.simulation.case import Case, Owed, Player
from plan_lifecycle.simulation.expected_reports import counted, expect_reports, fed_on


@dataclass(frozen=True, slots=True)
class Expected:
    """Counts over the year; of each report the number of its versions, how many units are ``in_report`` at last, and
    the ``totals``: sums of the ``counted`` indicators, by report and code."""

    units: int
    drafts: int
    obligations: int
    on_time: int
    late: int
    returned: int
    missing: int
    letters: int
    versions: dict[ReportKey, int]
    totals: dict[tuple[ReportKey, str], int]
    in_report: dict[ReportKey, int]
    counted: frozenset[str]


def sendings(behaviour: Behaviour, player: Player, owed: Owed, calendar: WorkingCalendar) -> tuple[Sending, ...]:
    """When a player delivers. A district reports what its communes reported, so not before that is put together."""
    binding = player.binds_others and owed.item is Item.SUB_PLAN
    way = behaviour.way(player.unit.id, owed.item, owed.period, binds_others=binding)
    return behaviour.deliveries(way, player.last_days[owed], not_before=fed_on(player, owed, calendar))


def expect(case: Case, players: Iterable[Player], behaviour: Behaviour, rules: Rules) -> Expected:
    """Tell what must come out."""
    players = list(players)
    plans_of = {player.unit.id: player for player in players if player.binds_others}
    calendar = rules.calendar
    told_on = {
        (player.unit.id, paper): _told_on(case, player, paper, plans_of, behaviour, calendar)
        for player in players
        for paper in {owed.paper for owed in player.last_days}
    }
    all_sendings = {
        (player.unit.id, owed): sendings(behaviour, player, owed, calendar)
        for player in players
        for owed in player.last_days
    }
    on_time = late = missing = returned = answered = 0
    for player in players:
        for owed, last_day in player.last_days.items():
            sent = all_sendings[player.unit.id, owed]
            answered += 0 if player.coordinates(rules) else len(sent)
            returned += sum(1 for sending in sent if not sending.right)
            missing += not sent
            on_time += bool(sent) and sent[0].day <= last_day
            late += bool(sent) and sent[0].day > last_day
    reports = expect_reports(case, players, behaviour, rules, lambda player, owed: all_sendings[player.unit.id, owed])
    newest = {key: versions[-1] for key, versions in reports.versions.items()}
    written_to = [player for player in players if not player.coordinates(rules)]
    reminded = _reminder_letters(written_to, all_sendings, told_on, rules)
    handed_out = sum(len(player.papers) for player in players)
    asked = sum(len(player.papers) for player in written_to)
    return Expected(
        units=len(players),
        drafts=handed_out,
        obligations=sum(len(player.last_days) for player in players),
        on_time=on_time,
        late=late,
        returned=returned,
        missing=missing,
        letters=asked + reminded + 2 * answered + reports.letters,
        versions={key: len(versions) for key, versions in reports.versions.items()},
        totals={(key, code): total for key, one in newest.items() for code, total in one.totals.items()},
        in_report={key: one.received for key, one in newest.items()},
        counted=frozenset(counted(case, rules)),
    )


def _told_on(
    case: Case,
    player: Player,
    paper: int,
    plans_of: dict[str, Player],
    behaviour: Behaviour,
    calendar: WorkingCalendar,
) -> date:
    """The day of the cascade letter: the paper's own, or the day on which the right plan of the unit above came."""
    above = plans_of.get(player.receiver_id)
    if above is None or case.papers[paper].issuer.id in (player.receiver_id, player.unit.id):
        return case.papers[paper].comes_on
    owed = next(owed for owed in above.last_days if owed.item is Item.SUB_PLAN and owed.paper == paper)
    return next(sending.day for sending in sendings(behaviour, above, owed, calendar) if sending.right)


def _reminder_letters(
    players: list[Player],
    all_sendings: dict[tuple[str, Owed], tuple[Sending, ...]],
    told_on: dict[tuple[str, int], date],
    rules: Rules,
) -> int:
    """One letter a day and unit, whatever it is reminded of."""
    return len(
        {
            (player.unit.id, day)
            for player in players
            for owed, last_day in player.last_days.items()
            for day in _reminded_on(all_sendings[player.unit.id, owed], owed.item, last_day, player.unit, rules)
            if day > told_on[player.unit.id, owed.paper]
        }
    )


def _reminded_on(sent: tuple[Sending, ...], item: Item, last_day: date, unit: Unit, rules: Rules) -> Iterator[date]:
    """The mornings on which a unit is written to: by the ladder to its last day while nothing right has come in, and,
    where there is a ladder for what was returned, by that from a wrong paper until the next comes in."""
    returned = ladder_for(rules.reminding.returned, unit.standing)
    came = [sending.day for sending in sent if sending.right or returned]
    for rung_day in ladder_days(ladder_for(rules.ladders[item], unit.standing), last_day, rules.calendar):
        if not any(day < rung_day.day for day in came):
            yield rung_day.day
    for number, wrong in enumerate(sent):
        until = sent[number + 1].day if number + 1 < len(sent) else date.max
        again_by = rules.calendar.shift(wrong.day, RESEND_WORKING_DAYS) - timedelta(days=1)
        for each in ladder_days(returned, again_by, rules.calendar) if not wrong.right else ():
            if wrong.day < each.day <= until:
                yield each.day

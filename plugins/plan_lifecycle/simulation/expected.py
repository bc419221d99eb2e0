"""What a played year must come to, told from the configuration alone, by other code than the verbs.

For every unit: on which day its files come, which of them count, which rungs it is still on. The run's own figures
from the store are held against these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.reminder import ladder_days, ladder_for
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.submission import RESEND_WORKING_DAYS
from plan_lifecycle.simulation.behaviour import Behaviour, Sending
from plan_lifecycle.simulation.case import Case, Owed, Player


@dataclass(frozen=True, slots=True)
class Expected:
    """Counts over the year; ``totals`` are the sums of the ``counted`` indicators, by (receiver, period, code)."""

    units: int
    drafts: int
    obligations: int
    on_time: int
    late: int
    returned: int
    missing: int
    letters: int
    reports: int
    totals: dict[tuple[str, str, str], int]
    in_report: dict[tuple[str, str], int]
    counted: frozenset[str]


def sendings(behaviour: Behaviour, player: Player, owed: Owed) -> tuple[Sending, ...]:
    """When a player delivers. A district reports what its communes reported, so not before their last day is over."""
    binding = player.binds_others and owed.item is Item.SUB_PLAN
    way = behaviour.way(player.unit.id, owed.item, owed.period, binds_others=binding)
    fed_until = player.fed_until.get(owed) if owed.item is Item.REPORT else None
    not_before = fed_until + timedelta(days=1) if fed_until else None
    return behaviour.deliveries(way, player.last_days[owed], not_before=not_before)


def expect(case: Case, players: Iterable[Player], behaviour: Behaviour, rules: Rules) -> Expected:
    """Tell what must come out."""
    players = list(players)
    plans_of = {player.unit.id: player for player in players if player.binds_others}
    told_on = {
        (player.unit.id, paper): _told_on(case, player, paper, plans_of, behaviour)
        for player in players
        for paper in {owed.paper for owed in player.last_days}
    }
    all_sendings = {
        (player.unit.id, owed): sendings(behaviour, player, owed) for player in players for owed in player.last_days
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
    totals, in_report = _reports(case, players, behaviour, rules)
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
        letters=asked + reminded + 2 * answered + len(in_report),
        reports=len(in_report),
        totals=totals,
        in_report=in_report,
        counted=frozenset(_counted(case, rules)),
    )


def _told_on(case: Case, player: Player, paper: int, plans_of: dict[str, Player], behaviour: Behaviour) -> date:
    """The day of the cascade letter: the paper's own, or the day on which the right plan of the unit above came."""
    above = plans_of.get(player.receiver_id)
    if above is None or case.papers[paper].issuer.id in (player.receiver_id, player.unit.id):
        return case.papers[paper].comes_on
    owed = next(owed for owed in above.last_days if owed.item is Item.SUB_PLAN and owed.paper == paper)
    return next(sending.day for sending in sendings(behaviour, above, owed) if sending.right)


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


def _reports(
    case: Case, players: list[Player], behaviour: Behaviour, rules: Rules
) -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str], int]]:
    """Sums and numbers of units in each report: what had come in before the morning after the last day."""
    totals: dict[tuple[str, str, str], int] = {}
    inside: dict[tuple[str, str], int] = {}
    counted = _counted(case, rules)
    for player in reversed(players):
        for owed, last_day in player.last_days.items():
            if owed.item is not Item.REPORT:
                continue
            key = (player.receiver_id, owed.period)
            inside.setdefault(key, 0)
            sent = sendings(behaviour, player, owed)
            if not any(sending.right and sending.day <= last_day for sending in sent):
                continue
            inside[key] += 1
            fed = bool(inside.get((player.unit.id, owed.period)))
            own = _sums(player, owed, counted, totals) if fed else _own(case, player, owed, counted, behaviour, rules)
            for code, value in own.items():
                totals[(*key, code)] = totals.get((*key, code), 0) + value
    return totals, inside


def _counted(case: Case, rules: Rules) -> list[str]:
    """The counted indicators of the kinds of report that the papers ask for."""
    profiles = {profile.code: profile for paper in case.papers if (profile := rules.profile_of(paper.abstract))}
    return [
        indicator.code
        for profile in profiles.values()
        for indicator in profile.of_year(case.year)
        if indicator.type == "count" and indicator.roll_up == "sum"
    ]


def _sums(
    player: Player, owed: Owed, counted: Iterable[str], totals: dict[tuple[str, str, str], int]
) -> dict[str, int]:
    """What a unit hands on: the sums of those below it."""
    keys = {code: (player.unit.id, owed.period, code) for code in counted}
    return {code: totals[key] for code, key in keys.items() if key in totals}


def _own(
    case: Case, player: Player, owed: Owed, counted: Iterable[str], behaviour: Behaviour, rules: Rules
) -> dict[str, int]:
    """What a unit itself counted of what it is asked."""
    profile, year = rules.profile_of(case.papers[owed.paper].abstract), Period.parse(owed.period).year
    figures = behaviour.figures(rules.indicators_of(year))
    asked = {one.code for one in rules.asked_of(player.unit, year, profile)}
    return {code: figures.count(player.unit.id, code, owed.period) for code in counted if code in asked}

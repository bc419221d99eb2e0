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
from plan_lifecycle.domain.reminder import ladder_days, ladder_for
from plan_lifecycle.domain.unit import Standing
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


def sendings(behaviour: Behaviour, case: Case, player: Player, owed: Owed) -> tuple[Sending, ...]:
    """When a player delivers. A district reports what its communes reported, so not before their last day is over."""
    item, period = owed
    way = behaviour.way(player.unit.id, item, period, binds_others=player.binds_others and item is Item.SUB_PLAN)
    waits = player.binds_others and item is Item.REPORT
    not_before = case.below[owed] + timedelta(days=1) if waits else None
    return behaviour.deliveries(way, player.last_days[owed], not_before=not_before)


def expect(case: Case, players: Iterable[Player], behaviour: Behaviour, rules: Rules) -> Expected:
    """Tell what must come out."""
    players = list(players)
    plans_of = {player.unit.id: player for player in players if player.binds_others}
    told_on = {player.unit.id: _told_on(case, player, plans_of, behaviour) for player in players}
    all_sendings = {
        (player.unit.id, owed): sendings(behaviour, case, player, owed)
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
    totals, in_report = _reports(case, players, behaviour, rules)
    receivers = {player.receiver_id for player in players}
    reports = len(receivers) * sum(1 for item, _ in case.direct if item is Item.REPORT)
    written_to = [player for player in players if not player.coordinates(rules)]
    reminded = _reminder_letters(written_to, all_sendings, told_on, rules)
    return Expected(
        units=len(players),
        drafts=len(players),
        obligations=sum(len(player.last_days) for player in players),
        on_time=on_time,
        late=late,
        returned=returned,
        missing=missing,
        letters=len(written_to) + reminded + 2 * answered + reports,
        reports=reports,
        totals=totals,
        in_report=in_report,
        counted=frozenset(_counted(rules, case.year)),
    )


def _told_on(case: Case, player: Player, plans_of: dict[str, Player], behaviour: Behaviour) -> date:
    """The day of the cascade letter: the province's plan, or the day on which the district's right plan came."""
    if player.receiver_id not in plans_of:
        return case.issued_on
    district = plans_of[player.receiver_id]
    owed = (Item.SUB_PLAN, str(case.year))
    return next(sending.day for sending in sendings(behaviour, case, district, owed) if sending.right)


def _reminder_letters(
    players: list[Player],
    all_sendings: dict[tuple[str, Owed], tuple[Sending, ...]],
    told_on: dict[str, date],
    rules: Rules,
) -> int:
    """One letter a day and unit, whatever it is reminded of."""
    return len(
        {
            (player.unit.id, day)
            for player in players
            for owed, last_day in player.last_days.items()
            for day in _reminded_on(all_sendings[player.unit.id, owed], owed[0], last_day, player.unit.standing, rules)
            if day > told_on[player.unit.id]
        }
    )


def _reminded_on(
    sent: tuple[Sending, ...], item: Item, last_day: date, standing: Standing, rules: Rules
) -> Iterator[date]:
    """The mornings on which a unit is written to: by the ladder to its last day while nothing right has come in, and,
    where there is a ladder for what was returned, by that from a wrong paper until the next comes in."""
    returned = ladder_for(rules.reminding.returned, standing)
    came = [sending.day for sending in sent if sending.right or returned]
    for rung_day in ladder_days(ladder_for(rules.ladders[item], standing), last_day, rules.calendar):
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
    counted = _counted(rules, case.year)
    for player in sorted(players, key=lambda each: each.binds_others):
        for owed, last_day in player.last_days.items():
            if owed[0] is not Item.REPORT:
                continue
            period = owed[1]
            key = (player.receiver_id, period)
            inside.setdefault(key, 0)
            sent = sendings(behaviour, case, player, owed)
            if not any(sending.right and sending.day <= last_day for sending in sent):
                continue
            inside[key] += 1
            for code in counted:
                own = _reported(player, code, period, behaviour, rules, case.year, totals)
                if own is not None:
                    totals[(*key, code)] = totals.get((*key, code), 0) + own
    return totals, inside


def _counted(rules: Rules, year: int) -> list[str]:
    return [
        indicator.code
        for indicator in rules.profile_of().of_year(year)
        if indicator.type == "count" and indicator.roll_up == "sum"
    ]


def _reported(
    player: Player,
    code: str,
    period: str,
    behaviour: Behaviour,
    rules: Rules,
    year: int,
    totals: dict[tuple[str, str, str], int],
) -> int | None:
    """What a unit reports of a counted indicator, None where its level does not: a district the sum of its units'."""
    if code not in {indicator.code for indicator in rules.profile_of().of_year(year, player.unit.level)}:
        return None
    if player.binds_others:
        return totals.get((player.unit.id, period, code), 0)
    return behaviour.value(player.unit.id, code, period)

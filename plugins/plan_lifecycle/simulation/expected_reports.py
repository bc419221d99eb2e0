"""Which versions of which reports a played year must come to: by when papers are sent, by other code than the verbs.

Huyện Bắc Bình's report is made on the working morning after its communes' last day; a paper that comes late has it
made again on the next working morning. A district hands on what was made that
far, and its own figures where nothing was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import zip_longest

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.simulation.behaviour import Behaviour, Sending
from plan_lifecycle.simulation.case import Case, Owed, Player


@dataclass(frozen=True, slots=True)
class Version:
    """A report as it was made on a morning: how many units are in it with all they owe, and the sums by indicator.

    ``to_leader`` says that the leader gets it: enough units are in it, and no newer one comes by then.
    """

    made_on: date
    received: int
    totals: Mapping[str, int]
    to_leader: bool = False


@dataclass
class _Feed:
    """What comes in for one report: how many papers each unit owes, and ``sums`` by the day on which each came."""

    owed: Counter[str] = field(default_factory=Counter)
    last_day: date = date.min
    sums: list[tuple[date, str, dict[str, int]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ExpectedReports:
    """The versions of each report in their order; ``nothing`` counts those of which nothing had come in at first."""

    versions: Mapping[ReportKey, Sequence[Version]]
    nothing: int

    @property
    def letters(self) -> int:
        """One for each version to the coordinator, some to the leader, and one where there was nothing to report."""
        made = [version for versions in self.versions.values() for version in versions]
        return self.nothing + len(made) + sum(version.to_leader for version in made)


def fed_on(player: Player, owed: Owed, calendar: WorkingCalendar) -> date | None:
    """The morning on which what the units below reported is put together; None for who adds up nothing."""
    fed_until = player.fed_until.get(owed) if owed.item is Item.REPORT else None
    return calendar.on_or_after(fed_until + timedelta(days=1)) if fed_until else None


def expect_reports(
    case: Case,
    players: Sequence[Player],
    behaviour: Behaviour,
    rules: Rules,
    sent_by: Callable[[Player, Owed], Sequence[Sending]],
) -> ExpectedReports:
    """The reports of a case whose ``players`` stand with the upper level first."""
    feeds: dict[ReportKey, _Feed] = {}
    versions: dict[ReportKey, list[Version]] = {}
    for player in reversed(players):
        for owed, last_day in player.last_days.items():
            if owed.item is not Item.REPORT or owed.paper in player.issued:  # nobody above asked for it
                continue
            feed = feeds.setdefault(case.report_of(player.receiver_id, owed, rules), _Feed())
            feed.owed[player.unit.id] += 1
            feed.last_day = max(feed.last_day, last_day)
            came = next((sending.day for sending in sent_by(player, owed) if sending.right), None)
            if came is not None:
                had = _had(_versions(feeds.get(case.report_of(player.unit.id, owed, rules)), case.ends, rules), came)
                own = _own(case, player, owed, behaviour, rules)
                sums = own if had is None else {code: had.get(code, 0) for code in own}
                feed.sums.append((came, player.unit.id, sums))
    for key, feed in feeds.items():
        versions[key] = list(_going_up(list(_versions(feed, case.ends, rules)), len(feed.owed), case.ends, rules))
    nothing = sum(not any(day < _first(feed, rules) for day, *_ in feed.sums) for feed in feeds.values())
    return ExpectedReports({key: made for key, made in versions.items() if made}, nothing)


def counted(case: Case, rules: Rules) -> list[str]:
    """The counted indicators of the kinds of report that the papers ask for."""
    profiles = {profile.code: profile for paper in case.papers if (profile := rules.profile_of(paper.abstract))}
    return [
        indicator.code
        for profile in profiles.values()
        for indicator in profile.of_year(case.year)
        if indicator.type == "count" and indicator.roll_up == "sum"
    ]


def _first(feed: _Feed, rules: Rules) -> date:
    return rules.calendar.on_or_after(feed.last_day + timedelta(days=1))


def _versions(feed: _Feed | None, ends: date, rules: Rules) -> Iterator[Version]:
    """A version on each working morning that has more than the one before."""
    if feed is None:
        return
    first = _first(feed, rules)
    mornings = {max(first, rules.calendar.on_or_after(came + timedelta(days=1))) for came, *_ in feed.sums}
    for morning in sorted(mornings):
        totals: Counter[str] = Counter()
        came_of: Counter[str] = Counter()
        for came, unit_id, sums in feed.sums:
            if came < morning:
                totals.update(sums)
                came_of[unit_id] += 1
        if morning <= ends:
            yield Version(morning, sum(came_of[unit_id] == number for unit_id, number in feed.owed.items()), totals)


def _going_up(versions: Sequence[Version], expected: int, ends: date, rules: Rules) -> Iterator[Version]:
    """Say which versions the leader gets: the newest on the working morning after the first that is new to him."""
    since: date | None = None
    for version, newer in zip_longest(versions, versions[1:]):
        since = since or version.made_on
        on = max(version.made_on, rules.calendar.shift(since, 1))
        enough = version.received > 0 and 100 * version.received >= rules.leader_from * expected
        goes = enough and (on < newer.made_on if newer else on <= ends)
        since = None if goes else since
        yield replace(version, to_leader=goes)


def _had(versions: Iterator[Version], day: date) -> Mapping[str, int] | None:
    """The totals that were put together by a day, if any were."""
    had = None
    for version in versions:
        if version.made_on <= day:
            had = version.totals
    return had


def _own(case: Case, player: Player, owed: Owed, behaviour: Behaviour, rules: Rules) -> dict[str, int]:
    """What a unit itself counted of what it is asked."""
    profile, year = rules.profile_of(case.papers[owed.paper].abstract), Period.parse(owed.period).year
    figures = behaviour.figures(rules.indicators_of(year))
    asked = {one.code for one in rules.asked_of(player.unit, year, profile)}
    return {code: figures.count(player.unit.id, code, owed.period) for code in counted(case, rules) if code in asked}

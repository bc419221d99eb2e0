"""When a report is compiled: on the working day after its units' last day, and again when papers change it.

The last day of the communes of huyện Bắc Bình is Friday 16/6: their report is compiled on Monday 19/6, never on a rest
day. A paper that comes, or is withdrawn, afterwards has it compiled again on the next working morning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.domain.calendar import WorkingCalendar
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState, title
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import placings as placing_rows
from plan_lifecycle.store import releases, report_changes
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.reports import StoredReport

WATCHED = timedelta(days=400)
"""How long a compiled report follows its papers by itself: until that of the next year is compiled. What is older is
compiled again when a person asks."""

TRIED = timedelta(days=7)
"""How long a report of which nothing was accepted is tried: somebody has to hear of it even if a morning was missed."""


class DueReport(NamedTuple):
    """A report to be compiled: whose, by id and by name, of which period and which kind, and how it is called."""

    unit_id: str
    unit: str
    period: str
    profile: str
    name: str

    @property
    def key(self) -> ReportKey:
        """Which report it is."""
        return ReportKey(self.unit_id, self.period, self.profile)


def reports_due(office: Office, now: datetime) -> list[DueReport]:
    """Every report to be compiled on this day, feeders first: whose day has come, and whose papers have changed.

    None on a rest day. One of which nothing was accepted is tried for a week, and later when something is.
    """
    today, calendar = now.date(), office.rules.calendar
    if not calendar.is_working(today):
        return []
    with office.store.read() as connection:
        done = report_rows.compiled(connection)
        asked = _asked(office.rules, obligation_rows.aggregators(connection, Item.REPORT.value))
        passed = {key: asked_of for key, asked_of in asked.items() if asked_of[0] < today}
        units = {unit.id: unit for unit in unit_rows.get_units(connection, {key.unit_id for key in passed})}
        changed = _changed(office.rules, connection, now - WATCHED, passed)
        return [
            DueReport(key.unit_id, units[key.unit_id].agency, key.period, key.profile, _called(key, about))
            for key, (last_day, about) in passed.items()
            if key.unit_id in units and units[key.unit_id].exists_on(today)
            if (key not in done and (_tried(last_day, today, calendar) or _anything(office.rules, connection, key)))
            or key in changed
        ]


def _tried(last_day: date, today: date, calendar: WorkingCalendar) -> bool:
    return today - compile_day(last_day, calendar) < TRIED


def _changed(rules: Rules, connection: Connection, since: datetime, asked: Iterable[ReportKey]) -> set[ReportKey]:
    """Those whose papers are not what they were compiled from: only what may have changed is loaded to see it.

    Where plans of two kinds ask the same units, words tell whose report a paper belongs to: these are all loaded.
    """
    kinds = Counter((key.unit_id, key.period) for key in asked)
    decided = {*placing_rows.every(connection)}
    placed = set(report_rows.placed(connection))
    perhaps = report_changes.perhaps_changed(connection, since) | placed
    wanted = {
        key: report_id
        for key, report_id in report_changes.watched(connection, since).items()
        if report_id in perhaps or key in decided or kinds[key.unit_id, key.period] > 1
    }
    stored = (report_rows.get(connection, report_id) for report_id in wanted.values())
    return {one.key for one in stored if one is not None and changed_since(rules, connection, one)}


def reports_asked(office: Office, unit_id: str, period: str, kind: str | None = None) -> list[DueReport]:
    """A unit's reports of a period, due or not: of the ``kind`` (the code or the name of a profile), else one of each
    kind that its plans ask for.

    Raises InputError where the period is none, nobody owes the unit a report of it, or none of that kind.
    """
    code = Period.parse(period).code
    with office.store.read() as connection:
        owed = obligation_rows.owed_to(connection, unit_id, Item.REPORT.value, code)
        agencies = [unit.agency for unit in unit_rows.get_units(connection, {unit_id})]
    if not owed:
        raise nothing_owed(unit_id, code)
    kinds = kinds_of(office.rules, owed)
    named = {_kind_named(office.rules, kind, kinds)} if kind else set(kinds)
    return [DueReport(unit_id, agencies[0], code, one, some[0].what) for one, some in kinds.items() if one in named]


def _kind_named(rules: Rules, text: str, asked: Iterable[str]) -> str:
    """The code of the kind that is meant, of those that are ``asked`` for. Raises InputError."""
    names = {profile.code: profile.name for profile in rules.profiles if profile.code in set(asked)}
    found = [code for code, name in names.items() if normalise(text) in (normalise(code), normalise(name))]
    if not found:
        told = "; ".join(name[:1].lower() + name[1:] for name in names.values())
        vi = f"Kỳ này các đơn vị không phải gửi cho cơ quan báo cáo loại đã chọn; có: {told}."
        raise InputError(f"one of {', '.join(names)}", field="profile", found=text, vi=vi)
    return found[0]


def nothing_owed(unit_id: str, period: str) -> InputError:
    """What is raised where nobody owes a unit a report of a period."""
    vi = "Kỳ này không có đơn vị nào phải gửi báo cáo cho cơ quan."
    return InputError("a unit and a period for which reports are owed", found=f"{unit_id}, {period}", vi=vi)


def kinds_of(rules: Rules, owed: Iterable[Obligation]) -> dict[str, list[Obligation]]:
    """What is owed by the kind of report that its plan asks for, kinds in the order of the profiles."""
    found: dict[str, list[Obligation]] = {profile.code: [] for profile in rules.profiles}
    for obligation in owed:
        found[rules.profile_of(obligation.abstract).code].append(obligation)
    return {code: some for code, some in found.items() if some}


def _asked(rules: Rules, rows: Iterable[tuple[str, str, str, date]]) -> dict[ReportKey, tuple[date, str]]:
    """The last day and an abstract for each report; plans of one kind ask for one, feeders first."""
    found: dict[ReportKey, tuple[date, str]] = {}
    for unit_id, period, abstract, last_day in rows:
        key = ReportKey(unit_id, period, rules.profile_of(abstract).code)
        found.pop(key, None)  # rows come in the order of their days, and the last decides
        found[key] = (last_day, abstract)
    return found


def _called(key: ReportKey, about: str) -> str:
    return title(Item.REPORT, key.period, about)


def compile_day(last_day: date, calendar: WorkingCalendar) -> date:
    """The working day after the last day."""
    return calendar.on_or_after(last_day + timedelta(days=1))


def changed_since(rules: Rules, connection: Connection, known: StoredReport) -> bool:
    """Whether what is accepted now is not what a report was compiled from, a signed paper came for its figures, or
    something was decided about its paragraphs."""
    decided = {one.id for one in placing_rows.standing(connection, known.key).values()}
    if decided != set(known.summary.get("placings", ())) and not releases.is_issued(connection, known.key):
        return True
    owed = owed_for(rules, connection, known.key)
    accepted = submission_rows.accepted(connection, [obligation.id for obligation in owed])
    sources = report_rows.sources(connection, known.id)
    taken = {row["obligation_id"]: row["submission_id"] for row in sources}
    late = {row["obligation_id"]: row["days_late"] for row in sources if row["days_late"]}
    extended = any(of in accepted and accepted[of].days_late != days for of, days in late.items())
    papers = {obligation_id: sent.id for obligation_id, sent in accepted.items()}
    return extended or _papers_changed(owed, taken, papers) or _signed(owed, taken, known)


def owed_for(rules: Rules, connection: Connection, key: ReportKey) -> list[Obligation]:
    """What units owe for a report."""
    owed = obligation_rows.owed_to(connection, key.unit_id, Item.REPORT.value, key.period)
    return kinds_of(rules, owed).get(key.profile, [])


def _anything(rules: Rules, connection: Connection, key: ReportKey) -> bool:
    owed = owed_for(rules, connection, key)
    return bool(submission_rows.accepted(connection, [obligation.id for obligation in owed]))


def _papers_changed(owed: Sequence[Obligation], taken: Mapping[int, int | None], accepted: Mapping[int, int]) -> bool:
    """Whether what is accepted is not what the report was compiled from.

    A unit that owes it under two plans is in the report with one of them, and so with one paper.
    """
    unit_of = {obligation.id: obligation.unit_id for obligation in owed}
    if any(accepted.get(obligation_id) != sent for obligation_id, sent in taken.items()):
        return True
    inside = {unit_of[obligation_id] for obligation_id in taken if obligation_id in unit_of}
    full = {unit_of[obligation_id] for obligation_id, sent in taken.items() if sent and obligation_id in unit_of}
    return any(
        obligation.unit_id not in inside or (obligation.id in accepted and obligation.unit_id not in full)
        for obligation in owed
    ) or any(obligation_id not in unit_of for obligation_id in taken)


def _signed(owed: Sequence[Obligation], taken: Mapping[int, int | None], known: StoredReport) -> bool:
    """Whether a signed paper came for figures that were still waiting for theirs."""
    awaited = set(known.summary.get("unsigned", ()))
    return any(
        taken.get(obligation.id) and obligation.id in awaited and obligation.state is ObligationState.MET
        for obligation in owed
    )

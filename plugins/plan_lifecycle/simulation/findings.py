"""What a played year came to, by the store, and whether it is what had to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.simulation.expected import Expected
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.tables import letter, obligation, reminder, submission


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of the year; ``invariants`` says of each rule whether it held."""

    units: int
    drafts: int
    letters: int
    obligations: int
    submissions: dict[str, int]
    missing: int
    reports: int
    invariants: dict[str, bool]

    @property
    def holds(self) -> bool:
        """Whether every invariant held."""
        return all(self.invariants.values())


def outcome(office: Office, expected: Expected, faults: Sequence[str]) -> Outcome:
    """Count what is in the store, and hold it against ``expected``."""
    with office.store.read() as connection:
        drafts = plan_rows.count_drafts(connection)
        states = letter_rows.states(connection)
        units, obligations, on_time, late, missing = _timeliness(connection)
        returned = submission_rows.count_returned(connection)
        reports = report_rows.every(connection)
        twice = _reminded_twice(connection)
        out_of_order = _letters_after_all_met(connection)
    totals = {
        (report.unit_id, report.period, code): value
        for report in reports
        for code, value in report.summary["totals"].items()
    }
    invariants = {
        "adds_up": on_time + late + missing == obligations,
        "every_unit_has_one_draft": drafts == units == expected.units,
        "obligations_as_expected": obligations == expected.obligations,
        "timeliness_as_expected": (on_time, late, missing) == (expected.on_time, expected.late, expected.missing),
        "returned_as_expected": returned == expected.returned,
        "letters_as_expected": states.get(LetterState.SENT.value, 0) == expected.letters,
        "every_letter_left": set(states) <= {LetterState.SENT.value},
        "nobody_reminded_twice": not twice,
        "nobody_reminded_after_delivery": not out_of_order,
        "reports_as_expected": len(reports) == expected.reports,
        "report_counts_as_expected": {(each.unit_id, each.period): each.summary["received"] for each in reports}
        == expected.in_report,
        "report_totals_as_expected": all(
            (totals.get(key) or 0) == expected.totals.get(key, 0) for key in _counted(totals, expected)
        ),
        "no_faults": not faults,
    }
    return Outcome(
        units=units,
        drafts=drafts,
        letters=states.get(LetterState.SENT.value, 0),
        obligations=obligations,
        submissions={"on_time": on_time, "late": late, "returned": returned},
        missing=missing,
        reports=len(reports),
        invariants=invariants,
    )


def _counted(totals: dict[tuple[str, str, str], Any], expected: Expected) -> set[tuple[str, str, str]]:
    """The totals of counted indicators, in the reports or expected: one that should not be there counts too."""
    return {key for key in totals if key[2] in expected.counted} | set(expected.totals)


def _timeliness(connection: Connection) -> tuple[int, int, int, int, int]:
    """Units that owe, obligations, those first received in time, those first received late, those never received."""
    first = select(submission.c.obligation_id, submission.c.days_late).where(submission.c.version == 1).subquery()
    units = connection.execute(select(func.count(func.distinct(obligation.c.unit_id)))).scalar_one()
    owed = connection.execute(select(func.count()).select_from(obligation)).scalar_one()
    on_time = connection.execute(select(func.count()).where(first.c.days_late == 0)).scalar_one()
    late = connection.execute(select(func.count()).where(first.c.days_late > 0)).scalar_one()
    never = select(func.count()).select_from(obligation).where(obligation.c.first_received_at.is_(None))
    return units, owed, on_time, late, connection.execute(never).scalar_one()


def _reminded_twice(connection: Connection) -> int:
    """Letters of one day to one address beyond the first."""
    sent = letter.c.kind.in_(("reminder_before", "reminder_last", "reminder_after"))
    grouped = select(func.count().label("n")).where(sent).group_by(letter.c.recipient, func.date(letter.c.sent_at))
    return connection.execute(select(func.count()).where(grouped.subquery().c.n > 1)).scalar_one()


def _letters_after_all_met(connection: Connection) -> int:
    """Reminders whose obligation had been met before the letter left."""
    query = (
        select(func.count())
        .select_from(reminder)
        .join(letter, letter.c.id == reminder.c.letter_id)
        .join(obligation, obligation.c.id == reminder.c.obligation_id)
        .where(obligation.c.met_at < letter.c.sent_at)
    )
    return connection.execute(query).scalar_one()

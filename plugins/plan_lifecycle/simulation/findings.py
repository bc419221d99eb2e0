"""What a played year came to, by the store, and whether it is what had to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from plan_lifecycle.domain.decider import BY_RULE
from plan_lifecycle.domain.letter import LetterState
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.simulation.case_file import CaseFile
from plan_lifecycle.simulation.differences import differences_of
from plan_lifecycle.simulation.expected import Expected
from plan_lifecycle.simulation.report_invariants import SentReport, report_invariants
from plan_lifecycle.simulation.score_plan import Candidates
from plan_lifecycle.simulation.scoring import PLAYED_BY
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import played
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows

_DIGESTS = ("digest",)
NO_REVIEWS: Mapping[str, Candidates] = {}
AT_ANY_TIME = frozenset(
    {
        "adds_up",
        "every_letter_left",
        "nobody_reminded_twice",
        "nobody_reminded_after_delivery",
        "no_faults",
        "texts_in_the_workbook",
        "texts_are_traced",
        "no_dotted_lines",
        "nothing_is_retyped",
        "sums_of_the_units",
    }
)
"""The invariants that hold on every day of a case."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of the year, of reports whatever their versions; ``invariants`` says of each rule whether it held.

    ``letters`` are those to units and leaders, ``digests`` the mornings' to coordinators. ``differences`` are what came
    out otherwise than the case's file says, each with file, line and field. ``visits`` counts what a visitor did
    meanwhile: it changes what comes out, and is no failure.
    """

    units: int
    drafts: int
    letters: int
    obligations: int
    submissions: dict[str, int]
    missing: int
    reports: int
    invariants: dict[str, bool]
    differences: tuple[str, ...] = ()
    digests: int = 0
    visits: int = 0

    @property
    def holds(self) -> bool:
        """Whether every invariant held."""
        return all(self.invariants.values())

    @property
    def fails(self) -> bool:
        """Whether an invariant did not hold that nobody but the software can have broken."""
        return not self.holds and not self.visits

    def so_far(self) -> Outcome:
        """The same of a case that was not played to its end: what must come out only then is not asked."""
        asked = {name: held for name, held in self.invariants.items() if name in AT_ANY_TIME}
        return replace(self, invariants=asked, differences=())


def daily_invariants(office: Office, faults: Sequence[str]) -> dict[str, bool]:
    """What must hold of the store at the end of any day."""
    with office.store.read() as connection:
        _, obligations, on_time, late, missing = played.timeliness(connection)
        return {
            "adds_up": on_time + late + missing == obligations,
            "every_letter_left": set(letter_rows.states(connection)) <= {LetterState.SENT.value},
            "nobody_reminded_twice": not played.reminded_twice(connection),
            "nobody_reminded_after_delivery": not played.letters_after_all_met(connection),
            "no_faults": not faults,
        }


def outcome(
    office: Office,
    expected: Expected,
    sent: Iterable[SentReport],
    faults: Sequence[str],
    file: CaseFile | None = None,
    reviewed: Mapping[str, Candidates] = NO_REVIEWS,
) -> Outcome:
    """Count what is in the store; hold it against ``expected``, against what was ``sent``, and a case's ``file``.

    ``reviewed`` are those who may be proposed after each of its reviews.
    """
    came = counted(office)
    on_time, late = came.submissions["on_time"], came.submissions["late"]
    with office.store.read() as connection:
        reports = report_rows.every(connection)
        owed = played.owed(connection)
    totals = {(report.key, code): value for report in reports for code, value in report.summary["totals"].items()}
    invariants = {
        "every_unit_has_one_draft": came.drafts == expected.drafts and came.units == expected.units,
        "obligations_as_expected": came.obligations == expected.obligations,
        "timeliness_as_expected": (on_time, late, came.missing) == (expected.on_time, expected.late, expected.missing),
        "returned_as_expected": came.submissions["returned"] == expected.returned,
        "letters_as_expected": came.letters == expected.letters,
        "reports_as_expected": Counter(each.key for each in reports) == expected.versions,
        "report_counts_as_expected": {each.key: each.summary["received"] for each in reports} == expected.in_report,
        "report_totals_as_expected": all(
            (totals.get(key) or 0) == expected.totals.get(key, 0) for key in _counted(totals, expected)
        ),
    }
    invariants |= daily_invariants(office, faults) | report_invariants(office, sent)
    came = replace(came, invariants=invariants)
    return came if file is None else _held_against(came, file, owed, reviewed)


def counted(office: Office) -> Outcome:
    """The counts alone, held against nothing."""
    with office.store.read() as connection:
        states = letter_rows.states(connection)
        letters = played.letters_sent(connection, leaving=_DIGESTS)
        units, obligations, on_time, late, missing = played.timeliness(connection)
        return Outcome(
            units=units,
            drafts=plan_rows.count_drafts(connection),
            letters=letters,
            obligations=obligations,
            submissions={"on_time": on_time, "late": late, "returned": submission_rows.count_returned(connection)},
            missing=missing,
            reports=len(report_rows.compiled(connection)),
            invariants={},
            digests=states.get(LetterState.SENT.value, 0) - letters,
            visits=played.done_by_people(connection, leaving=(BY_RULE, "airflow", PLAYED_BY)),
        )


def _held_against(
    came: Outcome, file: CaseFile, owed: Sequence[played.Row], reviewed: Mapping[str, Candidates]
) -> Outcome:
    """The same with what differs from the case's file."""
    found = {**asdict(came), **came.submissions}
    counts = {name: int(found[name]) for name in file.counts}
    differences = tuple(differences_of(file, owed, counts, reviewed))
    return replace(came, invariants=came.invariants | {"as_the_case_says": not differences}, differences=differences)


def _counted(totals: dict[tuple[ReportKey, str], Any], expected: Expected) -> set[tuple[ReportKey, str]]:
    """The totals of counted indicators, in the reports or expected: one that should not be there counts too."""
    return {key for key in totals if key[1] in expected.counted} | set(expected.totals)

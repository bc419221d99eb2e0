"""What is done about a report, from its compiling to its issue, by a process that may die."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release import Paper, Signed, correct_report, deliver_reports, issue_report
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import report_issue
from tests.factories import day, make_office
from tests.lifecycle.release.editing import edited

MONDAY, TUESDAY, WEDNESDAY = (day(f"2023-06-{number}") for number in (19, 20, 21))
REPORT = ("bb", "2023-H1")
BY = Decider("Trần Thị Lan")


def compile_and_deliver(store: Store) -> None:
    """A report is compiled on Monday and given to the coordinator, on Tuesday to the leader."""
    office = make_office(store)
    compile_report(office, *REPORT, MONDAY)
    for moment in (MONDAY, TUESDAY):
        deliver_reports(office, moment)


def correct_and_issue(store: Store) -> None:
    """The draft comes back corrected, and the report is issued."""
    office = make_office(store)
    with store.read() as connection:
        (stored,) = report_rows.every(connection)
    given = edited(store.blobs.get(stored.word_blob), {"DỰ THẢO": "DỰ THẢO LẦN 2"})
    _unless_issued(office, lambda: correct_report(office, *REPORT, Paper("sua.docx", given), BY, WEDNESDAY))
    issue_report(office, *REPORT, Signed("45", date(2023, 6, 21), "Nguyễn Văn Ánh"), BY, WEDNESDAY)


def _unless_issued(office: Office, act: Callable[[], object]) -> None:
    """Whoever comes back finds the report issued, where the process died after that."""
    with office.store.read() as connection:
        issued = bool(connection.execute(select(report_issue.c.id)).all())
    if issued:
        try:
            act()
        except InputError:
            return
        raise AssertionError("an issued report was corrected")
    act()

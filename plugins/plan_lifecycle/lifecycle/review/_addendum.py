"""The addendum to a report that a late paper asks for: compiled when a person says so, not the next morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from plan_lifecycle.lifecycle.compile import Compiled, compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId, unknown
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submissions as submission_rows


def compile_addenda(office: Office, ids: Sequence[SubjectId], now: datetime, asked_by: str) -> list[Compiled]:
    """Compile each report again that one of these submissions came too late for, every report once, in the name of
    the person who asks.

    A paper that is not accepted yet is in none: then nothing is new. Raises InputError for what came in time.
    """
    numbers = [which.number for which in ids if which.subject is Subject.SUBMISSION]
    with office.store.read() as connection:
        sent = submission_rows.find(connection, numbers)
        keys = {}
        for which in ids:
            one = sent.get(which.number)
            report = report_rows.get(connection, one.after_report_id) if one and one.after_report_id else None
            if report is None:
                raise unknown(which)
            keys[report.key] = which
    return [
        compile_report(office, key.unit_id, key.period, now, profile=key.profile or None, asked_by=asked_by)
        for key in keys
    ]

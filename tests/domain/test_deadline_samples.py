"""Every real phrasing of the samples comes out as the table says."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from plan_lifecycle.domain.deadline import Deadline, read_deadline


def expected_days(cell: str) -> list[date]:
    """ "2025-05-31,2025-11-14", or weekly dates as "every D+7d … D2"."""
    if not cell.startswith("every "):
        return [date.fromisoformat(day) for day in cell.split(",") if day]
    first, last = (date.fromisoformat(day) for day in cell.removeprefix("every ").split("+7d … "))
    return [first + timedelta(days=at) for at in range(0, (last - first).days + 1, 7)]


def as_row(reading: Deadline) -> tuple[str, list[date], str, str, str]:
    return (
        reading.kind.value,
        list(reading.due),
        reading.opens.isoformat() if reading.opens else "",
        reading.due_at.strftime("%H:%M") if reading.due_at else "",
        str(reading.needs_decision).lower(),
    )


def test_it_reads_every_sample_as_a_person_did(samples: Path) -> None:
    with (samples / "deadlines.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    wrong = {}
    for row in rows:
        issued = date.fromisoformat(row["issued"]) if row["issued"] else None
        got = as_row(read_deadline(row["phrase"], year=int(row["year"]), issued=issued))
        want = (row["kind"], expected_days(row["due"]), row["opens"], row["due_at"], row["needs_decision"])
        if got != want:
            wrong[row["phrase"]] = (want, got)
    assert len(rows) >= 35
    assert not wrong

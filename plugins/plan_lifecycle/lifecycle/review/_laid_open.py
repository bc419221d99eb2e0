"""A submission laid open before it is decided: its text, beside it what was found and what the plan above asks.

UBND xã Bình An's plan is read on the page: paragraphs and tables as they stand in the file, the findings, and the rows
of the district's plan that the commune leads. Of a report its figures are shown by name. What cannot be read says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.read import NotAPlan, Paragraph, read_blocks
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.domain.submission import Finding, Submission, SubmissionState
from plan_lifecycle.domain.writing import write_value
from plan_lifecycle.lifecycle.office import Desk, Office, open_desk
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId, require_seen, unknown
from plan_lifecycle.lifecycle.submission import Superiors
from plan_lifecycle.store import figures as figure_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.sight import seen_submissions

MOST_BLOCKS = 2_000
"""Paragraphs and tables that are shown of a file."""
NO_WORD = "Chưa đọc được nội dung của tệp tại đây; đề nghị tải tệp về xem."


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph (``text``), or a table (``rows`` of cells)."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOpen:
    """A submission to be read: ``parts`` of its text or ``why_not``, ``tasks`` that the plan above has for the unit,
    ``figures`` as name, value and note; ``before`` and ``after`` are its neighbours in the list of what waits."""

    id: str
    unit_id: str
    unit: str
    what: str
    due_on: date | None
    reference: str | None
    issued_on: date | None
    received_at: datetime
    days_late: int
    version: int
    waits: bool
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    parts: tuple[Part, ...]
    why_not: str
    tasks: tuple[Activity, ...]
    figures: tuple[tuple[str, str, str], ...]
    before: str | None
    after: str | None


def lay_open(office: Office, which: SubjectId, now: datetime) -> LaidOpen:
    """What a person reads to decide about a submission. Raises InputError where there is none of this id."""
    require_seen(office, [which])
    with office.store.read() as connection:
        found = submission_rows.find(connection, [which.number]) if which.subject is Subject.SUBMISSION else {}
        sent = found.get(which.number)
        if sent is None:
            raise unknown(which)
        owed = obligation_rows.get_obligations(connection, [sent.obligation_id])[0]
        desk = open_desk(office, connection, now, [owed])
        files = file_rows.names(connection, [sent.id])[sent.id]
        figures = _figures(connection, desk, owed, sent)
        before, after = _neighbours(connection, office.sight, sent)
    parts, why_not = _read(office, sent)
    return LaidOpen(
        str(which), owed.unit_id, desk.tree.called(owed.unit_id), owed.what, owed.due_on, sent.reference,
        sent.issued_on, sent.received_at, sent.days_late, sent.version, sent.state is SubmissionState.RECEIVED,
        sent.findings, files, parts, why_not, _tasks(desk, owed), figures, before, after,
    )  # fmt: skip


def _read(office: Office, sent: Submission) -> tuple[tuple[Part, ...], str]:
    """The text of a file, else why there is none."""
    try:
        blocks = office.bounded(read_blocks, office.store.blobs.get(sent.blob))
    except NotAPlan:
        return (), NO_WORD
    except (BadDocument, BlobError) as error:
        return (), f"{NO_WORD} {error.for_user}"
    parts = []
    for block in blocks[:MOST_BLOCKS]:
        if not isinstance(block, Paragraph):
            parts.append(Part(rows=tuple(tuple(cell.text for cell in row) for row in block.rows)))
        elif block.full.strip():
            parts.append(Part(block.full))
    return tuple(parts), "" if len(blocks) <= MOST_BLOCKS else "Tệp còn tiếp; đề nghị tải tệp về xem phần sau."


def _tasks(desk: Desk, owed: Obligation) -> tuple[Activity, ...]:
    """The tasks of the plan above that fall to the unit; of a report they are in its figures and words."""
    standard = Superiors(desk.office, desk.tree).of(owed) if owed.item is Item.SUB_PLAN else None
    return standard.plan.activities if standard else ()


def _figures(
    connection: Connection, desk: Desk, owed: Obligation, sent: Submission
) -> tuple[tuple[str, str, str], ...]:
    indicators = {one.code: one for one in desk.asked(owed)} if owed.item is Item.REPORT else {}
    found = figure_rows.figures(connection, [sent.id], indicators).get(sent.id, ())
    asked = ((indicators[one.indicator], one) for one in found)
    return tuple((indicator.name, write_value(one.value, indicator), one.note) for indicator, one in asked)


def _neighbours(connection: Connection, sight: Sight, sent: Submission) -> tuple[str | None, str | None]:
    """What waits before and after it, of units that may be seen."""
    every = [one.id for one in submission_rows.in_state(connection, SubmissionState.RECEIVED)]
    waiting = every if sight.whole else seen_submissions(connection, every, sight)
    before = max((number for number in waiting if number < sent.id), default=None)
    after = min((number for number in waiting if number > sent.id), default=None)
    return (f"S{before}" if before else None), (f"S{after}" if after else None)

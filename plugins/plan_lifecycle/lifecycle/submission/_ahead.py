"""Taking out before its turn: what will be read of a paper is read while the one before it is being filed.

What is foreseen here is what ``judge`` asks of an ordinary file in Word or Excel; whatever else it asks is read when it
asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plan_lifecycle.documents.gate import Look
from plan_lifecycle.documents.read import read_heading, read_plan
from plan_lifecycle.documents.read_ahead import Beginning, Question, begun
from plan_lifecycle.documents.report_form import read_form_tasks
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.lifecycle.compile import read_written
from plan_lifecycle.lifecycle.office import Desk
from plan_lifecycle.lifecycle.submission._bytes import Upload, kept_bytes
from plan_lifecycle.lifecycle.submission._checks import figures_asked, reader_for
from plan_lifecycle.lifecycle.submission._judge import part_of, verdict_for
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.submission_files import Part

_KINDS = ("docx", "xlsx")
_LARGEST = 4 << 20
"""Bytes of a file above which it is read in its turn, and not held in memory before it."""


def take_out_early(
    desk: Desk, arrival: StoredArrival, owed: Sequence[Obligation], also: Sequence[Question] = ()
) -> Upload | None:
    """Take out what was kept of an arrival, and begin to read what ``judge`` will ask for what is ``owed``.

    ``also`` is asked of a workbook first. None: it is taken out in its turn, with whatever is wrong with it.
    """
    if not isinstance(desk.office.bounded, Beginning) or not owed:
        return None
    if arrival.blob is None or arrival.quarantined or arrival.look is None:
        return None
    seen = Look.from_json(arrival.look)
    if seen.kind not in _KINDS or seen.size > _LARGEST:
        return None
    try:
        upload = Upload(kept_bytes(desk.office, arrival.blob, quarantined=False), arrival.file_name, seen)
    except BlobError:
        return None
    questions = (*(also if seen.kind == "xlsx" else ()), *_foreseen(desk, upload, owed))
    return replace(upload, bounded=begun(desk.office.bounded, upload.data, questions))


def _foreseen(desk: Desk, upload: Upload, owed: Sequence[Obligation]) -> Iterator[Question]:
    verdict = verdict_for(upload, owed[0].item)
    part = part_of(owed[0].item, verdict)
    if part is Part.SOURCE:
        yield Question(read_plan)
    if part is not Part.FIGURES:
        return
    for obligation in owed:
        profile = desk.profile_of(obligation)
        given = figures_asked(obligation, desk.asked(obligation), profile.form_rows)
        yield Question(reader_for(verdict), given)
        yield Question(read_written, (profile.sections,))
        if profile.tasks and obligation.unit_id in desk.tree:
            yield Question(read_form_tasks, (verdict.kind,))
    if verdict.kind == "docx":
        yield Question(read_heading)

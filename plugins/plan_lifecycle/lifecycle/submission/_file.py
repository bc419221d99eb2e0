"""Filing: an arrival becomes a version of a submission, or joins the one it belongs to.

Xã Bình An's signed PDF and its Word source are one submission, whichever comes first; figures wait for the signed
paper. One paper may meet the same item of several plans. The same content again is recognised, and what comes when
the report was compiled is marked for an addendum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.submission import (
    AWAITED,
    ArrivalState,
    Finding,
    Rule,
    Submission,
    SubmissionState,
    clean,
    not_its_own,
)
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.lifecycle.submission._joining import joins, read_by, stands
from plan_lifecycle.lifecycle.submission._judge import Judged
from plan_lifecycle.lifecycle.submission._written import keep_words, renewed
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import pauses
from plan_lifecycle.store import progress as progress_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import twins as twin_rows
from plan_lifecycle.store import wordings as wording_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.waiting import report_compiled

DUPLICATE = "nội dung trùng với bản đã nhận"
RETURNED_BEFORE = "nội dung trùng với bản đã được đề nghị hoàn thiện; đề nghị gửi bản đã hoàn thiện theo thư trước"


def file_arrival(
    connection: Connection,
    arrival: StoredArrival,
    filed: Judged,
    receipts: Sequence[Letter],
    again: Callable[[Obligation], Sequence[Letter]] = lambda _: (),
) -> ArrivalState | None:
    """File an arrival for every obligation that it meets; None where another process was quicker.

    ``again`` writes to a unit that sends once more, unchanged, what was returned to it.
    """
    owed = [obligation_rows.lock(connection, obligation_id) for obligation_id in sorted(filed.checked)]
    earlier = {obligation.id: submission_rows.versions(connection, obligation.id) for obligation in owed}
    fresh = [obligation for obligation in owed if not _known(connection, arrival, earlier[obligation.id])]
    if not fresh:
        if not arrival_rows.settle(connection, arrival.id, ArrivalState.DUPLICATE, DUPLICATE):
            return None
        for returned in [obligation for obligation in owed if obligation.state is ObligationState.RETURNED][:1]:
            letter_rows.queue(connection, again(returned))
        return ArrivalState.DUPLICATE
    if not arrival_rows.settle(connection, arrival.id, ArrivalState.FILED):
        return None
    for obligation in fresh:
        _file(connection, arrival, obligation, earlier[obligation.id], filed)
    for obligation in fresh:
        if (words := filed.checked[obligation.id].words) is not None:
            keep_words(connection, _read_as(arrival, filed), obligation, words)
    for echo in filed.echoes:
        twin_rows.add_finding(connection, echo.submission_id, echo.finding, hold=echo.hold)
    for read in {checked.wording for checked in filed.checked.values() if checked.wording}:
        wording_rows.keep(connection, {_read_as(arrival, filed): read.packed})
    letter_rows.queue(connection, receipts)
    return ArrivalState.FILED


def told_at_once(store: Store, filed: Judged, obligation: Obligation, signed: frozenset[Item]) -> Checked:
    """Choose what the receipt speaks of: a picture is asked for again, unless all that it may show can be read."""
    checked = filed.checked[obligation.id]
    if filed.part is not Part.COPY:
        return checked
    with store.read() as connection:
        earlier = submission_rows.versions(connection, obligation.id)[-1:]
        made_of = file_rows.parts(connection, [version.id for version in earlier])
    needed = {read_by(obligation.item), *([Part.PAPER] if obligation.item in signed else [])}
    whole = any(
        needed <= made_of[version.id] and joins(version, made_of[version.id], obligation.item, Part.COPY, checked)
        for version in earlier
    )
    return replace(checked, findings=()) if whole else checked


def state_when_accepted(connection: Connection, obligation: Obligation, signed: frozenset[Item]) -> ObligationState:
    """Choose the state: met, or with figures that still wait for the signed paper."""
    if obligation.item not in signed:
        return ObligationState.MET
    sent = submission_rows.versions(connection, obligation.id)
    made_of = file_rows.parts(connection, [version.id for version in sent])
    if any(Part.PAPER in made_of[version.id] and stands(version) for version in sent):
        return ObligationState.MET
    # What a person accepts as it is, without figures to go by, is the paper.
    latest = made_of[sent[-1].id] if sent else frozenset()
    return ObligationState.FIGURES_ONLY if Part.FIGURES in latest else ObligationState.MET


def _known(connection: Connection, arrival: StoredArrival, earlier: Sequence[Submission]) -> bool:
    return arrival.blob in file_rows.blobs(connection, [version.id for version in earlier]) | {
        version.blob for version in earlier
    }


def _file(
    connection: Connection,
    arrival: StoredArrival,
    owed: Obligation,
    earlier: Sequence[Submission],
    filed: Judged,
) -> None:
    part, checked = filed.part, filed.checked[owed.id]
    made_of = file_rows.parts(connection, [earlier[-1].id]) if earlier else {}
    if earlier and joins(earlier[-1], made_of[earlier[-1].id], owed.item, part, checked):
        _join(connection, arrival, owed, earlier[-1], made_of[earlier[-1].id], filed)
        if checked.issued_on and not any(version.issued_on for version in earlier):
            pauses.set_days_late(connection, owed.id, owed.days_late(earlier[0].received_at, checked.issued_on))
        return
    delivered = [version for version in earlier if is_delivery(version)]
    if earlier and not delivered:
        obligation_rows.forget_receipt(connection, owed.id)
    first = delivered[0].received_at if delivered else arrival.received_at
    issued = next((version.issued_on for version in delivered if version.issued_on), checked.issued_on)
    new = Submission(
        obligation_id=owed.id,
        arrival_id=arrival.id,
        version=len(earlier) + 1,
        received_at=arrival.received_at,
        blob=_read_as(arrival, filed),
        days_late=owed.days_late(first, issued),
        issued_on=checked.issued_on,
        reference=checked.reference,
        findings=checked.findings,
        held=_held(checked.findings),
        after_report_id=report_compiled(connection, owed) if owed.item is Item.REPORT else None,
    )
    new_id = submission_rows.add(connection, new, (*checked.figures, *checked.unknown))
    file_rows.add_file(connection, new_id, arrival.id, arrival.blob or "", part)
    progress_rows.add_reports(connection, new_id, checked.tasks)
    obligation_rows.set_state(connection, owed.id, ObligationState.RECEIVED, arrival.received_at)


def is_delivery(sent: Submission) -> bool:
    """Say whether a version's date counts: it was not another's paper, or a person took it for the unit's own."""
    return sent.state is SubmissionState.ACCEPTED or not not_its_own(sent.findings)


def _held(findings: Sequence[Finding]) -> bool:
    """Say whether a person decides: its source is awaited, or it seems to be another's."""
    return not_its_own(findings) or any(finding.rule is Rule.PLAN_SOURCE for finding in findings)


def _read_as(arrival: StoredArrival, filed: Judged) -> str:
    """Give the digest of what is read from now on: the copy of a file that was converted, else the file."""
    return filed.copy or arrival.blob or ""


def _join(
    connection: Connection,
    arrival: StoredArrival,
    owed: Obligation,
    latest: Submission,
    made_of: frozenset[Part],
    filed: Judged,
) -> None:
    part, checked = filed.part, filed.checked[owed.id]
    before = renewed(latest.findings, checked.words)
    file_rows.add_file(connection, latest.id, arrival.id, arrival.blob or "", part)
    progress_rows.add_reports(connection, latest.id, checked.tasks)
    if part is Part.COPY and made_of != {Part.COPY}:
        return
    if part is not read_by(owed.item):
        notes = tuple(finding for finding in checked.findings if finding.rule not in AWAITED and finding not in before)
        submission_rows.complete(
            connection, latest.id, before + notes, reference=checked.reference, issued_on=checked.issued_on
        )
        accepted = latest.state is SubmissionState.ACCEPTED
        if part is Part.PAPER and accepted and owed.state is ObligationState.FIGURES_ONLY:
            obligation_rows.set_state(connection, owed.id, ObligationState.MET, arrival.received_at)
        return
    kept = tuple(finding for finding in before if finding.rule not in AWAITED)
    source = None if owed.item is Item.REPORT else _read_as(arrival, filed)
    submission_rows.complete(
        connection,
        latest.id,
        kept + checked.findings,
        source=source,
        reference=checked.reference,
        issued_on=checked.issued_on,
        figures=(*checked.figures, *checked.unknown),
        to_review=True,
        held=_held(kept + checked.findings),
    )
    if not clean(latest.findings):
        obligation_rows.set_state(connection, owed.id, ObligationState.RECEIVED, arrival.received_at)

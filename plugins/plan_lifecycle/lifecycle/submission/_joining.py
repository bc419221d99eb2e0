"""Which file completes which: a signed paper beside what can be read, words beside their figures."""

from __future__ import annotations

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import AWAITED, Submission, SubmissionState
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.store.submission_files import Part


def stands(sent: Submission) -> bool:
    """Say whether a version's paper still counts: it was not returned for its own sake."""
    return sent.state is not SubmissionState.RETURNED or all(
        finding.rule in AWAITED for finding in sent.findings if finding.blocks
    )


def read_by(item: Item) -> Part:
    """Name the part by which a submission of this item is judged."""
    return Part.FIGURES if item is Item.REPORT else Part.SOURCE


def joins(latest: Submission, made_of: frozenset[Part], item: Item, part: Part, checked: Checked) -> bool:
    """Say whether a file completes the latest version: the paper beside what can be read, or the other way round.

    A second paper is the same one with the registry's signature; a report in words goes with its figures; a photograph
    beside what can be read adds nothing and takes nothing away.
    """
    needed = read_by(item)
    waits = latest.state in (SubmissionState.RECEIVED, SubmissionState.ACCEPTED)
    if part is Part.COPY:
        return waits
    beside = made_of - {Part.COPY}
    if part is not needed:
        sound = all(finding.rule in AWAITED for finding in checked.findings if finding.blocks)
        return part is not Part.EVIDENCE and sound and waits and bool(beside)
    returned = latest.state is SubmissionState.RETURNED and stands(latest)
    return part not in made_of and bool(beside) and (latest.state is SubmissionState.RECEIVED or returned)

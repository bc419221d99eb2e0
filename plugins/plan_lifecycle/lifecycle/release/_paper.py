"""The paper that was signed, kept beside the record that a version was issued.

The clerk of huyện Bắc Bình has "45-BC-UBND.pdf" with the chairman's signature; it is kept as it is, and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Purpose, look, verdict_on
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import releases, reports


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed paper as somebody brings it: PDF or .docx, ``name`` as it is called there."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class JudgedPaper:
    """A signed paper that the gate lets in: under a safe name, with sentences about what should be known of it."""

    name: str
    data: bytes
    warnings: tuple[str, ...]


def judged(office: Office, paper: Paper) -> JudgedPaper:
    """Put a paper before the gate; nothing is kept yet. Raises BadDocument where the gate has something against it."""
    verdict = verdict_on(office.bounded(look, paper.data), name=paper.name, purpose=Purpose.ISSUED)
    if not verdict.accepted:
        raise BadDocument(verdict.code, verdict.reason, file=verdict.name)
    return JudgedPaper(verdict.name, paper.data, verdict.warnings)


def signed_paper(office: Office, report_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the signed paper of a version; None where none was recorded, or its issue was taken back."""
    with office.store.read() as connection:
        issue, stored = releases.issues(connection).get(report_id), reports.get(connection, report_id)
    if stored is None or not office.sight.has(stored.unit_id):
        return None
    if issue is None or issue.paper_blob is None or issue.paper_name is None:
        return None
    return issue.paper_name, office.store.blobs.get(issue.paper_blob)

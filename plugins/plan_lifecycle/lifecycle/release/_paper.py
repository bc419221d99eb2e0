"""The paper that was signed, kept beside the record that a version was issued.

The clerk of huyện Bắc Bình has "45-BC-UBND.pdf" with the chairman's signature; it is kept as it is, and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Purpose, first_page, look, verdict_on
from plan_lifecycle.documents.read import NotAPlan, read_heading, read_heading_of_lines
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import Issue
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.release._hold import act_on
from plan_lifecycle.lifecycle.release._named import named_version, named_way
from plan_lifecycle.store import releases, reports
from plan_lifecycle.store.audit import append

_TYPE = "BÁO CÁO"
_REFERENCE = re.compile(r"(?<!\d)\d{1,6} ?/ ?BC-[A-ZĐ]{2,12}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed paper as somebody brings it: PDF or .docx, ``name`` as it is called there."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class JudgedPaper:
    """A paper that the gate lets in: under a safe name, with sentences about what should be known of it. ``kind`` is
    "pdf" or "docx"."""

    name: str
    data: bytes
    warnings: tuple[str, ...]
    kind: str


def judged(office: Office, paper: Paper, purpose: Purpose = Purpose.ISSUED) -> JudgedPaper:
    """Put a paper before the gate; nothing is kept yet. Raises BadDocument where the gate has something against it."""
    verdict = verdict_on(office.bounded(look, paper.data), name=paper.name, purpose=purpose)
    if not verdict.accepted:
        raise BadDocument(verdict.code, verdict.reason, file=verdict.name)
    return JudgedPaper(verdict.name, paper.data, verdict.warnings, verdict.kind)


def add_paper(
    office: Office,
    unit_id: str,
    period: str,
    paper: Paper,
    decider: Decider,
    now: datetime,
    *,
    version: int | None = None,
    profile: str | None = None,
) -> bool:
    """Keep the signed paper with a version that was issued, the last one unless told; False where it is there already.

    It takes the place of one that was kept before. Raises InputError where no version, or not this one, was issued;
    BadDocument where the gate has something against the paper.
    """
    let_in = judged(office, paper)
    with office.store.read() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        done = {one.report_id: one for one in releases.issued_versions(connection, way.key)}
        chosen = named_version(way, version) if version is not None or not done else None
        issue = done.get(chosen.id) if chosen else [*done.values()][-1]
    if issue is None:
        vi = "Bản này chưa ghi nhận ban hành; đề nghị ghi nhận số, ngày, người ký cùng bản đã ký."
        raise InputError("a version that was issued", field="REPORT", found=f"{unit_id}:{period}", vi=vi)
    findings = (*let_in.warnings, *otherwise_said(office, let_in, issue))
    blob = office.store.blobs.put(let_in.data)
    if issue.paper_blob == blob:
        return False
    with office.store.write() as connection:
        if not releases.add_paper(connection, issue.id, blob=blob, name=let_in.name, findings=findings):
            return False
        of = next(one for one in way.versions if one.id == issue.report_id)
        details = {"file": let_in.name, "replaces": issue.paper_name}
        append(connection, act_on(ActKind.ADD_PAPER, way, of, decider, now, details))
    return True


def otherwise_said(office: Office, paper: JudgedPaper, issue: Issue) -> Iterator[str]:
    """What number and day the signed paper itself bears, where they are not those that were recorded."""
    number, symbol, day = _head_of(office, paper)
    if not number and day is None:
        yield "Không đọc được số, ngày trong bản đã ký (có thể là bản quét); đề nghị đối chiếu với số, ngày đã ghi."
        return
    if not number:
        yield "Không đọc được số trong bản đã ký; đề nghị đối chiếu với số đã ghi nhận."
    elif number.lstrip("0") != issue.number:
        yield f"Bản đã ký ghi số {number}/{symbol}, khác số {issue.number} đã ghi nhận."
    if day is None:
        yield "Không đọc được ngày trong bản đã ký; đề nghị đối chiếu với ngày đã ghi nhận."
    elif day != issue.issued_on:
        yield f"Bản đã ký ghi ngày {short_date(day)}, khác ngày {short_date(issue.issued_on)} đã ghi nhận."


def _head_of(office: Office, paper: JudgedPaper) -> tuple[str, str, date | None]:
    """Number, symbol and day that the paper bears; empty, or None, where they cannot be read.

    Of a PDF letters with accents may stand apart from their words: there the number is known by the symbol of a report.
    """
    try:
        lines = office.bounded(first_page, paper.data) if paper.kind == "pdf" else []
        heading = read_heading_of_lines(lines) if lines else office.bounded(read_heading, paper.data)
    except NotAPlan:
        return "", "", None
    above = takewhile(lambda line: not line.startswith(_TYPE), lines)
    spelt = next((found for line in above if (found := _REFERENCE.search(line))), None)
    number, _, symbol = (spelt[0] if spelt else heading.reference or "").replace(" ", "").partition("/")
    return number, symbol, heading.issued_on


def signed_paper(office: Office, report_id: int) -> tuple[str, bytes] | None:
    """Name and bytes of the signed paper of a version; None where none was recorded, or its issue was taken back."""
    with office.store.read() as connection:
        issue, stored = releases.issues(connection).get(report_id), reports.get(connection, report_id)
    if stored is None or not office.sight.has(stored.unit_id):
        return None
    if issue is None or issue.paper_blob is None or issue.paper_name is None:
        return None
    return issue.paper_name, office.store.blobs.get(issue.paper_blob)

"""Putting on record how a version was issued, and taking that back.

The leader of huyện Bắc Bình signed on 20/6: Báo cáo số 45/BC-UBND. From then on what comes makes an addendum, and the
Word file that is kept bears number, day and signer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from plan_lifecycle.documents.drafts import Letterhead
from plan_lifecycle.documents.read import read_heading
from plan_lifecycle.documents.render import fill_in_issue
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.correction import differing
from plan_lifecycle.domain.decider import LONGEST_NAME, Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.release import Issue, Version, Way
from plan_lifecycle.domain.text import nfc
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.office import Office, letterhead, open_desk
from plan_lifecycle.lifecycle.release._hold import act_on
from plan_lifecycle.lifecycle.release._named import named_version, named_way, require_as_seen
from plan_lifecycle.lifecycle.release._paper import JudgedPaper, Paper, judged, otherwise_said
from plan_lifecycle.store import corrections, releases, reports
from plan_lifecycle.store.audit import append
from plan_lifecycle.store.database import Connection

_LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Signed:
    """How a report was issued, as typed: ``number`` alone or with the symbol ("45", "45/BC-UBND"), the day, who signed.

    Raises InputError where no person's name is given.
    """

    number: str
    on: date
    signer: str

    def __post_init__(self) -> None:
        name = " ".join(nfc(self.signer).split())
        if not name or len(name) > LONGEST_NAME:
            raise InputError("who signed", field="--signer", found=name, vi="Đề nghị ghi rõ họ tên người ký.")
        object.__setattr__(self, "signer", name)

    def plain_number(self, symbol: str) -> str:
        """The number without the symbol and leading zeros. Raises InputError where it is none, or another's symbol."""
        number, _, own = (part.strip() for part in nfc(self.number).partition("/"))
        number = number.lstrip("0")
        if (
            not (number.isascii() and number.isdigit())
            or len(number) > _LONGEST_NUMBER
            or own.upper() not in ("", symbol)
        ):
            vi = f"Đề nghị ghi số của báo cáo, ví dụ 45 hoặc 45/{symbol}."
            raise InputError(f"a number such as 45 or 45/{symbol}", field="--number", found=self.number, vi=vi)
        return number


def issue_report(
    office: Office,
    unit_id: str,
    period: str,
    signed: Signed,
    decider: Decider,
    now: datetime,
    *,
    version: int | None = None,
    paper: Paper | None = None,
    seen: int | None = None,
    profile: str | None = None,
) -> bool:
    """Record number, day and signer of a version, the newest unless told; False where that is recorded already.

    The signed ``paper`` is kept with it, where there is one; ``seen`` says which text of the version was looked at.

    Raises InputError where there is no such version, it or a later one was issued, it has another text meanwhile, the
    number is none or another report's, or the day is after today; BadDocument where the gate has something against the
    paper. Nothing is recorded then.
    """
    if signed.on > now.date():
        vi = "Ngày ban hành sau ngày hôm nay."
        raise InputError(f"a day up to {now.date().isoformat()}", field="--date", found=signed.on, vi=vi)
    with office.store.read() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        chosen = named_version(way, version)
        standing = releases.issues(connection).get(chosen.id)
    let_in = judged(office, paper) if paper else None
    new = _with_paper(office, _issue_of(office, way, chosen, signed, decider, now), let_in)
    if standing is not None and _says_the_same(standing, new):
        return False
    with office.store.write() as connection:
        _check(connection, named_way(office, connection, unit_id, period, profile), chosen, new)
        require_as_seen(connection, chosen, seen)
        if releases.issue(connection, new) is None:
            raise _already(chosen)
        details = {"number": new.number, "issued_on": new.issued_on.isoformat(), "signer": new.signer}
        if new.paper_name:
            details["file"] = new.paper_name
        append(connection, act_on(ActKind.ISSUE_REPORT, way, chosen, decider, now, details))
    return True


def undo_issue(
    office: Office,
    unit_id: str,
    period: str,
    decider: Decider,
    now: datetime,
    *,
    version: int | None = None,
    profile: str | None = None,
) -> bool:
    """Take back that a version was issued, the last one that was unless told; False where none was.

    Raises InputError where there is no report, no reason is given, or an addendum that cites it was issued.
    """
    why = decider.why
    with office.store.write() as connection:
        way = named_way(office, connection, unit_id, period, profile)
        done = releases.issued_versions(connection, way.key)
        if version is not None:
            chosen = named_version(way, version)
            if chosen.id not in {one.report_id for one in done}:
                return False
            if done[-1].report_id != chosen.id:
                vi = "Đã ban hành báo cáo bổ sung dẫn chiếu bản này; đề nghị rút ghi nhận của báo cáo bổ sung trước."
                raise InputError("the last version that was issued", field="version", found=version, vi=vi)
        if not done or not releases.undo_issue(connection, done[-1].id, at=now, by=decider.by, reason=why):
            return False
        gone = next(one for one in way.versions if one.id == done[-1].report_id)
        append(connection, act_on(ActKind.UNDO_ISSUE, way, gone, decider, now, {"number": done[-1].number}))
    return True


def _check(connection: Connection, way: Way, chosen: Version, new: Issue) -> None:
    """Raise InputError where the version or a later one was issued, or the number is another report's of the year."""
    if any(one.issued and one.number >= chosen.number for one in way.versions):
        raise _already(chosen)
    done = releases.issues(connection)
    for other in releases.ways(connection):
        numbers = {done[one.id].number for one in other.versions if one.issued and _same_year(done[one.id], new)}
        if other.unit_id == way.unit_id and new.number in numbers:
            vi = f"Số {new.number} năm {new.issued_on.year} đã ghi cho báo cáo khác; đề nghị kiểm tra lại."
            raise InputError(f"a number that is not that of {other.period}", field="--number", found=new.number, vi=vi)


def _says_the_same(standing: Issue, new: Issue) -> bool:
    """Whether nothing is new: a paper that is not brought again stays where it is."""
    brought = (new.paper_blob or standing.paper_blob, new.number, new.issued_on, new.signer)
    return brought == (standing.paper_blob, standing.number, standing.issued_on, standing.signer)


def _with_paper(office: Office, new: Issue, paper: JudgedPaper | None) -> Issue:
    """The issue with its signed paper, whose bytes are kept from here on."""
    if paper is None:
        return new
    blob, findings = office.store.blobs.put(paper.data), (*paper.warnings, *otherwise_said(office, paper, new))
    return replace(new, paper_blob=blob, paper_name=paper.name, paper_findings=findings)


def _same_year(one: Issue, other: Issue) -> bool:
    return one.issued_on.year == other.issued_on.year


def _already(chosen: Version) -> InputError:
    vi = "Bản này hoặc bản lập sau đã ghi nhận ban hành; khi ghi nhầm, đề nghị rút ghi nhận trước."
    return InputError("a version that was not issued", field="REPORT", found=f"version {chosen.number}", vi=vi)


def _issue_of(office: Office, way: Way, chosen: Version, signed: Signed, decider: Decider, now: datetime) -> Issue:
    """The issue with the Word file that bears it: the corrected one where one was given back, else the draft."""
    with office.store.read() as connection:
        stored, corrected = reports.get(connection, chosen.id), corrections.standing(connection, chosen.id)
        desk = open_desk(office, connection, chosen.compiled_at)
    if stored is None or way.unit_id not in desk.tree:
        raise InputError("a report of a unit", field="REPORT", found=way.unit_id, vi="Không có đơn vị này.")
    unit = desk.tree[way.unit_id]
    head = letterhead(desk.tree, unit, "BC", Period.parse(way.period).year)
    issued = replace(head, number=signed.plain_number(head.symbol), issued_on=signed.on)
    text = office.store.blobs.get(corrected.blob if corrected else stored.word_blob)
    word, findings = _written(office, text, unit, (head, issued), signed, chosen)
    if corrected and (told := differing(corrected)):
        findings.append(told)
    blob = office.store.blobs.put(word)
    return Issue(
        chosen.id, issued.number, signed.on, signed.signer, blob, now, decider.by, findings=tuple(findings)
    )  # fmt: skip


def _written(
    office: Office, word: bytes, unit: Unit, heads: tuple[Letterhead, Letterhead], signed: Signed, chosen: Version
) -> tuple[bytes, list[str]]:
    """The Word file with number, day and signer, and what is odd about it."""
    open_head, head = heads
    line = office.rules.signature_lines(unit, chosen.compiled_at.date())[-1]
    places = {
        open_head.number_line: head.number_line,
        open_head.date_line: head.date_line,
        open_head.citation: head.citation,
    }
    try:
        filled = fill_in_issue(word, places, line, signed.signer)
    except ValueError as error:
        vi = "Không ghi được số, ngày vào tệp Word; đề nghị lưu lại tệp bằng phần mềm soạn thảo và nộp lại."
        raise InputError("a Word file of at most 64 MB", field="REPORT", found=str(error), vi=vi) from error
    findings = list(_not_written(office, word, set(filled.missing), (*heads, line), signed))
    if signed.on < chosen.compiled_at.date():
        findings.append("Ngày ban hành trước ngày lập bản này.")
    return filled.data, findings


def _not_written(
    office: Office, word: bytes, missing: set[str], of: tuple[Letterhead, Letterhead, str], signed: Signed
) -> Iterator[str]:
    """Where number, day and signer could not be written: a corrected file may bear them, or others, already."""
    open_head, head, line = of
    if open_head.number_line in missing or open_head.date_line in missing:
        heading = office.bounded(read_heading, word)
        number, day = (heading.reference or "").partition("/")[0].lstrip("0"), heading.issued_on
        if open_head.number_line in missing and number != head.number:
            told = f"Tệp Word ghi số {number}, khác số {head.number} đã ghi nhận." if number else ""
            yield told or "Chưa tìm được chỗ ghi số, ký hiệu trong tệp Word."
        if open_head.date_line in missing and day != signed.on:
            told = f"Tệp Word ghi ngày {short_date(day)}, khác ngày {short_date(signed.on)} đã ghi nhận." if day else ""
            yield told or "Chưa tìm được chỗ ghi ngày ban hành trong tệp Word."
    if line in missing:
        yield "Chưa tìm được chỗ ghi họ tên người ký trong tệp Word."

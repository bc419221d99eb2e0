"""What comes after a report was issued: an addendum with its own number, never another text of the issued report.

UBND huyện Bắc Bình issued its Báo cáo số 45/BC-UBND on 20/6; xã Hòa Thắng's report comes on 22/6. Báo cáo bổ sung số 1
says which figures have changed, from what to what, and by whose paper; it is a draft until it is issued in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from plan_lifecycle.documents.drafts import ChangeRow, ConsolidatedReport, OutlineSection, SectionTables
from plan_lifecycle.domain.correction import FigureChange
from plan_lifecycle.domain.profile import label
from plan_lifecycle.domain.release import Issue, ReportKey
from plan_lifecycle.domain.report import Difference, Subject
from plan_lifecycle.domain.writing import first_down, short_date
from plan_lifecycle.store import corrections as correction_rows
from plan_lifecycle.store import releases as release_rows
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.reports import StoredReport

_FIGURES = (Subject.FIGURE, Subject.BASE)
_NOTHING = "Không còn nội dung khác với báo cáo đã ban hành."
_AS_COMPILED = (
    "Số đã báo cáo, so sánh trong báo cáo này là số tổng hợp từ báo cáo của các cơ quan, đơn vị; báo cáo đã ban "
    "hành ghi khác tại các nội dung sau:"
)


@dataclass(frozen=True, slots=True)
class Addendum:
    """An addendum that is to be made or was: its ``number``, from 1, and what was ``issued`` before it, as ``base``.

    ``corrected`` are the figures that the issued text says otherwise than they were compiled: it had been corrected.
    """

    number: int
    issued: Issue
    base: StoredReport
    corrected: tuple[FigureChange, ...] = ()


def addendum_of(connection: Connection, key: ReportKey) -> Addendum | None:
    """The addendum that a change makes now; None while no version of the report was issued."""
    issued = release_rows.issued_versions(connection, key)
    base = report_rows.get(connection, issued[-1].report_id) if issued else None
    if base is None:
        return None
    correction = correction_rows.standing(connection, base.id)
    return Addendum(len(issued), issued[-1], base, correction.figures if correction else ())


def as_addendum(report: ConsolidatedReport, addendum: Addendum, changes: Sequence[Difference]) -> ConsolidatedReport:
    """The same report as an addendum: what has changed takes the place of the outline; the forms stay whole."""
    issued = replace(report.head, number=addendum.issued.number, issued_on=addendum.issued.issued_on)
    cited = f"{issued.number_line.removeprefix('Số: ')} ngày {short_date(addendum.issued.issued_on)}"
    about = first_down(report.abstract)
    return replace(
        report,
        abstract=f"Bổ sung số {addendum.number} {about}",
        opening=(
            f"Sau khi ban hành Báo cáo số {cited} về {about}, {report.unit_name} đã tiếp nhận thêm hoặc điều chỉnh báo "
            f"cáo của các cơ quan, đơn vị; báo cáo bổ sung như sau:"
        ),
        sections=tuple(_sections(changes, addendum.corrected)),
        more="",
        closing=f"Các nội dung khác giữ nguyên theo Báo cáo số {cited}. {report.closing}",
    )


def _sections(changes: Sequence[Difference], corrected: Sequence[FigureChange]) -> list[OutlineSection]:
    if not changes and not corrected:
        return [OutlineSection(label(0, 0), "NỘI DUNG BỔ SUNG", 0, (_NOTHING,))]
    rows = tuple(
        ChangeRow(str(number), one.what, one.before, one.after, one.difference, one.source)
        for number, one in zip(count(1), (one for one in changes if one.subject in _FIGURES), strict=False)
    )
    papers = tuple(_line(one) for one in changes if one.subject is Subject.PAPER)
    words = tuple(_line(one) for one in changes if one.subject is Subject.TEXT)
    otherwise = (_AS_COMPILED, *map(_otherwise, corrected))
    parts = (
        ("SỐ LIỆU THAY ĐỔI", (), SectionTables(changes=rows)) if rows else None,
        ("SỐ LIỆU BÁO CÁO ĐÃ BAN HÀNH GHI KHÁC", otherwise, SectionTables()) if corrected else None,
        ("VĂN BẢN CỦA CƠ QUAN, ĐƠN VỊ", papers, SectionTables()) if papers else None,
        ("LỜI VĂN THAY ĐỔI", words, SectionTables()) if words else None,
    )
    found = [part for part in parts if part]
    return [
        OutlineSection(label(0, place), heading, 0, lines, tables)
        for place, (heading, lines, tables) in enumerate(found)
    ]


def _otherwise(one: FigureChange) -> str:
    """A figure that the issued text says otherwise than it was compiled."""
    theirs = f"ghi {one.theirs}" if one.theirs else "không nêu"
    return f"- {one.place}: báo cáo đã ban hành {theirs}; số tổng hợp {one.ours or 'không có'}."


def _line(one: Difference) -> str:
    by = f" ({one.source})" if one.source else ""
    return f"- {one.what}{by}. Trước: {one.before}. Nay: {one.after}."

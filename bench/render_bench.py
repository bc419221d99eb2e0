"""Filling Word templates: one commune's draft, the drafts of a whole country, one very long table."""

from __future__ import annotations

import io
import statistics
from dataclasses import replace
from pathlib import Path

from docxtpl import DocxTemplate

from bench import Figure, alternate, docxtemplater, seconds
from plan_lifecycle.documents.drafts import (
    ActivityRow,
    DutyRow,
    Letterhead,
    PlanReference,
    SignatureBlock,
    SubPlanDraft,
    variables_of,
)
from plan_lifecycle.documents.render import TEMPLATES, render_sub_plan

COMMUNES = 3321
_TEMPLATE = TEMPLATES / "sub-plan.docx"
_PAGE_SIZE = 4096


def measure() -> list[Figure]:
    """Drafts of different communes throughout, so that nothing is filled twice."""
    drafts = [draft(number, 25) for number in range(40)]
    return [
        _one_draft(drafts),
        *_against_docxtemplater(drafts),
        _memory_over_a_country(),
        _long_table(),
    ]


def draft(number: int, rows: int) -> SubPlanDraft:
    """The sub-plan of one commune."""
    name = f"xã Bình An {number}"
    return SubPlanDraft(
        head=Letterhead(("ỦY BAN NHÂN DÂN", name.upper()), "KH-UBND", f"Bình An {number}", 2023),
        unit_name=f"UBND {name}",
        abstract=f"Thông tin, tuyên truyền cải cách hành chính năm 2023 trên địa bàn {name}",
        parent=PlanReference(
            "36/KH-UBND", "05/01/2023", "UBND tỉnh Bình Thuận", "Thông tin, tuyên truyền CCHC năm 2023"
        ),
        activities=tuple(_activity(name, row) for row in range(1, rows + 1)),
        targets=("Phát thanh ít nhất 02 lượt/tuần",),
        duties=(DutyRow(f"UBND {name}", "Báo cáo 6 tháng đầu năm", "trước ngày 17/6/2023", "UBND huyện Bắc Bình"),),
        focal_point="công chức Văn phòng - Thống kê",
        recipients=("UBND huyện Bắc Bình", "Lưu: VT"),
        signature=SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    )


def _activity(name: str, row: int) -> ActivityRow:
    return ActivityRow(
        ordinal=str(row),
        content=f"Phát thanh nội dung {row} về cải cách hành chính trên hệ thống truyền thanh của {name}",
        lead=f"UBND {name}",
        support="Công chức Văn hóa - Xã hội; các thôn & đoàn thể",
        deadline=f"Trước ngày {row % 28 + 1:02}/4/2023",
        product="Lượt phát thanh; tin, bài",
    )


def _one_draft(drafts: list[SubPlanDraft]) -> Figure:
    _same_text(drafts[0])
    few = drafts[:10]
    ours, theirs, ratio = alternate(
        lambda: [render_sub_plan(one) for one in few], lambda: [_by_docxtpl(one) for one in few], rounds=7
    )
    return Figure("render_sub_plan", ours * 100, theirs * 100, ratio, 60, 70, "ms a draft of 25 rows; peer docxtpl")


def _against_docxtemplater(drafts: list[SubPlanDraft]) -> list[Figure]:
    if not docxtemplater.installed():
        return []
    peer = docxtemplater.Peer(_TEMPLATE, drafts)
    times = [(seconds(lambda: [render_sub_plan(one) for one in drafts]) * 25, peer.milliseconds()) for _ in range(5)]
    assert drafts[-1].activities[-1].content in _text(peer.out.read_bytes())
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(theirs / ours for ours, theirs in times)
    return [Figure("render_sub_plan_node", ours, theirs, ratio, 15, 200, "ms a draft of 25 rows; peer docxtemplater")]


def _memory_over_a_country() -> Figure:
    """Resident memory after the first hundred drafts and after all; the ratio is 20 MB over what was added."""
    for number in range(100):
        render_sub_plan(draft(number, 25))
    before, highest = _resident_mb(), 0.0
    for number in range(COMMUNES):
        render_sub_plan(draft(number, 25))
        if number % 100 == 0:
            highest = max(highest, _resident_mb())
    added = max(highest, _resident_mb()) - before
    return Figure("render_country_memory", added, 20.0, 20.0 / max(added, 0.1), 1, COMMUNES, "MB added; allowed 20")


def _long_table() -> Figure:
    long = draft(1, COMMUNES)
    ours, theirs, ratio = alternate(lambda: render_sub_plan(long), lambda: _by_docxtpl(long), rounds=3)
    return Figure(
        "render_long_table", ours * 1000, theirs * 1000, ratio, 8, 3, "ms a table of 3,321 rows; peer docxtpl"
    )


def _by_docxtpl(one: SubPlanDraft) -> bytes:
    word = DocxTemplate(_TEMPLATE)
    word.render(variables_of(one), autoescape=True)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _same_text(one: SubPlanDraft) -> None:
    """Nothing is measured that is not right."""
    signs = replace(one, targets=("a & b <c>\nd",))
    assert _text(render_sub_plan(signs)) == _text(_by_docxtpl(signs))


def _text(content: bytes) -> str:
    from docx import Document

    word = Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_SIZE / 1e6

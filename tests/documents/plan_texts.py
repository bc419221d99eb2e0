"""Builds Word files for tests: from the real plan texts of the samples, and by hand, paragraph by paragraph."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell

from plan_lifecycle.documents.read import read_plan

_BLANK = re.compile(r"^\s*$")
Rows = list[list[str]]
TASKS = [
    ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"],
    ["1", "Treo băng rôn", "UBND xã Bình An", "Phòng Nội vụ", "Trước ngày 01/5/2023"],
]


@dataclass
class Plan:
    """A plan in the making: the head as of the imagined commune's district, then whatever a test adds."""

    document: WordDocument = field(default_factory=Document)

    def head(
        self,
        agency: Sequence[str] = ("ỦY BAN NHÂN DÂN", "HUYỆN BẮC BÌNH"),
        number: str = "Số: 15/KH-UBND",
        date: str = "Bắc Bình, ngày 10 tháng 02 năm 2023",
        type_: str = "KẾ HOẠCH",
        abstract: str = "Thông tin, tuyên truyền cải cách hành chính năm 2023",
    ) -> Plan:
        state = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        self.table([["\n".join(agency), state], [number, date]])
        return self.title(type_).title(abstract)

    def title(self, text: str) -> Plan:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
        return self

    def text(self, *lines: str) -> Plan:
        for line in lines:
            self.document.add_paragraph(line)
        return self

    def table(self, rows: Rows) -> Plan:
        """Add a table. A cell "<" goes on from the left, "^" from above."""
        fill(self.document.add_table(len(rows), max(map(len, rows))), rows)
        return self

    def duty(self) -> Plan:
        """Add the part that asks for something: a plan of which nothing is asked raises a question of its own."""
        return self.text("IX. TỔ CHỨC THỰC HIỆN", "1. UBND các xã, thị trấn ban hành kế hoạch trước ngày 01/3/2023.")

    def end(self) -> Plan:
        self.table([["Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An"]])
        return self

    @property
    def data(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def fill(table: object, rows: Rows) -> None:
    """Write cells straight into the table's XML: python-docx's own ``.cell()`` is quadratic."""
    for element, cells in zip(table._tbl.tr_lst, rows, strict=True):  # type: ignore[attr-defined]
        places = list(element.tc_lst)
        kept = None
        for place, text in zip(places, [*cells, *[""] * (len(places) - len(cells))], strict=True):
            if text == "<" and kept is not None:
                kept.tcPr.gridSpan.set(qn("w:val"), str(int(kept.tcPr.gridSpan.get(qn("w:val"))) + 1)) if (
                    kept.tcPr is not None and kept.tcPr.gridSpan is not None
                ) else _property(kept, "w:gridSpan", "2")
                element.remove(place)
                continue
            kept = place
            if text == "^":
                _property(place, "w:vMerge", None)
            elif text:
                lines = text.split("\n")
                cell = _Cell(place, table)  # type: ignore[arg-type]
                cell.paragraphs[0].add_run(lines[0])
                for line in lines[1:]:
                    cell.add_paragraph(line)
    _restart_merges(table)


def _property(cell: object, name: str, value: str | None) -> None:
    element = OxmlElement(name)
    if value is not None:
        element.set(qn("w:val"), value)
    properties = cell.get_or_add_tcPr()  # type: ignore[attr-defined]
    properties.append(element)


def _restart_merges(table: object) -> None:
    """Word writes ``restart`` on the first cell of a vertical merge."""
    rows = [list(row.tc_lst) for row in table._tbl.tr_lst]  # type: ignore[attr-defined]
    for above, below in itertools.pairwise(rows):
        starts = {_place(above, cell): cell for cell in above}
        for cell in below:
            first = starts.get(_place(below, cell))
            if _merged(cell) and first is not None and not _merged(first):
                _property(first, "w:vMerge", "restart")


def _merged(cell: object) -> bool:
    properties = cell.tcPr  # type: ignore[attr-defined]
    return properties is not None and properties.find(qn("w:vMerge")) is not None


def _place(row: list[object], cell: object) -> int:
    return sum(int(c.grid_span) for c in row[: row.index(cell)])  # type: ignore[attr-defined]


def from_text(path: Path, *, spread: bool = True, broken_lines: bool = False) -> bytes:
    """A Word file of one of the sample texts.

    ``spread``: the last cell of a short row spans the rest of the width, else empty cells follow it. ``broken_lines``:
    the texts' line ends inside task tables are paragraphs, as some converters leave them.
    """
    plan = Plan()
    for block in _blocks(path.read_text(encoding="utf-8").splitlines()):
        if isinstance(block, str):
            _paragraph(plan.document, block)
        else:
            plan.table(_widened(block, spread, broken_lines))
    return plan.data


def _paragraph(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph()
    bold = False
    for piece in re.split(r"(\*\*|\*)", text):
        if piece == "**":
            bold = not bold
        elif piece and piece != "*":
            paragraph.add_run(piece).bold = bold or None


def _widened(rows: Rows, spread: bool, broken_lines: bool) -> Rows:
    width = max(map(len, rows))
    made = []
    for row in rows:
        cells = [cell.replace("*", "").strip() for cell in row]
        if width > 2 and not broken_lines:
            cells = [" ".join(cell.split()) for cell in cells]
        made.append(cells + (["<"] if spread and width > 2 else [""]) * (width - len(cells)))
    return made


def _blocks(lines: list[str]) -> list[str | Rows]:
    made: list[str | Rows] = []
    buffer: list[str] = []
    rows: Rows | None = None
    row: list[str] | None = None

    def flush() -> None:
        text = " ".join(line.strip() for line in buffer).strip()
        buffer.clear()
        if text.strip("* "):
            made.append(text)

    for index, line in enumerate(lines):
        if line.strip() == "|":
            if row is None:  # a row begins
                if rows is None:
                    flush()
                    rows = []
                row = []
                buffer.clear()
                continue
            row.append("\n".join(part.strip() for part in buffer).strip())
            buffer.clear()
            following = lines[index + 1].strip() if index + 1 < len(lines) else ""
            if following in ("|", "") and rows is not None:
                rows.append(row)
                row = None
                if following != "|":
                    made.append(rows)
                    rows = None
        elif row is None and _BLANK.match(line):
            flush()
        else:
            buffer.append(line)
    flush()
    if rows:
        made.append(rows)
    return made


def open_fields(data: bytes) -> set[str]:
    """What a plan leaves open, by field."""
    return {point.field for point in read_plan(data).open_points}

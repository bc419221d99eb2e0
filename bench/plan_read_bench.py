"""Reading a plan of many rows from Word: ours against python-docx, which only gives the texts.

Two files in turn: what was parsed last is kept for the next reader of the same file, which would measure nothing.
"""

from __future__ import annotations

import io
from itertools import cycle

from docx import Document
from tests.documents.plan_texts import Plan

from bench import Figure, alternate
from plan_lifecycle.documents.read import read_blocks, read_plan

_HEADINGS = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"]
_ROW = [
    "Treo băng rôn, áp phích tuyên truyền",
    "UBND các xã, thị trấn",
    "Phòng Nội vụ",
    "Trước ngày 01/5/2023",
    "Băng rôn",
]


def measure() -> list[Figure]:
    """Milliseconds for a plan of 100 rows; the peer's rows are read cell by cell."""
    rows = [_HEADINGS, *([str(number), *_ROW] for number in range(1, 101))]
    files = [
        Plan().head().text("I. MỤC ĐÍCH", *[purpose] * 60).table(rows).end().data
        for purpose in ("Nâng cao nhận thức.", "Nâng cao trách nhiệm.")
    ]
    assert [len(read_plan(data).activities) for data in files] == [100, 100]
    mine, others = cycle(files), cycle(files)

    def peer() -> int:
        document = Document(io.BytesIO(next(others)))
        size = sum(len(paragraph.text) for paragraph in document.paragraphs)
        return size + sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)

    texts, theirs, ratio = alternate(lambda: read_blocks(next(mine)), peer)
    whole, _, of_whole = alternate(lambda: read_plan(next(mine)), peer)
    return [
        Figure("plan texts from Word", texts * 1000, theirs * 1000, ratio, 2.0, 100, "ms, against python-docx"),
        Figure("plan read whole", whole * 1000, theirs * 1000, of_whole, None, 100, "ms; the peer understands nothing"),
    ]

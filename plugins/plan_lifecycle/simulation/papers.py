"""The papers that simulated units hand in: the draft signed and numbered, or something else by mistake."""

from __future__ import annotations

import hashlib
import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache

from plan_lifecycle.documents.drafts import Letterhead

_DOCUMENT = "word/document.xml"
_TAG = re.compile(r"<[^<>]*>")
_OPEN_NUMBER = re.compile(r"Số:\s+/")
_NUMBER, _AGENCY = "SO-GIAY-MOI", "CO-QUAN-MOI"
_BLANK = re.compile(f"{_NUMBER}|{_AGENCY}")
_OPEN_DATE = re.compile(r"([^<>]*), ngày\s+tháng\s+năm (\d{4})")


def signed_paper(draft: bytes, unit_id: str, day: date) -> bytes:
    """The draft as the registry and the leader leave it: number, day and a name filled in."""
    number = hashlib.sha256(unit_id.encode()).digest()[0] % 90 + 5

    def dated(match: re.Match[str]) -> str:
        return Letterhead((), "", match[1], day.year, issued_on=day).date_line

    def fill(text: str) -> str:
        text = _OPEN_NUMBER.sub(f"Số: {number:02}/", text, count=1)
        return _OPEN_DATE.sub(dated, text, count=1)

    return _rewritten(draft, fill)


def text_of(package: bytes) -> str:
    """The words of a Word file, as they stand in it."""
    return "".join(lines_of(package))


def lines_of(package: bytes) -> list[str]:
    """The words of each paragraph of a Word file."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        paragraphs = source.read(_DOCUMENT).decode("utf-8").split("</w:p>")
    return [html.unescape(_TAG.sub("", paragraph)) for paragraph in paragraphs]


def wrong_paper(agency: str, unit_id: str) -> bytes:
    """An invitation, sent by mistake where a plan was owed; its number tells it from that of a namesake."""
    number = int.from_bytes(hashlib.sha256(unit_id.encode()).digest()[:4]) % 90_000 + 10_000
    inviting = {_NUMBER: str(number), _AGENCY: html.escape(agency, quote=False)}
    return _rewritten(_invitation(), lambda text: _BLANK.sub(lambda blank: inviting[blank[0]], text))


@cache
def _invitation() -> bytes:
    """The invitation of nobody yet: python-docx takes ten times as long to write one as to fill one in."""
    from docx import Document

    document = Document()
    for line in (
        f"Số: {_NUMBER}/GM",
        "GIẤY MỜI",
        f"{_AGENCY} trân trọng kính mời",
        "Dự hội nghị giao ban công tác tháng 02.",
    ):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_table(package: bytes, rows: Sequence[Mapping[str, str]]) -> bytes:
    """A Word file with a table of these rows behind what stands in it; the same without rows."""
    from docx import Document

    if not rows:
        return package
    document = Document(io.BytesIO(package))
    table = document.add_table(rows=1 + len(rows), cols=len(rows[0]))
    for line, cells in zip(table.rows, [dict.fromkeys(rows[0]), *rows], strict=True):
        for cell, (head, text) in zip(line.cells, cells.items(), strict=True):
            cell.text = head if text is None else text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _rewritten(package: bytes, change: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == _DOCUMENT:
                data = change(data.decode("utf-8")).encode("utf-8")
            target.writestr(member, data)
    return stream.getvalue()

"""The workbook of a version that was issued: as it was written, without the word that it is a draft."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from plan_lifecycle.documents.markup import parse_xml

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TOTALS = "xl/worksheets/sheet1.xml"
_DRAFT_CELL = "B3"
"""Where ``write_totals`` says that the workbook is a draft; nothing else ever stands there."""


def without_draft_mark(workbook: bytes) -> bytes:
    """A workbook of ``write_consolidated_excel`` without its mark of a draft; every other member as it was.

    Members are copied one by one: a country's workbook unpacks to far more than is held at once.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(entry, _emptied(data) if entry.filename == _TOTALS else data)
    return made.getvalue()


def _emptied(sheet: bytes) -> bytes:
    tree = parse_xml(sheet)
    cell = next((cell for cell in tree.iter(f"{_S}c") if cell.get("r") == _DRAFT_CELL), None)
    for piece in cell.iter(f"{_S}t") if cell is not None else ():
        piece.text = ""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))

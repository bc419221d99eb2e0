"""A few files that the gate is asked about, and its answer."""

from __future__ import annotations

from tests.documents import hostile
from tests.documents.hostile import word

from plan_lifecycle.documents.gate import Purpose, Verdict, inspect

MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_EXCEL = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def judge(data: bytes, name: str = "Kế hoạch xã Bình An.docx", purpose: Purpose = Purpose.EVIDENCE) -> Verdict:
    return inspect(data, name=name, purpose=purpose)


WORKBOOK = hostile.workbook('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
MACROS = {
    "a macro document by its name": word(main_type=MACRO_WORD),
    "a project in a plain document": word(extra=[("word/vbaProject.bin", hostile.compound("VBA"))]),
    "a project under another name": word(extra=[("word/media/image1.png", hostile.compound("_VBA_PROJECT"))]),
    "a project by relationship": word(links=[("vbaProject", "x.bin", False)]),
    "a macro workbook": hostile.workbook("<sheetData/>", main=MACRO_EXCEL),
    "a macro document inside": word(extra=[("word/embeddings/a.docx", word(main_type=MACRO_WORD))]),
}


def field(*parts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'

"""A mark of secrecy in its place stops a file; words about secrecy do not."""

from __future__ import annotations

import pytest
from tests.documents import hostile
from tests.documents.hostile import paragraph, word

from plan_lifecycle.documents.gate import Purpose, Verdict, inspect
from plan_lifecycle.documents.gate._secrecy import secrecy_mark

MARKS = {
    "MẬT": "MẬT",
    "TỐI MẬT": "TỐI MẬT",
    "TUYỆT MẬT": "TUYỆT MẬT",
    "  tuyệt".upper() + "  MẬT ": "TUYỆT MẬT",
    "- MẬT -": "MẬT",
    "[TỐI MẬT]": "TỐI MẬT",
    "M Ậ T": "MẬT",
    "MA\u0302\u0323T": "MẬT",
    "Độ mật: Tối mật": "TỐI MẬT",
    "ĐỘ MẬT: MẬT": "MẬT",
    "HỎA TỐC - MẬT": "MẬT",
    "MẬT / KHẨN": "MẬT",
    "Số: 12/KH-UBND          MẬT": "MẬT",
    "TèI MËT": "TỐI MẬT",
    "TUYEÄT MAÄT": "TUYỆT MẬT",
}
NOT_MARKS = [
    "", "Mật", "mật", "Bảo vệ bí mật nhà nước", "BÍ MẬT", "BẢO MẬT", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "mật khẩu", "MẬT KHẨU",
    "MẬT ONG", "KHÔNG MẬT", "Tài liệu mật", "MẶT", "MAT", "KHẨN", "Độ mật:", "Danh mục bí mật nhà nước độ Tối mật",
]  # fmt: skip


def judge(data: bytes, purpose: Purpose = Purpose.EVIDENCE) -> Verdict:
    return inspect(data, name="Kế hoạch.docx", purpose=purpose)


@pytest.mark.parametrize(("line", "mark"), MARKS.items())
def test_a_line_that_is_a_mark(line: str, mark: str) -> None:
    assert secrecy_mark(line) == mark


@pytest.mark.parametrize("line", NOT_MARKS)
def test_a_line_that_is_not_a_mark(line: str) -> None:
    assert secrecy_mark(line) == ""


HEAD = "".join(map(paragraph, ("UBND HUYỆN BẮC BÌNH", "UBND XÃ BÌNH AN", "Số: 12/KH-UBND")))
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MARKED = {
    "a paragraph": word(HEAD + paragraph("MẬT")),
    "a cell": word(f"<w:tbl><w:tr><w:tc>{HEAD}</w:tc><w:tc>{paragraph('TỐI MẬT')}</w:tc></w:tr></w:tbl>"),
    "a text box": word(
        HEAD + f"<w:p><w:r>1<w:pict><w:txbxContent>{paragraph('MẬT')}</w:txbxContent></w:pict></w:r></w:p>"
    ),
    "a line of a paragraph": word(
        "<w:p><w:r><w:t>Số: 12</w:t><w:br/><w:t>TUYỆT </w:t></w:r><w:r><w:t>MẬT</w:t></w:r></w:p>"
    ),
    "after a tab": word("<w:p><w:r><w:t>MẬT</w:t><w:tab/><w:t>Bình An, ngày 02/01/2026</w:t></w:r></w:p>"),
    "small letters shown as capitals": word(
        '<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Tối mật</w:t></w:r></w:p>'
    ),
    "the page header": word(HEAD, header=paragraph("MẬT")),
    "a watermark": word(HEAD, header=f'<w:p><w:r><w:pict {VML}><v:textpath string="MẬT"/></w:pict></w:r></w:p>'),
    "a drawn shape": word(HEAD + f'<w:p><w:r><a:p xmlns:a="{A}"><a:r><a:t>MẬT</a:t></a:r></a:p></w:r></w:p>'),
    "a strict document": word(HEAD + paragraph("MẬT"), namespace=hostile.STRICT_W),
    "an embedded document": word(HEAD, extra=[("word/embeddings/a.docx", word(HEAD + paragraph("MẬT")))]),
    "beside macros": word(HEAD + paragraph("MẬT"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a workbook": hostile.workbook(
        '<sheetData><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData>', texts=["Số liệu", "TỐI MẬT"]
    ),
    "a workbook's own text": hostile.workbook(
        '<sheetData><row r="2"><c r="A2" t="inlineStr"><is><t>MẬT</t></is></c></row></sheetData>'
    ),
    "a workbook's header": hostile.workbook(
        "<sheetData/><headerFooter>"
        '<oddHeader>&amp;L&amp;"Arial,Bold"&amp;12MẬT&amp;RTrang &amp;P</oddHeader></headerFooter>'
    ),
    "a document of 1997": hostile.compound(
        "WordDocument", payload="UBND XÃ BÌNH AN\rSố: 12/KH-UBND\rTỐI MẬT\x07Bình An\r".encode("utf-16-le")
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", MARKED)
@pytest.mark.parametrize("purpose", Purpose)
def test_it_stops_a_file_with_a_mark(place: str, purpose: Purpose) -> None:
    verdict = judge(MARKED[place], purpose)
    assert (verdict.accepted, verdict.secret, verdict.code) == (False, True, "secret")
    assert "không được lưu giữ" in verdict.reason


BODY = "".join(paragraph(f"Điều {n}. Giữ bí mật nhà nước.") for n in range(60))
UNMARKED = {
    "words about secrecy": word(HEAD + BODY),
    "a word far from the head": word(HEAD + BODY + paragraph("MẬT")),
    "a word on the second page": word(HEAD + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("MẬT")),
    "a word taken out": word(HEAD + "<w:p><w:del><w:r><w:delText>MẬT</w:delText></w:r></w:del></w:p>"),
    "a title on two lines": word(
        HEAD + "<w:p><w:r><w:t>KẾ HOẠCH BẢO VỆ BÍ</w:t><w:br/><w:t>MẬT</w:t></w:r></w:p>"
    ),
    "a list far down a workbook": hostile.workbook(
        '<sheetData><row r="40"><c r="A40" t="s"><v>0</v></c></row></sheetData>', texts=["MẬT"]
    ),
    "a header about a page": hostile.workbook(
        "<sheetData/><headerFooter><oddHeader>&amp;CTrang &amp;P</oddHeader></headerFooter>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", UNMARKED)
def test_it_lets_words_about_secrecy_pass(place: str) -> None:
    verdict = judge(UNMARKED[place])
    assert (verdict.accepted, verdict.secret) == (True, False)

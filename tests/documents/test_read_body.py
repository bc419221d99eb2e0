"""Word's own wrapping: tracked changes, content controls, text boxes, lists, Strict OOXML."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from plan_lifecycle.documents.read import Paragraph, Table, read_blocks, read_plan
from plan_lifecycle.documents.read._numbering import letter, roman

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
EXTRA = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def word(body: str, *, numbering: str | None = None, namespace: str = W) -> bytes:
    """A Word file around the XML of a body."""
    stream = io.BytesIO()
    Document().save(stream)
    made = io.BytesIO()
    document = f'<w:document xmlns:w="{namespace}" {EXTRA}><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = document.encode()
            elif name == "word/numbering.xml" and numbering:
                data = numbering.encode()
            target.writestr(name, data)
    return made.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, level: int, list_id: int = 1) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbers}</w:pPr>{run(text)}</w:p>"


def texts(body: str, **options: str) -> list[str]:
    return [block.full for block in read_blocks(word(body, **options)) if isinstance(block, Paragraph)]


BOX = f"<w:txbxContent><w:p>{run('Trong khung')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            f"<w:p>{run('Trước ')}<w:ins>{run('ngày 01/3')}</w:ins><w:del>{run('ngày 02/3')}</w:del></w:p>",
            ["Trước ngày 01/3"],
        ),
        (f"<w:p><w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run('mới')}</w:moveTo></w:p>", ["mới"]),
        (
            f"<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent>{run('36')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>",
            ["36"],
        ),
        (f"<w:p><w:hyperlink>{run('a')}</w:hyperlink><w:smartTag>{run('b')}</w:smartTag></w:p>", ["ab"]),
        (f"<w:p><w:fldSimple w:instr='DATE'>{run('05/01/2023')}</w:fldSimple></w:p>", ["05/01/2023"]),
        (
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>2</w:t><w:tab/><w:t>3</w:t><w:br/></w:r></w:p>",
            ["2\t3"],
        ),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>{run('hiện')}</w:p>", ["hiện"]),
        (f"<w:p>{run('Kế')}<w:r><w:noBreakHyphen/></w:r>{run('hoạch')}</w:p>", ["Kế-hoạch"]),
        (
            f"<w:p>{run('Số')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["Số", "Trong khung"],
        ),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Một ')}</w:p><w:p>{run('câu')}</w:p>", ["Một câu"]),
        ("<w:p><w:r><w:t>hoa\u0300</w:t></w:r></w:p>", ["hoà"]),
    ],
    ids=["change", "move", "control", "link", "field", "code", "hidden", "hyphen", "box", "mark", "accents"],
)
def test_it_reads_the_text_as_accepted_and_once(body: str, expected: list[str]) -> None:
    assert [" ".join(text.split(" ")) for text in texts(body)] == expected


def test_it_reads_strict_ooxml() -> None:
    assert texts(f"<w:p>{run('Kế hoạch')}</w:p>", namespace=STRICT) == ["Kế hoạch"]


def test_it_counts_lists_as_word_prints_them() -> None:
    body = item("a", 0) + item("b", 1) + item("c", 1) + item("d", 2) + item("e", 3) + item("f", 0) + item("g", 1)
    assert texts(body, numbering=NUMBERING) == ["I. a", "1. b", "2. c", "1.2.1 d", "a) e", "II. f", "1. g"]


def test_it_starts_a_list_anew_where_it_says_so_and_prints_bullets_as_dashes() -> None:
    body = item("a", 0) + item("b", 0, 2) + item("c", 0, 3) + item("d", 0, 3)
    assert texts(body, numbering=NUMBERING) == ["I. a", "- b", "V. c", "VI. d"]


def test_it_reads_the_numbers_that_word_prints_in_a_column_without_text() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    def plain(text: str) -> str:
        return f"<w:p>{run(text)}</w:p>"

    rows = row(*map(plain, ("STT", "Nội dung", "Chủ trì", "Thời gian")))
    rows += "".join(
        row(item("", 1), *map(plain, (text, "UBND xã", "Quý I"))) for text in ("Treo băng rôn", "Phát tờ rơi")
    )
    head = plain("KẾ HOẠCH") + plain("Cải cách hành chính năm 2023")
    plan = read_plan(word(f"{head}<w:tbl>{rows}</w:tbl>", numbering=NUMBERING))
    assert [activity.ordinal for activity in plan.activities] == ["1", "2"]


RING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Ring"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


@pytest.mark.parametrize(
    "body",
    [
        item("a", 99),
        item("a", 0, 7),
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='x'/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='99999999'/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        "<w:sdt/>",
        "<mc:AlternateContent/>",
        "<w:p><w:pPr><w:pStyle w:val='NoSuchStyle'/></w:pPr></w:p>",
    ],
)
def test_it_bears_what_no_word_would_write(body: str) -> None:
    read_blocks(word(body))
    read_blocks(word(body, numbering=RING))


def test_sections_come_out_of_word_lists_like_typed_ones() -> None:
    head = "".join(f"<w:p>{run(text)}</w:p>" for text in ("Số: 36/KH-UBND", "KẾ HOẠCH", "Cải cách hành chính năm 2023"))
    body = head + item("MỤC ĐÍCH", 0) + item("Nâng cao nhận thức", 1) + item("NHIỆM VỤ", 0)
    plan = read_plan(word(body, numbering=NUMBERING))
    assert [(section.ordinal, section.title) for section in plan.sections] == [("I", "MỤC ĐÍCH"), ("II", "NHIỆM VỤ")]
    assert plan.sections[0].sections[0].ordinal == "1"


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (0, "0")])
def test_it_writes_roman_numerals(number: int, text: str) -> None:
    assert roman(number) == text


@pytest.mark.parametrize(("number", "text"), [(1, "a"), (26, "z"), (27, "aa"), (52, "zz")])
def test_it_writes_letters_as_word_does(number: int, text: str) -> None:
    assert letter(number) == text


def test_it_makes_a_rectangle_of_merged_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"

    down, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    rows = (
        f"<w:tr>{cell('a', down)}{cell('b', wide)}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('c')}{cell('d')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('x')}</w:tr>"
        f"<w:tr>{cell('e')}</w:tr>"
    )
    (table,) = [block for block in read_blocks(word(f"<w:tbl>{rows}</w:tbl>")) if isinstance(block, Table)]
    assert [[one.text for one in row] for row in table.rows] == [["a", "b", "b"], ["a", "c", "d"], ["e", "", ""]]
    assert table.rows[0][0] is table.rows[1][0]


def test_it_finds_a_task_table_inside_a_frame() -> None:
    inner = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in row) + "</w:tr>"
        for row in (("STT", "Nội dung", "Chủ trì", "Thời gian"), ("1", "Treo băng rôn", "UBND xã", "Quý I"))
    )
    frame = f"<w:tbl><w:tr><w:tc><w:p/><w:tbl>{inner}</w:tbl><w:p/></w:tc></w:tr></w:tbl>"
    head = f"<w:p>{run('KẾ HOẠCH')}</w:p><w:p>{run('Năm 2023')}</w:p>"
    assert [activity.content for activity in read_plan(word(head + frame)).activities] == ["Treo băng rôn"]


def test_it_reads_the_decrees_own_word_files(samples: Path) -> None:
    for name in ("phu-luc-1.docx", "phu-luc-3.docx"):
        assert len(read_blocks((samples / "decree30" / name).read_bytes())) > 100

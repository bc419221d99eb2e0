"""The formatting in force, wherever it comes from: defaults, styles, theme, lists, direct formatting."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from tests.documents.looks import BOLD, NORMAL, PLAIN, defaults, first, layout, look, paragraph, run, style
from tests.documents.word_xml import drawn, package, section

from plan_lifecycle.documents.formatting import RunLook, Table, every_paragraph, read_layout
from plan_lifecycle.documents.package import BadDocument, open_package


def test_without_anything_said_it_is_what_word_takes() -> None:
    assert look(paragraph()) == RunLook(ascii="Times New Roman", other="Times New Roman", size=10)


@pytest.mark.parametrize(
    ("styles", "size"),
    [
        (defaults('<w:sz w:val="22"/>'), 11),
        (defaults('<w:sz w:val="22"/>') + style("Normal", '<w:sz w:val="26"/>', own=NORMAL), 13),
        (defaults() + style("Normal", '<w:sz w:val="26.5"/>', own=NORMAL), 13.25),
        (defaults() + style("Normal", '<w:sz w:val="14pt"/>', own=NORMAL), 14),
        (defaults('<w:sz w:val="22"/>') + style("Normal", '<w:sz w:val="nonsense"/>', own=NORMAL), 11),
        (defaults('<w:sz w:val="22"/>') + style("Normal", '<w:sz w:val="-4"/>', own=NORMAL), 11),
    ],
)
def test_a_size_comes_from_the_nearest_level_that_says_one(styles: str, size: float) -> None:
    assert look(paragraph(), styles).size == size


def test_a_style_takes_from_the_style_it_is_based_on_what_it_does_not_say() -> None:
    styles = (
        style("Base", '<w:sz w:val="28"/><w:i/>', '<w:jc w:val="both"/><w:spacing w:after="120"/>')
        + style("Middle", '<w:sz w:val="26"/>', based_on="Base")
        + style("Leaf", "<w:b/>", '<w:ind w:firstLine="567"/>', based_on="Middle")
    )
    found = first(paragraph('<w:pStyle w:val="Leaf"/>'), styles)
    assert (found.runs[0].look.size, found.runs[0].look.bold, found.runs[0].look.italic) == (13, True, True)
    assert (found.look.alignment, found.look.after, found.look.first_line) == ("both", 6, 28.35)


def test_styles_that_are_based_on_each_other_come_to_an_end() -> None:
    styles = style("One", '<w:sz w:val="28"/>', based_on="Two") + style("Two", "<w:i/>", based_on="One")
    found = look(paragraph('<w:pStyle w:val="One"/>'), styles)
    assert (found.size, found.italic) == (14, True)


def test_a_style_that_does_not_exist_counts_as_the_default_one() -> None:
    styles = style("Normal", '<w:sz w:val="28"/>', own=NORMAL)
    assert look(paragraph('<w:pStyle w:val="Lost"/>'), styles).size == 14


THEMED = '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'


@pytest.mark.parametrize(
    ("normal", "direct", "expected"),
    [
        ("", "", ("Calibri", "Calibri")),
        ('<w:rFonts w:asciiTheme="majorAscii" w:hAnsiTheme="majorHAnsi"/>', "", ("Cambria", "Cambria")),
        ('<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>', "", ("Arial", "Arial")),
        ('<w:rFonts w:ascii="Arial"/>', "", ("Arial", "Calibri")),
        ('<w:rFonts w:ascii="Arial" w:asciiTheme="minorAscii"/>', "", ("Calibri", "Calibri")),
        ("", '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>', ("Times New Roman",) * 2),
        ('<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>', THEMED, ("Calibri", "Calibri")),
        ('<w:rFonts w:asciiTheme="lost" w:ascii="Arial"/>', "", ("Arial", "Calibri")),
    ],
)
def test_a_theme_font_overrules_a_named_one_at_its_own_level_only(
    normal: str, direct: str, expected: tuple[str, str]
) -> None:
    styles = defaults(THEMED) + style("Normal", normal, own=NORMAL)
    found = look(paragraph(runs=run(direct)), styles, minor_font="Calibri", major_font="Cambria")
    assert (found.ascii, found.other) == expected


@pytest.mark.parametrize(
    ("paragraph_style", "character_style", "direct", "bold"),
    [
        ("", "", "", False),
        (BOLD, "", "", True),
        (BOLD, BOLD, "", False),
        ("", BOLD, "", True),
        (BOLD, PLAIN, "", True),
        (BOLD, BOLD, BOLD, True),
        (BOLD, "", PLAIN, False),
        (BOLD, "", '<w:b w:val="false"/>', False),
        (BOLD, "", '<w:b w:val="off"/>', False),
        ("", "", '<w:b w:val="on"/>', True),
    ],
)
def test_bold_twice_among_styles_is_not_bold_but_direct_formatting_decides(
    paragraph_style: str, character_style: str, direct: str, bold: bool
) -> None:
    styles = style("P", paragraph_style) + style("C", character_style, kind="character")
    body = paragraph('<w:pStyle w:val="P"/>', run(f'<w:rStyle w:val="C"/>{direct}'))
    assert look(body, styles).bold is bold


def test_bold_that_a_style_takes_back_within_its_own_chain_is_gone() -> None:
    styles = style("Base", BOLD) + style("Leaf", PLAIN, based_on="Base")
    assert not look(paragraph('<w:pStyle w:val="Leaf"/>'), styles).bold


def test_bold_in_the_defaults_stays_bold() -> None:
    assert look(paragraph('<w:pStyle w:val="P"/>'), defaults(BOLD) + style("P", BOLD)).bold


def test_capitals_by_formatting_are_capitals_on_the_page_and_hidden_text_is_not_there() -> None:
    body = paragraph(runs=run("<w:caps/>", "kế hoạch") + run("<w:vanish/>", "ẩn"))
    assert first(body).text == "KẾ HOẠCH"


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ('<w:color w:val="auto"/>', ""),
        ('<w:color w:val="000000"/>', ""),
        ('<w:color w:val="FF0000"/>', "FF0000"),
        ('<w:color w:val="000000" w:themeColor="text1"/>', ""),
        ('<w:color w:val="595959" w:themeColor="text1" w:themeTint="A6"/>', "595959"),
        ('<w:color w:val="4472C4" w:themeColor="accent1"/>', "4472C4"),
    ],
)
def test_black_is_automatic_black_or_the_text_colour_of_the_theme(colour: str, expected: str) -> None:
    assert look(paragraph(runs=run(colour))).colour == expected


@pytest.mark.parametrize(
    ("ppr", "field", "expected"),
    [
        ('<w:jc w:val="start"/>', "alignment", "left"),
        ('<w:jc w:val="distribute"/>', "alignment", "both"),
        ('<w:ind w:start="720"/>', "left", 36),
        ('<w:ind w:left="1cm"/>', "left", pytest.approx(28.35, abs=0.01)),
        ('<w:ind w:hanging="360"/>', "first_line", -18),
        ('<w:ind w:firstLineChars="200"/>', "first_line", 21),
        ('<w:spacing w:before="100" w:beforeAutospacing="1"/>', "before", 14),
        ('<w:spacing w:afterLines="50"/>', "after", 6),
        ('<w:spacing w:line="360"/>', "line", 1.5),
        ('<w:spacing w:line="360" w:lineRule="exact"/>', "line", 18),
        ('<w:spacing w:line="-1e9"/>', "line", 1),
        ('<w:ind w:left="abc"/>', "left", 0),
        ('<w:ind w:left="nan"/>', "left", 0),
    ],
)
def test_lengths_are_in_points_whatever_their_unit(ppr: str, field: str, expected: object) -> None:
    assert getattr(first(paragraph(ppr)).look, field) == expected


def test_a_table_style_lies_under_the_style_of_its_paragraphs() -> None:
    styles = style("Grid", '<w:sz w:val="24"/><w:i/>', '<w:jc w:val="center"/>', kind="table")
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:tc>'
        + paragraph()
        + paragraph(runs=run('<w:sz w:val="26"/>'))
        + "</w:tc></w:tr></w:tbl>"
    )
    (block,) = layout(table, styles).blocks
    assert isinstance(block, Table)
    one, two = block.rows[0][0].paragraphs
    assert (one.runs[0].look.size, one.runs[0].look.italic, one.look.alignment) == (12, True, "center")
    assert two.runs[0].look.size == 13
    assert str(two.place) == "bảng đầu, hàng 1, ô 1, đoạn 2"


def test_text_is_what_stands_after_all_changes_are_accepted() -> None:
    runs = (
        f'<w:ins w:id="1">{run(text="Xã ")}</w:ins><w:del w:id="2"><w:r><w:delText>Phường </w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3">{run(text="cũ")}</w:moveFrom><w:hyperlink>{run(text="Bình")}</w:hyperlink>'
        f"<w:sdt><w:sdtContent>{run(text=' An')}</w:sdtContent></w:sdt>"
    )
    assert first(paragraph(runs=runs)).text == "Xã Bình An"


def test_a_field_shows_its_result_and_not_its_code() -> None:
    runs = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text="2023")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr=" PAGE "/>'
    )
    found = first(paragraph(runs=runs))
    assert found.text == "20231"
    assert [each.field for each in found.runs] == ["DATE", "PAGE"]


def test_a_drawing_that_stands_twice_in_the_file_is_read_once() -> None:
    assert first(paragraph(runs=run() + drawn(120))).rules == (120,)
    assert first(paragraph(runs=run() + drawn(120, old=True))).rules == (120,)


def test_an_empty_paragraph_with_a_border_is_a_line_as_long_as_its_room() -> None:
    border = '<w:pBdr><w:top w:val="single"/></w:pBdr><w:ind w:left="2000" w:right="2000"/>'
    assert first(paragraph(border, "")).rules == (pytest.approx(467.7 - 200, abs=0.2),)
    assert first(paragraph('<w:pBdr><w:bottom w:val="single"/></w:pBdr>')).rules == (None,)
    assert first(paragraph('<w:pBdr><w:bottom w:val="nil"/></w:pBdr>')).rules == ()


def test_what_stands_in_a_text_box_belongs_to_its_paragraph() -> None:
    box = f"<v:shape><v:textbox><w:txbxContent>{paragraph()}</w:txbxContent></v:textbox></v:shape>"
    found = first(paragraph(runs=run(text="Ngoài") + f"<w:r><w:pict>{box}</w:pict></w:r>"))
    assert found.text == "Ngoài"
    assert [each.text for each in every_paragraph(found.boxes)] == ["Bình An"]


def test_a_section_takes_the_headers_it_does_not_name_from_the_one_before() -> None:
    ends = paragraph(f"<w:sectPr>{section(left=30)}</w:sectPr>")
    found = read_layout(
        open_package(package(f"{ends}{paragraph()}<w:sectPr>{section(left=35, references='', more='')}</w:sectPr>"))
    ).sections
    assert [round(each.left) for each in found] == [30, 35]
    assert found[1].headers == found[0].headers
    assert (found[0].title_page, found[1].title_page) == (True, False)


def test_a_gutter_widens_the_left_margin_or_the_top_one() -> None:
    end = section(left=20).replace('w:gutter="0"', 'w:gutter="567"')
    body = f"{paragraph()}<w:sectPr>{end}</w:sectPr>"
    usual, top = (
        read_layout(open_package(package(body, settings=settings))).sections[0] for settings in ("", "<w:gutterAtTop/>")
    )
    assert (round(usual.left), round(usual.top)) == (30, 20)
    assert (round(top.left), round(top.top)) == (20, 30)


def test_a_document_that_says_nothing_of_its_paper_is_on_letter_paper() -> None:
    found = read_layout(open_package(package(paragraph()))).sections[0]
    assert (round(found.width, 1), round(found.height, 1), round(found.left, 1)) == (215.9, 279.4, 25.4)


def test_strict_files_read_alike() -> None:
    body = paragraph('<w:jc w:val="both"/>', run(BOLD)) + f"<w:sectPr>{section()}</w:sectPr>"
    usual, strict = (read_layout(open_package(package(body, strict=strict))) for strict in (False, True))
    assert usual == strict


def test_a_spreadsheet_is_no_word_document() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        workbook.add_worksheet()
    with pytest.raises(BadDocument, match="wrong_kind"):
        read_layout(open_package(made.getvalue()))

"""What is struck out or hidden does not count, what is ticked or coloured does, and what cannot be read is said."""

from __future__ import annotations

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from tests.documents.plan_texts import Plan

from plan_lifecycle.documents.read import NotAPlan, read_blocks, read_plan
from plan_lifecycle.documents.read._blocks import Paragraph
from plan_lifecycle.domain.plan import Plan as ReadPlan

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADS = ["STT", "Nội dung", "Chủ trì", "Thời gian"]
QUARTERS = ["STT", "Nội dung", "Chủ trì", "Quý I", "Quý II", "Quý III", "Quý IV"]
ROW = ["1", "Treo băng rôn", "Phòng Nội vụ", "", "", "", ""]
SYM = '<w:r xmlns:w="{w}"><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def lines(plan: Plan) -> list[str]:
    return [block.text for block in read_blocks(plan.data) if isinstance(block, Paragraph) and block.text]


def due(plan: Plan) -> list[list[str]]:
    read = read_plan(plan.end().data)
    return [[str(day) for day in row.deadline.due] if row.deadline else [] for row in read.activities]


def open_reasons(read: ReadPlan) -> list[str]:
    return [point.reason for point in read.open_points if point.field == "activities"]


@pytest.mark.parametrize("way", ["strike", "double_strike", "hidden"])
@pytest.mark.parametrize("by", ["run", "character style", "paragraph style"])
def test_what_is_struck_or_hidden_is_not_read_whoever_says_so(way: str, by: str) -> None:
    plan = Plan()
    if by == "run":
        paragraph = plan.document.add_paragraph()
        setattr(paragraph.add_run("Trước ngày 15/3/2023 ").font, way, True)
    elif by == "character style":
        paragraph = plan.document.add_paragraph()
        style = plan.document.styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER)
        setattr(style.font, way, True)
        paragraph.add_run("Trước ngày 15/3/2023 ", style=style)
    else:
        base = plan.document.styles.add_style("Base", WD_STYLE_TYPE.PARAGRAPH)
        style = plan.document.styles.add_style("Gone", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = base
        setattr(base.font, way, True)
        paragraph = plan.document.add_paragraph("Trước ngày 15/3/2023 ", style=style)
    setattr(paragraph.add_run("Trước ngày 30/5/2023").font, way, False)
    assert lines(plan) == ["Trước ngày 30/5/2023"]


def test_a_row_that_is_struck_out_or_hidden_is_no_task() -> None:
    rows = [HEADS, *([str(n), f"Việc số {n}", "Phòng Nội vụ", "Quý II/2023"] for n in (1, 2, 3))]
    plan = Plan().head().table(rows)
    table = plan.document.tables[-1]
    for cell in table.rows[1].cells:
        cell.paragraphs[0].runs[0].font.strike = True
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f'<w:hidden xmlns:w="{W}"/>'))
    assert [row.content for row in read_plan(plan.end().data).activities] == ["Việc số 3"]


@pytest.mark.parametrize(
    ("font", "char"),
    [
        ("Wingdings", "F0FC"),
        ("Wingdings", "F0FE"),
        ("Wingdings", "00FC"),
        ("Wingdings 2", "F050"),
        ("Webdings", "F061"),
    ],
)
def test_a_tick_that_is_a_symbol_marks_its_quarter(font: str, char: str) -> None:
    plan = Plan().head().table([QUARTERS, ROW])
    cell = plan.document.tables[-1].rows[1].cells[4]
    cell.paragraphs[0]._p.append(parse_xml(SYM.format(w=W, font=font, char=char)))
    assert due(plan) == [["2023-06-30"]]


def test_letters_in_a_symbol_font_are_its_signs() -> None:
    plan = Plan().head().table([QUARTERS, ROW])
    cell = plan.document.tables[-1].rows[1].cells[5]
    cell.paragraphs[0].add_run("ü").font.name = "Wingdings"
    assert due(plan) == [["2023-09-30"]]


def test_an_empty_box_is_no_tick_and_an_unknown_sign_is_put_to_a_person() -> None:
    plan = Plan().head().table([QUARTERS, ["1", "Treo băng rôn", "Phòng Nội vụ", "☐", "☒", "", ""], ROW])
    last = plan.document.tables[-1].rows[2].cells[3]
    last.paragraphs[0]._p.append(parse_xml(SYM.format(w=W, font="Wingdings", char="F021")))
    read = read_plan(plan.end().data)
    first, second = (row.deadline for row in read.activities)
    assert first is not None
    assert [str(day) for day in first.due] == ["2023-06-30"]
    assert second is not None
    assert second.needs_decision


def test_a_coloured_cell_marks_its_quarter_and_a_coloured_row_does_not() -> None:
    plan = Plan().head().table([QUARTERS, ROW, ["2", "Mở lớp", "Phòng Nội vụ", "x", "", "", ""]])
    table = plan.document.tables[-1]

    def colour(row: int, at: int) -> None:
        shading = parse_xml(f'<w:shd xmlns:w="{W}" w:val="clear" w:color="auto" w:fill="92D050"/>')
        table.rows[row].cells[at]._tc.get_or_add_tcPr().append(shading)

    colour(1, 4)
    colour(1, 5)
    for at in range(7):
        colour(2, at)
    assert due(plan) == [["2023-06-30", "2023-09-30"], ["2023-03-31"]]


TCVN3 = ["KÕ ho¹ch", "C¶i c¸ch hµnh chÝnh n¨m 2023", "C¸c së, ban, ngµnh x©y dùng kÕ ho¹ch thùc hiÖn"]
VNI = ["Keá hoaïch", "Caûi caùch haønh chính naêm 2023", "Caùc sôû xaây döïng keá hoaïch thöïc hieän"]


@pytest.mark.parametrize(("text", "kind", "font"), [(TCVN3, "tcvn3", ".VnTime"), (VNI, "vni", "VNI-Times")])
def test_text_from_before_unicode_is_refused_for_what_it_is(text: list[str], kind: str, font: str) -> None:
    with pytest.raises(NotAPlan) as refused:
        read_plan(Plan().text(*text).data)
    assert refused.value.kind == kind
    assert font in refused.value.for_user
    assert "Unicode" in refused.value.for_user


def test_a_foreign_name_makes_no_plan_one_from_before_unicode() -> None:
    plan = Plan().head().text("I. NHIỆM VỤ", "Đón đoàn Öresund, Malmö, Århus; Ñuñoa; Besançon.")
    assert read_plan(plan.data).type == "Kế hoạch"


BIG = '<wp:extent cx="5000000" cy="3000000"/>'
PICTURE = (
    '<w:r xmlns:w="{w}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:drawing><wp:inline>{size}<a:blip/></wp:inline>'
    "</w:drawing></w:r>"
)
OBJECT = (
    '<w:r xmlns:w="{w}" xmlns:o="urn:schemas-microsoft-com:office:office"><w:object>'
    '<o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
)


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (PICTURE.format(w=W, size=BIG), "hình ảnh lớn"),
        (PICTURE.format(w=W, size='<wp:extent cx="900000" cy="900000"/>'), ""),
        (OBJECT.format(w=W), "đối tượng nhúng"),
    ],
)
def test_a_big_picture_or_an_embedded_object_is_asked_about(xml: str, told: str) -> None:
    plan = Plan().head().table([HEADS, ["1", "Treo băng rôn", "Phòng Nội vụ", "Quý II/2023"]]).text("II. PHỤ LỤC")
    plan.document.add_paragraph()._p.append(parse_xml(xml))
    reasons = open_reasons(read_plan(plan.duty().end().data))
    assert [told in reason for reason in reasons] == ([True] if told else [])


def test_an_embedded_file_is_asked_about_where_it_stands() -> None:
    plan = Plan().head().table([HEADS, ["1", "Treo băng rôn", "Phòng Nội vụ", "Quý II/2023"]]).text("II. PHỤ LỤC")
    body = plan.document.element.body
    body.insert(len(body) - 1, parse_xml(f'<w:altChunk xmlns:w="{W}"/>'))
    (point,) = [point for point in read_plan(plan.duty().end().data).open_points if point.field == "activities"]
    assert "altChunk" in point.reason
    assert point.source == "Mục II"

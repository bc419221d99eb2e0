"""Charts are parts that Office draws: with their numbers in the file, in Word and in the workbook."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook
from tests.documents import draft_samples
from tests.documents.word_samples import p, template

from plan_lifecycle.documents.charts import word_chart, write_charts
from plan_lifecycle.documents.drafts import OutlineSection, ShownChart
from plan_lifecycle.documents.gate import Purpose, inspect
from plan_lifecycle.documents.read import read_passages
from plan_lifecycle.documents.render import compile_template, render_consolidated_report
from plan_lifecycle.domain.chart import Chart, ChartForm, Series
from plan_lifecycle.domain.profile import Section, Source

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
COLUMNS = Chart(
    'So với "cùng kỳ" <năm trước> & sau',
    ChartForm.COLUMNS,
    ("Cổng", "Mạng xã hội"),
    (Series("Năm 2022", (1250, None)), Series("Năm 2023", (1300.5, 7))),
    "tin, bài",
)
GROUPS = Chart(
    "Theo nhóm", ChartForm.STACKED, ("Sở", "Cấp xã"), (Series("Đúng thời hạn", (14, 90)), Series("Chậm", (0, 5)))
)


def report(*charts: Chart) -> bytes:
    shown = tuple(
        ShownChart(f"Biểu đồ {number}. {chart.title}", chart.alternative, chart)
        for number, chart in enumerate(charts, 1)
    )
    section = OutlineSection("I.", "KẾT QUẢ", 0, ("Đã đăng 1.307 tin, bài.",), charts=shown)
    return render_consolidated_report(replace(draft_samples.consolidated_report(), sections=(section,)))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawn(part: bytes) -> tuple[list[str], list[list[str]]]:
    """Categories and the values of each series as the part itself holds them."""
    root = etree.fromstring(part)
    series = root.findall(f".//{C}ser")
    categories = [point.findtext(f"{C}v") or "" for point in series[0].findall(f"{C}cat//{C}pt")]
    return categories, [[one.findtext(f"{C}v") or "" for one in each.findall(f"{C}val//{C}pt")] for each in series]


def test_each_chart_is_a_part_with_its_numbers_and_a_workbook_to_edit_them() -> None:
    data = report(COLUMNS, GROUPS)
    found = members(data)
    assert {name for name in found if "chart" in name} == {
        "word/charts/bieu_do_1.xml",
        "word/charts/bieu_do_2.xml",
        "word/charts/_rels/bieu_do_1.xml.rels",
        "word/charts/_rels/bieu_do_2.xml.rels",
    }
    assert drawn(found["word/charts/bieu_do_1.xml"]) == (["Cổng", "Mạng xã hội"], [["1250"], ["1300.5", "7"]])
    assert drawn(found["word/charts/bieu_do_2.xml"]) == (["Sở", "Cấp xã"], [["14", "90"], ["0", "5"]])
    book = CalamineWorkbook.from_filelike(io.BytesIO(found["word/embeddings/bieu_do_1.xlsx"]))
    assert book.get_sheet_by_index(0).to_python() == [
        ["", "Năm 2022", "Năm 2023"],
        ["Cổng", 1250, 1300.5],
        ["Mạng xã hội", "", 7],
    ]


def test_the_drawing_leads_to_its_own_part_and_says_in_words_what_it_shows() -> None:
    document = docx.Document(io.BytesIO(report(COLUMNS, GROUPS)))
    drawings = document.element.body.findall(".//{*}inline")
    assert [one.find("{*}docPr").get("descr") for one in drawings] == [COLUMNS.alternative, GROUPS.alternative]
    parts = [document.part.related_parts[one.find(f".//{C}chart").get(f"{R}id")] for one in drawings]
    assert [str(part.partname) for part in parts] == ["/word/charts/bieu_do_1.xml", "/word/charts/bieu_do_2.xml"]
    assert len({one.find("{*}docPr").get("id") for one in drawings}) == 2
    assert [str(rel.target_part.partname) for part in parts for rel in part.rels.values()] == [
        "/word/embeddings/bieu_do_1.xlsx",
        "/word/embeddings/bieu_do_2.xlsx",
    ]


def test_a_report_without_charts_has_nothing_left_of_the_sample() -> None:
    found = members(report())
    assert [name for name in found if "chart" in name or "embed" in name] == []
    assert b"chart" not in found["[Content_Types].xml"] + found["word/_rels/document.xml.rels"]
    assert b"Bi\xe1\xbb\x83u \xc4\x91\xe1\xbb\x93 m\xe1\xba\xabu" not in b"".join(found.values())


def test_a_chart_that_a_coordinator_put_into_a_template_for_good_stays(tmp_path: Path) -> None:
    inline = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    fixed = (
        f'<w:p><w:r><w:drawing><wp:inline {inline}><wp:docPr id="1" name="a" descr="Bản đồ"/>'
        f'<c:chart xmlns:c="{C[1:-1]}" r:id="rId9"/></wp:inline></w:drawing></w:r></w:p>'
    )
    path = template(tmp_path, p("{{ name }}"), fixed)
    found = members(path.read_bytes())
    relation = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart" '
        'Target="charts/chart1.xml"/></Relationships>'
    )
    types = (
        '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'drawingml.chart+xml"/></Types>'
    )
    extra = {
        "word/_rels/document.xml.rels": found["word/_rels/document.xml.rels"]
        .decode()
        .replace("</Relationships>", relation),
        "[Content_Types].xml": found["[Content_Types].xml"].decode().replace("</Types>", types),
        "word/charts/chart1.xml": word_chart(GROUPS).part.decode(),
    }
    path = template(tmp_path, p("{{ name }}"), fixed, extra=extra)
    filled = members(compile_template(path).render({"name": "x"}, {COLUMNS.alternative: COLUMNS}))
    assert filled["word/charts/chart1.xml"] == word_chart(GROUPS).part
    assert b'r:id="rId9"' in filled["word/document.xml"]


def test_only_values_are_beside_bars_and_nothing_beside_a_bar_of_nothing() -> None:
    root = etree.fromstring(word_chart(GROUPS).part)
    labels = root.findall(f".//{C}dLbls")
    shown = [[(one.tag.removeprefix(C), one.get("val")) for one in each if "show" in one.tag] for each in labels]
    assert shown == [
        [
            ("showLegendKey", "0"),
            ("showVal", "1"),
            ("showCatName", "0"),
            ("showSerName", "0"),
            ("showPercent", "0"),
            ("showBubbleSize", "0"),
        ]
    ] * len(GROUPS.series)
    assert {one.get("formatCode") for one in root.findall(f".//{C}dLbls/{C}numFmt")} == {"[$-42A]#,##0"}
    (alone,) = root.findall(f".//{C}dLbl")
    assert [(one.tag.removeprefix(C), one.get("val")) for one in alone] == [("idx", "0"), ("delete", "1")]


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert report(COLUMNS) == report(COLUMNS)


@pytest.mark.parametrize("count", [1, 7, 34])
def test_bars_take_the_room_that_they_need(count: int) -> None:
    chart = replace(
        GROUPS, categories=tuple(f"Nhóm {n}" for n in range(count)), series=(Series("Chậm", tuple(range(count))),)
    )
    document = docx.Document(io.BytesIO(report(chart)))
    height = int(document.element.body.find(".//{*}inline/{*}extent").get("cy"))
    assert height == round(min(2_520_000 * (count + 3) / 10, 5_760_000))


def test_our_own_gate_lets_a_report_with_charts_pass_without_a_word() -> None:
    verdict = inspect(report(COLUMNS, GROUPS), name="bao-cao.docx", purpose=Purpose.REPORT)
    assert (verdict.accepted, verdict.warnings) == (True, ())


def test_a_caption_is_no_text_of_its_unit() -> None:
    section = Section("results", "Kết quả", sources=frozenset({Source.TEXT}))
    assert [one.text for one in read_passages(report(COLUMNS), (section,))] == ["Đã đăng 1.307 tin, bài."]


def test_the_workbook_draws_them_beside_their_numbers_in_one_that_is_written_row_by_row() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    write_charts(book, [COLUMNS, GROUPS])
    book.close()
    found = members(stream.getvalue())
    assert drawn(found["xl/charts/chart1.xml"]) == (["Cổng", "Mạng xã hội"], [["1250"], ["1300.5", "7"]])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(stream.getvalue())).get_sheet_by_name("Biểu đồ").to_python()
    assert [row[:3] for row in rows if row[0] in ("Cổng", "Cấp xã")] == [["Cổng", 1250, 1300.5], ["Cấp xã", 90, 5]]
    assert GROUPS.alternative in found["xl/drawings/drawing1.xml"].decode()

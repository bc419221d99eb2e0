"""Workbooks of other programs: cells without addresses, no styles, texts inline, a sheet formatted down to its end."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from tests.documents.workbooks import DONE, HEAD, PLANNED, figures, read, told
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents import gate
from plan_lifecycle.documents.report_form import NotAReportFormError

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OURS = {"tasks_planned": 12, "tasks_done": 6}


def package(rows: str, *, namespace: str = TRANSITIONAL, strings: str = "", after: str = "") -> bytes:
    """The least that is a workbook: one sheet, no styles, no dimension; ``strings`` are its shared texts."""
    relations = f'<Relationship Id="rId1" Type="{TYPE}/worksheet" Target="worksheets/sheet1.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        f'.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{TYPE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{TYPE}"><sheets><sheet name="Trang tính1" '
        'sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    if strings:
        relations += f'<Relationship Id="rId2" Type="{TYPE}/sharedStrings" Target="sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def inline(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)


def row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


HEADING = row(inline(*HEAD))
FORM = (
    HEADING
    + row("<c><v>1</v></c>", inline(PLANNED, ""), "<c><v>12</v></c>")
    + row("<c><v>2</v></c>", inline(DONE), "<c/>", '<c t="str"><v>6</v></c>')
)


@pytest.mark.parametrize(
    "data",
    [
        package(FORM),
        package(FORM, namespace=STRICT),
        package(FORM.replace("<v>12</v>", "<v>1.2E1</v>")),
        package(FORM.replace(PLANNED, PLANNED.replace(" ", "&#10;", 1))),
        package(FORM.replace(f"<t>{PLANNED}</t>", f"<r><t>{PLANNED[:9]}</t></r><r><t>{PLANNED[9:]}</t></r>")),
        package(FORM.replace("<row>", '<row spans="1:5" ht="15.75" x="1">')),
    ],
    ids=["no addresses", "strict", "a number in powers of ten", "a line break", "text in runs", "odd heights"],
)  # fmt: skip
def test_a_workbook_of_another_program_is_read(data: bytes) -> None:
    assert gate.inspect(data, name="so-lieu.xlsx", purpose=gate.Purpose.REPORT).accepted
    reading = read(data)
    assert (figures(reading), told(reading)) == (OURS, [])


def test_shared_texts_are_read_without_their_struck_runs_and_reading_aids() -> None:
    struck = f"<si><r><rPr><strike/></rPr><t>cũ </t></r><r><rPr><strike val='0'/></rPr><t>{PLANNED}</t></r></si>"
    aided = f"<si><t>{DONE}</t><rPh sb='0' eb='1'><t>chú âm</t></rPh></si>"
    form = HEADING + "".join(
        row(f"<c><v>{at + 1}</v></c>", f'<c t="s"><v>{at}</v></c>', "<c/>", f"<c><v>{12 - 6 * at}</v></c>")
        for at in (0, 1)
    )
    reading = read(package(form, strings=struck + aided))
    assert (figures(reading), told(reading)) == (OURS, [])


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "A10:XFD1000000", "B2", "", "XFD1:A1"])
def test_merged_cells_without_end_are_bounded(reference: str) -> None:
    after = f'<mergeCells>{f"""<mergeCell ref="{reference}"/>""" * 2_000}</mergeCells>'
    with suppress(NotAReportFormError):
        assert len(read(package(FORM, after=after)).figures) <= 2


def test_rows_that_are_formatted_and_empty_cost_nothing() -> None:
    empty = "".join(f'<row r="{at}"><c r="A{at}" s="1"/></row>' for at in range(10, 60_000))
    reading = read(package(FORM + empty))
    assert (figures(reading), told(reading)) == (OURS, [])


@pytest.mark.parametrize("look", ["", ' s="1" customFormat="1" ht="15" customHeight="1"'])
def test_a_sheet_formatted_down_to_its_end_is_told_how_to_mend_it(look: str) -> None:
    empty = "".join(f'<row r="{at}"{look}/>' for at in range(10, 1_048_577))
    verdict = gate.inspect(package(FORM + empty), name="so-lieu.xlsx", purpose=gate.Purpose.REPORT)
    assert (verdict.accepted, verdict.code) == (False, "too_complex")
    assert "xóa phần không cần gửi (với Excel: các hàng, cột trống đã định dạng ngoài bảng)" in verdict.reason


def numbered(cells: tuple[str, ...]) -> tuple[bytes, bytes]:
    """A small and a large workbook of rows of these cells below the form."""
    return tuple(package(FORM + row(*cells) * count) for count in (100, 100 * TIMES))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "cells",
    [
        ("<c/>", inline("Chỉ tiêu khác của đơn vị"), "<c/>", "<c><v>5</v></c>"),
        ("<c/>", inline(PLANNED), "<c/>", "<c><v>12</v></c>"),
        (inline(*HEAD),),
        ("<c/>", inline("Trong đó: số khác"), "<c/>", "<c><v>5</v></c>"),
        ("<c/>", inline(PLANNED), "<c/>", "<c><f>SUM(D1:D9)</f></c>"),
        (inline("Nội dung") * 7,),
    ],
    ids=["strange rows", "one indicator", "headings", "parts", "formulas", "names"],
)
def test_reading_grows_with_the_rows(cells: tuple[str, ...]) -> None:
    small, large = numbered(cells)
    assert growth(read, small, large) < LINEAR

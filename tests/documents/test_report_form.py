"""The form that xã Bình An gets: what stands in it, what may be typed, and that it is read back."""

from __future__ import annotations

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from tests.documents.filled_forms import ALL, BINH_AN, H1, NEWS, VALUES, grid

from plan_lifecycle.documents.report_form import read_report_form, write_report_form
from plan_lifecycle.domain.earlier import Earlier
from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp
from plan_lifecycle.domain.unit import Unit, UnitKind


def test_what_is_printed_has_the_targets_of_the_plan_beside_the_figures() -> None:
    def printed(data: bytes) -> str:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = archive.read("xl/workbook.xml").decode()
        return book.partition("Print_Area")[2].partition("</definedName>")[0].rpartition(":$")[2].partition("$")[0]

    plain = write_report_form(ALL, BINH_AN, H1)
    aimed = write_report_form(ALL, BINH_AN, H1, targets={NEWS.code: "≥ 05 tin, bài/tháng"})
    assert (printed(plain), printed(aimed)) == ("F", "G")
    first = next(iter(CalamineWorkbook.from_filelike(io.BytesIO(aimed)).sheet_names))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(aimed)).get_sheet_by_name(first).to_python()
    assert "Mục tiêu của kế hoạch: ≥ 05 tin, bài/tháng" in [row[-1] for row in rows]


def test_what_is_written_is_read_back() -> None:
    reading = read_report_form(write_report_form(ALL, BINH_AN, H1, values=VALUES), ALL)
    assert {figure.indicator: figure.value for figure in reading.figures} == VALUES
    assert reading.findings == ()
    assert (reading.unit_id, reading.period) == ("vn3-23014", "2023-H1")


@pytest.mark.parametrize("share", [0.5, 1, 0.004])
def test_a_share_of_one_per_cent_or_less_is_read_back_without_a_question(share: float) -> None:
    reading = read_report_form(write_report_form(ALL, BINH_AN, H1, values={"done": share}), ALL)
    assert (reading.figures, reading.findings) == ((Figure("done", share),), ())


def test_an_empty_form_has_no_figures() -> None:
    reading = read_report_form(write_report_form(ALL, BINH_AN, H1), ALL)
    assert (reading.figures, reading.findings) == ((), ())


def test_the_form_says_whose_it_is_and_of_which_period() -> None:
    texts = {
        cell
        for row in grid(write_report_form(ALL, BINH_AN, H1, Earlier("6 tháng đầu năm 2022", {"news": 1250})))
        for cell in row
    }
    assert "Đơn vị báo cáo: UBND xã Bình An" in texts
    assert "Kỳ báo cáo: 6 tháng đầu năm 2023 (số liệu từ ngày 15/12/2022 đến hết ngày 14/6/2023)" in texts
    assert {"Kỳ trước (6 tháng đầu năm 2022)", "1.250", "Số tin, bài trên trang thông tin (*)"} <= texts


def test_the_values_of_the_period_before_are_not_read_as_new() -> None:
    assert read_report_form(write_report_form(ALL, BINH_AN, H1, Earlier("năm 2022", VALUES)), ALL).figures == ()


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert write_report_form(ALL, BINH_AN, H1, Earlier("năm 2022", VALUES)) == write_report_form(
        ALL, BINH_AN, H1, Earlier("năm 2022", VALUES)
    )


def test_only_figures_and_evidence_can_be_changed_and_values_are_checked() -> None:
    with zipfile.ZipFile(io.BytesIO(write_report_form(ALL, BINH_AN, H1))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        names = package.namelist()
    assert "<sheetProtection " in sheet
    assert 'hidden="1"' in sheet
    assert sheet.count("<dataValidation ") == 5
    assert not any("vba" in name.lower() or "external" in name.lower() for name in names)


def test_texts_never_become_formulas_or_links() -> None:
    evil = Unit("c", '=HYPERLINK("http://a.example","x")', UnitKind.COMMUNE, 3)
    indicator = Indicator("x", '=cmd|"/c calc"!A1', "+1", IndicatorType.TEXT, RollUp.LIST, (3,))
    data = write_report_form([indicator], evil, H1, Earlier("năm 2022", {"x": "@SUM(A1)"}), values={"x": "-1+1"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in package.namelist()


def test_a_note_on_whose_the_last_figures_are_has_room() -> None:
    earlier = Earlier("năm 2022", {"news": 45}, {"news": f"cộng của {', '.join(f'xã Cũ {n}' for n in range(12))}"})
    with zipfile.ZipFile(io.BytesIO(write_report_form(ALL, BINH_AN, H1, earlier))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'customHeight="1"' in sheet
    texts = {cell for row in grid(write_report_form(ALL, BINH_AN, H1, earlier)) for cell in row}
    assert any("45 (cộng của xã Cũ 0, xã Cũ 1" in str(text) for text in texts)

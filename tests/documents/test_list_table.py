"""A list as Excel: what stands in a cell is text, whatever it begins with."""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineWorkbook

from plan_lifecycle.documents.list_table import Heading, write_list

HEADINGS = (Heading("Đơn vị", 30), Heading("Số", 8))


def test_titles_headings_and_rows_stand_there_and_the_same_list_is_the_same_file() -> None:
    data = write_list("DANH SÁCH", HEADINGS, [("xã Bình An", 3), ("xã Hòa Thắng", None)], ["Ngày 07/3/2023"])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows] == [
        ["DANH SÁCH", ""], ["Ngày 07/3/2023", ""], ["Đơn vị", "Số"], ["xã Bình An", 3.0], ["xã Hòa Thắng", ""],
    ]  # fmt: skip
    assert data == write_list("DANH SÁCH", HEADINGS, [("xã Bình An", 3), ("xã Hòa Thắng", None)], ["Ngày 07/3/2023"])


def test_what_looks_like_a_formula_or_an_address_is_text() -> None:
    texts = ["=1+1", "+84912345678", "-2", "@SUM(A1)", "\t=1", "https://x.example", '=HYPERLINK("http://x")']
    data = write_list("DS", HEADINGS, [(text, None) for text in texts])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        assert not [name for name in package.namelist() if "rels" in name and "sheet" in name]
        assert 'quotePrefix="1"' in package.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [str(row[0]) for row in rows[2:]] == texts

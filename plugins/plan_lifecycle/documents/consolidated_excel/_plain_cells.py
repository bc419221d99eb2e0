"""A worksheet that is quick about what nearly all cells are: a plain text or a number, in a look.

A country's workbook has a million cells. XlsxWriter asks of each whether it is rich text, a date or an array formula,
and escapes what most often holds nothing to escape. What is not plain goes its way.
"""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import Worksheet

_TO_ESCAPE = re.compile(r"[&<>\x00-\x1f\x7f\ufffe\uffff]|_x|^\s|\s$")


class PlainCells(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """For a workbook in constant memory, where texts stand in their cells."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        """Write a text; rows and columns are numbers."""
        return self._write_string(row, col, string, cell_format)

    def write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> Any:
        """Write a number; rows and columns are numbers."""
        return self._write_number(row, col, number, cell_format)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__
        if cell.format and kind == "String" and not _TO_ESCAPE.search(cell.string):
            start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
            self.fh.write(f'{start} t="inlineStr"><is><t>{cell.string}</t></is></c>')
        elif cell.format and kind == "Number":
            start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        else:
            super()._write_cell(row, col, cell)

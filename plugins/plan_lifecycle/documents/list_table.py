"""A list as Excel: a title, headings that stay and filter, and cells that no program takes for formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

import xlsxwriter

from plan_lifecycle.documents.consolidated_excel._sheet import Cell, Looks, Sheet

__all__ = ["Cell", "Heading", "write_list"]

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed creation date: same inputs, same bytes


class Heading(NamedTuple):
    """The heading of a column, and its width in characters."""

    name: str
    width: float


def write_list(
    title: str,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[str] = (),
    *,
    sheet: str = "Danh sách",
    filtered: bool = True,
) -> bytes:
    """A workbook of one sheet: the title, ``notes`` under it, the table."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _EPOCH})
    table = Sheet(book.add_worksheet(sheet), Looks(book))
    table.say(title, title=True)
    for note in notes:
        table.say(note)
    table.head([heading.name for heading in headings], [heading.width for heading in headings], fixed=1)
    for row in rows:
        table.row(row)
    if filtered:
        table.filter()
    book.close()
    return stream.getvalue()

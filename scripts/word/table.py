"""Ruled tables whose head repeats on every page, and the two-column tables without rules that hold heads and feet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scripts.word.markup import drop_down, paragraph, tag


class Column(NamedTuple):
    """A column: its heading, its width in twips, what stands in each row, and the style of it."""

    head: str
    width: int
    cell: str
    style: str = "TableText"


class DropDown(NamedTuple):
    """A cell to choose in: the tag of what is chosen, and the name of the list to choose from."""

    value: str
    choices: str


Filling = str | DropDown


def ruled(
    columns: Sequence[Column],
    rows: str = "",
    *,
    body: Sequence[Sequence[str]] = (),
    foot: str = "",
    heading: tuple[str, Sequence[Filling]] | None = None,
) -> str:
    """A table. ``rows`` is the loop ("row in activities") over a template row; without it ``body`` gives plain rows.

    ``heading`` is a condition ("row.field") with the cells that a row has instead where it holds.
    """
    head = "".join(cell(paragraph(column.head, "TableHead"), column.width, "center") for column in columns)
    if rows:
        one = row(_cells(columns, [column.cell for column in columns]))
        if heading is not None:
            condition, texts = heading
            other = row(_cells(columns, texts))
            one = loop_row(f"if {condition}") + other + loop_row("else") + one + loop_row("endif")
        filled = loop_row(f"for {rows}") + one + loop_row("endfor")
    else:
        filled = "".join(row(_cells(columns, texts)) for texts in body)
    return table([column.width for column in columns], row(head, repeat=True) + filled + foot, style="RuledTable")


def _cells(columns: Sequence[Column], texts: Sequence[Filling]) -> str:
    return "".join(cell(_filled(text, column.style), column.width) for column, text in zip(columns, texts, strict=True))


def _filled(text: Filling, style: str) -> str:
    if isinstance(text, DropDown):
        return drop_down(text.value, text.choices, style)
    return "".join(paragraph(line, style) for line in text.split("\n"))


def table(widths: Sequence[int], rows: str, *, style: str = "TableNormal", margins: bool = True) -> str:
    """A table of fixed layout around finished rows; ``margins`` are those of its style, left and right of the text."""
    none = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/>{"" if margins else none}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def row(cells: str, *, repeat: bool = False) -> str:
    """A row that is not broken over pages, or with ``repeat`` a head. A head says nothing of breaking:
    LibreOffice loses rows below one that does."""
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if repeat else '<w:cantSplit/>'}</w:trPr>{cells}</w:tr>"


def cell(content: str, width: int, vertical: str = "") -> str:
    """A cell around paragraphs; ``width`` in twips, 0 leaves it to the grid."""
    kind = "dxa" if width else "auto"
    align = f'<w:vAlign w:val="{vertical}"/>' if vertical else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{kind}"/>{align}</w:tcPr>{content}</w:tc>'


def loop_row(statement: str) -> str:
    """A row that only steers the template ("for row in activities") and vanishes."""
    return f"<w:tr>{cell(tag('{%tr ' + statement + ' %}'), 500)}</w:tr>"


def loop_cell(statement: str) -> str:
    """A cell that only steers the template and vanishes."""
    return cell(tag("{%tc " + statement + " %}"), 100)

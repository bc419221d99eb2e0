"""A sheet of a workbook, or a table of a Word report, as the unit saw it: cells, and what must not be counted.

What is hidden or struck out stays in its cell with a mark: the reader leaves it out, and can say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.text import nfc

Grid = Sequence[Sequence[Cell]]
Place = tuple[int, int]
"""Row and column, both from 0."""


class Mark(StrEnum):
    """Why a cell is not, or not wholly, what it seems to hold."""

    STRUCK = "struck"
    PARTLY_STRUCK = "partly_struck"
    INVISIBLE = "invisible"
    NO_VALUE = "no_value"
    ERROR = "error"


_GONE = (Mark.STRUCK, Mark.INVISIBLE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One grid of cells with what is known of them. ``in_word``: a table of a Word report, named after its place.

    ``merged`` leads from each place that a merged cell covers to the one that holds its text. ``formulas`` are those
    of cells, ``percents`` the numbers that are shown as a per cent. ``titles`` are lines above a table of Word.
    ``cut``: it goes on below what was read.
    """

    name: str
    cells: Grid
    in_word: bool = False
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    marks: Mapping[Place, Mark] = field(default_factory=dict)
    merged: Mapping[Place, Place] = field(default_factory=dict)
    formulas: Mapping[Place, str] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    titles: tuple[str, ...] = ()
    cut: bool = False

    def origin(self, row: int, column: int | None) -> Place:
        """The place that holds what is seen at a place; column -1 where there is none."""
        place = (row, -1 if column is None else column)
        return self.merged.get(place, place)

    def cell(self, row: int, column: int | None) -> Cell:
        """What is seen at a place, through a merged cell too; None outside the grid."""
        row, at = self.origin(row, column)
        return self.cells[row][at] if at >= 0 and row < len(self.cells) and at < len(self.cells[row]) else None

    def text(self, row: int, column: int | None) -> str:
        """The same as text, on one line."""
        return shown(self.cell(row, column))

    def mark(self, row: int, column: int | None) -> Mark | None:
        """What is said of the cell that is seen at a place."""
        return self.marks.get(self.origin(row, column))

    def seen(self) -> Iterator[Cell]:
        """The cells that a reader of the sheet sees, not struck out."""
        for row, cells in enumerate(self.cells):
            if row not in self.hidden_rows:
                yield from (cell for at, cell in enumerate(cells) if self.marks.get((row, at)) not in _GONE)

    def at(self, row: int, column: int | None = None) -> str:
        """Where it is, for people: "trang “Biểu 1”, ô D11", "bảng 2, hàng 5"."""
        return f"{self.where}, {self.spot(row, column)}"

    def spot(self, row: int, column: int | None = None) -> str:
        """The same within its sheet: "ô D11", "hàng 5"."""
        return f"hàng {row + 1}" if self.in_word or column is None else f"ô {column_letters(column)}{row + 1}"

    @property
    def where(self) -> str:
        """The sheet for people: "trang “Biểu 1”", "bảng 2"."""
        return self.name if self.in_word else f"trang “{self.name}”"


def shown(cell: Cell) -> str:
    """A cell's text on one line; empty for none."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else nfc(" ".join(str(cell).split()))


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column that letters name, from 0: A is 0, XFD 16383."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1

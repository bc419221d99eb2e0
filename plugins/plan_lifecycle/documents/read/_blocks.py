"""What a document is made of once Word's wrapping is gone: paragraphs and tables, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from plan_lifecycle.documents.read._pictures import Lost


@dataclass(slots=True)
class Paragraph:
    """A paragraph as read: ``label`` is what Word's list numbering prints before it ("II.", "a)", "-").

    ``lost`` is what stands in it that cannot be read; ``struck`` and ``hidden`` are its letters that do not count.
    """

    text: str
    label: str = ""
    centred: bool = False
    bold: bool = False
    lost: Lost | None = None
    struck: str = ""
    hidden: str = ""

    @property
    def full(self) -> str:
        """Label and text, as on the page."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(slots=True)
class Cell:
    """A table cell. Every grid place that a merged cell covers holds the same object. ``shade`` is its colour."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    shade: str = ""

    @property
    def lines(self) -> list[str]:
        """The lines of its paragraphs that hold text, with nested tables read row by row."""
        return [line for text in self._texts() for line in text.split("\n") if line.strip()]

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(" ".join(line.split()) for line in self.lines)

    @property
    def struck(self) -> str:
        """What is struck out in it."""
        return " ".join(block.struck for block in self.blocks if isinstance(block, Paragraph)).strip()

    @property
    def hidden(self) -> str:
        """What is hidden in it."""
        return " ".join(block.hidden for block in self.blocks if isinstance(block, Paragraph)).strip()

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs that hold text."""
        return [block for block in self.blocks if isinstance(block, Paragraph) and block.full.strip()]

    def _texts(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.full
            else:
                yield from (cell.text for cell in block.cells())


@dataclass(slots=True)
class Table:
    """A table as a rectangle: all rows have the same number of places."""

    rows: list[list[Cell]]

    def cells(self) -> Iterator[Cell]:
        """Each cell once, row by row."""
        seen: set[int] = set()
        for row in self.rows:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell

    def nested(self) -> Iterator[Table]:
        """The tables inside its cells."""
        for cell in self.cells():
            yield from (block for block in cell.blocks if isinstance(block, Table))


Block = Paragraph | Table

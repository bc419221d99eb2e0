"""What the reader of a page sees: text with its look, paragraphs, tables, sections. Lengths are in points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class RunLook:
    """The effective look of characters, after defaults, styles, theme and direct formatting.

    ``ascii`` is the font of characters below U+0080, ``other`` that of the rest (ạ, ộ, ư …); ``colour`` is RRGGBB, or
    empty where it is automatic or the theme's text colour; ``scale`` is below 1 for raised or lowered text.
    """

    ascii: str = "Times New Roman"
    other: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    hidden: bool = False
    colour: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """The effective look of a paragraph; ``line`` is a multiple of single spacing if ``line_rule`` is ``auto``.

    ``frame`` says where a floating frame holds it: ``center``, ``left``, ``right``, or ``page`` for a set distance.
    """

    alignment: str = "left"
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    contextual: bool = False
    rule_below: bool = False
    rule_above: bool = False
    break_before: bool = False
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look, as displayed (capitals applied); ``field`` is the code behind them, such as ``PAGE``."""

    text: str
    look: RunLook
    field: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Text between two line breaks of a paragraph."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """All its words, hidden ones too."""
        return "".join(run.text for run in self.runs)

    @property
    def visible(self) -> tuple[Run, ...]:
        """The runs that put ink on the page."""
        return tuple(run for run in self.runs if run.text.strip())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands; ``str()`` says it in Vietnamese: ``đoạn 3`` or ``bảng đầu, hàng 1, ô 2, đoạn 3``."""

    paragraph: int
    table: int = 0
    row: int = 0
    cell: int = 0
    part: str = ""

    def __str__(self) -> str:
        parts = [self.part] if self.part else []
        if self.table:
            parts.append("bảng đầu" if self.table == 1 else f"bảng {self.table}")
            parts.append(f"hàng {self.row}, ô {self.cell}")
        parts.append(f"đoạn {self.paragraph}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its lines, its number or bullet (``label``), and the drawn lines anchored to it.

    ``rules`` holds the width of each horizontal line (None where the drawing does not tell); ``boxes`` what stands in
    text boxes anchored here. ``page_break`` says that a new page begins within or before it.
    """

    lines: tuple[Line, ...]
    look: ParagraphLook
    place: Place
    section: int = 0
    style: str = ""
    label: str = ""
    rules: tuple[float | None, ...] = ()
    boxes: tuple[Block, ...] = ()
    page_break: bool = False

    @cached_property
    def text(self) -> str:
        """What is displayed, with the label in front; lines are joined by line feeds."""
        body = "\n".join(line.text for line in self.lines)
        return f"{self.label} {body}" if self.label and body.strip() else body

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of all lines that put ink on the page."""
        return tuple(run for line in self.lines for run in line.visible)


@dataclass(frozen=True)
class Cell:
    """One cell; ``column`` counts grid columns from 0."""

    column: int
    blocks: tuple[Block, ...]

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs, those of tables within it too."""
        return tuple(every_paragraph(self.blocks))


@dataclass(frozen=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    section: int = 0

    @property
    def cells(self) -> Iterator[Cell]:
        """Its cells, row by row."""
        return (cell for row in self.rows for cell in row)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of pages: lengths in millimetres; ``headers`` and ``footers`` by type (default, first, even).

    They are the ones in force, inherited from the section before where this one names none.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    title_page: bool = False
    number_format: str = "decimal"
    number_start: int | None = None
    headers: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    footers: dict[str, tuple[Block, ...]] = field(default_factory=dict)

    @property
    def landscape(self) -> bool:
        """Whether its pages lie on their long side."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document as it is seen. ``mirrored`` and ``even_headers`` are its two-sided settings."""

    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    mirrored: bool = False
    even_headers: bool = False


def every_paragraph(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """All paragraphs in reading order, those of tables and text boxes included."""
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if isinstance(block, Paragraph):
            yield block
            waiting.extend(reversed(block.boxes))
        else:
            waiting.extend(inner for cell in reversed(tuple(block.cells)) for inner in reversed(cell.blocks))

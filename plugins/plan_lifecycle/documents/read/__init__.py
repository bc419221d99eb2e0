"""Reading plans from Word: huyện Bắc Bình's plan comes in as a .docx and goes on as activities, duties and points.

The file's blocks are read in order (``_source``, ``_body``, ``_numbering``), its head (``_head``), outline
(``_outline``), task tables (``_tables``, ``_news_pages``), inline tasks (``_inline``) and duties (``_duties``) are told
apart, and what the plan leaves to a person is named (``_open_points``). Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from plan_lifecycle.documents.read._assemble import assemble
from plan_lifecycle.documents.read._blocks import Block, Cell, Paragraph, Table
from plan_lifecycle.documents.read._errors import NotAPlan
from plan_lifecycle.documents.read._head import addressee, read_head
from plan_lifecycle.documents.read._lines import lines_of
from plan_lifecycle.documents.read._report_text import passages_of
from plan_lifecycle.documents.read._source import read_blocks
from plan_lifecycle.domain.correction import Line
from plan_lifecycle.domain.passage import Passage
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.profile import Section

__all__ = [
    "Block",
    "Cell",
    "Heading",
    "NotAPlan",
    "Paragraph",
    "Table",
    "read_blocks",
    "read_heading",
    "read_heading_of_lines",
    "read_lines",
    "read_passages",
    "read_plan",
]


class Heading(NamedTuple):
    """What a Word document is called, "Báo cáo", with its number, date and abstract; None where its head does not say.

    ``letterhead`` are the agencies that it names, the superior first. A paper without a type is a letter ("Công văn"),
    an annex ("Phụ lục"), or None. ``place`` is where it was issued, ``to`` whom it is addressed to ("Kính gửi").
    """

    type: str | None
    reference: str | None
    issued_on: date | None
    letterhead: tuple[str, ...] = ()
    abstract: str | None = None
    place: str | None = None
    to: str | None = None


def read_heading(data: bytes) -> Heading:
    """Read the head of a document of any type. Raises NotAPlan where it is no Word text, BadDocument."""
    return _heading(read_blocks(data))


def read_heading_of_lines(lines: Sequence[str]) -> Heading:
    """Read the head of a document of which only the lines of its first page are known: a PDF's."""
    return _heading([Paragraph(line, centred=True) for line in lines])


def _heading(blocks: list[Block]) -> Heading:
    head = read_head(blocks)
    reference = f"{head.number}/{head.symbol}" if head.number and head.symbol else None
    return Heading(
        head.type.name if head.type else head.untyped,
        reference,
        head.issued_on,
        head.agencies,
        head.abstract,
        head.place,
        addressee(blocks),
    )


def read_lines(data: bytes) -> tuple[Line, ...]:
    """Read a Word document line by line, to hold it against another version of it. Raises NotAPlan, BadDocument."""
    return tuple(lines_of(read_blocks(data)))


def read_passages(data: bytes, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Read what a Word report says, paragraph by paragraph, under the headings of a profile.

    Raises NotAPlan where it is no Word text, BadDocument where the file is damaged or unsafe.
    """
    return passages_of(read_blocks(data), sections)


def read_plan(data: bytes, *, name: str = "") -> Plan:
    """Read a plan from the bytes of a .docx; ``name`` is the file's name, for the operator's message.

    Raises NotAPlan where it is none (another kind of file, another type of document), with what to do in
    ``for_user``; BadDocument where the file is damaged or unsafe.
    """
    try:
        return assemble(read_blocks(data))
    except NotAPlan as error:
        error.file = name
        raise

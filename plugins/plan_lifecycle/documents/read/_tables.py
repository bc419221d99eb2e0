"""Task tables: which tables they are, and under which headings their columns stand.

Headings may take up to three rows, stand below a caption, come again after a page break, or be missing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from plan_lifecycle.documents.read._blocks import Cell, Table
from plan_lifecycle.documents.read._columns import Columns, Role, columns_of, fitted, is_heading, is_numbering, role_of
from plan_lifecycle.documents.read._guessed import told_by_cells
from plan_lifecycle.documents.read._rows import Row, rows_of
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_CAPTION_ROWS = 4
_HEADING_ROWS = 3
_OF_A_TASK = regex(r"^\d{1,3}[.)]?$|^(?:sở|ubnd|ủy ban|công an|các sở) |\d/\d|^quý (?:iv|i{1,3}|[1-4])/\d")


@dataclass(slots=True)
class TaskTable:
    """A table of tasks. ``said`` are columns told by their cells: the heading, and what it was taken for."""

    columns: Columns
    rows: list[Row] = field(default_factory=list)
    said: tuple[tuple[str, str], ...] = ()


def read_table(table: Table, before: TaskTable | None = None) -> TaskTable | None:
    """Read a table's tasks; None where it is no task table.

    ``before`` is the task table that directly precedes it: one without headings and of the same width goes on with
    its columns.
    """
    texts = [[cell.text for cell in row] for row in table.rows]
    found = _find_headings(table, texts)
    if found is not None:
        start = found[1]
        columns, said = told_by_cells(fitted(found[0], texts[start:]), texts[start:])
        if not columns.tasks:
            return None
    elif before is not None and texts and len(texts[0]) == len(before.columns.roles):
        columns, start, said = before.columns, 0, ()
    else:
        return None
    return TaskTable(columns, list(rows_of(table, texts, columns, start)), said)


def fits_below(table: Table, before: TaskTable) -> bool:
    """Whether a table without headings goes on with the columns of another: its days and agencies stand in theirs."""
    texts = [[cell.text for cell in row] for row in table.rows]
    if not texts or len(texts[0]) != len(before.columns.roles) or _find_headings(table, texts) is not None:
        return False
    # told by its cells alone: if days or agencies stand in other columns than above, it is a table of its own
    blank = replace(before.columns, roles=(Role.OTHER,) * len(before.columns.roles), shared=((),) * len(texts[0]))
    told, _ = told_by_cells(blank, texts)
    days, leads = told.of(Role.DEADLINE), told.of(Role.LEAD)
    same = [before.columns.holding(Role.DEADLINE), before.columns.holding(Role.LEAD)]
    return any(found and held and found[0] == held[0] for found, held in zip((days, leads), same, strict=True))


def _find_headings(table: Table, texts: list[list[str]]) -> tuple[Columns, int] | None:
    """The columns and the first row below the headings; a caption row may stand above them."""
    best: tuple[Columns, int] | None = None
    for top in range(min(_CAPTION_ROWS, len(texts))):
        if _spans(table.rows[top]) or _is_task(texts[top]):
            continue
        for depth in range(1, _HEADING_ROWS + 1):
            if top + depth > len(texts) or not _goes_on(table, texts, top, depth):
                break
            columns = columns_of(texts[top : top + depth])
            known = sum(role is not Role.OTHER for role in columns.roles)
            if known >= 2 and len(set(columns.roles)) >= 2 and (depth > 1 or is_heading_row(texts[top], columns)):
                best = (columns, top + depth)
        if best is not None:
            return best
    return None


def _is_task(texts: Sequence[str]) -> bool:
    """Whether a row has a number, an agency or a day of its own, as headings have not: "2 | Kiểm tra | Sở Nội vụ"."""
    if is_numbering(texts):
        return False
    return any(_OF_A_TASK.search(" ".join(normalise(text).split())) for text in texts)


def is_heading_row(texts: Sequence[str], columns: Columns) -> bool:
    """Whether a first row is one of headings: short texts, of which it has no two alike unless merged."""
    filled = [text for text in texts if text.strip()]
    numbered = columns.has(Role.ORDINAL) or is_heading(texts)
    return bool(filled) and max(map(len, filled)) <= 120 and (numbered or columns.tasks)


def _goes_on(table: Table, texts: list[list[str]], top: int, depth: int) -> bool:
    """Whether the headings reach down to this row: a cell is merged into it, or a group above has its parts in it."""
    if depth == 1:
        return True
    above, row = table.rows[top + depth - 2], table.rows[top + depth - 1]
    merged_down = [one is two for one, two in zip(above, row, strict=True)]
    grouped = len({id(cell) for cell in above}) < len(above)
    if all(merged_down):
        return True
    own = [text for text, same in zip(texts[top + depth - 1], merged_down, strict=True) if not same and text.strip()]
    if not own or not (any(merged_down) or grouped):
        return False
    beside = [
        text
        for place, text in enumerate(texts[top + depth - 1])
        if not merged_down[place] and not _in_group(above, place) and text.strip()
    ]
    if any(role_of(text) is Role.OTHER for text in beside):
        return False
    return max(map(len, own)) <= 60 and not is_numbering(own) and (grouped or is_heading(own))


def _in_group(row: Sequence[Cell], place: int) -> bool:
    """Whether the cell at a place covers a neighbouring place too."""
    return any(0 <= other < len(row) and row[other] is row[place] for other in (place - 1, place + 1))


def _spans(row: Sequence[Cell]) -> bool:
    """Whether one cell holds all the text of a row, as a caption or a group's title does."""
    filled = {id(cell): cell for cell in row if cell.text.strip()}
    return len(filled) <= 1

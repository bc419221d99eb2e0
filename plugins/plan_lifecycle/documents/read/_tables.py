"""Task tables: which tables they are, and their rows as activities.

Headings may take up to three rows, stand below a caption, come again after a page break, or be missing there. A row
that spans the table, or has nothing but a title, opens a group; merged cells hand their text down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plan_lifecycle.documents.read._blocks import Cell, Table
from plan_lifecycle.documents.read._cells import names_both, split_pair, unwrapped
from plan_lifecycle.documents.read._columns import Columns, Role, columns_of, fitted, is_heading, is_numbering, role_of
from plan_lifecycle.documents.read._outline import split_ordinal
from plan_lifecycle.domain.text import normalise

_CAPTION_ROWS = 4
_HEADING_ROWS = 3
_TOTAL = re.compile(r"^(?:tổng cộng|tổng số|tổng|cộng)(?:\s*\(.*\))?:?$")
_DITTO = re.compile(r"[-–\s]*(?:nt|như trên|//|[\"”“]|'')[-–\s.]*")
_GROUP_ORDINAL = re.compile(r"^(?:[IVXL]+|[A-ZĐ])\.?$")
_MARKS = frozenset("xX✓✔√●•+v")


@dataclass(slots=True)
class Row:
    """A task row: its texts by role, the group it stands in, and its place (rows are counted from 1)."""

    number: int
    ordinal: str
    content: str
    group: str
    lead: str = ""
    support: str = ""
    deadline: str = ""
    product: str = ""
    budget: str = ""
    target: str = ""


@dataclass(slots=True)
class TaskTable:
    """A table of tasks."""

    columns: Columns
    rows: list[Row] = field(default_factory=list)


def read_table(table: Table, before: TaskTable | None = None) -> TaskTable | None:
    """Read a table's tasks; None where it is no task table.

    ``before`` is the task table that directly precedes it: one without headings and of the same width goes on with
    its columns.
    """
    texts = [[cell.text for cell in row] for row in table.rows]
    found = _find_headings(table, texts)
    if found is not None:
        columns, start = fitted(found[0], texts[found[1] :]), found[1]
        if not columns.tasks:
            return None
    elif before is not None and texts and len(texts[0]) == len(before.columns.roles):
        columns, start = before.columns, 0
    else:
        return None
    return TaskTable(columns, list(_rows(table, texts, columns, start)))


def _find_headings(table: Table, texts: list[list[str]]) -> tuple[Columns, int] | None:
    """The columns and the first row below the headings; a caption row may stand above them."""
    best: tuple[Columns, int] | None = None
    for top in range(min(_CAPTION_ROWS, len(texts))):
        if _spans(table.rows[top]):
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


def _rows(table: Table, texts: list[list[str]], columns: Columns, start: int) -> Iterator[Row]:
    group = _group_above(texts[:start])
    last: Row | None = None
    held: list[Row] = []
    for index in range(start, len(texts)):
        row, cells = texts[index], table.rows[index]
        if not any(text.strip() for text in row) or is_numbering(row) or is_heading(_own(table, texts, index)):
            continue
        made = _row(row, columns, index + 1)
        if _TOTAL.match(normalise(made.content)) or _TOTAL.match(normalise(made.ordinal)):
            continue
        if _opens_group(made, cells, row, columns, _next_ordinal(texts, columns, index)):
            group = _group_title(made.ordinal, made.content or made.lead or made.support)
            continue
        made.group = group
        _resolve_dittos(made, last)
        if last is not None and _continues(made, table, columns, index):
            _append(last, made)
            continue
        held.append(made)
        last = made
    yield from held


def _group_title(ordinal: str, title: str) -> str:
    title = " ".join(title.split())
    if not title or not ordinal or title == ordinal:
        return title or ordinal
    return f"{ordinal.rstrip('.')}. {title}"


def _group_above(rows: Sequence[Sequence[str]]) -> str:
    """The group that a row above the headings opens: "B | PHÁT TRIỂN KINH TẾ SỐ"."""
    for row in reversed(rows):
        distinct = list(dict.fromkeys(text.strip() for text in row if text.strip()))
        if len(distinct) == 2 and _GROUP_ORDINAL.match(distinct[0]):
            return _group_title(*distinct)
    return ""


def _own(table: Table, texts: list[list[str]], index: int) -> list[str]:
    """A row's texts without those that cells merged from above hand down."""
    if index == 0:
        return texts[0]
    pairs = zip(table.rows[index], table.rows[index - 1], texts[index], strict=True)
    return [text for cell, above, text in pairs if cell is not above]


def _next_ordinal(texts: list[list[str]], columns: Columns, index: int) -> str:
    places = columns.of(Role.ORDINAL)
    if not places or index + 1 >= len(texts):
        return ""
    return texts[index + 1][places[0]].strip().rstrip(".")


def _row(texts: Sequence[str], columns: Columns, number: int) -> Row:
    def joined(role: Role, separator: str = "\n") -> str:
        parts = dict.fromkeys(unwrapped(texts[i], separator) for i in columns.of(role) if texts[i].strip())
        return separator.join(parts)

    content = joined(Role.CONTENT)
    target = joined(Role.TARGET)
    row = Row(number, joined(Role.ORDINAL, " ").rstrip(".)"), content or target, "", target=target)
    row.lead, row.support = joined(Role.LEAD, "; "), joined(Role.SUPPORT, "; ")
    if columns.has(Role.BOTH) or names_both(row.lead):
        lead, support = split_pair(joined(Role.BOTH if columns.has(Role.BOTH) else Role.LEAD))
        row.lead, row.support = lead, row.support or support
    row.deadline = _deadline(texts, columns)
    row.product, row.budget = joined(Role.PRODUCT), joined(Role.BUDGET, "; ")
    if not columns.has(Role.ORDINAL):
        ordinal, _, rest = split_ordinal(row.content)
        row.ordinal, row.content = (ordinal, rest) if rest else ("", row.content)
    return row


def _deadline(texts: Sequence[str], columns: Columns) -> str:
    due = "; ".join(dict.fromkeys(unwrapped(texts[i], "; ") for i in columns.of(Role.DEADLINE) if texts[i].strip()))
    opens = "; ".join(texts[i].strip() for i in columns.of(Role.OPENS) if texts[i].strip())
    if opens and due:
        due = f"từ {opens} đến {due}"
    marked = []
    for index in columns.of(Role.MARK):
        text = texts[index].strip()
        if text and set(text) <= _MARKS:
            marked.append(columns.headings[index].replace("\n", " "))
        elif text:
            marked.append(text)
    return due or opens or ", ".join(dict.fromkeys(marked))


def _opens_group(row: Row, cells: Sequence[Cell], texts: Sequence[str], columns: Columns, following: str) -> bool:
    """Whether a row is the title of those below it rather than a task."""
    if len({id(cell) for cell in cells}) == 1:
        return True
    filled = {text.strip() for text in texts if text.strip()}
    if not row.content and row.ordinal and len(filled) == 2 and (row.lead or row.support) and len(texts) > 4:
        return True
    if row.lead or row.support or row.deadline or row.product or row.budget:
        merged = len({id(cell) for cell in cells})
        return merged <= 2 and len(cells) > 2 and _one_text(cells, columns)
    if not row.content:
        return bool(row.ordinal) and not row.ordinal.strip("().").isdigit()
    if not _whole_row_empty_but_title(texts, columns):
        return False
    ordinal = row.ordinal.strip().rstrip(".")
    shouted = row.content.isupper()
    merged_over = _one_text(cells, columns)
    parent = bool(ordinal) and following.startswith(f"{ordinal}.")
    bold = all(paragraph.bold for cell in cells for paragraph in cell.paragraphs)
    return bool(_GROUP_ORDINAL.match(ordinal)) or shouted or merged_over or parent or bold or not ordinal


def _one_text(cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether the content's cell also covers a column of another role."""
    places = [index for index, role in enumerate(columns.roles) if role in (Role.CONTENT, Role.TARGET)]
    others = [i for i, role in enumerate(columns.roles) if role in (Role.LEAD, Role.DEADLINE, Role.BOTH, Role.SUPPORT)]
    return any(cells[place] is cells[other] for place in places for other in others)


def _whole_row_empty_but_title(texts: Sequence[str], columns: Columns) -> bool:
    title = (Role.ORDINAL, Role.CONTENT, Role.TARGET)
    rest = [text for text, role in zip(texts, columns.roles, strict=True) if role not in title]
    return not any(text.strip() and text.strip() not in texts[:2] for text in rest)


def _continues(row: Row, table: Table, columns: Columns, index: int) -> bool:
    """Whether a row only goes on with the one above: it has neither number nor content of its own."""
    if index == 0:
        return not row.content
    places = columns.of(Role.CONTENT) or columns.of(Role.TARGET)
    own = [i for i in places if table.rows[index][i] is not table.rows[index - 1][i] and table.rows[index][i].text]
    if own:
        return columns.has(Role.ORDINAL) and not row.ordinal and row.content[:1].islower()
    own_lead = any(table.rows[index][i] is not table.rows[index - 1][i] for i in columns.of(Role.LEAD))
    return not row.content or not (own_lead and row.lead and row.deadline)


def _resolve_dittos(row: Row, above: Row | None) -> None:
    """ "nt" (như trên) and its signs stand for what the row above says."""
    for name in ("lead", "support", "deadline", "product", "budget"):
        if _DITTO.fullmatch(normalise(getattr(row, name))):
            setattr(row, name, getattr(above, name) if above else "")


def _append(row: Row, more: Row) -> None:
    for name in ("content", "lead", "support", "deadline", "product", "budget", "target"):
        have, new = getattr(row, name), getattr(more, name)
        if new and new not in have:
            separator = " " if name == "content" else "; "
            setattr(row, name, f"{have}{separator}{new}" if have else new)

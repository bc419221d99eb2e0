"""The rows of a task table as tasks: groups, merged cells, dittos, rows that go on with the one above.

A row that spans the table, or has nothing but a title, opens a group; merged cells hand their text down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plan_lifecycle.documents.read._blocks import Cell, Table
from plan_lifecycle.documents.read._cells import unwrapped
from plan_lifecycle.documents.read._columns import Columns, Role, is_heading, is_numbering
from plan_lifecycle.documents.read._outline import split_ordinal
from plan_lifecycle.documents.read._shared import divided, names_parts
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_TOTAL = regex(r"^(?:tổng cộng|tổng số|tổng|cộng)(?:\s*\(.*\))?:?$")
_DITTO = regex(r"[-–\s]*(?:nt|như trên|//|[\"”“]|'')[-–\s.]*")
_GROUP_ORDINAL = regex(r"^(?:[IVXL]+|[A-ZĐ])\.?$")
_FIELDS = {
    Role.LEAD: "lead", Role.SUPPORT: "support", Role.MONITOR: "monitor", Role.DEADLINE: "deadline",
    Role.PRODUCT: "product", Role.BUDGET: "budget", Role.TARGET: "target", Role.CONTENT: "content",
}  # fmt: skip
_MARKS = frozenset("xX✓✔√●•+vV*☑☒✅✗✘✕✖■◼▲")
_SHORT_MONTH = regex(r"^[Tt]\.?\s?(\d{1,2})(?!\d)")
_UNMARKED = frozenset("☐□ \n")


@dataclass(slots=True)
class Row:
    """A task row: its texts by role, the group it stands in, and its place (rows are counted from 1)."""

    number: int
    ordinal: str
    content: str
    group: str
    lead: str = ""
    support: str = ""
    monitor: str = ""
    deadline: str = ""
    product: str = ""
    budget: str = ""
    target: str = ""
    unsure: str = ""  # the words of a cell that names several without saying which is which


def rows_of(table: Table, texts: list[list[str]], columns: Columns, start: int) -> Iterator[Row]:
    """The tasks below the headings of a table, in order."""
    group = _group_above(texts[:start])
    last: Row | None = None
    held: list[Row] = []
    for index in range(start, len(texts)):
        row, cells = texts[index], table.rows[index]
        if not any(text.strip() for text in row) or is_numbering(row) or is_heading(_own(table, texts, index)):
            continue
        made = _row(row, columns, index + 1, cells)
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


def _row(texts: Sequence[str], columns: Columns, number: int, cells: Sequence[Cell]) -> Row:
    def joined(role: Role, separator: str = "\n") -> str:
        parts = dict.fromkeys(unwrapped(texts[i], separator) for i in columns.of(role) if texts[i].strip())
        return separator.join(parts)

    content = joined(Role.CONTENT)
    target = joined(Role.TARGET)
    row = Row(number, joined(Role.ORDINAL, " ").rstrip(".)"), content or target, "", target=target)
    row.lead, row.support = joined(Role.LEAD, "; "), joined(Role.SUPPORT, "; ")
    row.monitor = joined(Role.MONITOR, "; ")
    row.deadline = _deadline(texts, columns, cells)
    row.product, row.budget = joined(Role.PRODUCT), joined(Role.BUDGET, "; ")
    _divide(row, texts, columns)
    if not columns.has(Role.ORDINAL):
        ordinal, _, rest = split_ordinal(row.content)
        row.ordinal, row.content = (ordinal, rest) if rest else ("", row.content)
    return row


def _divide(row: Row, texts: Sequence[str], columns: Columns) -> None:
    """Give the words of shared cells to what they are; a lead's cell may name the others under labels too."""
    cells = [(texts[index], shared) for index, shared in enumerate(columns.shared) if shared]
    for index in columns.of(Role.LEAD):
        if names_parts(texts[index]):
            row.lead = ""
            cells.append((texts[index], (Role.LEAD, Role.SUPPORT)))
    for text, shared in cells:
        found = divided(text, shared)
        for role, words in found.texts.items():
            name = _FIELDS[role]
            have = getattr(row, name)
            setattr(row, name, f"{have}; {words}" if have and words not in have else have or words)
        row.unsure = row.unsure or (" ".join(text.split()) if found.unsure else "")


def _deadline(texts: Sequence[str], columns: Columns, cells: Sequence[Cell]) -> str:
    due = "; ".join(dict.fromkeys(unwrapped(texts[i], "; ") for i in columns.of(Role.DEADLINE) if texts[i].strip()))
    opens = "; ".join(texts[i].strip() for i in columns.of(Role.OPENS) if texts[i].strip())
    if opens and due:
        due = f"từ {opens} đến {due}"
    marked = []
    for index in columns.of(Role.MARK):
        text = texts[index].strip()
        if set(text) <= _UNMARKED and not _is_shaded(cells[index], cells, columns):
            continue
        if set(text) <= _MARKS | _UNMARKED:
            marked.append(_SHORT_MONTH.sub(r"Tháng \1", columns.headings[index].replace("\n", " ").strip()))
        else:
            marked.append(text)
    return due or opens or ", ".join(dict.fromkeys(marked))


def _is_shaded(cell: Cell, cells: Sequence[Cell], columns: Columns) -> bool:
    """Whether a colour marks a cell, as the bars of a schedule do; not where the whole row has it."""
    rest = {cells[i].shade for i, role in enumerate(columns.roles) if role in (Role.CONTENT, Role.TARGET, Role.ORDINAL)}
    return bool(cell.shade) and cell.shade not in rest


def _opens_group(row: Row, cells: Sequence[Cell], texts: Sequence[str], columns: Columns, following: str) -> bool:
    """Whether a row is the title of those below it rather than a task."""
    if len({id(cell) for cell in cells}) == 1:
        return True
    filled = {text.strip() for text in texts if text.strip()}
    if not row.content and row.ordinal and len(filled) == 2 and (row.lead or row.support) and len(texts) > 4:
        return True
    if row.lead or row.support or row.monitor or row.deadline or row.product or row.budget:
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
    places = columns.holding(Role.CONTENT) or columns.holding(Role.TARGET)
    own = [i for i in places if table.rows[index][i] is not table.rows[index - 1][i] and table.rows[index][i].text]
    if own:
        return columns.has(Role.ORDINAL) and not row.ordinal and row.content[:1].islower()
    own_lead = any(table.rows[index][i] is not table.rows[index - 1][i] for i in columns.holding(Role.LEAD))
    return not row.content or not (own_lead and row.lead and row.deadline)


def _resolve_dittos(row: Row, above: Row | None) -> None:
    """ "nt" (như trên) and its signs stand for what the row above says."""
    for name in ("lead", "support", "monitor", "deadline", "product", "budget"):
        if _DITTO.fullmatch(normalise(getattr(row, name))):
            setattr(row, name, getattr(above, name) if above else "")


def _append(row: Row, more: Row) -> None:
    for name in ("content", "lead", "support", "monitor", "deadline", "product", "budget", "target"):
        have, new = getattr(row, name), getattr(more, name)
        if new and new not in have:
            separator = " " if name == "content" else "; "
            setattr(row, name, f"{have}{separator}{new}" if have else new)

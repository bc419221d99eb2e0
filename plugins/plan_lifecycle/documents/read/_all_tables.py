"""Every table of a plan, each read as what it is: tasks, duties, or neither; none is passed over in silence.

A table of neither kind is named by its headings, unless its headings say that it is another thing (people, scores) or
it is a form still to be filled in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from plan_lifecycle.documents.read._asked import Duty
from plan_lifecycle.documents.read._blocks import Block, Paragraph, Table
from plan_lifecycle.documents.read._columns import Role, columns_of
from plan_lifecycle.documents.read._duty_table import duties_in_table
from plan_lifecycle.documents.read._outline import TEXT, Entry
from plan_lifecycle.documents.read._pictures import Lost
from plan_lifecycle.documents.read._tables import TaskTable, fits_below, read_table
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_LAYOUT = regex(r"cộng hòa xã hội|nơi nhận\s*:|độc lập\s*-\s*tự do|(?:^|\n)(?:tm|kt|tl|tuq|q)\.")
_CONTINUED = regex(r"^\(?\s*(?:tiếp|tiếp theo|trang \d+|\d{1,3})\s*\.?\)?$")
_LONGEST_TITLE = 160
_LINES_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A task table with its place in words."""

    table: TaskTable
    place: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """A table that could not be read, by its headings; or ``lost``, something that may hold one."""

    headings: str
    place: str
    lost: Lost | None = None


@dataclass(slots=True)
class Tables:
    """What the tables of a plan hold."""

    tasks: list[Found] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    unread: list[NotRead] = field(default_factory=list)


def all_tables(blocks: Sequence[Block], entries: Sequence[Entry]) -> Tables:
    """Read the tables in order. "Bảng 2" counts those that a reader sees, not letterhead and signature."""
    walk = _Walk({entry.block: entry for entry in entries if entry.is_heading})
    for index, block in enumerate(blocks):
        walk.take(index, block)
    return walk.found


@dataclass(slots=True)
class _Walk:
    headings: dict[int, Entry]
    found: Tables = field(default_factory=Tables)
    above: Entry | None = None
    lines: list[str] = field(default_factory=list)  # since the last table
    last: TaskTable | None = None
    direct: bool = False  # nothing stands between it and what follows
    count: int = 0

    def take(self, index: int, block: Block) -> None:
        self.above = self.headings.get(index, self.above)
        if isinstance(block, Paragraph):
            if block.lost is not None:
                where = self.above.where if self.above else "Phần mở đầu"
                self.found.unread.append(NotRead("", where, block.lost))
            if block.full.strip() and not _CONTINUED.match(normalise(block.full)):
                self.direct = False
                self.lines.append(block.full)
            return
        if is_layout(block):
            return
        self.count += 1
        annex = next((e.ordinal for e in (*self.above.path, self.above) if e.rank == 0), "") if self.above else ""
        place = f"{annex}, Bảng {self.count}" if annex else f"Bảng {self.count}"
        lost = {one.lost for cell in block.cells() for one in cell.blocks if isinstance(one, Paragraph) and one.lost}
        self.found.unread += [NotRead("", place, what) for what in sorted(lost)]
        for number, table in enumerate(_with_nested(block)):
            self._table(table, place if not number else f"{place} (bảng con {number})", index, nested=number > 0)
        self.lines.clear()

    def _table(self, table: Table, place: str, index: int, *, nested: bool) -> None:
        entry = self.above or Entry(index, "", TEXT, "")
        owed = duties_in_table(table, self.lines[-_LINES_ABOVE:], entry, place)
        if owed:
            self.found.duties += owed
            self.direct = False
            return
        read = read_table(table, self.last if self.direct else None) or self._below_a_title(table)
        self.direct = read is not None
        if read is not None:
            self.last = read
            self.found.tasks.append(Found(read, place))
        elif not nested and _asks(table):
            self.found.unread.append(NotRead(_headings(table), place))

    def _below_a_title(self, table: Table) -> TaskTable | None:
        """A table without headings that goes on below a title with the columns of the one before it."""
        if self.last is None or any(len(line) > _LONGEST_TITLE for line in self.lines):
            return None
        if not fits_below(table, self.last):
            return None
        read = read_table(table, self.last)
        if read is None:
            return None
        title = self.lines[-1].strip(" :.") if self.lines else ""
        return replace(read, rows=[row if row.group else replace(row, group=title) for row in read.rows])


def is_layout(table: Table) -> bool:
    """Letterhead, signature, and frames around text."""
    if len(table.rows) > 6:
        return False
    text = normalise(" \n ".join(cell.text for cell in table.cells()))
    lines = "\n".join(normalise(line) for cell in table.cells() for line in cell.lines)
    return bool(_LAYOUT.search(lines) or _LAYOUT.search(text)) and not any(table.nested())


def _with_nested(table: Table) -> Iterator[Table]:
    yield table
    for inner in table.nested():
        yield from _with_nested(inner)


def _asks(table: Table) -> bool:
    """Whether a table that was read as nothing may hold something all the same."""
    texts = [[cell.text.strip() for cell in row] for row in table.rows]
    if len(texts) < 2:  # a frame around text, unless it is a row like those of a table above
        return sum(map(bool, texts[0])) > 2 if texts else False
    if len({id(cell) for cell in table.rows[0]} | {id(cell) for cell in table.rows[1]}) < 3:
        return False
    heads = columns_of(texts[:1])
    if heads.has(Role.PERSON) or (heads.has(Role.SCORE) and not heads.tasks):
        return False
    body = [text for row in texts[1:] for text in row[1:]]
    return sum(map(bool, body)) * 3 > len(body)


def _headings(table: Table) -> str:
    distinct = dict.fromkeys(" ".join(cell.text.split()) for cell in table.rows[0] if cell.text.strip())
    return " | ".join(distinct)[:200]

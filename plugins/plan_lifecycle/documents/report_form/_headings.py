"""Where the tables of a sheet are, and which column is what: by their headings, over one row or up to three.

A column of figures is that of the period: "Kỳ này", "6T 2023"; never last year's, the plan's, or what is counted up
from the year's beginning. Where that leaves two, none is taken and both are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from plan_lifecycle.documents.report_form._head_cells import (
    Head,
    Kind,
    heads_ordinals,
    is_estimate,
    is_value,
    is_year,
    may_head,
    names_in,
    read_head,
)
from plan_lifecycle.documents.report_form._periods import named_periods
from plan_lifecycle.documents.report_form._sheet import Sheet
from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.period import Period

_DEEPEST = 3
_LOOKED_AT = 60
# A table of figures has some ten columns; a row that fills more than these is the heading of none.
_WIDEST, _MOST_NAMES = 60, 8


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, counted from 0, and its rows ``first`` to ``end`` (not included).

    ``names`` are all columns under headings of names, one for each level. ``value`` is None where it would have to be
    guessed between columns; ``choices`` are their headings. ``summed`` is the column of what is counted up from the
    year's beginning, ``title`` the heading of figures, ``unseen`` are hidden columns of figures. ``guessed``: the
    heading is none that is known, but numbers stand in no other column.
    """

    heading: int
    first: int
    name: int | None
    code: int | None
    ordinal: int | None
    unit: int | None
    value: int | None
    evidence: int | None
    names: tuple[int, ...] = ()
    summed: int | None = None
    choices: tuple[str, ...] = ()
    title: str = ""
    estimated: bool = False
    unseen: tuple[int, ...] = ()
    guessed: bool = False
    end: int = 0


def find_tables(sheet: Sheet, period: Period | None) -> list[Columns]:
    """The tables of a sheet in order; each ends where the next begins below it."""
    found: list[Columns] = []
    row = 0
    ends: list[int] = []
    while row < len(sheet.cells):
        here = list(_tables_at(sheet, row, period))
        found += here
        if here or heads_ordinals(sheet, row):
            ends.append(row)
        row = here[0].first if here else row + 1
    ends.append(len(sheet.cells))
    return [replace(columns, end=next(end for end in ends if end > columns.heading)) for columns in found]


def _tables_at(sheet: Sheet, row: int, period: Period | None) -> Iterator[Columns]:
    """The tables whose heading begins in a row; two stand side by side where names begin again after figures."""
    if sum(cell is not None for cell in sheet.cells[row]) > _WIDEST:
        return
    names = len(names_in(sheet, row))
    if not 0 < names <= _MOST_NAMES or any(_is_number(cell) and not is_year(cell) for cell in sheet.cells[row]):
        return
    depth = _depth(sheet, row)
    heads = [read_head(sheet, row, depth, column, period) for column in range(len(sheet.cells[row]))]
    heads = list(_once_each(sheet, row + depth, heads))
    for block in _blocks(heads):
        seen = [head for head in block if head.column not in sheet.hidden_columns or head.role == "code"]
        columns = (
            _settled(row, row + depth, seen, period)
            or _settled(row, row + depth, block, period)
            or _guessed(sheet, row, row + depth, seen)
        )
        if columns is not None:
            unseen = tuple(head.column for head in block if head.kind and head not in seen)
            yield replace(columns, unseen=unseen)


def _once_each(sheet: Sheet, first: int, heads: Sequence[Head]) -> Iterator[Head]:
    """The columns of figures, one for each heading: of those that one merged cell heads only what has figures."""
    for _origin, group in groupby(heads, key=lambda head: sheet.origin(first - 1, head.column)):
        columns = list(group)
        if len(columns) == 1 or columns[0].kind is None:
            yield from columns
            continue
        yield from [head for head in columns if _is_filled(sheet, first, head.column)] or columns[:1]


def _is_filled(sheet: Sheet, first: int, column: int) -> bool:
    rows = range(first, min(first + _LOOKED_AT, len(sheet.cells)))
    return any((row, column) not in sheet.merged and sheet.text(row, column) for row in rows)


def _depth(sheet: Sheet, row: int) -> int:
    """How many rows the heading has: those below go on as long as they name nothing and hold no number."""
    depth = 1
    names = names_in(sheet, row)
    while depth < _DEEPEST and row + depth < len(sheet.cells):
        below = row + depth
        if any(sheet.text(below, at) not in ("", sheet.text(row, at)) for at in names):
            break
        new = [
            sheet.cell(below, at)
            for at in range(len(sheet.cells[below]))
            if sheet.text(below, at) and sheet.text(below, at) != sheet.text(below - 1, at)
        ]
        if not new or not all(may_head(cell) for cell in new):
            break
        depth += 1
    return depth


def _blocks(heads: Sequence[Head]) -> Iterator[list[Head]]:
    block: list[Head] = []
    filled = False
    for head in heads:
        if filled and head.role in ("name", "code", "ordinal"):
            yield block
            block, filled = [], False
        block.append(head)
        filled = filled or head.kind is not None
    yield block


def _settled(heading: int, first: int, heads: Sequence[Head], period: Period | None) -> Columns | None:
    """The columns of a block; None where it has no names, or nothing that could be figures of any period."""
    by_role = _by_role(heads)
    summed = [head for head in heads if head.kind is Kind.SUMMED]
    whole_so_far = period is None or period.first_month == 1
    best = _best(heads) or (summed if whole_so_far else [])
    choices = best or summed or [head for head in heads if head.kind is Kind.OTHER and named_periods(head.text)]
    if not choices or not {"name", "code"} & by_role.keys():
        return None
    value = best[0] if len(best) == 1 else None
    columns = _columns(heading, first, heads, value)
    beside = summed[0].column if len(summed) == 1 and whole_so_far and value not in summed else None
    return replace(columns, summed=beside, choices=() if value else tuple(head.written for head in choices))


def _by_role(heads: Sequence[Head]) -> dict[str, int]:
    return {head.role: head.column for head in reversed(heads) if head.role}


def _columns(heading: int, first: int, heads: Sequence[Head], value: Head | None) -> Columns:
    by_role = _by_role(heads)
    return Columns(
        heading,
        first,
        by_role.get("name"),
        by_role.get("code"),
        by_role.get("ordinal"),
        by_role.get("unit"),
        value.column if value else None,
        by_role.get("evidence"),
        tuple(head.column for head in heads if head.role == "name"),
        title=value.written if value else "",
        estimated=bool(value and is_estimate(value)),
    )


def _guessed(sheet: Sheet, heading: int, first: int, heads: Sequence[Head]) -> Columns | None:
    """The columns of a table whose figures stand under words of the unit's own; None unless it is one column."""
    by_role = _by_role(heads)
    below = range(first, min(first + _LOOKED_AT, len(sheet.cells)))
    numbers = [
        head
        for head in heads
        if head.text and head.role is None and any(_is_number(sheet.cell(row, head.column)) for row in below)
    ]
    if len(numbers) != 1 or numbers[0].kind is not None or not {"name", "code"} & by_role.keys():
        return None
    return replace(_columns(heading, first, heads, numbers[0]), guessed=True)


def _is_number(cell: Cell) -> bool:
    return (isinstance(cell, int | float) and not isinstance(cell, bool)) or (
        isinstance(cell, str) and re.fullmatch(r"\d[\d.,]*\s*%?", cell) is not None
    )


def _best(heads: Sequence[Head]) -> list[Head]:
    """The columns that are most surely the period's own; one of several where it alone is headed just so."""
    for kind in (Kind.NAMED, Kind.NOW, Kind.FIGURES, Kind.TOTAL):
        of_kind = [head for head in heads if head.kind is kind]
        if len(of_kind) > 1:
            exact = [head for head in of_kind if head.plain == "số liệu"] or [
                head for head in of_kind if is_value(head)
            ]
            of_kind = exact if len(exact) == 1 else of_kind
        if of_kind:
            return of_kind
    return []

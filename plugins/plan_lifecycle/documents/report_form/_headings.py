"""Where the tables of a sheet are, and which column is what: by their headings, over one row or up to three.

A column of figures is that of the period: "Kỳ này", "6T 2023"; never last year's, the plan's, or what is counted up
from the year's beginning. Where that leaves two, none is taken and both are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plan_lifecycle.documents.report_form._periods import When, named_periods, when_of
from plan_lifecycle.documents.report_form._sheet import Sheet
from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.text import normalise

_LONGEST = 120
_DEEPEST = 3
_LOOKED_AT = 60
_BEFORE = re.compile(
    r"kỳ trước|cùng kỳ|năm trước|tháng trước|quý trước|chênh lệch|so với|so sánh|tăng|giảm|chỉ tiêu giao|"
    r"(?<!thực hiện )kế hoạch|\bkh\b|được giao|định mức|mục tiêu|điểm tối đa|nhiệm kỳ|giai đoạn"
)
_NOW = re.compile(r"kỳ này|kỳ báo cáo|trong kỳ|kỳ hiện tại|năm nay|tháng này|quý này")
_SUMMED = re.compile(r"lũy kế|cộng dồn|từ đầu năm|đến nay|đến thời điểm")
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng)")
_ESTIMATED = re.compile(r"\bước\b")
_VALUE = re.compile(r"(?:ước )?(?:tổng |số |đã )*(?:số liệu|giá trị|kết quả|kq|số lượng|thực hiện|đạt được|th)\b.*")
_NAME = re.compile(
    r"(?:tên |các |nội dung |nhóm |danh mục )*"
    r"(?:chỉ tiêu|tiêu chí|chỉ số|nội dung|hạng mục|danh mục|hoạt động|nhiệm vụ|công việc|diễn giải|tên)"
    r"(?:(?: |,|/|-)+(?:và|báo cáo|thống kê|đánh giá|công việc|thực hiện|nhiệm vụ|cchc|cải cách hành chính|chỉ tiêu|"
    r"chủ yếu|chính))*"
)
_ROLES = (
    ("ordinal", re.compile(r"s?tt|số tt|số thứ tự|thứ tự|#")),
    ("code", re.compile(r"mã(?: số| chỉ tiêu)?")),
    ("unit", re.compile(r"đvt|đv tính|đơn vị(?: tính| đo)?|đơn vị đo lường")),
    ("evidence", re.compile(r"(?:tài liệu )?(?:minh chứng|kiểm chứng).*|ghi chú.*|đường dẫn.*|nguồn số liệu")),
    ("name", _NAME),
)


class _Kind(StrEnum):
    """What a column of figures is of."""

    NOW = "now"
    FIGURES = "figures"
    TOTAL = "total"
    SUMMED = "summed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, counted from 0, and its rows ``first`` to ``end`` (not included).

    ``value`` is None where it would have to be guessed between columns; ``choices`` are their headings. ``summed`` is
    the column of what is counted up from the year's beginning, ``title`` the heading of figures, ``unseen`` are hidden
    columns of figures. ``guessed``: the heading is none that is known, but numbers stand in no other column.
    """

    heading: int
    first: int
    name: int | None
    code: int | None
    ordinal: int | None
    unit: int | None
    value: int | None
    evidence: int | None
    summed: int | None = None
    choices: tuple[str, ...] = ()
    title: str = ""
    estimated: bool = False
    unseen: tuple[int, ...] = ()
    guessed: bool = False
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    """A column's heading: as the unit wrote it, in normal form, and so without brackets at its end."""

    column: int
    written: str
    text: str
    plain: str
    role: str | None
    kind: _Kind | None


def find_tables(sheet: Sheet, period: Period | None) -> list[Columns]:
    """The tables of a sheet in order; each ends where the next begins below it."""
    found: list[Columns] = []
    row = 0
    ends: list[int] = []
    while row < len(sheet.cells):
        here = list(_tables_at(sheet, row, period))
        found += here
        if here or _numbers_rows(sheet, row):
            ends.append(row)
        row = here[0].first if here else row + 1
    ends.append(len(sheet.cells))
    return [replace(columns, end=next(end for end in ends if end > columns.heading)) for columns in found]


def _tables_at(sheet: Sheet, row: int, period: Period | None) -> Iterator[Columns]:
    """The tables whose heading begins in a row; two stand side by side where names begin again after figures."""
    names = any(_role_of_name(_plain(normalise(text))) for text in _texts(sheet, row))
    if not names or any(_is_number(cell) and not _is_year(cell) for cell in sheet.cells[row]):
        return
    depth = _depth(sheet, row)
    heads = [_head(sheet, row, depth, column, period) for column in range(len(sheet.cells[row]))]
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


def _numbers_rows(sheet: Sheet, row: int) -> bool:
    """Whether a row begins another table, of whatever kind: one of its cells heads a column of ordinals."""
    return any(_ROLES[0][1].fullmatch(_plain(normalise(text))) for text in _texts(sheet, row) if len(text) < 20)


def _texts(sheet: Sheet, row: int) -> list[str]:
    return [cell for cell in sheet.cells[row] if isinstance(cell, str) and len(cell) <= 2 * _LONGEST]


def _role_of_name(plain: str) -> bool:
    return any(pattern.fullmatch(plain) for role, pattern in _ROLES if role in ("name", "code"))


def _depth(sheet: Sheet, row: int) -> int:
    """How many rows the heading has: those below go on as long as they name nothing and hold no number."""
    depth = 1
    names = [at for at in range(len(sheet.cells[row])) if _role_of_name(_plain(normalise(sheet.text(row, at))))]
    while depth < _DEEPEST and row + depth < len(sheet.cells):
        below = row + depth
        if any(sheet.text(below, at) not in ("", sheet.text(row, at)) for at in names):
            break
        new = [
            sheet.cell(below, at)
            for at in range(len(sheet.cells[below]))
            if sheet.text(below, at) and sheet.text(below, at) != sheet.text(below - 1, at)
        ]
        if not new or not all(_may_head(cell) for cell in new):
            break
        depth += 1
    return depth


def _may_head(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and not re.fullmatch(r"[\d\s.,%()=+-]+", cell)


def _head(sheet: Sheet, row: int, depth: int, column: int, period: Period | None) -> _Head:
    written: list[str] = []
    for at in range(row, row + depth):
        text = sheet.text(at, column)[: 2 * _LONGEST]
        if not text and at + 1 < row + depth and sheet.text(at + 1, column):
            text = _from_left(sheet, at, column)[: 2 * _LONGEST]
        if text and text not in written[-1:]:
            written.append(text)
    texts = [normalise(text) for text in written]
    whole = " ".join(texts)
    lowest, plain = _plain(texts[-1]) if texts else "", _plain(whole)
    role = _role(lowest, plain, texts)
    kind = None if role is not None or not whole else _kind(whole, plain, lowest, period)
    return _Head(column, " ".join(written), whole, plain, role, kind)


def _from_left(sheet: Sheet, row: int, column: int) -> str:
    """What a heading without borders says over several columns: its text stands in the first of them."""
    return next((text for at in range(column - 1, -1, -1) if (text := sheet.text(row, at))), "")


def _role(lowest: str, plain: str, texts: Sequence[str]) -> str | None:
    for role, pattern in _ROLES:
        if pattern.fullmatch(lowest) or pattern.fullmatch(plain):
            named = role == "name" and len(texts) > 1 and not pattern.fullmatch(_plain(texts[0]))
            return None if named or (role == "name" and _BEFORE.search(plain)) else role
    return None


def _kind(whole: str, plain: str, lowest: str, period: Period | None) -> _Kind | None:
    if len(plain) > _LONGEST:
        return None
    when = when_of((whole,), period)
    if _BEFORE.search(plain) or when is When.OTHER:
        return _Kind.OTHER
    if when is When.THIS:
        return _Kind.NOW
    if _SUMMED.search(whole):
        return _Kind.SUMMED
    if _NOW.search(whole):
        return _Kind.NOW
    if _VALUE.fullmatch(plain) or _VALUE.fullmatch(lowest) or re.fullmatch(r"(?:năm )?20\d\d", plain):
        return _Kind.FIGURES
    return _Kind.TOTAL if _TOTAL.fullmatch(plain) else None


def _blocks(heads: Sequence[_Head]) -> Iterator[list[_Head]]:
    block: list[_Head] = []
    filled = False
    for head in heads:
        if filled and head.role in ("name", "code", "ordinal"):
            yield block
            block, filled = [], False
        block.append(head)
        filled = filled or head.kind is not None
    yield block


def _settled(heading: int, first: int, heads: Sequence[_Head], period: Period | None) -> Columns | None:
    """The columns of a block; None where it has no names, or nothing that could be figures of any period."""
    by_role = {head.role: head.column for head in reversed(heads) if head.role}
    summed = [head for head in heads if head.kind is _Kind.SUMMED]
    whole_so_far = period is None or period.first_month == 1
    best = _best(heads) or (summed if whole_so_far else [])
    choices = best or summed or [head for head in heads if head.kind is _Kind.OTHER and named_periods(head.text)]
    if not choices or not {"name", "code"} & by_role.keys():
        return None
    value = best[0] if len(best) == 1 else None
    columns = _columns(heading, first, by_role, value)
    beside = summed[0].column if len(summed) == 1 and whole_so_far and value not in summed else None
    return replace(columns, summed=beside, choices=() if value else tuple(head.written for head in choices))


def _columns(heading: int, first: int, by_role: Mapping[str, int], value: _Head | None) -> Columns:
    return Columns(
        heading,
        first,
        by_role.get("name"),
        by_role.get("code"),
        by_role.get("ordinal"),
        by_role.get("unit"),
        value.column if value else None,
        by_role.get("evidence"),
        title=value.written if value else "",
        estimated=bool(value and _ESTIMATED.search(value.text)),
    )


def _guessed(sheet: Sheet, heading: int, first: int, heads: Sequence[_Head]) -> Columns | None:
    """The columns of a table whose figures stand under words of the unit's own; None unless it is one column."""
    by_role = {head.role: head.column for head in reversed(heads) if head.role}
    below = range(first, min(first + _LOOKED_AT, len(sheet.cells)))
    numbers = [
        head
        for head in heads
        if head.text and head.role is None and any(_is_number(sheet.cell(row, head.column)) for row in below)
    ]
    if len(numbers) != 1 or numbers[0].kind is not None or not {"name", "code"} & by_role.keys():
        return None
    return replace(_columns(heading, first, by_role, numbers[0]), guessed=True)


def _is_year(cell: Cell) -> bool:
    return re.fullmatch(r"20\d\d", str(cell)) is not None


def _is_number(cell: Cell) -> bool:
    return (isinstance(cell, int | float) and not isinstance(cell, bool)) or (
        isinstance(cell, str) and re.fullmatch(r"\d[\d.,]*\s*%?", cell) is not None
    )


def _best(heads: Sequence[_Head]) -> list[_Head]:
    """The columns that are most surely the period's own; one of several where it alone is headed just so."""
    for kind in (_Kind.NOW, _Kind.FIGURES, _Kind.TOTAL):
        of_kind = [head for head in heads if head.kind is kind]
        if len(of_kind) > 1:
            exact = [head for head in of_kind if head.plain == "số liệu"] or [
                head for head in of_kind if _VALUE.fullmatch(head.plain)
            ]
            of_kind = exact if len(exact) == 1 else of_kind
        if of_kind:
            return of_kind
    return []


def _plain(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", text).strip(" :.*") if "(" in text[1:] else text.strip(" :.*")

"""What the heading of a column says: which kind of column it is, and of figures those of which period.

"Số liệu", "Kết quả thống kê", "Kỳ này", "6T 2023" are figures; "Cùng kỳ", "Kế hoạch", "6T 2022" are others'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plan_lifecycle.documents.report_form._periods import When, when_of
from plan_lifecycle.documents.report_form._sheet import Mark, Sheet
from plan_lifecycle.domain.figure_text import Cell
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_LONGEST = 120
_SHORTEST = 15
_BEFORE = regex(
    r"\btrước\b|cùng kỳ|chênh lệch|so với|so sánh|tăng|giảm|chỉ tiêu giao|"
    r"(?<!thực hiện )kế hoạch|\bkh\b|được giao|định mức|mục tiêu|điểm tối đa|nhiệm kỳ|giai đoạn"
)
_NOW = regex(r"\bnày\b|kỳ báo cáo|trong kỳ|kỳ hiện tại|năm nay")
_SUMMED = regex(r"lũy kế|cộng dồn|từ đầu năm|đến nay|đến thời điểm")
_TOTAL = regex(r"(?:tổng(?: cộng| số)?|cộng)")
_ESTIMATED = regex(r"\bước\b")
_VALUE = regex(r"(?:ước )?(?:tổng |số |đã )*(?:số liệu|giá trị|kết quả|kq|số lượng|thực hiện|đạt được|th)\b.*")
_NAME = regex(
    r"(?:tên |các |nội dung |nhóm |danh mục ){0,6}"
    r"(?:chỉ tiêu|tiêu chí|chỉ số|nội dung|hạng mục|danh mục|hoạt động|nhiệm vụ|công việc|diễn giải|tên)"
    r"(?:(?: |,|/|-)+(?:và|báo cáo|thống kê|đánh giá|công việc|thực hiện|nhiệm vụ|cchc|cải cách hành chính|chỉ tiêu|"
    r"chủ yếu|chính))*"
)
_ROLES = (
    ("ordinal", regex(r"s?tt|số tt|số thứ tự|thứ tự|#")),
    ("code", regex(r"mã(?: số| chỉ tiêu)?")),
    ("unit", regex(r"đvt|đv tính|đơn vị(?: tính| đo)?|đơn vị đo lường")),
    ("evidence", regex(r"(?:.* )?(?:minh chứng|kiểm chứng)\b.*|(?:ghi chú|đường dẫn|nguồn)\b.*")),
    ("name", _NAME),
)


class Kind(StrEnum):
    """What a column of figures is of."""

    NAMED = "named"
    NOW = "now"
    FIGURES = "figures"
    TOTAL = "total"
    SUMMED = "summed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading: as the unit wrote it, in normal form, and so without brackets at its end."""

    column: int
    written: str
    text: str
    plain: str
    role: str | None
    kind: Kind | None


def read_head(sheet: Sheet, row: int, depth: int, column: int, period: Period | None) -> Head:
    """What the cells of a heading of some rows say of a column."""
    written: list[str] = []
    for at in range(row, row + depth):
        if sheet.mark(at, column) is Mark.STRUCK:
            continue
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
    return Head(column, " ".join(written), whole, plain, role, kind)


def _from_left(sheet: Sheet, row: int, column: int) -> str:
    """What a heading without borders says over several columns: its text stands in the first of them."""
    return next((text for at in range(column - 1, -1, -1) if (text := sheet.text(row, at))), "")


def _role(lowest: str, plain: str, texts: Sequence[str]) -> str | None:
    for role, pattern in _ROLES:
        if pattern.fullmatch(lowest) or pattern.fullmatch(plain):
            named = role == "name" and len(texts) > 1 and not pattern.fullmatch(_plain(texts[0]))
            return None if named or (role == "name" and _BEFORE.search(plain)) else role
    return None


def _kind(whole: str, plain: str, lowest: str, period: Period | None) -> Kind | None:
    if len(plain) > _LONGEST:
        return None
    when = when_of((whole,), period)
    if _BEFORE.search(plain) or when is When.OTHER:
        return Kind.OTHER
    if when is When.THIS:
        return Kind.NAMED
    if _SUMMED.search(whole):
        return Kind.SUMMED
    if _NOW.search(whole):
        return Kind.NOW
    if _VALUE.fullmatch(plain) or _VALUE.fullmatch(lowest) or re.fullmatch(r"(?:năm )?20\d\d", plain):
        return Kind.FIGURES
    return Kind.TOTAL if _TOTAL.fullmatch(plain) else None


def names_in(sheet: Sheet, row: int) -> list[int]:
    """The columns whose cell in a row heads names or codes."""
    return [at for at, cell in _texts(sheet, row) if _role_of_name(_plain(normalise(cell)))]


def heads_ordinals(sheet: Sheet, row: int) -> bool:
    """Whether a row begins a table, of whatever kind: one of its cells heads a column of ordinals."""
    texts = (normalise(text) for _at, text in _texts(sheet, row) if len(text) < _SHORTEST)
    return any(_ROLES[0][1].fullmatch(_plain(text)) for text in texts)


def may_head(cell: Cell) -> bool:
    """Whether a cell can stand in a heading: a short text that is no number, or a year."""
    if is_year(cell):
        return True
    return isinstance(cell, str) and len(cell) <= _LONGEST and not re.fullmatch(r"[\d\s.,%()=+-]+", cell)


def is_year(cell: Cell) -> bool:
    """Whether a cell is a year of ours."""
    return re.fullmatch(r"20\d\d", str(cell)) is not None


def is_estimate(head: Head) -> bool:
    """Whether a heading says that its figures are estimates."""
    return _ESTIMATED.search(head.text) is not None


def is_value(head: Head) -> bool:
    """Whether a heading is one of the usual ones of figures."""
    return _VALUE.fullmatch(head.plain) is not None


def _texts(sheet: Sheet, row: int) -> list[tuple[int, str]]:
    cells = enumerate(sheet.cells[row])
    return [(at, cell) for at, cell in cells if isinstance(cell, str) and len(cell) <= 2 * _LONGEST]


def _role_of_name(plain: str) -> bool:
    return any(pattern.fullmatch(plain) for role, pattern in _ROLES if role in ("name", "code"))


def _plain(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", text).strip(" :.*") if "(" in text[1:] else text.strip(" :.*")

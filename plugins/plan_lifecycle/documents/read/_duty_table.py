"""Duties in a table: each row a paper with its day ("Báo cáo 6 tháng | 20/6/2023"), or each column one.

Who owes them, and to whom they go, may stand in columns of their own; else in the lines above the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plan_lifecycle.documents.read._agents import Address, address_of, is_agency, owing_in, tidy
from plan_lifecycle.documents.read._asked import Duty
from plan_lifecycle.documents.read._blocks import Table
from plan_lifecycle.documents.read._columns import Role, columns_of
from plan_lifecycle.documents.read._outline import Entry
from plan_lifecycle.documents.read._reports import item_named
from plan_lifecycle.documents.read._when import is_vague, times_in
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import DutyItem
from plan_lifecycle.domain.regex import regex
from plan_lifecycle.domain.text import normalise

_PAPER = regex(r"^(?:(?:loại|tên|nội dung|chế độ|kỳ|các) ){0,6}(?:báo cáo|văn bản|kỳ báo cáo|kế hoạch, báo cáo)$")
_DAY = regex(r"thời (?:hạn|gian|điểm)|\bhạn\b|ngày (?:gửi|nộp|báo cáo)|^gửi trước")
_CUT_OFF = regex(r"chốt|số liệu|lấy|tính đến|kỳ báo cáo$")
_WHO = regex(
    r"(?:đơn vị|cơ quan)(?:,? (?:đơn vị|cá nhân))?(?: (?:báo cáo|gửi|lập|thực hiện|chịu trách nhiệm))?$|chủ trì"
)
_TO = regex(r"nơi nhận|(?:cơ quan|đơn vị) (?:nhận|tiếp nhận)|gửi (?:đến|về|cho)")
_OWED = regex(r"^(?:[-+*\d.)\s]*)(?:báo cáo|kế hoạch)\b")
_LONGEST = 90


_NOWHERE = Address(None, None)


@dataclass(frozen=True, slots=True)
class _Row:
    """A paper that a table asks for; ``words`` are the row's own."""

    item: DutyItem
    who: str
    to: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class _Columns:
    paper: int
    day: int
    who: int | None
    to: int | None


def duties_in_table(table: Table, above: Sequence[str], entry: Entry, place: str) -> list[Duty]:
    """The duties that a table lays on people; empty where it is of another kind. ``above`` are the lines before it."""
    texts = [[" ".join(cell.text.split()) for cell in row] for row in table.rows]
    if len(texts) < 2:
        return []
    above_all = [address_of(line) for line in reversed(above)]
    to = next((found for found in above_all if found != _NOWHERE), _NOWHERE)
    who = next((found for line in reversed(above) if (found := owing_in(line))), "")
    columns = _columns(texts)
    made = []
    for row in _by_rows(texts, columns) if columns else _by_columns(texts):
        there = address_of(f"gửi {row.to}") if row.to else to
        basis = Basis.ISSUE if row.item is DutyItem.SUB_PLAN and "gửi" not in normalise(row.words) else Basis.RECEIPT
        clause = f"{row.words} ({place})"
        made.append(Duty(row.item, row.who or who, row.when, there.addressee, there.office, basis, clause, entry))
    return made


def _columns(texts: list[list[str]]) -> _Columns | None:
    """The columns of a table whose rows are papers with a day."""
    headings = [normalise(text).strip(" .:*") if len(text) <= _LONGEST else "" for text in texts[0]]
    days = [at for at, form in enumerate(headings) if _DAY.search(form) and not _CUT_OFF.search(form)]
    rows = texts[1:]
    named = [at for at, form in enumerate(headings) if _PAPER.match(form)]
    led = columns_of(texts[:1]).has(Role.LEAD, Role.BOTH)  # a task to report is a task, with a lead of its own
    papers = [at for at in range(len(headings)) if at in named or (not led and _papers(rows, at))]
    if not days or not papers or papers[0] in days:
        return None
    paper = papers[0]
    if sum(item_named(row[paper]) is not None for row in rows) * 2 < len([row for row in rows if row[paper]]):
        return None
    others = [at for at in range(len(headings)) if at not in (paper, *days)]
    who = next((at for at in others if _WHO.search(headings[at])), None)
    to = next((at for at in others if _TO.search(headings[at])), None)
    return _Columns(paper, days[-1], who, to)


def _papers(rows: list[list[str]], at: int) -> bool:
    filled = [row[at] for row in rows if row[at].strip()]
    return bool(filled) and sum(_OWED.match(normalise(text)) is not None for text in filled) * 3 >= len(filled) * 2


def _by_rows(texts: list[list[str]], columns: _Columns) -> Iterator[_Row]:
    for row in texts[1:]:
        item = item_named(row[columns.paper])
        if item is not None:
            owing = tidy(row[columns.who]) if columns.who is not None else ""
            sent = row[columns.to] if columns.to is not None else ""
            words = " | ".join(dict.fromkeys(text for text in row if text))
            yield _Row(item, owing, sent, row[columns.day].strip(), words)


def _by_columns(texts: list[list[str]]) -> Iterator[_Row]:
    """ "Đơn vị | Báo cáo 6 tháng | Báo cáo năm" over rows of agencies and days."""
    heads = [(at, item_named(text)) for at, text in enumerate(texts[0]) if len(text) <= _LONGEST]
    items = [(at, item) for at, item in heads if item is not None]
    rows = [row for row in texts[1:] if any(row)]
    dated = [row for row in rows if items and all(not row[at] or _is_day(row[at]) for at, _ in items)]
    # one cell that is no day, and it is another kind of table: left to the question about it
    if not items or len(dated) < len(rows):
        return
    for row in rows:
        owing = next((tidy(text) for at, text in enumerate(row) if text and is_agency(text)), "")
        for at, item in items:
            if row[at]:
                yield _Row(item, owing, "", row[at], f"{texts[0][at]}: {row[at]}")


def _is_day(text: str) -> bool:
    times = times_in(text)
    return bool(times) and not is_vague(times[0])

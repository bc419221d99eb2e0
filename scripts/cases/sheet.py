"""How the plans of the cases are laid out: a head, bases, parts, a task table, a foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scripts.word import layout
from scripts.word.package import LANDSCAPE_WIDTH, TEXT_WIDTH, word_file
from scripts.word.table import Column, ruled

from plan_lifecycle.documents.drafts import Letterhead, rule_under

_WATCHED = {
    "STT": 720,
    "Nhiệm vụ": 4000,
    "Sản phẩm": 2300,
    "Thời gian hoàn thành": 2000,
    "Chủ trì thực hiện": 1900,
    "Phối hợp thực hiện": 1700,
}
_DATED = {"STT": 720, "Nội dung": 4200, "Trách nhiệm thực hiện": 2200}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
_MONITOR = "Theo dõi, kiểm tra, đôn đốc"
_WIDTHS = {"STT": 720, "Nội dung": 2830, "Chủ trì": 1450, "Phối hợp": 1500, "Thời gian": 1400}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of a plan. ``number`` is without its symbol."""

    agency: tuple[str, ...]
    number: str
    symbol: str
    place: str
    issued_on: date
    abstract: str
    bases: tuple[str, ...]
    opening: str
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str
    superior: tuple[str, ...] = ()


def plan(frame: Frame, *content: str, annex: str = "", last_section: str | None = None) -> bytes:
    """The .docx of a plan: ``content`` is the markup between the opening sentence and the foot, ``annex`` after it."""
    head = Letterhead(
        agency=frame.agency,
        superior=frame.superior,
        symbol=frame.symbol,
        place=frame.place,
        year=frame.issued_on.year,
        number=frame.number,
        issued_on=frame.issued_on,
    )
    blocks = [
        layout.letterhead(frame.superior, frame.agency, head.rule, head.number_line, head.date_line),
        layout.title("KẾ HOẠCH", frame.abstract, rule_under(frame.abstract, 14)),
        layout.bases(*ended(frame.bases)),
        layout.body(frame.opening),
        *content,
        layout.closing([f"- {line}" for line in ended(frame.recipients)], frame.signature, frame.signer),
        annex,
    ]
    return word_file(blocks, title=f"Kế hoạch {frame.abstract}", last_section=last_section)


def ended(lines: Sequence[str]) -> list[str]:
    """Each line with ";", the last with "."."""
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def tasks(rows: Sequence[tuple[str, str, str, str, str]]) -> str:
    """The task table: content, lead, support, time, product; numbered from 1."""
    columns = [_column(name, width) for name, width in _WIDTHS.items()]
    columns.append(_column("Sản phẩm", TEXT_WIDTH - sum(_WIDTHS.values())))
    return ruled(columns, body=[(str(number), *row) for number, row in enumerate(rows, start=1)]) + layout.spacer()


def watched_tasks(rows: Sequence[tuple[str, ...]]) -> str:
    """The task table of an annex, landscape: field, content, product, time, lead, support, monitoring agency.

    Each field has a row of its own before its tasks, which are numbered from 1 within it.
    """
    columns = [_column(name, width) for name, width in _WATCHED.items()]
    columns.append(_column(_MONITOR, LANDSCAPE_WIDTH - sum(_WATCHED.values())))
    body: list[tuple[str, ...]] = []
    fields: dict[str, int] = {}
    for field, *task in rows:
        if field not in fields:
            fields[field] = 0
            body.append((_ROMAN[len(fields) - 1], f"**{field}**", *[""] * (len(columns) - 2)))
        fields[field] += 1
        body.append((str(fields[field]), *task))
    return ruled(columns, body=body) + layout.spacer()


def dated(rows: Sequence[tuple[str, str, str]]) -> str:
    """A table of dated broadcasts: content, who is responsible, time; numbered from 1."""
    columns = [_column(name, width) for name, width in _DATED.items()]
    columns.append(_column("Thời gian thực hiện", TEXT_WIDTH - sum(_DATED.values())))
    return ruled(columns, body=[(str(number), *row) for number, row in enumerate(rows, start=1)]) + layout.spacer()


def _column(name: str, width: int) -> Column:
    return Column(name, width, "", "TableCentre" if name == "STT" else "TableText")

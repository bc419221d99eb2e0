"""How the plans of the cases are laid out: a head, bases, parts, a task table, a foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scripts.word import layout
from scripts.word.package import TEXT_WIDTH, word_file
from scripts.word.table import Column, ruled

from plan_lifecycle.documents.drafts import Letterhead, rule_under

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


def plan(frame: Frame, *content: str) -> bytes:
    """The .docx of a plan: ``content`` is the markup between the opening sentence and the foot."""
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
    ]
    return word_file(blocks, title=f"Kế hoạch {frame.abstract}")


def ended(lines: Sequence[str]) -> list[str]:
    """Each line with ";", the last with "."."""
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def tasks(rows: Sequence[tuple[str, str, str, str, str]]) -> str:
    """The task table: content, lead, support, time, product; numbered from 1."""
    columns = [
        Column(name, width, "", "TableCentre" if name == "STT" else "TableText") for name, width in _WIDTHS.items()
    ]
    columns.append(Column("Sản phẩm", TEXT_WIDTH - sum(_WIDTHS.values()), ""))
    return ruled(columns, body=[(str(number), *row) for number, row in enumerate(rows, start=1)]) + layout.spacer()

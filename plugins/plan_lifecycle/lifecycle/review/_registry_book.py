"""The registry's book, line by line: what is surely ours is put on record, what is doubtful is shown, nothing guessed.

"07/KH-UBND | 20/02/2023 | UBND xã Bình An, huyện Bắc Bình | Kế hoạch tuyên truyền CCHC năm 2023 | 21/02/2023" meets
the commune's plan. A name that two communes bear, an abstract that fits no obligation or two: a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from plan_lifecycle.config.unit_names import UnitNames
from plan_lifecycle.documents.registry_book import RegistryRow
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.obligation import RELEASED, Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review._record import Paper, Via, record_paper
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import StoreBusyError

BY_THE_BOOK = "Ghi nhận theo sổ văn bản đến."
_REFORM = re.compile(r"\bcchc\b|cải cách (?:thủ tục )?hành chính")
_COMMUNICATION = re.compile(r"tuyên truyền|truyền thông")
_KINDS = {Item.SUB_PLAN: re.compile(r"\bkh\b|kế hoạch"), Item.REPORT: re.compile(r"\bbc\b|báo cáo")}


class Status(StrEnum):
    """What a line is: put on record, known already, doubtful, or about something else."""

    MATCHED = "matched"
    KNOWN = "known"
    DOUBT = "doubt"
    UNRELATED = "unrelated"


class About(NamedTuple):
    """What all lines of a list are: one item of one period."""

    item: Item
    period: str


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line of the book; ``why`` says what is doubtful. ``id`` is the submission once recorded."""

    line: int
    status: Status
    agency: str
    abstract: str
    reference: str | None
    issued_on: date | None
    received_on: date | None
    unit_id: str | None = None
    item: str | None = None
    period: str | None = None
    id: str | None = None
    why: str | None = None


def record_book(
    office: Office,
    rows: Sequence[RegistryRow],
    province: Unit,
    decider: Decider,
    now: datetime,
    *,
    dry_run: bool,
    about: About | None = None,
) -> list[Line]:
    """Put every line on record that surely meets an obligation of a unit of the province; show the others.

    ``about`` says what all the lines are, where their abstracts do not.
    """
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, now.date())
        units = [province, *tree.below(province.id)]
        owed = obligation_rows.owed_by(connection, [unit.id for unit in units])
    names = UnitNames(units)
    by_unit: dict[str, list[Obligation]] = {}
    for (unit_id, _, _), found in owed.items():
        if office.sight.has(unit_id):
            open_ = (obligation for obligation in found if obligation.state not in RELEASED)
            by_unit.setdefault(unit_id, []).extend(open_)
    lines = []
    for row in rows:
        line, paper = _match(row, names, by_unit, about)
        lines.append(line if paper is None or dry_run else _recorded(office, line, paper, decider, now))
    return lines


def _match(
    row: RegistryRow, names: UnitNames, owed: dict[str, list[Obligation]], about: About | None
) -> tuple[Line, Paper | None]:
    line = Line(
        row.line, Status.UNRELATED, row.agency, row.abstract, row.number or None, row.issued_on, row.received_on
    )
    text = normalise(f"{row.abstract} {row.number.replace('/', ' ').replace('-', ' ')}")
    if about is None and not _REFORM.search(text):
        return line, None
    found = names.find(row.agency)
    if len(found) != 1:
        several = "; ".join(names.within(unit) for unit in found[:5])
        why = f"tên cơ quan ứng với nhiều đơn vị: {several}" if found else "chưa rõ cơ quan"
        return replace(line, status=Status.DOUBT, why=why), None
    line = replace(line, unit_id=found[0].id)
    known = owed.get(found[0].id, [])
    meant = _meant(text, known) if about is None else _chosen(about, known)
    if isinstance(meant, str):
        return replace(line, status=Status.DOUBT, why=meant), None
    line = replace(line, item=meant.item.value, period=meant.period)
    problems = [*row.problems, *_unlikely(row)]
    if problems or row.received_on is None:
        why = "; ".join(problems or ["chưa có ngày đến"])
        return replace(line, status=Status.DOUBT, why=why), None
    paper = Paper(
        meant.unit_id, meant.item, meant.period, line.reference, row.issued_on, row.received_on, Via.AXIS, row.abstract
    )
    return replace(line, status=Status.MATCHED), paper


def _chosen(about: About, owed: Sequence[Obligation]) -> Obligation | str:
    found = [obligation for obligation in owed if (obligation.item, obligation.period) == about]
    return found[0] if found else "đơn vị không có nội dung phải gửi này"


def _meant(text: str, owed: Sequence[Obligation]) -> Obligation | str:
    """The one thing owed that an abstract speaks of, else what is doubtful about it."""
    found = [obligation for obligation in owed if obligation.item in _KINDS and _KINDS[obligation.item].search(text)]
    labels = {obligation.id: normalise(Period.parse(obligation.period).label) for obligation in found}
    found = [obligation for obligation in found if labels[obligation.id] in text]
    # "năm 2023" stands in "6 tháng đầu năm 2023" too: the longer one is meant.
    longest = max((len(labels[obligation.id]) for obligation in found), default=0)
    found = [obligation for obligation in found if len(labels[obligation.id]) == longest]
    meant = {(obligation.item, obligation.period) for obligation in found}
    if not meant:
        return "trích yếu chưa ứng với nội dung nào đơn vị phải gửi"
    if len(meant) > 1:
        return "trích yếu ứng với nhiều nội dung phải gửi"
    if found[0].item is Item.SUB_PLAN and not _COMMUNICATION.search(text):
        return "chưa rõ có phải kế hoạch thông tin, tuyên truyền không"
    return found[0]


def _unlikely(row: RegistryRow) -> list[str]:
    if not row.number:
        return ["chưa có số, ký hiệu"]
    if row.issued_on and row.received_on and row.issued_on > row.received_on:
        return ["ngày văn bản sau ngày đến"]
    return []


def _recorded(office: Office, line: Line, paper: Paper, decider: Decider, now: datetime) -> Line:
    try:
        done = record_paper(office, paper, replace(decider, reason=BY_THE_BOOK), now)
    except StoreBusyError:
        raise  # it takes nothing just now, of the others neither
    except PlanLifecycleError as error:
        return replace(line, status=Status.DOUBT, why=error.for_user)
    return replace(line, status=Status.MATCHED if done.new else Status.KNOWN, id=done.id)

"""What a report says of the superior plan's tasks: kept with it, and asked about where it is unclear.

Sở Tư pháp writes "đã xong" beside a task: that is read as done. "sẽ làm" is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.documents.gate import Verdict
from plan_lifecycle.documents.report_form import FormTask, read_form_tasks
from plan_lifecycle.domain.figure_check import TO_LOOK_AT
from plan_lifecycle.domain.figure_text import read_day
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.plan_task import SAID_WORDS, Said, read_said
from plan_lifecycle.domain.submission import Finding, Rule
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.office import Desk
from plan_lifecycle.lifecycle.progress import PlansAsked
from plan_lifecycle.lifecycle.submission._bytes import Upload
from plan_lifecycle.lifecycle.submission._checks import Checked
from plan_lifecycle.store.progress import SaidOfTask
from plan_lifecycle.store.submission_files import Part

_KINDS = ("docx", "xlsx")
_ANSWERS = ", ".join(words for said, words in SAID_WORDS.items() if said is not Said.OPEN)
_SHOWN = 80


def with_tasks(
    desk: Desk, upload: Upload, verdict: Verdict, part: Part, checked: dict[int, Checked], owed: Sequence[Obligation]
) -> dict[int, Checked]:
    """Add what a report says of the tasks that its unit leads, and what is asked about it."""
    if owed[0].item is not Item.REPORT or part not in (Part.FIGURES, Part.SOURCE) or verdict.kind not in _KINDS:
        return checked
    asking = [one for one in owed if one.unit_id in desk.tree and desk.profile_of(one).tasks]
    if not asking:
        return checked
    try:
        rows = upload.read(read_form_tasks, verdict.kind)
    except BadDocument:
        return checked
    found = dict(checked)
    plans: PlansAsked = desk.kept.setdefault("plans_asked", PlansAsked(desk.office, desk.tree, desk.now))
    for obligation in asking if rows else ():
        unit, profile = desk.tree[obligation.unit_id], desk.profile_of(obligation)
        with desk.office.store.read() as connection:
            asked = plans.of(connection, obligation, profile, unit).tasks
        said, findings = _read(rows, asked, desk.now.date())
        of_this = found[obligation.id]
        found[obligation.id] = replace(of_this, tasks=said, findings=(*of_this.findings, *findings))
    return found


def _read(
    rows: Sequence[FormTask], asked: Sequence[FormTask], today: date
) -> tuple[tuple[SaidOfTask, ...], tuple[Finding, ...]]:
    """What is said of each task that is asked about, the first time that it stands there, and the doubts."""
    said: dict[str, SaidOfTask] = {}
    doubts: list[str] = []
    for row in rows:
        key, what = _key_of(row, asked), f"nhiệm vụ “{row.name[:_SHOWN]}”"
        if key is None:
            doubts.append(f"{what} không có trong các nhiệm vụ của kế hoạch do đơn vị chủ trì")
            continue
        state, day = read_said(row.said), read_day(row.done_on)
        doubts += [f"{what}: {doubt}" for doubt in _doubts(row, state, day, today)]
        if state is not None and key not in said:
            kept = day if state is Said.DONE and day is not None and day <= today else None
            said[key] = SaidOfTask(key, state, kept, row.paper, row.note)
    findings = tuple(
        Finding(Rule.REPORT_TASK, f"{TO_LOOK_AT}{text}.", blocks=False, doubt=True) for text in dict.fromkeys(doubts)
    )
    return tuple(said.values()), findings


def _key_of(row: FormTask, asked: Sequence[FormTask]) -> str | None:
    """The task of a row by its key, else by its words where only one has them; of two, by its time as well."""
    if any(one.key == row.key for one in asked):
        return row.key
    name, time = normalise(row.name), normalise(row.time)
    alike = [one for one in asked if normalise(one.name) == name]
    if len(alike) > 1:
        alike = [one for one in alike if normalise(one.time) == time]
    return alike[0].key if len(alike) == 1 else None


def _doubts(row: FormTask, state: Said | None, day: date | None, today: date) -> Iterator[str]:
    if state is None:
        yield f"chưa rõ tình hình thực hiện “{row.said}”; đề nghị chọn: {_ANSWERS}"
    if row.done_on and day is None:
        yield f"ngày hoàn thành “{row.done_on}” chưa đúng; đề nghị ghi như 05/01/2026"
    if day is not None and day > today:
        yield f"ngày hoàn thành {row.done_on} sau ngày gửi báo cáo"
    if state is Said.DONE and not row.paper:
        yield "đã hoàn thành nhưng chưa ghi số, ký hiệu văn bản hoặc sản phẩm"

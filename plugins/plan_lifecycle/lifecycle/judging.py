"""Judging: what the gate says of a file, and what is read of it for each obligation that it may meet.

Xã Bình An's Word file is its plan's source, its signed PDF the paper, a photograph a copy that cannot be read. The
channel does the same when it matches by itself as a person does who says where a file belongs.
"""

from __future__ import annotations

from collections.abc import Sequence

from plan_lifecycle.documents.gate import Purpose, Verdict, inspect
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.checking import PURPOSES, Checked, check_copy, check_submission
from plan_lifecycle.lifecycle.desk import Desk
from plan_lifecycle.lifecycle.filing import Filed, part_of
from plan_lifecycle.lifecycle.past import Past
from plan_lifecycle.store.submission_files import Part


def judge(desk: Desk, data: bytes, name: str, owed: Sequence[Obligation]) -> Filed | Verdict:
    """What the file adds to each obligation, all of one item; the gate's verdict where it does not let it in."""
    verdict = _verdict(data, name, owed[0].item)
    part = part_of(owed[0].item, verdict)
    if part is None:
        return verdict
    return Filed(part, {each.id: _check(desk, data, name, verdict, each, part) for each in owed})


def _verdict(data: bytes, name: str, item: Item) -> Verdict:
    """The gate's word; a signed PDF or a photograph is looked at as evidence where the item is another kind of file."""
    verdict = inspect(data, name=name, purpose=PURPOSES[item])
    if verdict.code == "wrong_kind" and verdict.kind in ("pdf", "png", "jpeg"):
        return inspect(data, name=name, purpose=Purpose.EVIDENCE)
    return verdict


def _check(desk: Desk, data: bytes, name: str, verdict: Verdict, obligation: Obligation, part: Part) -> Checked:
    if part is Part.COPY:
        return check_copy(verdict, name)
    level = desk.tree[obligation.unit_id].level if obligation.unit_id in desk.tree else None
    period = Period.parse(obligation.period)
    indicators = desk.office.rules.indicators_of(period.year, level) if obligation.item is Item.REPORT else ()
    standard = desk.superiors.of(obligation) if part is Part.SOURCE else None
    parent = desk.plans.get(obligation.plan_id)
    if part is not Part.FIGURES:
        return check_submission(data, verdict, obligation, parent, indicators, standard)
    with desk.office.store.read() as connection:
        past = Past(connection, desk.office.rules, [obligation.unit_id])
        background = past.background(obligation.unit_id, period, indicators)
    return check_submission(data, verdict, obligation, parent, indicators, background=background)

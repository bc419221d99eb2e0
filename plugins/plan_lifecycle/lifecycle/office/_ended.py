"""What is open of units that exist no more, with names: who owed it, who took over, and whose coordinator sees to it.

On 01/7/2025 Bình Thuận became part of Lâm Đồng: what its communes still owe stands in the list of Sở Nội vụ tỉnh Lâm
Đồng, each with the communes that took over, until a person hands it over or closes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plan_lifecycle.domain.lineage import Heritage
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.lineage import load_heritage


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that may take over; ``name`` is what people read."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class EndedDuty:
    """An open obligation whose unit or receiver exists no more.

    ``keeper`` receives it now; None where nobody is left. ``heirs`` took over from the unit: the unit itself where only
    its receiver ended, nobody where it ended without a successor.
    """

    owed: Obligation
    unit: str
    heirs: tuple[Heir, ...]
    keeper: Unit | None
    why: str


def ended_duties(connection: Connection, day: date) -> dict[int, EndedDuty]:
    """Everything of the kind on a day, by the obligations' ids, in order of units."""
    owed = obligation_rows.open_of_ended(connection, day)
    if not owed:
        return {}
    ids = {unit_id for obligation in owed for unit_id in (obligation.unit_id, obligation.receiver_id)}
    tree = unit_rows.with_former(connection, unit_rows.load_tree(connection, day), ids)
    heritage = load_heritage(connection, ids)
    return {obligation.id: _duty(tree, heritage, obligation, day) for obligation in owed}


def _duty(tree: UnitTree, heritage: Heritage, owed: Obligation, day: date) -> EndedDuty:
    keeper = heritage.keeper(owed.receiver_id, day)
    heirs = tuple(heir for heir in heritage.heirs(owed.unit_id, day) if keeper is None or heir.id != keeper.id)
    named = tuple(Heir(heir.id, tree.named(heir)) for heir in heirs)
    why = _why(tree, owed, named, keeper)
    return EndedDuty(owed, tree.called(owed.unit_id), named, keeper, why)


def _why(tree: UnitTree, owed: Obligation, heirs: tuple[Heir, ...], keeper: Unit | None) -> str:
    last_day = f"; chậm nhất hết ngày {short_date(owed.due_on)}" if owed.due_on else ""
    receiver = f"; nơi nhận hiện nay: {tree.named(keeper)}" if keeper else "; chưa rõ nơi nhận hiện nay"
    if owed.unit_id in tree:
        return f"Nơi nhận ({tree.called(owed.receiver_id)}) đã kết thúc hoạt động{receiver}{last_day}"
    unit = tree.known(owed.unit_id)
    until = f" (hết ngày {short_date(unit.valid_to)})" if unit and unit.valid_to else ""
    names = "; ".join(heir.name for heir in heirs)
    return f"Đơn vị đã kết thúc hoạt động{until}; đơn vị kế thừa: {names or 'chưa xác định'}{receiver}{last_day}"

"""Finding what a unit owes by its item and period, for whoever has no id at hand.

The plan of xã Bình An for 2023 is O5; it is O5 and O9 where two plans ask for it.
"""

from __future__ import annotations

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import RELEASED, SETTLED, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review._ids import Subject, SubjectId
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.database import Connection


def owed_as(connection: Connection, unit_id: str, item: str, period: str) -> list[Obligation]:
    """Everything of this item and period that the unit owes and is not let off; else one that it was let off.

    Raises InputError that lists what the unit owes, and for what is no period.
    """
    known = obligation_rows.owed_by(connection, [unit_id])
    found = known.get((unit_id, item, Period.parse(period).code), [])
    if not found:
        owes = ", ".join(f"{of_item} {of_period}" for _, of_item, of_period in known) or "nothing"
        vi = "Đơn vị không có nội dung phải gửi này; đề nghị kiểm tra đơn vị, loại văn bản, kỳ."
        raise InputError(f"what unit {unit_id} owes ({owes})", field="item", found=f"{item} {period}", vi=vi)
    return [owed for owed in found if owed.state not in RELEASED] or found[:1]


def open_ids(office: Office, unit_id: str, item: str, period: str) -> list[SubjectId]:
    """The ids, in order, of what is still open of this item and period; where nothing is, of all. Raises InputError."""
    with office.store.read() as connection:
        found = owed_as(connection, unit_id, item, period)
    still_open = [owed for owed in found if owed.state not in SETTLED] or found
    return [SubjectId(Subject.OBLIGATION, number) for number in sorted(owed.id for owed in still_open)]

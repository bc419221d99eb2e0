"""Which of the things in the store belong to units that somebody may see.

Ms Hoa, who coordinates huyện Bắc Bình, names S12 and A7: S12 is xã Bình An's, A7 may be hers or huyện Tuy Phong's, so
only S12 is seen.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true

from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.store.engine import in_batches
from plan_lifecycle.store.tables import arrival, guess, letter, obligation, reminder, submission


def within(column: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """Whether the unit in a column may be seen."""
    return true() if sight.units is None else column.in_(sorted(sight.units))


def letters_within(sight: Sight) -> ColumnElement[bool]:
    """Whether a letter is about units alone that may be seen: one to an office may name what several of them owe."""
    if sight.whole:
        return true()
    others = select(reminder.c.letter_id).join(obligation, obligation.c.id == reminder.c.obligation_id)
    others = others.where(reminder.c.letter_id == letter.c.id, ~within(obligation.c.unit_id, sight))
    return and_(within(letter.c.unit_id, sight), ~others.exists())


def seen_submissions(connection: Connection, ids: Collection[int], sight: Sight) -> set[int]:
    """Those of the submissions that may be seen."""
    query = select(submission.c.id).join(obligation, obligation.c.id == submission.c.obligation_id)
    return _those(connection, query.where(within(obligation.c.unit_id, sight)), submission.c.id, ids)


def seen_obligations(connection: Connection, ids: Collection[int], sight: Sight) -> set[int]:
    """Those of the obligations that may be seen."""
    query = select(obligation.c.id).where(within(obligation.c.unit_id, sight))
    return _those(connection, query, obligation.c.id, ids)


def seen_arrivals(connection: Connection, ids: Collection[int], sight: Sight) -> set[int]:
    """Those of the arrivals that may be seen: which say of one such unit that they are its, or may be of such alone."""
    query = select(arrival.c.id)
    if not sight.whole:
        guessed = select(guess.c.arrival_id).where(guess.c.arrival_id == arrival.c.id)
        named = within(arrival.c.unit_id, sight)
        query = query.where(
            or_(named, and_(arrival.c.unit_id.is_(None), guessed.exists())),
            ~guessed.where(~within(guess.c.unit_id, sight)).exists(),
        )
    return _those(connection, query, arrival.c.id, ids)


def _those(connection: Connection, query: Select[Any], key: ColumnElement[int], ids: Collection[int]) -> set[int]:
    """Those of the ids that a query finds, asked in parts."""
    parts = in_batches(sorted(set(ids)))
    return {found for some in parts for found in connection.execute(query.where(key.in_(some))).scalars()}

"""Digests that wait: of several to one person about one receiver only the newest is worth reading.

Mail was paused from Monday to Thursday: Phòng Nội vụ gets Thursday's digest, and not the three before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.store.tables import letter

KIND = "digest"


def outdated(connection: Connection, waiting: Sequence[Letter]) -> set[int]:
    """The ids of those digests among the letters after which a newer one was queued for the same reader."""
    digests = [each for each in waiting if each.kind == KIND]
    if not digests:
        return set()
    newest: dict[tuple[str, str], int] = {}
    to = sorted({each.recipient for each in digests})
    query = select(letter.c.id, letter.c.key).where(letter.c.kind == KIND, letter.c.recipient.in_(to))
    for row in connection.execute(query.order_by(letter.c.queued_at, letter.c.id)):
        newest[_about(row.key)] = row.id
    return {each.id for each in digests if newest[_about(each.key)] != each.id}


def _about(key: str) -> tuple[str, str]:
    """What a digest's key names beside its day: for whom it is worded, and about which receiver to which address."""
    worded, _, rest = key.partition(":")
    return worded, rest.partition(":")[2]

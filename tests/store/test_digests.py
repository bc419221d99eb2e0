"""Digests that wait: only the newest for one reader about one receiver is worth reading."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import day, letter

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.store.digests import outdated
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.letters import newest, queue


def digest(on: str, about: str = "bb", worded: str = "digest", to: str = "hoa@example.vn") -> Letter:
    key = f"{worded}:{on}:{about}:{to}"
    of = replace(letter(0), kind="digest", recipient=to, unit_id=None, queued_at=day(on))
    return replace(of, key=key, message_id=f"<{key}>")


def test_of_several_digests_to_one_reader_about_one_receiver_the_newest_stands(store: Store) -> None:
    waiting = [
        digest("2023-03-06"),
        digest("2023-03-07"),
        digest("2023-03-06", about="tp"),
        digest("2023-03-06", worded="leader"),
        digest("2023-03-06", to="lan@example.vn"),
    ]
    with store.write() as connection:
        queue(connection, waiting)
        found = newest(connection, 10)
        old = outdated(connection, found)
        assert [each.key for each in found if each.id in old] == [waiting[0].key]
        assert outdated(connection, [each for each in found if each.id not in old]) == set()

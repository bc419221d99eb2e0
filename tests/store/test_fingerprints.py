"""The last configuration that something was worked out from is known by its name."""

from __future__ import annotations

from plan_lifecycle.store import fingerprints
from plan_lifecycle.store.engine import Store


def test_the_newest_digest_counts_under_its_own_name(store: Store) -> None:
    with store.write() as connection:
        assert fingerprints.get(connection, "ladder") is None
        fingerprints.put(connection, "ladder", "a" * 64)
        fingerprints.put(connection, "calendar", "b" * 64)
        fingerprints.put(connection, "ladder", "c" * 64)
        assert fingerprints.get(connection, "ladder") == "c" * 64
        assert fingerprints.get(connection, "calendar") == "b" * 64

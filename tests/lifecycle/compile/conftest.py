"""Huyện Bắc Bình with three communes that owe their report of the first half by 16/6."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import migrated_copy
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, fill, make_office, owe, plan_row

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store, open_store


@pytest.fixture
def office(store: Store) -> Office:
    """On SQLite and on PostgreSQL."""
    return _owing(store)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Office]:
    """On SQLite alone."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    yield _owing(store)
    store.close()


def _owing(store: Store) -> Office:
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    return make_office(store)

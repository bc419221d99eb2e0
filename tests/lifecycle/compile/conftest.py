"""Huyện Bắc Bình with three communes that owe their report of the first half; in SQLite alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import migrated_copy
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, fill, make_office, owe, plan_row

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import open_store


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Office]:
    """Three communes of huyện Bắc Bình owe their report of the first half."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    yield make_office(store)
    store.close()

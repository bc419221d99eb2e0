"""Every test here that asks for a store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from tests.databases import empty_url, store, url
from tests.store.store_0009 import make_store_0009

from plan_lifecycle.store.engine import make_engine

__all__ = ["at_0009", "empty_url", "store", "url"]


@pytest.fixture
def at_0009(empty_url: str) -> Iterator[Engine]:
    """A store of version 0009 with rows in every table, not yet opened by the software of today."""
    engine = make_engine(empty_url)
    make_store_0009(engine)
    yield engine
    engine.dispose()

"""What the rest of the package knows of the database: a connection, and its two ways of saying no."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert
from tests.factories import fill

from plan_lifecycle.store import engine
from plan_lifecycle.store.database import StoreBusyError, StoreRefusedError
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import unit


def test_a_broken_rule_is_refused_without_a_word_of_its_values(store: Store) -> None:
    fill(store)
    with store.read() as connection:
        known = dict(connection.execute(unit.select()).mappings().first() or {})
    with pytest.raises(StoreRefusedError) as told, store.write() as connection:
        connection.execute(insert(unit), [known | {"name": "tên không được lộ"}])
    assert "tên không được lộ" not in str(told.value)
    assert "INSERT" not in str(told.value)
    assert told.value.for_user


def test_a_database_that_is_held_is_busy_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 20)
    held = open_store(f"sqlite:///{tmp_path / 'store.db'}", tmp_path, durable=False)
    fill(held)
    with held.write() as holder:
        with pytest.raises(StoreBusyError, match="locked"), held.write():
            pass
        holder.execute(unit.update().values(name="xã Bình An"))
    with held.read() as connection:
        assert {row.name for row in connection.execute(unit.select())} == {"xã Bình An"}
    held.close()


def test_what_is_raised_inside_is_left_as_it_is(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write():
        _ = 1 / 0


def test_a_store_that_is_there_answers(store: Store) -> None:
    store.ping()

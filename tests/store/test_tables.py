"""What the tables themselves hold: moments are UTC inside and local outside, and constraints have stable names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, inspect, text
from tests.factories import day, fill, owe

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import arrival, metadata, obligation, plan


def test_a_moment_lies_as_utc_and_comes_out_local(store: Store) -> None:
    fill(store)
    owed = owe(store, met_at=datetime(2023, 3, 1, 1, 30, tzinfo=LOCAL))
    with store.read() as connection:
        lying = connection.execute(text("SELECT substr(CAST(met_at AS TEXT), 1, 16) FROM obligation")).scalar_one()
        shown = connection.execute(obligation.select().where(obligation.c.id == owed.id)).one().met_at
    assert lying == "2023-02-28 18:30"
    assert (shown, shown.tzinfo) == (datetime(2023, 2, 28, 18, 30, tzinfo=UTC), LOCAL)


def test_a_moment_may_be_missing(store: Store) -> None:
    fill(store)
    assert owe(store).met_at is None


@pytest.mark.parametrize("state", ["lost", "", "NEW"])
def test_a_state_that_is_none_is_refused(store: Store, state: str) -> None:
    row = {"channel": "fake", "key": "1", "received_at": day("2023-02-20"), "file_name": "x", "size": 0, "state": state}
    with pytest.raises(StoreRefusedError, match="state"), store.write() as connection:
        connection.execute(arrival.insert().values(row))


def test_every_constraint_has_a_name_so_that_a_migration_can_find_it() -> None:
    kinds = (UniqueConstraint, CheckConstraint, ForeignKeyConstraint)
    found = [made for table in metadata.tables.values() for made in table.constraints if isinstance(made, kinds)]
    assert all(made.name for made in found)
    assert "uq_plan_issuer_id_blob" in {made.name for made in plan.constraints}


def test_every_table_of_the_code_is_in_the_database_and_no_other(store: Store) -> None:
    assert set(inspect(store.engine).get_table_names()) == {*metadata.tables, "alembic_version"}

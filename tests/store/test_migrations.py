"""A database is brought to the newest schema and keeps its rows; one that is out of reach is told so and left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, Inspector, inspect, text
from tests.databases import new_postgres

from plan_lifecycle.store.database import StoreError
from plan_lifecycle.store.engine import make_engine, open_store
from plan_lifecycle.store.migrations import BASELINE, FOLDER, HEAD, current, migrate, rebuilding


@pytest.fixture
def at_baseline(at_0009: Engine, tmp_path: Path) -> Iterator[Engine]:
    """A second, empty database of the same kind, at the baseline."""
    sqlite = at_0009.dialect.name == "sqlite"
    engine = make_engine(f"sqlite:///{tmp_path / 'second.db'}" if sqlite else new_postgres())
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BASELINE)
    yield engine
    engine.dispose()


def test_the_baseline_makes_what_stores_of_that_version_have(at_0009: Engine, at_baseline: Engine) -> None:
    assert shape(at_baseline) == shape(at_0009)


def shape(engine: Engine) -> dict[str, Any]:
    """Everything that tells two schemas apart but the order of columns, by table."""
    found = inspect(engine)
    return {table: table_shape(found, table) for table in found.get_table_names()}


def table_shape(found: Inspector, table: str) -> dict[str, Any]:
    columns = found.get_columns(table)
    return {
        "columns": {each["name"]: (str(each["type"]), each["nullable"], each["default"]) for each in columns},
        "key": found.get_pk_constraint(table),
        "foreign": sorted(found.get_foreign_keys(table), key=str),
        "unique": sorted(found.get_unique_constraints(table), key=str),
        "checks": sorted(found.get_check_constraints(table), key=str),
        "indexes": sorted(found.get_indexes(table), key=str),
    }


def test_one_paper_may_belong_to_two_submissions(at_0009: Engine) -> None:
    migrate(at_0009)
    with at_0009.begin() as connection:
        names = "arrival_id, version, received_at, blob, days_late, state, findings"
        again = f"INSERT INTO submission (obligation_id, {names}) SELECT 2, {names} FROM submission WHERE id = 1"  # noqa: S608
        connection.execute(text(again))
        counting = "SELECT count(*) FROM submission WHERE arrival_id = 1"
        assert connection.execute(text(counting)).scalar_one() == 2


def test_rows_and_what_refers_to_them_survive_a_table_that_is_copied(at_0009: Engine) -> None:
    counting = "SELECT (SELECT count(*) FROM submission), (SELECT count(*) FROM figure)"
    with at_0009.connect() as connection:
        before = tuple(connection.execute(text(counting)).one())
    with rebuilding(at_0009) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("submission") as batch:
            batch.drop_constraint("uq_submission_obligation_id_version", type_="unique")
    with at_0009.connect() as connection:
        assert tuple(connection.execute(text(counting)).one()) == before
        assert connection.execute(text("SELECT number FROM figure WHERE indicator = 'news_items'")).scalar_one() == 40


def test_what_waited_before_stops_reminders_too(at_0009: Engine) -> None:
    rows = [(91, "7", "unmatched"), (92, "8/message", "unmatched"), (93, "9", "filed")]
    with at_0009.begin() as connection:
        unit = connection.execute(text("SELECT id FROM unit ORDER BY id")).scalars().first()
        for number, key, state in rows:
            names = "id, channel, key, received_at, file_name, size, unit_id, state"
            values = f"{number}, 'mailbox', '{key}', '2023-02-20', 'a.pdf', 1, :unit, '{state}'"
            connection.execute(text(f"INSERT INTO arrival ({names}) VALUES ({values})"), {"unit": unit})  # noqa: S608
    migrate(at_0009)
    with at_0009.connect() as connection:
        found = connection.execute(text("SELECT arrival_id, unit_id, item FROM guess WHERE arrival_id > 90")).all()
    assert [tuple(row) for row in found] == [(91, unit, "")]


def test_foreign_keys_hold_again_afterwards(at_0009: Engine) -> None:
    migrate(at_0009)
    with at_0009.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_database_with_rows_that_refer_to_nothing_is_left_as_it_is(at_0009: Engine) -> None:
    if at_0009.dialect.name != "sqlite":
        return  # PostgreSQL never lets foreign keys rest
    with at_0009.connect() as connection:
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("UPDATE figure SET submission_id = 77 WHERE submission_id = 2")
        driver.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(StoreError, match="refer to nothing"):
        migrate(at_0009)
    assert current(at_0009) == BASELINE


@pytest.mark.parametrize(
    ("version", "told", "to_users"),
    [
        ("0001", "found a store of version 0001, expected 0009 or newer; open it once", "cũ hơn phiên bản 0009"),
        ("0008", "found a store of version 0008, expected 0009 or newer; open it once", "cũ hơn phiên bản 0009"),
        ("9999", f"found a store of version 9999, this release knows {HEAD}", f"mới hơn phiên bản {HEAD}"),
    ],
)
def test_a_store_that_is_out_of_reach_is_refused_in_words_and_left_alone(
    at_0009: Engine, tmp_path: Path, version: str, told: str, to_users: str
) -> None:
    with at_0009.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    before = shape(at_0009)
    with pytest.raises(StoreError, match="cannot open the store") as refused:
        open_store(at_0009.url.render_as_string(hide_password=False), tmp_path)
    assert told in str(refused.value)
    assert f"Cơ sở dữ liệu ở phiên bản {version}, {to_users}" in refused.value.for_user
    assert (shape(at_0009), current(at_0009)) == (before, version)

"""Opening the store, migrating it, and what a transaction promises, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError
from tests.databases import as_owner
from tests.factories import BINH_AN, DISTRICT, PROVINCE, fill, plan_row
from tests.factories import letter as make_letter

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.store.database import StoreError, StoreRefusedError
from plan_lifecycle.store.engine import Store, in_batches, insert_new, make_engine, open_store, read_only
from plan_lifecycle.store.letters import queue
from plan_lifecycle.store.migrations import HEAD, current, migrate
from plan_lifecycle.store.tables import contact, letter, metadata, unit

OPEN = (
    "import sys; from pathlib import Path; from plan_lifecycle.store.engine import open_store; "
    "open_store(sys.argv[1], Path(sys.argv[2])).close()"
)


def rows_of(*ids: str) -> list[dict[str, object]]:
    return [{"id": id_, "name": "xã Bình An", "kind": "commune", "level": 3, "standing": "ordered"} for id_ in ids]


def test_an_empty_database_is_migrated_and_again_nothing_happens(empty_url: str) -> None:
    engine = make_engine(empty_url)
    assert current(engine) is None
    migrate(engine)
    assert current(engine) == HEAD
    migrate(engine)
    assert current(engine) == HEAD
    engine.dispose()


def test_migrations_and_tables_agree(empty_url: str) -> None:
    engine = make_engine(empty_url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_threads_that_open_a_new_store_at_once_all_find_it_migrated(empty_url: str, tmp_path: Path) -> None:
    def opened(_: int) -> str | None:
        store = open_store(empty_url, tmp_path / "blobs")
        version = current(store.engine)
        store.close()
        return version

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(opened, range(6))) == [HEAD] * 6


def test_processes_that_open_a_new_store_at_once_all_find_it_migrated(empty_url: str, tmp_path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, empty_url, str(tmp_path)], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [(each.wait(), each.communicate()[1]) for each in started] == [(0, "")] * 3


def test_a_database_of_a_newer_release_is_refused_and_left_alone(url: str, tmp_path: Path) -> None:
    engine = make_engine(url)
    with as_owner(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(StoreError, match="expected that or an older one"):
            open_store(url, tmp_path)
        assert current(engine) == "9999"
    finally:
        with as_owner(engine) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
        engine.dispose()


@pytest.mark.parametrize(
    ("url_", "told"),
    [
        ("no url", "expected sqlite"),
        ("mysql://localhost/x", "'mysql'"),
        ("sqlite:////dev/null/x/store.db", "cannot make the folder"),
    ],
)
def test_what_cannot_be_opened_is_told(url_: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=told):
        open_store(url_, tmp_path)


def test_a_password_never_shows_in_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(f"postgresql://user:geheim@/x?host={tmp_path}", tmp_path)
    assert "geheim" not in str(refused.value)
    assert "***" in str(refused.value)


def test_a_plain_postgresql_url_is_opened_through_psycopg() -> None:
    engine = make_engine("postgresql://user@/x?host=/nowhere")
    assert engine.dialect.driver == "psycopg"


def test_insert_new_counts_only_what_was_new(store: Store) -> None:
    with store.write() as connection:
        assert insert_new(connection, unit, []) == 0
        assert insert_new(connection, unit, rows_of("a", "b")) == 2
        assert insert_new(connection, unit, rows_of("b", "c", "a", "d", "c")) == 2
        assert insert_new(connection, unit, rows_of("a", "b")) == 0
        assert connection.execute(select(func.count()).select_from(unit)).scalar_one() == 4


def test_insert_new_counts_right_over_thousands_of_rows(store: Store) -> None:
    with store.write() as connection:
        assert insert_new(connection, unit, rows_of(*(f"u{n}" for n in range(2500)))) == 2500
        assert insert_new(connection, unit, rows_of(*(f"u{n}" for n in range(1000, 4000)))) == 1500


def test_a_rollback_leaves_nothing(store: Store) -> None:
    def half_done() -> None:
        with store.write() as connection:
            insert_new(connection, unit, rows_of("a"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(unit)).scalar_one() == 0


def test_foreign_keys_are_enforced(store: Store) -> None:
    row = {"unit_id": "nobody", "role": "officer", "name": "A", "email": "a@example.vn"}
    with pytest.raises(StoreRefusedError), store.write() as connection:
        connection.execute(insert(contact), [row])


@pytest.mark.parametrize("zone", [UTC, LOCAL, timezone(timedelta(hours=-9)), timezone(timedelta(hours=5, minutes=45))])
def test_a_moment_comes_back_as_the_same_moment_in_local_time(store: Store, zone: timezone) -> None:
    moment = datetime(2023, 1, 1, 0, 30, 15, 123456, tzinfo=zone)
    fill(store, (PROVINCE, DISTRICT, BINH_AN))
    with store.write() as connection:
        queue(connection, [make_letter(queued_at=moment)])
        (back,) = connection.execute(select(letter.c.queued_at)).scalars()
    assert back == moment
    assert back.utcoffset() == timedelta(hours=7)


def test_moments_of_many_zones_sort_by_time(store: Store) -> None:
    fill(store, (PROVINCE, DISTRICT, BINH_AN))
    early = datetime(2023, 1, 2, 0, 10, tzinfo=LOCAL)
    late = datetime(2023, 1, 1, 23, 50, tzinfo=UTC)
    with store.write() as connection:
        queue(connection, [make_letter(1, queued_at=late), make_letter(2, queued_at=early)])
        ordered = connection.execute(select(letter.c.key).order_by(letter.c.queued_at)).scalars().all()
    assert ordered == ["letter:2", "letter:1"]


def test_a_moment_without_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="without time zone"), store.write() as connection:
        queue(connection, [make_letter(unit_id=None, queued_at=datetime(2023, 1, 1))])  # noqa: DTZ001


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(store: Store) -> None:
    with store.read() as connection:
        count = select(func.count()).select_from(unit)
        assert connection.execute(count).scalar_one() == 0
        with store.write() as other:
            insert_new(other, unit, rows_of("a"))
        assert connection.execute(count).scalar_one() == 0


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    with store.write() as writing:
        insert_new(writing, unit, rows_of("a"))
        with store.read() as connection:
            assert connection.execute(select(func.count()).select_from(unit)).scalar_one() == 0


def test_a_reader_cannot_write_on_postgresql(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        return
    with pytest.raises(Exception, match="read-only"), store.read() as connection:
        insert_new(connection, unit, rows_of("a"))


def test_opening_does_not_wait_for_a_writer(url: str, tmp_path: Path) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        insert_new(connection, unit, rows_of("a"))
        with read_only(engine) as other:
            assert other.execute(text("SELECT 1")).scalar_one() == 1
        open_store(url, tmp_path).close()
        connection.rollback()
    engine.dispose()


def test_two_writers_wait_for_each_other_and_both_succeed(store: Store) -> None:
    gate = threading.Barrier(4)

    def write(worker: int) -> int:
        new = 0
        gate.wait()
        for number in range(20):
            with store.write() as connection:
                new += insert_new(connection, unit, rows_of(f"u{number}", f"w{worker}-{number}"))
        return new

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(4))) == 20 + 4 * 20


def test_two_that_register_one_plan_get_one_id(store: Store) -> None:
    fill(store)
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(lambda _: plan_row(store), range(8)))) == 1


def test_batches_hold_every_id_once() -> None:
    assert [len(batch) for batch in in_batches(list(range(25)), size=10)] == [10, 10, 5]
    assert list(in_batches([])) == []


def test_a_store_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("nothing like a database, and long enough to be read as a header" * 20)
    with pytest.raises(StoreError, match="cannot open the store") as told:
        open_store(f"sqlite:///{tmp_path / 'store.db'}", tmp_path)
    assert not isinstance(told.value.__cause__, OperationalError) or told.value.for_user


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    """Also the journal beside it: what units sent is read by nobody else on the machine."""
    before = os.umask(0)
    try:
        opened = open_store(f"sqlite:///{tmp_path / 'var' / 'store.db'}", tmp_path / "var" / "blobs", durable=False)
        with opened.write() as connection:
            connection.execute(text("UPDATE unit SET name = name"))
            modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "var").iterdir()}
        opened.close()
    finally:
        os.umask(before)
    assert "store.db-wal" in modes
    assert set(modes.values()) == {0}

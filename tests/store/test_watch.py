"""The stamp of a store: the same as long as nothing is written, another one after any commit of anybody."""

from __future__ import annotations

import threading

from sqlalchemy import select
from tests.factories import BINH_AN, DEPARTMENT, PROVINCE, UNITS, fill

from plan_lifecycle.store.engine import Store, make_engine, open_store
from plan_lifecycle.store.tables import unit
from plan_lifecycle.store.units import save_units
from plan_lifecycle.store.watch import Watch


def test_a_stamp_stays_while_people_read_and_changes_with_each_commit(store: Store) -> None:
    fill(store)
    before = store.stamp()
    with store.read() as connection:
        connection.execute(select(unit)).all()
    assert store.stamp() == before
    seen = [before]
    for name in ("xã Một", "xã Hai"):
        with store.write() as connection:
            connection.execute(unit.update().where(unit.c.id == BINH_AN.id).values(name=name))
            assert store.stamp() == seen[-1], "not written before it is committed"
        seen.append(store.stamp())
    assert len(set(seen)) == 3


def test_what_another_process_or_thread_writes_changes_it_too(store: Store) -> None:
    fill(store, UNITS[:-1])
    before = store.stamp()
    other = open_store(store.engine.url.render_as_string(hide_password=False), store.blobs.root)

    def write() -> None:
        with other.write() as connection:
            save_units(connection, [UNITS[-1]])

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    other.close()
    assert store.stamp() != before


def test_what_is_taken_back_is_as_if_it_had_not_been(store: Store) -> None:
    fill(store, (PROVINCE,))
    try:
        with store.write() as connection:
            save_units(connection, [DEPARTMENT])
            raise RuntimeError
    except RuntimeError:
        pass
    first = store.stamp()
    assert store.stamp() == first
    with store.read() as connection:
        assert connection.execute(select(unit.c.id)).scalars().all() == [PROVINCE.id]


def test_of_a_database_in_memory_nothing_is_vouched_for() -> None:
    engine = make_engine("sqlite://")
    watch = Watch(engine)
    assert watch.stamp() != watch.stamp()
    watch.close()
    engine.dispose()


def test_a_store_that_was_closed_may_be_asked_again(store: Store) -> None:
    store.stamp()
    store.close()
    assert store.stamp() == store.stamp()
    store.close()

"""The newest business day worked never goes back; a run's typed day is admitted once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from plan_lifecycle.store.database import StoreRefusedError
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import worked
from plan_lifecycle.store.worked import (
    admit,
    clock_day,
    is_admitted,
    morning_before,
    newest_day,
    note_clock,
    note_day,
    note_morning,
)

TUESDAY = date(2023, 2, 21)


def test_nothing_was_worked_in_a_new_store(store: Store) -> None:
    with store.read() as connection:
        assert newest_day(connection) is None


def test_the_newest_day_never_goes_back(store: Store) -> None:
    for on in (date(2023, 2, 20), TUESDAY, date(2023, 2, 1)):
        with store.write() as connection:
            note_day(connection, on)
    with store.read() as connection:
        assert newest_day(connection) == TUESDAY


def test_the_clocks_newest_day_never_goes_back(store: Store) -> None:
    with store.write() as connection:
        assert clock_day(connection) is None
        for on in (date(2023, 2, 20), TUESDAY, date(2023, 2, 1)):
            note_clock(connection, on)
        assert clock_day(connection) == TUESDAY


def test_a_run_is_admitted_once_and_every_command_anew(store: Store) -> None:
    with store.write() as connection:
        first = admit(connection, TUESDAY, "remind_deadlines/manual__1")
        assert first is not None
        assert admit(connection, TUESDAY, "remind_deadlines/manual__1") is None
        assert len({first, admit(connection, TUESDAY, None), admit(connection, TUESDAY, None)}) == 3
        assert is_admitted(connection, "remind_deadlines/manual__1")
        assert not is_admitted(connection, "remind_deadlines/manual__2")


def test_there_is_one_newest_day(store: Store) -> None:
    with pytest.raises(StoreRefusedError), store.write() as connection:
        connection.execute(insert(worked).values(id=2, newest=TUESDAY))


def test_the_newest_morning_before_a_day_is_known(store: Store) -> None:
    with store.write() as connection:
        assert morning_before(connection, date(2023, 3, 1)) is None
        for number in (27, 28, 28):
            note_morning(connection, date(2023, 2, number))
        assert morning_before(connection, date(2023, 3, 1)) == date(2023, 2, 28)
        assert morning_before(connection, date(2023, 2, 28)) == date(2023, 2, 27)

"""Consolidated reports in the store, and what they were compiled from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories import day, fill, owe

from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.reports import StoredReport, compiled, count, every, newest, save, sources

FIRST = StoredReport(
    "bb", "2023-H1", 1, day("2023-06-17"), "a" * 64, "b" * 64, "c" * 64, {"missing": ["UBND xã Hòa Thắng"]}
)


@pytest.fixture(autouse=True)
def _units(store: Store) -> None:
    fill(store)


def test_the_newest_version_is_found(store: Store) -> None:
    with store.write() as connection:
        assert newest(connection, FIRST.key) is None
        first = save(connection, FIRST, [])
        second = save(connection, replace(FIRST, version=2, inputs="d" * 64), [])
        assert newest(connection, FIRST.key) == replace(FIRST, version=2, inputs="d" * 64, id=second)
        assert [each.id for each in every(connection)] == [first, second]
        assert count(connection) == 2
        assert compiled(connection) == {FIRST.key}


def test_a_version_is_saved_once(store: Store) -> None:
    obligation = owe(store)
    with store.write() as connection:
        save(connection, FIRST, [])
        row = {"obligation_id": obligation.id, "submission_id": None, "days_late": None}
        assert save(connection, replace(FIRST, inputs="d" * 64), [row]) is None
        assert count(connection) == 1


def test_an_earlier_version_s_inputs_may_come_again(store: Store) -> None:
    with store.write() as connection:
        owe_nothing = [save(connection, replace(FIRST, version=version), []) for version in (1, 2)]
        assert None not in owe_nothing
        assert [one.version for one in every(connection)] == [1, 2]


def test_a_report_keeps_the_way_back_to_what_it_was_compiled_from(store: Store) -> None:
    obligation = owe(store)
    row = {"obligation_id": obligation.id, "submission_id": None, "days_late": None}
    with store.write() as connection:
        report_id = save(connection, FIRST, [row])
        assert report_id is not None
        assert sources(connection, report_id) == [row | {"report_id": report_id}]

"""What became of reports: given once to each receiver, held at most once at a time, issued at most once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import day, fill
from tests.store.test_reports import FIRST

from plan_lifecycle.domain.release import Hold, Issue, Receiver, ReportKey
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.releases import (
    deliver,
    deliveries,
    hold,
    holds,
    is_issued,
    issue,
    issued,
    issues,
    lift,
    undo_issue,
)
from plan_lifecycle.store.reports import save

MORNING = day("2023-06-19")
HOLD = Hold("bb", "2023-H1", MORNING, "Trần Thị Lan", "Chờ số liệu", date(2023, 6, 21))
SIGNED = Issue(1, "45", date(2023, 6, 20), "Nguyễn Văn A", "d" * 64, MORNING, "Trần Thị Lan", findings=("một", "hai"))


@pytest.fixture
def versions(store: Store) -> list[int]:
    """The ids of two versions of a report."""
    fill(store)
    with store.write() as connection:
        saved = [save(connection, replace(FIRST, version=version), []) for version in (1, 2)]
    return [number for number in saved if number is not None]


def test_a_version_goes_to_each_receiver_once(store: Store, versions: list[int]) -> None:
    with store.write() as connection:
        assert [deliver(connection, versions[0], Receiver.LEADER, MORNING) for _ in range(2)] == [True, False]
        assert deliver(connection, versions[0], Receiver.COORDINATOR, MORNING)
        assert deliver(connection, versions[1], Receiver.LEADER, day("2023-06-20"))
        assert deliveries(connection) == {
            versions[0]: {Receiver.LEADER: MORNING, Receiver.COORDINATOR: MORNING},
            versions[1]: {Receiver.LEADER: day("2023-06-20")},
        }


@pytest.mark.usefixtures("versions")
def test_a_report_is_held_once_at_a_time(store: Store) -> None:
    with store.write() as connection:
        first = hold(connection, HOLD)
        assert first is not None
        assert hold(connection, replace(HOLD, reason="Lại chờ")) is None
        assert hold(connection, replace(HOLD, period="2023")) is not None
        assert holds(connection)["bb", "2023-H1", ""] == replace(HOLD, id=first)
        assert [lift(connection, first, at=MORNING, by="Trần Thị Lan") for _ in range(2)] == [True, False]
        assert [*holds(connection)] == [("bb", "2023", "")]
        assert hold(connection, HOLD) not in (None, first)
        assert hold(connection, replace(HOLD, profile="cchc")) is not None


def test_a_version_is_issued_once_until_that_is_taken_back(store: Store, versions: list[int]) -> None:
    first, second = versions
    with store.write() as connection:
        assert not is_issued(connection, ReportKey("bb", "2023-H1", ""))
        number = issue(connection, replace(SIGNED, report_id=first))
        assert number is not None
        assert issue(connection, replace(SIGNED, report_id=first, number="46")) is None
        assert issued(connection, FIRST.key) == replace(SIGNED, report_id=first, id=number)
        assert is_issued(connection, ReportKey("bb", "2023-H1", ""))
        assert not is_issued(connection, ReportKey("bb", "2023", ""))
        undone = [undo_issue(connection, number, at=MORNING, by="Lan", reason="Nhầm số") for _ in range(2)]
        assert undone == [True, False]
        assert not is_issued(connection, ReportKey("bb", "2023-H1", ""))
        assert issue(connection, replace(SIGNED, report_id=first, number="46")) is not None
        assert [one.number for one in issues(connection).values()] == ["46"]
        assert issue(connection, replace(SIGNED, report_id=second, number="50")) is not None
        newest = issued(connection, FIRST.key)
        assert newest is not None
        assert newest.number == "50"

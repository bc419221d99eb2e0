"""A sample of the loops of ``make reliability`` over collecting and reviewing: nothing lost, twice, or misplaced."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.reliability import Fault, collect_faults, disk_faults, review_faults

SAMPLES: dict[str, Callable[[], Fault]] = {
    "reviewers": lambda: review_faults.reviewers_at_once("sqlite"),
    "acts killed": lambda: review_faults.decided_under_kills("sqlite", "accept", 1),
    "rulings killed": lambda: review_faults.ruled_under_kills("postgresql", "waive", 1),
    "placers": lambda: review_faults.placers_at_once("postgresql"),
    "placing killed": lambda: review_faults.placed_under_kills("sqlite", 1),
    "folder killed": lambda: collect_faults.killed_at_steps("sqlite", "folder", 2),
    "processes": lambda: collect_faults.at_once("postgresql", 2),
    "database held": disk_faults.sqlite_held,
    "rows held": lambda: disk_faults.postgresql_held("SELECT id FROM obligation FOR UPDATE", "every obligation"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_everything_is_there_once_and_where_it_belongs(name: str) -> None:
    fault = SAMPLES[name]()
    assert fault.survived, fault


@pytest.mark.enable_socket
def test_an_endpoint_collected_under_kills_gives_all_it_has() -> None:
    fault = collect_faults.killed_from_outside("sqlite", "http", 2)
    assert fault.survived, fault


@pytest.mark.system
@pytest.mark.parametrize(
    "disk", [lambda: disk_faults.disk_full_for_files("sqlite"), disk_faults.disk_full_for_database]
)
def test_a_full_disk_only_delays(disk: Callable[[], Fault]) -> None:
    if not disk_faults.may_mount():
        pytest.skip("a small disk needs the right to mount one")
    fault = disk()
    assert fault.survived, fault

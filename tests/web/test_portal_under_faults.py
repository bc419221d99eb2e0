"""A sample of the loops of ``make reliability`` at the portal: its process dies, people try again."""

from __future__ import annotations

import pytest
from tests.reliability import portal_faults

pytestmark = pytest.mark.enable_socket


def test_an_upload_survives_the_death_of_the_server() -> None:
    fault = portal_faults.killed_at_each_step("sqlite", range(3, 6))
    assert fault.survived, fault


def test_two_versions_at_the_same_moment_are_both_kept() -> None:
    fault = portal_faults.two_files_at_once("postgresql")
    assert fault.survived, fault

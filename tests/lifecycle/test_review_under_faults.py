"""A sample of the reliability loops over collecting and reviewing: nothing lost, nothing twice."""

from __future__ import annotations

import pytest
from tests.reliability import Fault
from tests.reliability import review_faults as faults

SAMPLES = {
    "reviewers": lambda: faults._reviewers_at_once("sqlite"),
    "collectors": lambda: faults._collectors_at_once("postgresql"),
    "killed": lambda: faults._killed("sqlite", "killed", "plan_lifecycle.lifecycle.review.audit.append"),
    "full disk": lambda: faults._full_disk("sqlite"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_lost_and_nothing_done_twice(name: str) -> None:
    found: Fault = SAMPLES[name]()
    assert (found.done, found.lost, found.duplicated) == (found.due, 0, 0), found.note

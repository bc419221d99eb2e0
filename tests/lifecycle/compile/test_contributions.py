"""Each unit contributes once to a report, with what was accepted of it if anything was."""

from __future__ import annotations

import pytest

from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.lifecycle.compile._contributions import once_each


def contribution(obligation_id: int, submission_id: int | None, unit: str = "bb-binh-an") -> Contribution:
    return Contribution(unit, f"xã {unit}", obligation_id, None, submission_id, None, 0, None, ())


@pytest.mark.parametrize(
    ("submissions", "kept"),
    [
        ([None, 7], 2),
        ([7, None], 1),
        ([7, 8], 1),
        ([None, None], 1),
        ([None, 7, 8], 2),
    ],
)
def test_a_report_owed_under_two_plans_counts_where_it_was_accepted(submissions: list[int | None], kept: int) -> None:
    """Whichever of the plans comes first: the unit is not missing because of the other one."""
    owed = [contribution(number, submission) for number, submission in enumerate(submissions, 1)]
    assert [one.obligation_id for one in once_each(owed)] == [kept]


def test_units_stay_apart_and_in_their_order() -> None:
    owed = [contribution(1, None, "b"), contribution(2, 7, "a"), contribution(3, 8, "b")]
    assert [(one.unit_id, one.obligation_id) for one in once_each(owed)] == [("b", 3), ("a", 2)]

"""What units contribute is counted: who is in, who was late and who is missing."""

from __future__ import annotations

from plan_lifecycle.domain.contribution import Contribution, Standing, completeness
from plan_lifecycle.domain.figure import Figure


def contribution(name: str, submission: int | None = 1, days_late: int = 0) -> Contribution:
    figure = Figure("news", 5)
    return Contribution(name, f"xã {name}", 1, None, submission, None, days_late, None, (figure,) if submission else ())


def test_in_time_and_late_make_up_what_came_and_the_rest_is_missing_by_name() -> None:
    found = completeness(
        [contribution("A"), contribution("B", days_late=1), contribution("C", None, 3), contribution("D")]
    )
    assert found == Standing(4, 3, 2, 1, ("xã C",))
    assert (found.completeness, found.timeliness) == (75.0, 50.0)


def test_where_nobody_is_expected_nothing_is_missing() -> None:
    found = completeness([])
    assert (found.completeness, found.timeliness) == (100.0, 100.0)


def test_only_what_was_accepted_counts() -> None:
    assert contribution("A").counts
    assert not contribution("A", None).counts


def test_a_contribution_tells_its_figure_of_an_indicator() -> None:
    assert contribution("A").value("news") == 5
    assert contribution("A").value("share") is None

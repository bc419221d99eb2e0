"""An indicator has versions, each in force in its years and at its levels, and says what a kept value means."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value, of_year


def test_a_version_counts_in_its_years_and_levels() -> None:
    old = Indicator("news", "Số tin", "tin", IndicatorType.COUNT, RollUp.SUM, (2, 3), valid_to_year=2024)
    new = Indicator("news", "Số tin, bài", "tin, bài", IndicatorType.COUNT, RollUp.SUM, (2,), valid_from_year=2025)
    assert of_year((old, new), 2024) == (old,)
    assert of_year((old, new), 2025) == (new,)
    assert of_year((old, new), 2025, level=3) == ()


@pytest.mark.parametrize(
    ("kind", "number", "text", "meant"),
    [
        (IndicatorType.COUNT, 12.0, None, 12),
        (IndicatorType.RATIO, 85.5, None, 85.5),
        (IndicatorType.BOOLEAN, 1.0, None, True),
        (IndicatorType.BOOLEAN, 0.0, None, False),
        (IndicatorType.DATE, None, "2023-02-20", date(2023, 2, 20)),
        (IndicatorType.DATE, None, "đầu tháng 2", "đầu tháng 2"),
        (IndicatorType.TEXT, None, "2023-02-20", "2023-02-20"),
        (IndicatorType.TEXT, None, None, ""),
    ],
)
def test_a_kept_value_means_what_its_indicator_says(
    kind: IndicatorType, number: float | None, text: str | None, meant: Value
) -> None:
    found = Indicator("x", "Số tin", "tin", kind, RollUp.NONE, (3,)).kept_value(number, text)
    assert (type(found), found) == (type(meant), meant)

"""A row of a workbook is as high as its longest text needs, and no higher than Excel allows."""

from __future__ import annotations

import pytest

from plan_lifecycle.documents.row_height import LINE, row_height


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ([], None),
        ([("", 10)], None),
        ([("x" * 11, 10)], None),
        ([("x" * 12, 10)], 2),
        ([("x" * 22, 10)], 2),
        ([("x" * 23, 10)], 3),
        ([("x", 10), ("x" * 40, 10), ("x" * 20, 10)], 4),
        ([("một\nhai", 50)], 2),
        ([("một\n\nba", 50)], 3),
        ([("một\n" + "x" * 23, 10)], 4),
        ([("x" * 10_000, 10)], 25),
    ],
)
def test_the_longest_text_decides(texts: list[tuple[str, float]], lines: int | None) -> None:
    """Letters are taken for nine tenths of a digit; None leaves the row as it is."""
    assert row_height(texts) == (None if lines is None else LINE * lines)


def test_excel_takes_no_row_of_more_than_409_points() -> None:
    height = row_height([("x" * 100_000, 1)])
    assert height is not None
    assert height <= 409

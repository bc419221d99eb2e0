"""How high a row of a workbook must be: not every program finds that out by itself when it opens the file."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

LINE = 16.0
"""Points that a line of 12 point type takes."""
_SIGN = 0.9  # a letter of Times New Roman against the digits in which widths are given
_MOST_LINES = 25  # Excel's rows end at 409 points


def row_height(texts: Iterable[tuple[str, float]]) -> float | None:
    """Height in points for texts, each with the width of its column in signs; None where one line is enough."""
    most = 1
    for text, width in texts:
        if len(text) * _SIGN > width or "\n" in text:  # nearly all cells are short
            most = max(most, _lines(text, width))
    return LINE * min(most, _MOST_LINES) if most > 1 else None


def _lines(text: str, width: float) -> int:
    return sum(max(ceil(len(line) * _SIGN / width), 1) for line in text.split("\n"))

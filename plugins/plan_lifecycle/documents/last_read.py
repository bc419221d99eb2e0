"""What was parsed of a file last, for the next reader: one file is often read for several questions in a row.

A report is read for its figures, its words and its tasks; taking the file apart costs more than each answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")
_LARGEST = 4 * 1024 * 1024
"""Bytes of a file above which nothing of it is kept in memory."""


class LastRead(Generic[Made]):
    """A parser that gives what it made of the same bytes the last time. What it makes is for reading only."""

    def __init__(self, parse: Callable[[bytes], Made]) -> None:
        self._parse = parse
        self._last: tuple[bytes, Made] | None = None

    def __call__(self, data: bytes) -> Made:
        """Parse, unless these are the bytes of the last time. Raises what the parser raises."""
        last = self._last
        if last is not None and last[0] == data:
            return last[1]
        self._last = last = None  # of two files at most one is in memory
        made = self._parse(data)
        if len(data) <= _LARGEST:
            self._last = (data, made)
        return made

"""A reader is told by name and given bytes, wherever it is at work; here it is the same process."""

from __future__ import annotations

import os

import pytest
from tests.documents import costly

from plan_lifecycle.documents.bounded import unbounded


def test_a_reader_without_bounds_reads_here() -> None:
    assert unbounded(costly.process, b"")[0] == os.getpid()
    assert unbounded(costly.length, b"abc") == 3


def test_a_reader_without_bounds_raises_what_it_raises() -> None:
    with pytest.raises(ValueError, match="column 3"):
        unbounded(costly.fails, b"")

"""Compiling a country costs what its units cost: text, figures, Word, workbook and trace grow with their number."""

from __future__ import annotations

from cProfile import Profile
from pathlib import Path

from tests.databases import migrated_copy
from tests.reporting import HALF, NOW, country

from plan_lifecycle.lifecycle.compile import Found, compile_report, trace
from plan_lifecycle.store.engine import open_store

SMALL, MIDDLE, LARGE = 5, 15, 45
CHANCE = 1.5
"""Above what is in proportion, for units write what they like; the square would be three times as much."""


def test_the_steps_of_compiling_grow_no_faster_than_the_units(tmp_path: Path) -> None:
    def cost(units: int) -> int:
        folder = tmp_path / str(units)
        folder.mkdir()
        store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
        reporting = country(store, units, provinces=1)
        with Profile() as seen:
            compile_report(reporting.office, reporting.unit.id, HALF.code, NOW)
        assert trace(reporting.office, reporting.unit.id, HALF.code, None)[-1].found is Found.PARAGRAPH
        store.close()
        return sum(entry.callcount for entry in seen.getstats())

    cost(2)  # what is made once is made here
    small, middle, large = map(cost, (SMALL, MIDDLE, LARGE))
    assert large - middle < CHANCE * (LARGE - MIDDLE) / (MIDDLE - SMALL) * (middle - small)

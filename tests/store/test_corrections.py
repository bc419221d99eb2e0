"""Corrected drafts: of each version one stands at most, and one that was taken back stays in the table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from tests.factories import day, fill
from tests.store.test_reports import FIRST

from plan_lifecycle.domain.correction import Correction, FigureChange, TextChange
from plan_lifecycle.store import corrections
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.reports import save
from plan_lifecycle.store.tables import report_correction


@pytest.fixture
def given(store: Store) -> Correction:
    """What came back of the first version."""
    fill(store)
    with store.write() as connection:
        report_id = save(connection, FIRST, [])
    assert report_id is not None
    figures, texts = (FigureChange("Mục I", "1.280", "1.208"),), (TextChange("Mục II", "cũ", ""),)
    return Correction(report_id, "d" * 64, "sua.docx", day("2023-06-19"), "Trần Thị Lan", figures, texts, ("một",))


def test_one_stands_for_a_version_until_it_is_taken_back(store: Store, given: Correction) -> None:
    with store.write() as connection:
        number = corrections.give(connection, given)
        assert number is not None
        assert corrections.give(connection, replace(given, blob="e" * 64)) is None
        assert corrections.standing(connection, given.report_id) == replace(given, id=number)
        assert corrections.every(connection) == {given.report_id: replace(given, id=number)}
        back = [
            corrections.take_back(connection, number, at=given.given_at, by="Lan", reason="Nộp nhầm") for _ in range(2)
        ]
        assert back == [True, False]
        assert corrections.standing(connection, given.report_id) is None
        assert corrections.give(connection, given) is not None
        assert connection.execute(select(func.count()).select_from(report_correction)).scalar_one() == 2

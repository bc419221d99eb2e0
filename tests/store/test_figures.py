"""Figures in the store: each belongs to its submission and comes back as what it was."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from tests.factories import arrival, day, fill, owe, plan_row

from plan_lifecycle.domain.figure import Figure
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.arrivals import id_of, record
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.figures import add_figures, figures
from plan_lifecycle.store.tables import figure

KINDS = {
    "decided": IndicatorType.BOOLEAN,
    "issued_on": IndicatorType.DATE,
    "models": IndicatorType.TEXT,
    "news": IndicatorType.COUNT,
    "share": IndicatorType.RATIO,
}
INDICATORS = {code: Indicator(code, code, "", kind, RollUp.NONE, (3,)) for code, kind in KINDS.items()}
GIVEN = (
    Figure("decided", True, "07/KH-UBND"),
    Figure("issued_on", date(2023, 2, 20)),
    Figure("models", "Mô hình “Ngày thứ năm”"),
    Figure("news", 12, "https://example.vn/1", estimate=True),
    Figure("share", 85.5, "", estimate=True),
)


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    """The ids of two submissions without figures."""
    fill(store)
    plan_id = plan_row(store)
    return sent(store, plan_id, "2023-H1"), sent(store, plan_id, "2023")


def sent(store: Store, plan_id: int, period: str) -> int:
    owed = owe(store, item=Item.REPORT, period=period, plan_id=plan_id)
    with store.write() as connection:
        came = arrival(b"", key=period)
        record(connection, came, None)
        new = Submission(owed.id, id_of(connection, came.channel, period), 1, day("2023-06-10"), period, 0)
        return submission_rows.add(connection, new)


def test_a_figure_comes_back_as_it_was_given(store: Store, two: tuple[int, int]) -> None:
    with store.write() as connection:
        add_figures(connection, two[0], GIVEN)
        found = figures(connection, two[:1], INDICATORS)[two[0]]
    assert found == GIVEN
    assert [type(each.value) for each in found] == [bool, date, str, int, float]


def test_figures_belong_to_their_submission_in_order_of_indicator(store: Store, two: tuple[int, int]) -> None:
    with store.write() as connection:
        add_figures(connection, two[0], reversed(GIVEN))
        add_figures(connection, two[1], GIVEN[:1])
        assert figures(connection, two, INDICATORS) == {two[0]: GIVEN, two[1]: GIVEN[:1]}
        assert figures(connection, [], INDICATORS) == {}


def test_a_submission_without_figures_is_there_with_none(store: Store, two: tuple[int, int]) -> None:
    with store.write() as connection:
        add_figures(connection, two[0], ())
        assert figures(connection, two, INDICATORS) == {two[0]: (), two[1]: ()}


def test_what_is_no_indicator_of_that_year_is_left_out(store: Store, two: tuple[int, int]) -> None:
    with store.write() as connection:
        add_figures(connection, two[0], GIVEN)
        assert figures(connection, two[:1], {"news": INDICATORS["news"]}) == {two[0]: GIVEN[3:4]}


def test_no_evidence_is_kept_as_none(store: Store, two: tuple[int, int]) -> None:
    with store.write() as connection:
        add_figures(connection, two[0], GIVEN[1:3])
        assert connection.execute(select(figure.c.evidence)).scalars().all() == [None, None]

"""Lateness is counted from the last day allowed, by issue or by receipt, and to the hour where one is set."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import OUTSTANDING, RELEASED, Basis, Item, Obligation, ObligationState, title

LAST = date(2023, 2, 28)


def owed(basis: Basis = Basis.RECEIPT, due_on: date | None = LAST, due_at: time | None = None) -> Obligation:
    return Obligation(1, "bb-binh-an", "bb", Item.REPORT, "2023", "…", "…", basis, due_on, due_at=due_at)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("received", "days"),
    [("2023-02-20T08:00", 0), ("2023-02-28T23:59", 0), ("2023-03-01T00:00", 1), ("2023-03-10T08:00", 10)],
)
def test_the_whole_last_day_is_in_time(received: str, days: int) -> None:
    assert owed().days_late(at(received), None) == days


@pytest.mark.parametrize(
    ("received", "days"),
    [
        ("2023-02-27T18:00", 0),
        ("2023-02-28T15:59:59", 0),
        ("2023-02-28T16:00:00", 0),
        ("2023-02-28T16:00:01", 1),
        ("2023-03-01T08:00", 1),
        ("2023-03-02T08:00", 2),
    ],
)
def test_what_comes_at_the_very_hour_of_the_deadline_is_in_time(received: str, days: int) -> None:
    assert owed(due_at=time(16, 0)).days_late(at(received), None) == days


def test_the_day_is_that_of_the_office() -> None:
    """At 18:00 in Greenwich the first of March has begun."""
    assert owed().days_late(datetime(2023, 2, 28, 16, 59, tzinfo=UTC), None) == 0
    assert owed().days_late(datetime(2023, 2, 28, 17, 0, tzinfo=UTC), None) == 1


@pytest.mark.parametrize(("issued", "days"), [("2023-02-27", 0), ("2023-02-28", 0), ("2023-03-01", 1)])
def test_a_plan_to_be_issued_goes_by_its_date_of_issue(issued: str, days: int) -> None:
    assert owed(Basis.ISSUE).days_late(at("2023-03-20T08:00"), date.fromisoformat(issued)) == days


def test_without_a_date_of_issue_the_receipt_decides() -> None:
    assert owed(Basis.ISSUE).days_late(at("2023-03-03T08:00"), None) == 3


def test_a_paper_to_be_sent_goes_by_its_receipt_whatever_its_date() -> None:
    assert owed().days_late(at("2023-03-03T08:00"), date(2023, 2, 27)) == 3


def test_without_a_last_day_nothing_is_late() -> None:
    assert owed(due_on=None).days_late(at("2030-01-01T08:00"), date(2030, 1, 1)) == 0


def test_what_was_never_sent_or_was_returned_is_outstanding_and_who_was_let_off_owes_nothing() -> None:
    states = ObligationState
    assert {state for state in states if state in OUTSTANDING} == {states.OPEN, states.RETURNED}
    assert {state for state in states if state in RELEASED} == {states.WAIVED, states.CLOSED}


@pytest.mark.parametrize("item", Item)
def test_every_item_has_a_name_with_its_period(item: Item) -> None:
    assert title(item, "2026-H1").endswith("6 tháng đầu năm 2026")


def test_items_are_called_as_users_call_them() -> None:
    assert title(Item.REPORT, "2026-H1") == "Báo cáo CCHC 6 tháng đầu năm 2026"
    assert title(Item.SUB_PLAN, "2023").startswith("Kế hoạch")
    assert owed().what == title(Item.REPORT, "2023")


@pytest.mark.parametrize(
    ("abstract", "called"),
    [
        ("Cải cách hành chính nhà nước năm 2026 tỉnh Lâm Đồng", "Kế hoạch CCHC năm 2026"),
        ("CCHC năm 2026", "Kế hoạch CCHC năm 2026"),
        ("Tuyên truyền cải cách hành chính năm 2026", "Kế hoạch thông tin, tuyên truyền CCHC năm 2026"),
        ("Phát động phong trào thi đua đẩy mạnh cải cách hành chính", "Kế hoạch thi đua CCHC năm 2026"),
        ("", "Kế hoạch thông tin, tuyên truyền CCHC năm 2026"),
        (None, "Kế hoạch thông tin, tuyên truyền CCHC năm 2026"),
    ],
)
def test_a_units_own_plan_is_called_after_the_plan_that_asks_for_it(abstract: str | None, called: str) -> None:
    assert title(Item.SUB_PLAN, "2026", abstract) == called


@pytest.mark.parametrize(
    ("abstract", "called"),
    [
        ("V/v cải cách hành chính nhà nước năm 2026", "Báo cáo CCHC năm 2026"),
        ("Tuyên truyền cải cách hành chính năm 2026", "Báo cáo thông tin, tuyên truyền CCHC năm 2026"),
        ("Cải cách hành chính và thông tin, tuyên truyền năm 2026", "Báo cáo CCHC năm 2026"),
        ("Phát động phong trào thi đua đẩy mạnh cải cách hành chính", "Báo cáo thi đua CCHC năm 2026"),
        ("Thi đua tuyên truyền cải cách hành chính", "Báo cáo thi đua CCHC năm 2026"),
        ("", "Báo cáo CCHC năm 2026"),
        (None, "Báo cáo CCHC năm 2026"),
    ],
)
def test_a_report_is_called_after_the_plan_that_asks_for_it(abstract: str | None, called: str) -> None:
    assert title(Item.REPORT, "2026", abstract) == called

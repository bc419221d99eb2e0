"""A date without its year is the nearest that makes sense: behind for what was done, ahead for what is asked."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.spoken_date import DATE, REQUESTED, last_day, spoken_day
from plan_lifecycle.domain.text import normalise, without_accents

TODAY = date(2023, 6, 15)


def done_on(text: str, today: date = TODAY) -> date | None:
    found = DATE.search(without_accents(normalise(text)))
    return spoken_day(found, today) if found else None


def asked_for(text: str, today: date = TODAY) -> date | None:
    found = REQUESTED.search(without_accents(normalise(text)))
    return last_day(found, today) if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("đã gửi ngày 12/6", "2023-06-12"),
        ("đã gửi ngày 15/6", "2023-06-15"),
        ("đã gửi ngày 16/6", "2022-06-16"),
        ("đã gửi ngày 28/12", "2022-12-28"),
        ("đã gửi ngày 12-6-2023", "2023-06-12"),
        ("đã gửi 12/6/2023", "2023-06-12"),
        ("đã gửi ngày 12/6/23", "2023-06-12"),
        ("đã gửi ngày 15/6/2023", "2023-06-15"),
        ("gửi ngày 12 tháng 6 năm 2022", "2022-06-12"),
        ("gửi ngày 12 tháng 6", "2023-06-12"),
        ("gửi hôm nay", "2023-06-15"),
        ("gửi sáng nay", "2023-06-15"),
        ("gửi hôm qua", "2023-06-14"),
        ("gửi chiều qua", "2023-06-14"),
    ],
)
def test_what_was_done_lies_behind(text: str, day: str) -> None:
    assert done_on(text) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["gửi ngày 16/6/2023", "gửi ngày 31/4/2023", "gửi ngày 12/13", "số 12/6", "gửi rồi"])
def test_no_such_day_or_one_to_come_is_none(text: str) -> None:
    assert done_on(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("xin đến ngày 20/6", "2023-06-20"),
        ("xin đến ngày 15/6", "2023-06-15"),
        ("chậm nhất là ngày 20/6/2023", "2023-06-20"),
        ("trước ngày 20/6", "2023-06-19"),
        ("trước ngày 16/6", "2023-06-15"),
        ("đến hết ngày 20 tháng 6", "2023-06-20"),
        ("xin đến hết tháng 6", "2023-06-30"),
        ("xin đến hết tháng 2/2024", "2024-02-29"),
        ("xin đến hết tháng 12 năm 2023", "2023-12-31"),
        ("xin đến ngày 10/01", "2024-01-10"),
    ],
)
def test_what_is_asked_for_lies_ahead(text: str, day: str) -> None:
    assert asked_for(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["đến ngày 14/6", "trước ngày 15/6", "đến ngày 14/6/2023", "đến ngày 31/6", "hết tháng 13", "hết tháng 5"]
)
def test_a_day_gone_by_or_no_day_cannot_be_asked_for(text: str) -> None:
    assert asked_for(text) is None


@pytest.mark.parametrize(("today", "day"), [("2023-12-16", "2024-10-16"), ("2023-12-15", None)])
def test_a_day_without_its_year_that_is_long_past_is_next_years(today: str, day: str | None) -> None:
    """Sixty days behind is a slip of the pen, one more is the year to come."""
    assert asked_for("đến ngày 16/10", date.fromisoformat(today)) == (date.fromisoformat(day) if day else None)

"""Lapses of time: from when they count, and what a bracket beside them says."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline

ISSUED, RECEIVED = date(2023, 1, 5), date(2023, 1, 9)


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("trong thời hạn 10 ngày kể từ ngày nhận Kế hoạch này", date(2023, 1, 19)),
        ("chậm nhất 10 ngày kể từ ngày nhận được Kế hoạch của UBND huyện", date(2023, 1, 19)),
        ("trong vòng mười ngày kể từ ngày nhận", date(2023, 1, 19)),
        ("02 tuần kể từ ngày ban hành", date(2023, 1, 19)),
        ("01 tháng kể từ ngày ký", date(2023, 2, 5)),
        ("Trong vòng 07 ngày kể từ ngày Kế hoạch được ban hành", date(2023, 1, 12)),
        ("trong 10 ngày kể từ ngày 01/3/2023", date(2023, 3, 11)),
        ("chậm nhất 95 ngày trước ngày 15/3/2026", date(2025, 12, 10)),
    ],
)
def test_it_counts_from_the_day_that_the_phrase_names(phrase: str, due: date) -> None:
    reading = read_deadline(phrase, year=2023, issued=ISSUED, received=RECEIVED)
    assert (reading.kind, reading.due) == (DeadlineKind.RELATIVE, (due,))
    assert not reading.needs_decision


def test_it_counts_working_days_over_tet_and_says_which_calendar_it_took() -> None:
    reading = read_deadline("trong vòng 05 ngày làm việc kể từ ngày ký", year=2023, issued=date(2023, 1, 18))
    assert reading.due == (date(2023, 2, 1),)
    assert reading.warnings


def test_it_counts_from_the_issue_where_no_receipt_is_known() -> None:
    assert read_deadline("10 ngày kể từ ngày nhận", year=2023, issued=ISSUED).due == (date(2023, 1, 15),)


@pytest.mark.parametrize(
    "phrase",
    [
        "không quá 05 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "trước 05 ngày so với ngày tổ chức hội nghị",
        "trong 10 ngày kể từ ngày Nghị định có hiệu lực",
    ],
)
def test_it_asks_a_person_when_it_counts_from_something_else(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023, issued=ISSUED)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.RELATIVE, (), True)


def test_it_asks_a_person_when_there_is_no_day_to_count_from() -> None:
    reading = read_deadline("10 ngày kể từ ngày nhận Kế hoạch", year=2023)
    assert (reading.due, reading.needs_decision) == ((), True)


def test_the_date_in_brackets_settles_a_count_that_agrees() -> None:
    phrase = "trong thời hạn 10 ngày kể từ ngày ban hành (tức ngày 15/01/2023)"
    reading = read_deadline(phrase, year=2023, issued=ISSUED)
    assert (reading.kind, reading.due, reading.needs_decision) == ("by", (date(2023, 1, 15),), False)


@pytest.mark.parametrize(
    "phrase",
    [
        "trong thời hạn 10 ngày kể từ ngày ban hành (tức ngày 01/02/2023)",
        "trong 05 ngày làm việc (từ ngày 08 đến ngày 10 tháng 12 năm 2025)",
        "trước ngày 17/6/2023 (tức ngày 20/6/2023)",
    ],
)
def test_a_bracket_that_disagrees_goes_to_a_person(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023, issued=ISSUED)
    assert reading.needs_decision
    assert reading.warnings

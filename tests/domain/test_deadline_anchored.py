"""Days that are anchored to a period: the last month of it, the month after it, the year after it."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline

H1, YEAR, QUARTERS, MONTHS = (6,), (12,), (3, 6, 9, 12), tuple(range(1, 13))


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def after_each_month(day: int) -> tuple[date, ...]:
    return (*(date(2023, month, day) for month in range(2, 13)), date(2024, 1, day))


@pytest.mark.parametrize(
    ("phrase", "reported", "due"),
    [
        ("trước ngày 20 của tháng cuối kỳ báo cáo", H1, ["2023-06-19"]),
        ("trước ngày 20 của tháng cuối kỳ báo cáo", YEAR, ["2023-12-19"]),
        ("trước ngày 20 của tháng cuối kỳ báo cáo", QUARTERS, ["2023-03-19", "2023-06-19", "2023-09-19", "2023-12-19"]),
        ("chậm nhất ngày 20 tháng cuối cùng của kỳ", H1, ["2023-06-20"]),
        ("trước ngày 10 của tháng cuối quý", H1, ["2023-06-09"]),
        ("trước ngày 05 tháng đầu quý sau", H1, ["2023-07-04"]),
        ("trước ngày 05 tháng đầu quý sau", YEAR, ["2024-01-04"]),
        ("trước ngày 05 của tháng liền kề sau kỳ báo cáo", H1, ["2023-07-04"]),
        ("trước ngày 05 của tháng đầu kỳ sau", YEAR, ["2024-01-04"]),
        ("trước ngày 05 của tháng sau", YEAR, ["2024-01-04"]),
        ("định kỳ 6 tháng, năm", H1, ["2023-06-30"]),
        ("trước ngày 15/01 năm sau", YEAR, ["2024-01-14"]),
    ],
)
def test_a_day_is_anchored_to_the_period_that_is_reported_on(
    phrase: str, reported: tuple[int, ...], due: list[str]
) -> None:
    reading = read_deadline(phrase, year=2023, reported=reported)
    assert (reading.due, reading.needs_decision) == (days(*due), False)


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("Trước ngày 05 tháng đầu quý sau", ["2023-04-04", "2023-07-04", "2023-10-04", "2024-01-04"]),
        ("Ngày 05 tháng đầu tiên của quý tiếp theo", ["2023-04-05", "2023-07-05", "2023-10-05", "2024-01-05"]),
        ("báo cáo quý trước ngày 05 của tháng sau", ["2023-04-04", "2023-07-04", "2023-10-04", "2024-01-04"]),
        ("trước ngày 05 tháng liền kề quý báo cáo", ["2023-04-04", "2023-07-04", "2023-10-04", "2024-01-04"]),
        ("trước ngày 10 tháng đầu năm sau", ["2024-01-09"]),
        ("báo cáo 6 tháng (trước ngày 20 tháng cuối kỳ)", ["2023-06-19"]),
        ("báo cáo 6 tháng, báo cáo năm gửi trước ngày 20 của tháng cuối kỳ báo cáo", ["2023-06-19", "2023-12-19"]),
        ("hằng năm, trước ngày 31/01 năm sau", ["2024-01-30"]),
        ("trước ngày 05 tháng thứ hai của quý", ["2023-02-04", "2023-05-04", "2023-08-04", "2023-11-04"]),
    ],
)
def test_a_phrase_may_name_its_period_itself(phrase: str, due: list[str]) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.RECURRING, days(*due), False)


@pytest.mark.parametrize(
    "phrase",
    ["Trước ngày 05 của tháng sau", "Trước ngày 05 của tháng liền kề", "Trước ngày 05 của tháng kế tiếp tháng báo cáo"],
)
def test_the_month_after_is_that_of_the_next_period(phrase: str) -> None:
    assert read_deadline(phrase, year=2023).due == after_each_month(4)


def test_the_year_after_is_the_next_one() -> None:
    assert read_deadline("Trước ngày 31/01 năm liền kề", year=2026).due == days("2027-01-30")


@pytest.mark.parametrize(
    "phrase",
    [
        "trước ngày 20 của tháng cuối kỳ báo cáo",
        "trước ngày 05 của tháng cuối nhiệm kỳ",
        "trước ngày 05 của tháng trước",
        "trước ngày 05 của tháng tới hạn",
        "trước ngày 05 của quý sau",
    ],
)
def test_an_anchor_that_nothing_settles_is_put_to_a_person_and_falls_on_no_month(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.due, reading.needs_decision) == ((), True)


@pytest.mark.parametrize("word", ["tháng cuối kỳ ", "của tháng sau ", "báo cáo ", "liền kề sau quý báo cáo "])
def test_a_phrase_of_anchors_is_read_to_its_end(word: str) -> None:
    assert read_deadline("trước ngày 05 của tháng sau " + word * 60, year=2023).phrase.endswith(word)

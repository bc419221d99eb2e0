"""What a phrase takes back, and how far its bound reaches: *trừ*, *riêng*, lists of days, the day of the figures."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline


def due(phrase: str) -> list[str]:
    return [day.strftime("%m-%d") for day in read_deadline(phrase, year=2023).due]


def monthly(day: int, *without: int) -> list[str]:
    return [f"{month:02}-{day:02}" for month in range(1, 13) if month not in without]


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("Ngày 20 hàng tháng (trừ tháng 12)", monthly(20, 12)),
        ("Trước ngày 05 hằng tháng trừ tháng 6, tháng 12", monthly(4, 6, 12)),
        ("Trước ngày 20 hằng tháng, không kể tháng 01 và tháng 02", monthly(19, 1, 2)),
        ("Hằng tháng, ngoại trừ quý IV, trước ngày 20", monthly(19, 10, 11, 12)),
        ("Hàng quý, trừ quý IV", ["03-31", "06-30", "09-30"]),
        ("Hằng quý trước ngày 10 của tháng sau, trừ quý IV", ["04-09", "07-09", "10-09"]),
    ],
)
def test_a_period_that_is_excepted_is_not_due(phrase: str, days: list[str]) -> None:
    assert due(phrase) == days
    assert not read_deadline(phrase, year=2023).needs_decision


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("Trước ngày 20 hàng tháng, riêng tháng 12 trước ngày 10", [*monthly(19, 12), "12-09"]),
        ("Trước ngày 20 hàng tháng (riêng báo cáo tháng 12 gửi trước ngày 10/12)", [*monthly(19, 12), "12-09"]),
        (
            "Hằng quý (trước ngày 10 của tháng cuối quý, riêng quý IV trước ngày 05/12)",
            ["03-09", "06-09", "09-09", "12-04"],
        ),
        (
            "Báo cáo quý trước ngày 10 của tháng cuối quý; riêng báo cáo năm trước ngày 05/12",
            ["03-09", "06-09", "09-09", "12-04"],
        ),
        (
            "Quý I, II, III: trước ngày 15 tháng cuối quý; quý IV: trước 01/12",
            ["03-14", "06-14", "09-14", "11-30"],
        ),
    ],
)
def test_a_period_with_a_day_of_its_own_is_due_on_that_day_alone(phrase: str, days: list[str]) -> None:
    assert due(phrase) == days
    assert not read_deadline(phrase, year=2023).needs_decision


def test_weekdays_are_excepted_from_every_day() -> None:
    days = read_deadline("Hằng ngày, trừ thứ Bảy, Chủ nhật", year=2023).due
    assert len(days) == 260
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}


def test_an_exception_that_changes_no_day_asks_nothing() -> None:
    assert not read_deadline("Hằng tuần vào thứ Sáu, trừ ngày nghỉ lễ", year=2023).needs_decision


@pytest.mark.parametrize(
    ("phrase", "question"),
    [
        ("Trước ngày 15/3, riêng UBND cấp xã trước ngày 01/3/2023", "cho một số đơn vị"),
        ("Trước ngày 10 tháng cuối quý, trừ các xã thuộc huyện đảo", "phần được trừ ra"),
        ("Trong năm 2023, trừ tháng 7", "phần được trừ ra"),
        ("Trước ngày 15/12, riêng quý I trước ngày 15/3", "thay cho kỳ nào"),
        ("Giai đoạn 2021-2025: trước 31/12", "không nêu năm"),
    ],
)
def test_an_exception_that_is_not_understood_is_asked(phrase: str, question: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert reading.needs_decision
    assert any(question in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    "phrase",
    [
        "Trước ngày 15/6/2023 (số liệu chốt đến ngày 31/5/2023)",
        "Trước ngày 15/6/2023; thời điểm chốt số liệu ngày 31/5/2023",
        "Chốt số liệu đến hết ngày 31/5; gửi trước ngày 15/6",
        "Trước ngày 15/6, số liệu tính từ ngày 15/12/2022 đến ngày 31/5/2023",
    ],
)
def test_the_day_of_the_figures_is_no_deadline(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert reading.due == (date(2023, 6, 14),)
    assert not reading.needs_decision
    assert "Ngày chốt số liệu không phải là thời hạn gửi." in reading.warnings


def test_every_year_of_a_period_of_years_is_that_of_the_context() -> None:
    reading = read_deadline("Giai đoạn 2021-2025, hằng năm trước 31/12", year=2023)
    assert (reading.kind, reading.due) == (DeadlineKind.RECURRING, (date(2023, 12, 30),))


def test_an_exception_alone_is_read_as_it_stands() -> None:
    assert due("Riêng quý IV trước ngày 05/12") == ["12-04"]
    assert due("Hoàn thành chốt số liệu trước ngày 15/6") == ["06-14"]


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        (
            "Trước ngày 10/3 (quý I), 10/6 (quý II), 10/9 (quý III), 10/12 (quý IV)",
            ["03-09", "06-09", "09-09", "12-09"],
        ),
        ("Trước ngày 15/6 đối với báo cáo 6 tháng, 15/12 đối với báo cáo năm", ["06-14", "12-14"]),
        ("Trước ngày 10/6 (báo cáo 6 tháng) và ngày 10/12 (báo cáo năm)", ["06-09", "12-09"]),
        ("Trước 15/3; 15/6; 15/9; 15/12", ["03-14", "06-14", "09-14", "12-14"]),
        ("Quý I: trước 10/3; quý II: 10/6", ["03-09", "06-09"]),
        ("Báo cáo quý I trước ngày 10/3, quý II ngày 10/6", ["03-09", "06-09"]),
        ("Quý I: 10/3; quý II: 10/6", ["03-10", "06-10"]),
        ("Trước 17h ngày 10/6 (báo cáo 6 tháng), 10/12 (báo cáo năm)", ["06-10", "12-10"]),
        ("Trước ngày 15/6; ngày 20/6 họp tổng kết", ["06-14", "06-20"]),
        ("Trước ngày 15/6; từ 20/6 đến 30/6", ["06-14", "06-30"]),
    ],
)
def test_a_bound_holds_for_the_whole_list_and_no_further(phrase: str, days: list[str]) -> None:
    assert due(phrase) == days

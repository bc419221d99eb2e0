"""Dates as offices type, scan and fill them in: what is meant is read, what is left open or garbled is asked."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline

MONTHS = tuple(range(1, 13))


def due(phrase: str, year: int = 2023) -> list[str]:
    return [day.strftime("%m-%d") for day in read_deadline(phrase, year=year).due]


@pytest.mark.parametrize(
    "phrase",
    [
        "trước ngay 15/3/2023",
        "Trước ngáy 15/3",
        "Trước nagỳ 15/3",
        "Trước  ngầy 15/3",
        "Trưởc ngày 15/3",
        "Trưóc ngày 15/3",
        "Trưc ngày 15/3",
        "Tước ngày 15/3",
        "trướcngày 15/3/2023",
        "truoc ngay 15/3/2023",
        "TRUOC NGAY 15 THANG 3 NAM 2023",
        "Hoan thanh truoc 15/3",
        unicodedata.normalize("NFD", "Trước ngày 15/3/2023"),
        "Trước\u00a0ngày\u00a015/3/2023",
        "Trước ng\u00adày 15/3/2023",
        "Trước\tngày\n15/3/\n2023",
        "Trước ngày １５/３/２０２３",
        "Trước ngày 15 tháng 3năm 2023",
        "Trước ngày 15tháng 3 năm2023",
        "Trước ngày 15 tháng 03, 2023",
        "Trước ngày 15 / tháng 3 / 2023",
        "Trước ngày 15\\3\\2023",
        "Trước ngày 15//3/2023",
        "Trước ngày: 15/3/2023",
        "Trước ngày (15/3/2023)",
        "Trước ngày “15/3/2023”",
        "Trước ngày họp giao ban 15/3/2023",
        "Trước March 15, 2023",
        "Trước ngày 15-Mar-2023",
    ],
)
def test_the_day_before_is_read_however_it_was_typed(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due, reading.needs_decision) == ("before", (date(2023, 3, 14),), False)


@pytest.mark.parametrize("phrase", ["trực ngày 15/3/2023", "ngay 15/3", "tước quyền, ngày 15/3"])
def test_other_words_are_not_taken_for_before(phrase: str) -> None:
    assert due(phrase) == ["03-15"]


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("15 hằng tháng", [f"{month:02}-15" for month in MONTHS]),
        ("Trước 10 hàng tháng", [f"{month:02}-09" for month in MONTHS]),
        ("Hàng tháng: 25", [f"{month:02}-25" for month in MONTHS]),
        ("Hằng tháng (25)", [f"{month:02}-25" for month in MONTHS]),
        ("20 tháng cuối quý", ["03-20", "06-20", "09-20", "12-20"]),
        ("trước 20 tháng cuối quý", ["03-19", "06-19", "09-19", "12-19"]),
        ("ngày thứ 20 của tháng cuối quý", ["03-20", "06-20", "09-20", "12-20"]),
        ("6 tháng 1 lần", ["06-30", "12-31"]),
        ("3 tháng 1 lần", ["03-31", "06-30", "09-30", "12-31"]),
        ("Quý 1 lần", ["03-31", "06-30", "09-30", "12-31"]),
        ("năm 01 lần", ["12-31"]),
        ("Hằng năm; trước 15/11", ["11-14"]),
        ("trước ngày 15/11/2023 hằng năm", ["11-14"]),
        ("Trước hết tháng 6", ["06-30"]),
        ("Trước khi kết thúc quý II", ["06-30"]),
        ("Quý ll/2023", ["06-30"]),
        ("Quý lV/2023", ["12-31"]),
        ("Quý 1I/2023", ["06-30"]),
        ("Quý I I", ["06-30"]),
        ("Qúi II", ["06-30"]),
        ("Quy II/2023", ["06-30"]),
        ("Tháng III/2023", ["03-31"]),
        ("Năm 2023 (Quý II)", ["06-30"]),
        ("Năm 2023, quý III", ["09-30"]),
        ("Quý II (tháng 5)", ["05-31"]),
        ("Quý I/ Quý III", ["03-31", "09-30"]),
        ("Tháng 3/tháng 4", ["03-31", "04-30"]),
        ("Tháng 6\nTháng 12", ["06-30", "12-31"]),
        ("Xong trước 30/6/2023 (đợt 1), 30/11/2023 (đợt 2)", ["06-29", "11-29"]),
        ("Tháng 01/2023 và thường xuyên", ["01-31", "12-31"]),
        ("Trước 15/6/2023 và trước 15/12 hằng năm", ["06-14", "12-14"]),
        ("Trước ngày 15 hằng tháng (bắt đầu từ tháng 10)", ["10-14", "11-14", "12-14"]),
        ("Từ tháng 10, trước ngày 15 hằng tháng", ["10-14", "11-14", "12-14"]),
    ],
)
def test_no_day_is_lost_to_the_way_it_is_written(phrase: str, days: list[str]) -> None:
    assert due(phrase) == days
    assert not read_deadline(phrase, year=2023).needs_decision


def test_friday_by_its_number_alone_is_friday() -> None:
    days = read_deadline("T6 hàng tuần", year=2023).due
    assert len(days) == 52
    assert {day.weekday() for day in days} == {4}


@pytest.mark.parametrize(
    ("phrase", "opens", "closes"),
    [
        ("15/3÷20/3/2023", "2023-03-15", "2023-03-20"),
        ("15/3 → 20/3/2023", "2023-03-15", "2023-03-20"),
        ("Tháng 3 ÷ tháng 6", "2023-03-01", "2023-06-30"),
        ("T3-T6/2023", "2023-03-01", "2023-06-30"),
        ("6-12/2023", "2023-06-01", "2023-12-31"),
        ("tháng 03/24", "2024-03-01", "2024-03-31"),
        ("15.01-15.03.2023", "2023-01-15", "2023-03-15"),
    ],
)
def test_a_window_keeps_both_its_ends(phrase: str, opens: str, closes: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, str(reading.opens)) == (DeadlineKind.WINDOW, opens)
    assert [str(day) for day in reading.due] == [closes]


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("Trước 15/3 các năm 2023, 2024, 2025", ["2023-03-14", "2024-03-14", "2025-03-14"]),
        ("Trước ngày 31 tháng 12 năm 2023 và 2024", ["2023-12-30", "2024-12-30"]),
    ],
)
def test_a_day_holds_for_each_of_the_years_that_are_named(phrase: str, days: list[str]) -> None:
    assert [str(day) for day in read_deadline(phrase, year=2023).due] == days


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("ngày ... tháng ... năm 2023", "còn để trống"),
        ("Trước ngày …/3/2023", "còn để trống"),
        ("Trước ngày ../../2023", "còn để trống"),
        ("Trước ngày     tháng 3 năm 2023", "còn để trống"),
        ("Trước ngày xx/3/2023", "còn để trống"),
        ("Trước ngày __/3/2023", "còn để trống"),
        ("Quý …/2023", "còn để trống"),
        ("Quý xx/2023", "còn để trống"),
        ("15/mm/2023", "còn để trống"),
        ("Trước ngày 15/3/202", "“15/3/202”"),
        ("Trước ngày 15/3/20223", "“15/3/20223”"),
        ("trước ngày 15/3/0023", "“15/3/0023”"),
    ],
)
def test_what_a_date_leaves_open_is_asked_with_its_words_and_no_day_is_taken_instead(phrase: str, named: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.UNKNOWN, (), True)
    assert [named in warning for warning in reading.warnings] == [True]


@pytest.mark.parametrize(
    ("phrase", "days"),
    [
        ("Trước ngày l5/3/2023", ["03-14"]),
        ("Trước ngày 1O/3/2023", ["03-09"]),
        ("Trước ngày l5 tháng 3 năm 2023", ["03-14"]),
        ("Trước ngày 15/O3/2023", ["03-14"]),
        ("Trước ngày 15/3/2O23", ["03-14"]),
        ("Trước ngày 15 tháng 3 năm N+1", ["03-14"]),
        ("Quý I/II", ["03-31", "06-30"]),
        ("Tháng 3/4", ["03-31", "04-30"]),
        ("hằng quý, trước ngày 15/12", ["12-14"]),
        ("trước ngày 15/3/2032", ["03-14"]),
        ("trước ngày 15/3/2013", ["03-14"]),
        ("Lùi thời hạn từ 15/3 sang 30/4/2023", ["04-30"]),
        ("thay vì ngày 15/3 là ngày 30/4/2023", ["03-15", "04-30"]),
        ("Cấp huyện trước 15/3; cấp xã trước 10/3", ["03-09", "03-14"]),
        ("Các xã trước 10/6; huyện trước 15/6", ["06-09", "06-14"]),
        ("Trước 30/6/2023 đối với cấp tỉnh, trước 30/9/2023 đối với cấp xã", ["06-29", "09-29"]),
        ("30/6/2023 (cấp tỉnh); 30/9/2023 (cấp xã)", ["06-30", "09-30"]),
        ("Sau 30 ngày kể từ ngày Luật có hiệu lực (01/7/2023)", ["07-01"]),
        ("Sở, ngành: tháng 5, UBND cấp xã: tháng 6", ["05-31", "06-30"]),
        ("UBND cấp xã gửi Phòng Nội vụ trước ngày 10/6, Phòng Nội vụ tổng hợp trước ngày 15/6", ["06-09", "06-14"]),
    ],
)
def test_what_may_be_meant_is_shown_and_asked(phrase: str, days: list[str]) -> None:
    assert due(phrase) == days
    assert read_deadline(phrase, year=2023).needs_decision


@pytest.mark.parametrize(
    "phrase",
    [
        "ngày làm việc đầu tiên của tháng",
        "trước ngày làm việc thứ 5 của tháng",
        "Ngày đầu tiên của quý",
        "tuần thứ 2, tháng 3",
        "Tháng 5 (tuần 2)",
        "1 tháng 2 lần",
        "quý 11/2023",
    ],
)
def test_a_place_in_a_period_is_not_taken_for_its_end(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.due, reading.needs_decision) == ((), True)


@pytest.mark.parametrize(
    "phrase",
    [
        "100/124 xã hoàn thành trước 15/12/2023",
        "Sở Nội vụ trước 15/12/2023",
        "gia hạn đến trước 15/12/2023",
        "Sở Nội vụ, UBND các xã, phường: hoàn thành trước 15/12/2023",
    ],
)
def test_nothing_is_asked_about_what_is_only_near_to_it(phrase: str) -> None:
    assert "12-14" in due(phrase)
    assert not read_deadline(phrase, year=2023).needs_decision

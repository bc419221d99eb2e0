"""It never guesses: what is no date, or two, goes to a person with the reason."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline


@pytest.mark.parametrize(
    "phrase",
    [
        "Khi có yêu cầu",
        "Theo Kế hoạch của UBND tỉnh",
        "Theo Kế hoạch số 36/KH-UBND ngày 05/01/2023 của UBND tỉnh",
        "Theo kế hoạch công tác tư pháp hàng năm.",
        "Thực hiện theo kế hoạch năm 2023",
        "Ngay sau khi Kế hoạch được ban hành",
        "Sau khi có hướng dẫn của Bộ Nội vụ",
        "Trước ngày khai giảng",
        "Trước kỳ họp HĐND cuối năm",
        "Đột xuất",
        "Theo quy định",
    ],
)
def test_an_event_is_no_date(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.EVENT, (), True)
    assert reading.warnings


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "Không",
        "-",
        "Như trên",
        "Nghị quyết số 30/2020",
        "Trước ngày 30/02/2023",
        "Ngày 29/02",
        "31/04/2023",
        "ngày 32/1/2023",
        "00/00/2023",
        "tháng 13/2023",
        "quý V/2023",
        "trước ngày 15",
        "thứ sáu",
        "trước 17h00",
        "đầu tháng 6",
        "giữa quý III",
        "tuần 2 tháng 3",
        "khoảng ngày 15/3",
        "mùng 10/3 âm lịch",
        "năm học 2023-2024",
        "Trước ngày 01/3/2023 " + "x" * 2000,
    ],
)
def test_what_names_no_day_is_unknown(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.UNKNOWN, (), True)
    assert reading.warnings


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("muộn nhất là trước ngày 30/6/2023", [date(2023, 6, 29)]),
        ("Từ ngày 15/3 đến ngày 01/3/2023", [date(2023, 3, 1)]),
        ("Thứ Bảy, ngày 17/3/2023", [date(2023, 3, 17)]),
        ("Dự kiến tháng 6/2023", [date(2023, 6, 30)]),
        ("cuối tháng 6", [date(2023, 6, 30)]),
        ("trước 15/3 hoặc 15/4", [date(2023, 3, 14), date(2023, 4, 14)]),
        ("sau ngày 30/6/2023", []),
        ("6 tháng", [date(2023, 6, 30)]),
    ],
)
def test_what_contradicts_itself_or_stays_vague_is_flagged(phrase: str, due: list[date]) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (list(reading.due), reading.needs_decision) == (due, True)
    assert reading.warnings


def test_a_date_before_the_plan_itself_is_flagged() -> None:
    reading = read_deadline("Trước ngày 01/3/2023", year=2023, issued=date(2023, 3, 20))
    assert (reading.due, reading.needs_decision) == ((date(2023, 2, 28),), True)


def test_a_recurrence_that_began_before_the_plan_is_not_flagged() -> None:
    assert not read_deadline("Hằng tháng", year=2023, issued=date(2023, 3, 20)).needs_decision


def test_an_event_beside_a_date_is_never_dropped() -> None:
    phrase = "định kỳ trước ngày 01/6 và 15/11 hằng năm (hoặc đột xuất khi có yêu cầu)"
    reading = read_deadline(phrase, year=2023)
    assert [part.kind for part in reading.parts] == ["recurring", "event"]
    assert reading.needs_decision


def test_a_window_that_ends_with_an_event_keeps_its_beginning() -> None:
    phrase = "Từ tháng 10/2025 đến khi tổ chức thành công Đại hội đại biểu toàn quốc lần thứ XIV"
    reading = read_deadline(phrase, year=2025)
    assert (reading.kind, reading.opens, reading.due) == ("event", date(2025, 10, 1), ())


def test_the_manner_of_a_duty_is_not_taken_for_an_event() -> None:
    assert not read_deadline("báo cáo theo quy định trước ngày 15/12/2023", year=2023).needs_decision


def test_warnings_are_vietnamese_in_normal_form() -> None:
    for phrase in ("", "Khi có yêu cầu", "30/02/2023", "cuối tháng 6", "10 ngày"):
        for warning in read_deadline(phrase, year=2023).warnings:
            assert warning == unicodedata.normalize("NFC", warning)
            assert warning.endswith(".")

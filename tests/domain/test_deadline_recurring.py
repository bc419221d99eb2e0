"""What comes again, what goes on, and what stands together in one cell."""

from __future__ import annotations

from datetime import date, time

import pytest

from plan_lifecycle.domain.deadline import DeadlineKind, read_deadline

QUARTER_ENDS = ["03-31", "06-30", "09-30", "12-31"]


def days(*of_year: str, year: int = 2023) -> tuple[date, ...]:
    return tuple(date.fromisoformat(f"{year}-{day}") for day in of_year)


def monthly(day: int) -> tuple[date, ...]:
    return tuple(date(2023, month, day) for month in range(1, 13))


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("Hằng quý", QUARTER_ENDS),
        ("Hàng quý", QUARTER_ENDS),
        ("các quý", QUARTER_ENDS),
        ("Quý/lần", QUARTER_ENDS),
        ("01 lần/quý", QUARTER_ENDS),
        ("3 tháng một lần", QUARTER_ENDS),
        ("Quý I, II, III, IV", QUARTER_ENDS),
        ("Hằng quý năm 2023", QUARTER_ENDS),
        ("Định kỳ hằng quý, 6 tháng, năm", QUARTER_ENDS),
        ("Quý I, II/2023", ["03-31", "06-30"]),
        ("Quý II; Quý IV", ["06-30", "12-31"]),
        ("Định kỳ 06 tháng", ["06-30", "12-31"]),
        ("định kỳ 6 tháng, năm", ["06-30", "12-31"]),
        ("6 tháng và cả năm", ["06-30", "12-31"]),
        ("6 tháng đầu năm và cả năm 2023", ["06-30", "12-31"]),
        ("Hằng năm", ["12-31"]),
        ("Hằng năm, giai đoạn 2022-2025", ["12-31"]),
        ("Quý IV hằng năm", ["12-31"]),
        ("Tháng 6 và tháng 12", ["06-30", "12-31"]),
        ("Tháng 6, 12", ["06-30", "12-31"]),
        ("Tháng 6 và tháng 12 (trước ngày 15)", ["06-14", "12-14"]),
        ("Hằng năm, trước ngày 15/12", ["12-14"]),
        ("kết quả hằng năm (trước ngày 15 tháng 11)", ["11-14"]),
        ("Trước ngày 15/6 và trước ngày 15/12 hằng năm", ["06-14", "12-14"]),
        ("ngày 15/3, 15/6, 15/9 và 15/12", ["03-15", "06-15", "09-15", "12-15"]),
        ("Báo cáo định kỳ (quý, 6 tháng, năm)", QUARTER_ENDS),
        ("02 lần/năm (trước ngày 15/6 và 15/12)", ["06-14", "12-14"]),
        ("trước ngày 20 của tháng 3, 6, 9, 12", ["03-19", "06-19", "09-19", "12-19"]),
        ("ngày 15 các tháng 3, 6, 9, 12", ["03-15", "06-15", "09-15", "12-15"]),
        ("ngày 10 tháng 6 và tháng 12 hằng năm", ["06-10", "12-10"]),
        ("Hằng quý (trước ngày 15 tháng cuối quý)", ["03-14", "06-14", "09-14", "12-14"]),
        ("Trước ngày 20 của tháng cuối cùng mỗi quý", ["03-19", "06-19", "09-19", "12-19"]),
        ("Báo cáo 6 tháng đầu năm trước ngày 15/6", ["06-14"]),
        ("định kỳ báo cáo kết quả thực hiện trước ngày 20/11 về Sở Nội vụ", ["11-19"]),
        ("Từ tháng 6 đến tháng 9 hằng năm", ["09-30"]),
        ("hằng tháng (từ tháng 10 đến tháng 12)", ["10-31", "11-30", "12-31"]),
        ("06 tháng/lần; báo cáo trước 15/6 và 15/12", ["06-14", "12-14"]),
        ("Định kỳ 6 tháng, năm; báo cáo trước ngày 15/6, ngày 15/12", ["06-14", "12-14"]),
        ("Hàng quý; trước ngày 20/3, 20/6, 20/9, 20/12", ["03-19", "06-19", "09-19", "12-19"]),
        ("Hằng quý; báo cáo trước ngày 15 của tháng cuối quý", ["03-14", "06-14", "09-14", "12-14"]),
    ],
)
def test_it_reads_what_comes_again(phrase: str, due: list[str]) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due) == (DeadlineKind.RECURRING, days(*due))
    assert not reading.needs_decision


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("ngày 15 hằng tháng", monthly(15)),
        ("chậm nhất vào ngày 20 hàng tháng", monthly(20)),
        ("từ ngày 20 đến ngày 25 hằng tháng", monthly(25)),
        ("trước ngày 20 hằng tháng trong năm 2023", monthly(19)),
    ],
)
def test_it_reads_a_day_of_every_month(phrase: str, due: tuple[date, ...]) -> None:
    assert read_deadline(phrase, year=2023).due == due


def test_it_takes_the_last_day_of_a_month_that_is_too_short_and_says_so() -> None:
    reading = read_deadline("ngày 30 hằng tháng", year=2023)
    assert reading.due[1] == date(2023, 2, 28)
    assert reading.warnings


@pytest.mark.parametrize(
    ("phrase", "weekday", "hour"),
    [
        ("thứ 6 hằng tuần", 4, None),
        ("thứ Hai hàng tuần", 0, None),
        ("chủ nhật hằng tuần", 6, None),
        ("Hằng tuần", 6, None),
        ("trước thứ sáu hằng tuần", 3, None),
        ("trước 15 giờ ngày thứ 4 hằng tuần", 2, time(15)),
        ("trước 10h00 thứ Hai của tuần kế tiếp", 0, time(10)),
    ],
)
def test_it_reads_a_day_of_every_week(phrase: str, weekday: int, hour: time | None) -> None:
    reading = read_deadline(phrase, year=2023)
    assert {day.weekday() for day in reading.due} == {weekday}
    assert len(reading.due) in (52, 53)
    assert reading.due_at == hour


def test_it_reads_every_day_of_a_leap_year() -> None:
    assert len(read_deadline("trước 17h00 hằng ngày", year=2024).due) == 366


def test_a_semicolon_parts_how_often_from_a_day_that_is_not_all_of_its_days() -> None:
    """A check each quarter beside its report, and a report of the year beside those of its quarters, are two duties."""
    check = read_deadline("Kiểm tra hàng quý; báo cáo trước ngày 15 của tháng cuối quý", year=2023)
    assert set(check.due) == {*days("03-14", "06-14", "09-14", "12-14", *QUARTER_ENDS)}
    assert set(read_deadline("Hàng quý; trước 15/12", year=2023).due) == {*days("12-14", *QUARTER_ENDS)}


@pytest.mark.parametrize("phrase", ["hai lần/năm", "02 tuần/lần", "02 năm/lần", "Định kỳ", "Hằng quý, trước ngày 15"])
def test_it_asks_a_person_when_a_recurrence_names_no_day(phrase: str) -> None:
    reading = read_deadline(phrase, year=2023)
    assert (reading.kind, reading.due, reading.needs_decision) == (DeadlineKind.RECURRING, (), True)


@pytest.mark.parametrize(
    ("phrase", "opens", "due"),
    [
        ("Thường xuyên", None, date(2023, 12, 31)),
        ("Thường xuyên, liên tục", None, date(2023, 12, 31)),
        ("Thường xuyên trong năm 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("Thường xuyên (2022-2025)", date(2022, 1, 1), date(2025, 12, 31)),
        ("Từ 01/7/2025.", date(2025, 7, 1), None),
        ("Từ quý II/2023 trở đi", date(2023, 4, 1), None),
        ("Giai đoạn 2026-2030 và những năm tiếp theo.", date(2026, 1, 1), None),
    ],
)
def test_it_reads_what_goes_on(phrase: str, opens: date | None, due: date | None) -> None:
    reading = read_deadline(phrase, year=2023)
    assert reading.kind is DeadlineKind.ONGOING
    assert (reading.opens, reading.due) == (opens, (due,) if due else ())


def test_what_goes_on_ends_with_the_plan() -> None:
    assert read_deadline("Thường xuyên", year=2022, plan_to=date(2025, 12, 31)).due == (date(2025, 12, 31),)


@pytest.mark.parametrize(
    ("phrase", "kinds", "due"),
    [
        ("sơ kết 6 tháng trước ngày 10/6, tổng kết năm trước ngày 10/12", ["recurring"] * 2, ["06-09", "12-09"]),
        (
            "Báo cáo quý I trước 15/3; 6 tháng trước 15/6; quý III trước 15/9; năm trước 15/12",
            ["recurring"] * 4,
            ["03-14", "06-14", "09-14", "12-14"],
        ),
        (
            "trước ngày 15/6 (đối với báo cáo 6 tháng) và trước ngày 15/12 (đối với báo cáo năm)",
            ["recurring"] * 2,
            ["06-14", "12-14"],
        ),
        ("Thường xuyên; báo cáo trước ngày 15/12", ["ongoing", "before"], ["12-14", "12-31"]),
        ("Đến tháng 6/2023 đạt 50%; đến tháng 12/2023 đạt 100%", ["by", "by"], ["06-30", "12-31"]),
        ("Thường xuyên, theo yêu cầu nhiệm vụ.", ["ongoing", "event"], ["12-31"]),
    ],
)
def test_it_reads_several_duties_in_one_cell(phrase: str, kinds: list[str], due: list[str]) -> None:
    reading = read_deadline(phrase, year=2023)
    assert reading.kind is DeadlineKind.COMPOUND
    assert [part.kind for part in reading.parts] == kinds
    assert reading.due == days(*due)
    assert reading.needs_decision is ("event" in kinds)

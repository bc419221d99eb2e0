"""Which day of a sentence belongs to which report."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.duty_texts import COMMUNES, brief, duties
from tests.documents.plan_texts import Plan
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import read_plan


def test_each_report_keeps_its_own_time() -> None:
    found = duties(
        f"1. {COMMUNES} báo cáo vào ngày 20 hằng tháng, báo cáo quý vào ngày 15 tháng cuối quý về Phòng Nội vụ."
    )
    assert [duty.item for duty in found] == ["report_month", "report_quarter"]
    assert [duty.deadline and duty.deadline.due[0] for duty in found] == [date(2023, 1, 20), date(2023, 3, 15)]


@pytest.mark.parametrize("word", ["UBND các xã ", "trước ngày 15/6 ", "Sở A; ", "1", "báo cáo UBND tỉnh "])
def test_a_paragraph_made_to_take_long_does_not(word: str) -> None:
    def read(length: int) -> None:
        duties("1. " + word * (length // len(word)))

    assert growth(read, 60_000 // TIMES, 60_000) < LINEAR


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "báo cáo 6 tháng, báo cáo năm gửi UBND huyện trước ngày 20 của tháng cuối kỳ báo cáo",
            [("report_h1", ["2023-06-19"]), ("report_year", ["2023-12-19"])],
        ),
        (
            "báo cáo quý, 6 tháng, năm gửi UBND huyện trước ngày 10 của tháng cuối quý",
            [
                ("report_quarter", ["2023-03-09", "2023-06-09", "2023-09-09", "2023-12-09"]),
                ("report_h1", ["2023-06-09"]),
                ("report_year", ["2023-12-09"]),
            ],
        ),
        ("báo cáo năm gửi UBND huyện trước ngày 31/01 năm liền kề", [("report_year", ["2024-01-30"])]),
        (
            "báo cáo quý I, 6 tháng, quý III, năm gửi UBND huyện trước ngày 20 của tháng cuối kỳ báo cáo",
            [
                ("report_h1", ["2023-06-19"]),
                ("report_year", ["2023-12-19"]),
                ("report_quarter", ["2023-03-19", "2023-09-19"]),
            ],
        ),
        (
            "báo cáo hàng quý, 06 tháng, năm gửi UBND huyện trước ngày 10 của tháng cuối quý, trước ngày 20/6 và trước "
            "ngày 20/12",
            [
                ("report_quarter", ["2023-03-09", "2023-06-09", "2023-09-09", "2023-12-09"]),
                ("report_h1", ["2023-06-19"]),
                ("report_year", ["2023-12-19"]),
            ],
        ),
        (
            "báo cáo UBND huyện: 6 tháng trước ngày 05/6/2023, 9 tháng trước ngày 05/9/2023, năm trước ngày 05/12/2023",
            [("report_h1", ["2023-06-04"]), ("report_year", ["2023-12-04"]), ("report_quarter", ["2023-09-04"])],
        ),
        (
            "báo cáo UBND huyện: báo cáo quý I trước ngày 10/3, báo cáo quý III trước ngày 10/9",
            [("report_quarter", ["2023-03-09"]), ("report_quarter", ["2023-09-09"])],
        ),
        (
            "báo cáo UBND huyện trước ngày 05 của tháng đầu tiên của quý tiếp theo",
            [("report_quarter", ["2023-04-04", "2023-07-04", "2023-10-04", "2024-01-04"])],
        ),
        (
            "gửi báo cáo quý về UBND huyện vào ngày làm việc cuối cùng của tháng cuối quý",
            [("report_quarter", ["2023-03-31", "2023-06-30", "2023-09-29", "2023-12-29"])],
        ),
        (
            "báo cáo 6 tháng, năm gửi UBND huyện trước ngày 15/6 và 15/12",
            [("report_h1", ["2023-06-14"]), ("report_year", ["2023-12-14"])],
        ),
        (
            "báo cáo gửi UBND huyện định kỳ trước ngày 01/6 và 15/11 hằng năm",
            [("report_h1", ["2023-05-31"]), ("report_year", ["2023-11-14"])],
        ),
    ],
)
def test_each_report_takes_the_day_of_its_own_period(sentence: str, expected: list[tuple[str, list[str]]]) -> None:
    found = duties(f"1. {COMMUNES} {sentence}.")
    assert [(duty.item, [str(day) for day in duty.deadline.due] if duty.deadline else []) for duty in found] == expected
    assert not any(duty.deadline.needs_decision for duty in found if duty.deadline)


@pytest.mark.parametrize(
    "sentence",
    [
        "báo cáo quý gửi UBND huyện trước ngày 15/6",
        "báo cáo tháng gửi UBND huyện trước ngày 05 của tháng cuối nhiệm kỳ",
        "báo cáo gửi UBND huyện trước ngày 15/3 và 15/9 hằng năm",
    ],
)
def test_days_that_do_not_fit_the_periods_are_put_to_a_person(sentence: str) -> None:
    (duty,) = duties(f"1. {COMMUNES} {sentence}.")
    assert duty.deadline is not None
    assert duty.deadline.needs_decision


def test_what_recurs_every_year_does_so_in_each_year_of_the_plan() -> None:
    plan = read_plan(
        Plan()
        .head(abstract="Cải cách hành chính giai đoạn 2023 - 2025")
        .text("III. TỔ CHỨC THỰC HIỆN", f"1. {COMMUNES} báo cáo 6 tháng trước ngày 20/6, năm trước ngày 10/01 năm sau, "
              "hằng năm gửi UBND huyện.")
        .data
    )  # fmt: skip
    half, year = (duty.deadline.due for duty in plan.reporting if duty.deadline)
    assert half == tuple(date(year, 6, 19) for year in (2023, 2024, 2025))
    assert year == tuple(date(year, 1, 9) for year in (2024, 2025, 2026))


def test_a_day_of_every_month_in_brackets_is_not_lost() -> None:
    (duty,) = duties(f"1. {COMMUNES} định kỳ hằng tháng (trước ngày 25), báo cáo kết quả về Phòng Nội vụ.")
    assert duty.item == "report_month"
    assert duty.deadline is not None
    assert duty.deadline.due == tuple(date(2023, month, 24) for month in range(1, 13))


@pytest.mark.parametrize(
    "told",
    [
        "báo cáo quý III (số liệu tính từ ngày 15/6/2023 đến ngày 14/9/2023) trước ngày 18/9/2023",
        "báo cáo quý III (từ ngày 15/6/2023 đến ngày 14/9/2023) trước ngày 18/9/2023",
        "báo cáo quý III (chốt số liệu đến ngày 14/9) trước ngày 18/9/2023",
        "báo cáo quý III trước ngày 18/9/2023 (kỳ số liệu được tính từ 15/6 đến 14/9/2023)",
        "báo cáo quý III trước ngày 18/9/2023; số liệu lấy đến hết ngày 14/9/2023",
        "báo cáo quý III, chốt số liệu ngày 14/9, gửi trước ngày 18/9/2023",
        "báo cáo quý III trước ngày 18/9/2023. Kỳ báo cáo quý III tính từ ngày 15/6/2023 đến ngày 14/9/2023",
        "báo cáo quý III trước ngày 18/9/2023.\nb) Thời gian chốt số liệu: báo cáo quý III ngày 14/9/2023; báo cáo năm "
        "từ ngày 15/12/2022 đến ngày 14/12/2023",
    ],
)
def test_the_days_whose_data_a_report_holds_are_not_its_day(told: str) -> None:
    found = duties(*f"1. {COMMUNES} gửi UBND huyện: {told}.".split("\n"))
    assert brief(found) == [("report_quarter", COMMUNES, (date(2023, 9, 17),))]


def test_some_days_for_sending_a_report_are_its_days() -> None:
    found = duties(f"1. {COMMUNES} gửi báo cáo năm về UBND huyện từ ngày 01/12/2023 đến ngày 10/12/2023.")
    assert brief(found) == [("report_year", COMMUNES, (date(2023, 12, 10),))]


def test_a_report_whose_data_days_alone_are_told_has_no_day_and_is_asked_about() -> None:
    (duty,) = duties(f"1. {COMMUNES} gửi UBND huyện báo cáo quý III (từ ngày 15/6/2023 đến ngày 14/9/2023).")
    assert (duty.item, duty.deadline) == ("report_quarter", None)

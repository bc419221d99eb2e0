"""Duties that a plan lays on those below, in the sentences in which officials write them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.plan_texts import Plan
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.plan import ReportingDuty

COMMUNES = "UBND các xã, thị trấn"
Expected = tuple[str, str, tuple[date, ...]]


def duties(*lines: str, heading: str = "III. TỔ CHỨC THỰC HIỆN") -> tuple[ReportingDuty, ...]:
    return read_plan(Plan().head().text(heading, *lines).end().data).reporting


def brief(found: tuple[ReportingDuty, ...]) -> list[Expected]:
    return [(duty.item, duty.audience, duty.deadline.due if duty.deadline else ()) for duty in found]


H1, YEAR = date(2023, 6, 14), date(2023, 12, 14)
ONE_EACH = [("report_h1", COMMUNES, (H1,)), ("report_year", COMMUNES, (YEAR,))]


@pytest.mark.parametrize(
    "sentence",
    [
        f"1. {COMMUNES} báo cáo 6 tháng trước ngày 15/6, năm trước ngày 15/12 gửi về UBND huyện (qua Phòng Nội vụ).",
        f"1. {COMMUNES} gửi báo cáo 6 tháng đầu năm trước ngày 15/6/2023 và báo cáo năm trước ngày 15/12/2023 về UBND "
        "huyện (qua Phòng Nội vụ) để tổng hợp, báo cáo UBND tỉnh.",
        f"1. {COMMUNES} định kỳ báo cáo kết quả 06 tháng (trước ngày 15/6), năm (trước ngày 15/12) về UBND huyện (qua "
        "Phòng Nội vụ).",
        f"1. {COMMUNES}: Báo cáo sơ kết 6 tháng trước ngày 15/6 và tổng kết năm trước ngày 15/12, gửi UBND huyện (qua "
        "Phòng Nội vụ) theo dõi.",
        f"1. {COMMUNES} báo cáo UBND huyện (qua Phòng Nội vụ): trước ngày 15/6/2023 đối với báo cáo 6 tháng, trước "
        "ngày 15/12/2023 đối với báo cáo năm.",
    ],
)
def test_one_sentence_may_hold_two_reports(sentence: str) -> None:
    found = duties(sentence)
    assert brief(found) == ONE_EACH
    assert {(duty.addressee, duty.receiving_office, duty.basis) for duty in found} == {
        ("UBND huyện", "Phòng Nội vụ", "receipt")
    }


def test_three_reports_may_share_one_time() -> None:
    found = duties(f"1. {COMMUNES} báo cáo quý, 6 tháng, năm gửi Phòng Nội vụ trước ngày 10 của tháng cuối quý.")
    assert [duty.item for duty in found] == ["report_quarter", "report_h1", "report_year"]
    assert {duty.addressee for duty in found} == {"Phòng Nội vụ"}


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        (f"1. {COMMUNES} định kỳ hằng quý báo cáo kết quả về Phòng Nội vụ.", "report_quarter"),
        (f"1. {COMMUNES} báo cáo kết quả về Phòng Nội vụ trước ngày 20 hằng tháng.", "report_month"),
        (f"1. {COMMUNES} báo cáo kết quả về Phòng Nội vụ trước ngày 15/11 hằng năm.", "report_year"),
        (f"1. {COMMUNES} báo cáo kết quả về Phòng Nội vụ trước ngày 20/11/2023.", "report"),
    ],
)
def test_it_tells_the_period_from_the_time(sentence: str, item: str) -> None:
    (duty,) = duties(sentence)
    assert duty.item == item
    assert duty.deadline is not None
    assert duty.deadline.due


@pytest.mark.parametrize(
    ("lines", "basis", "due"),
    [
        (
            (f"1. {COMMUNES} xây dựng, ban hành kế hoạch của địa phương trước ngày 01/3/2023.",),
            "issue",
            date(2023, 2, 28),
        ),
        (
            (f"1. {COMMUNES}: Căn cứ Kế hoạch này xây dựng Kế hoạch triển khai thực hiện, xong trong tháng 3/2023.",),
            "issue",
            date(2023, 3, 31),
        ),
        (
            (f"1. {COMMUNES} ban hành kế hoạch thực hiện, gửi về UBND huyện (qua Phòng Nội vụ) trước ngày 01/3/2023.",),
            "receipt",
            date(2023, 2, 28),
        ),
        (
            (
                f"1. {COMMUNES}",
                "- Xây dựng kế hoạch cụ thể.",
                "Thời gian hoàn thành xây dựng kế hoạch: Trước ngày 01/3/2023.",
            ),
            "issue",
            date(2023, 2, 28),
        ),
        (
            (f"1. UBND huyện chỉ đạo {COMMUNES} xây dựng kế hoạch của đơn vị trước ngày 01/3/2023.",),
            "issue",
            date(2023, 2, 28),
        ),
    ],
)
def test_it_reads_who_issues_a_plan_and_which_date_counts(lines: tuple[str, ...], basis: str, due: date) -> None:
    (duty,) = duties(*lines)
    assert (duty.item, duty.audience, duty.basis) == ("sub_plan", COMMUNES, basis)
    assert duty.deadline is not None
    assert duty.deadline.due == (due,)


def test_one_sentence_may_ask_for_a_plan_and_a_report() -> None:
    found = duties(
        f"1. {COMMUNES} xây dựng kế hoạch triển khai trước ngày 01/3/2023 và báo cáo kết quả trước ngày 15/12/2023 về "
        "Phòng Nội vụ."
    )
    assert brief(found) == [("sub_plan", COMMUNES, (date(2023, 2, 28),)), ("report", COMMUNES, (YEAR,))]


def test_the_heading_names_who_acts_in_the_lines_below() -> None:
    found = duties(
        "1. Phòng Nội vụ", "- Theo dõi.", f"2. {COMMUNES}", "a) Tuyên truyền.", "b) Báo cáo UBND huyện trước 15/12."
    )
    assert [duty.audience for duty in found] == [COMMUNES]
    assert found[0].source == "Mục III.2.b"


def test_a_chain_of_levels_gives_each_its_own_duty() -> None:
    found = duties(
        "1. UBND các xã gửi báo cáo năm về UBND huyện (qua Phòng Nội vụ) trước ngày 10/12;",
        "2. UBND các huyện gửi báo cáo năm về UBND tỉnh (qua Sở Nội vụ) trước ngày 15/12.",
        "3. Giao Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 20/12.",
    )
    assert [(duty.audience, duty.receiving_office) for duty in found] == [
        ("UBND các xã", "Phòng Nội vụ"),
        ("UBND các huyện", "Sở Nội vụ"),
        ("Sở Nội vụ", None),
    ]


def test_an_aggregator_due_before_its_feeders_is_put_to_a_person() -> None:
    plan = read_plan(
        Plan()
        .head()
        .text(
            "III. TỔ CHỨC THỰC HIỆN",
            "1. UBND các xã gửi báo cáo năm về Phòng Nội vụ trước ngày 20/12/2023.",
            "2. Phòng Nội vụ tổng hợp, báo cáo năm gửi UBND huyện trước ngày 15/12/2023.",
        )
        .data
    )
    (point,) = [point for point in plan.open_points if " / " in point.phrase]
    assert "trước khi nhận đủ báo cáo của UBND các xã" in point.reason


@pytest.mark.parametrize(
    "line",
    [
        "1. Phòng Nội vụ tham mưu UBND huyện ban hành kế hoạch kiểm tra.",
        "1. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo UBND huyện xem xét.",
        "1. Phòng Nội vụ bồi dưỡng đội ngũ báo cáo viên trước ngày 01/6/2023.",
        "1. Phòng Tài chính - Kế hoạch bố trí kinh phí thực hiện Kế hoạch này.",
    ],
)
def test_what_only_sounds_like_a_duty_is_none(line: str) -> None:
    assert duties(line) == ()


def test_purposes_and_requirements_are_no_duties() -> None:
    assert duties("1. Các đơn vị xây dựng kế hoạch triển khai cụ thể.", heading="I. MỤC ĐÍCH, YÊU CẦU") == ()


def test_a_duty_without_time_or_name_is_put_to_a_person() -> None:
    plan = read_plan(
        Plan()
        .head()
        .text("III. TỔ CHỨC THỰC HIỆN", "- Các cơ quan, đơn vị liên quan báo cáo kết quả về Phòng Nội vụ.")
        .data
    )
    assert {point.field for point in plan.open_points} == {"activities", "audience", "deadline"}


def test_a_semicolon_inside_the_subject_parts_no_sentence() -> None:
    (duty,) = duties(
        "1. Thủ trưởng các phòng, ban; Chủ tịch UBND các xã căn cứ Kế hoạch này báo cáo UBND huyện trước ngày 15/12."
    )
    assert duty.audience == "Thủ trưởng các phòng, ban; Chủ tịch UBND các xã"


def test_a_heading_that_names_nobody_leaves_the_subject_to_its_sentence() -> None:
    found = duties(
        "1. Chế độ báo cáo: Các đơn vị gửi báo cáo quý I trước ngày 10/3, năm trước ngày 10/12 về UBND huyện."
    )
    assert [(duty.item, duty.audience) for duty in found] == [
        ("report_quarter", "Các đơn vị"),
        ("report_year", "Các đơn vị"),
    ]


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


def test_who_is_guided_to_make_a_plan_owes_it_and_not_who_guides() -> None:
    (duty,) = duties("1. Phòng Nội vụ", f"a) Hướng dẫn {COMMUNES} xây dựng kế hoạch trước ngày 28/02/2023.")
    assert duty.audience == COMMUNES


def test_a_report_goes_where_the_one_before_it_in_the_paragraph_goes() -> None:
    found = duties(f"1. {COMMUNES} gửi báo cáo 6 tháng về Phòng Nội vụ trước ngày 15/6; báo cáo năm trước ngày 15/12.")
    assert [(duty.item, duty.addressee) for duty in found] == [
        ("report_h1", "Phòng Nội vụ"),
        ("report_year", "Phòng Nội vụ"),
    ]


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

"""Duties that a plan lays on those below, in the sentences in which officials write them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.duty_texts import COMMUNES, ONE_EACH, YEAR, brief, duties
from tests.documents.plan_texts import Plan

from plan_lifecycle.documents.read import read_plan


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


def test_who_is_guided_to_make_a_plan_owes_it_and_not_who_guides() -> None:
    (duty,) = duties("1. Phòng Nội vụ", f"a) Hướng dẫn {COMMUNES} xây dựng kế hoạch trước ngày 28/02/2023.")
    assert duty.audience == COMMUNES


def test_a_report_goes_where_the_one_before_it_in_the_paragraph_goes() -> None:
    found = duties(f"1. {COMMUNES} gửi báo cáo 6 tháng về Phòng Nội vụ trước ngày 15/6; báo cáo năm trước ngày 15/12.")
    assert [(duty.item, duty.addressee) for duty in found] == [
        ("report_h1", "Phòng Nội vụ"),
        ("report_year", "Phòng Nội vụ"),
    ]

"""Duties whose days are mistyped, scanned, dotted or left open: none falls a day late, none is lost."""

from __future__ import annotations

import pytest
from tests.documents.plan_texts import Plan

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain import plan as domain
from plan_lifecycle.domain.deadline import plainly_dated

COMMUNES = "UBND các xã, thị trấn"


def read(*clauses: str) -> domain.Plan:
    plan = Plan().head(date="Bắc Bình, ngày 10 tháng 01 năm 2023").text("V. TỔ CHỨC THỰC HIỆN")
    return read_plan(plan.text(*(f"{at}. {clause}" for at, clause in enumerate(clauses, 1))).end().data)


def days(duty: domain.ReportingDuty) -> list[str]:
    return [str(day) for day in duty.deadline.due] if duty.deadline else []


@pytest.mark.parametrize(
    "typed",
    [
        "trước ngay 15/02/2023",
        "trướcngày 15/02/2023",
        "trước ngáy 15/2",
        "truoc ngay 15/02/2023",
        "trước ngày15/02/2023",
        "trước ngày: 15/02/2023",
        "trước ngày “15/02/2023”",
        "trước ngày 15.02.2023",
        "trước 15.02.2023",
        "trước ngày 15\\02\\2023",
        "trước ngày 15//02/2023",
        "trước ngày 15/2/23",
        "trước ngày 15 tháng 02, 2023",
        "trước ngày 15 (mười lăm) tháng 02 năm 2023",
    ],
)
def test_a_plan_of_ones_own_is_due_on_the_day_before_however_that_is_typed(typed: str) -> None:
    (duty,) = read(f"{COMMUNES} xây dựng kế hoạch thực hiện {typed}.").reporting
    assert (duty.item, days(duty)) == ("sub_plan", ["2023-02-14"])
    assert typed in duty.clause


def test_reports_keep_their_days_and_what_nobody_can_know_is_asked() -> None:
    plan = read(
        "Phòng Nội vụ báo cáo UBND huyện trước ngày mùng 5/3.",
        "Phòng Tư pháp báo cáo UBND huyện trước 20 hằng tháng.",
        "Phòng Y tế báo cáo quý về UBND huyện trước 20 tháng cuối quý.",
        "Văn phòng báo cáo UBND huyện từ 15/02 đến 20/02/2023.",
        "Thanh tra báo cáo UBND huyện trước ngày 15/02/2023 hoặc 20/02/2023.",
        "Phòng Kinh tế báo cáo UBND huyện trước ngày l5/02/2023.",
        "Công an báo cáo UBND huyện trước ngày ... tháng 02 năm 2023.",
        "Phòng Giáo dục báo cáo UBND huyện trước ngày 15/02/202.",
        "Phòng Dân tộc báo cáo UBND huyện trước 15/2/2023 (riêng bộ phận một cửa trước 20/2/2023).",
    )
    found = {duty.audience: (duty.item.value, days(duty)[:2]) for duty in plan.reporting}
    assert found == {
        "Phòng Nội vụ": ("report", ["2023-03-04"]),
        "Phòng Tư pháp": ("report_month", ["2023-01-19", "2023-02-19"]),
        "Phòng Y tế": ("report_quarter", ["2023-03-19", "2023-06-19"]),
        "Văn phòng": ("report", ["2023-02-20"]),
        "Thanh tra": ("report", ["2023-02-14", "2023-02-19"]),
        "Phòng Kinh tế": ("report", ["2023-02-14"]),
        "Công an": ("report", []),
        "Phòng Giáo dục": ("report", []),
        "Phòng Dân tộc": ("report", ["2023-02-14", "2023-02-19"]),
    }
    asked = {duty.audience for duty in plan.reporting if duty.deadline and duty.deadline.needs_decision}
    assert asked == {"Thanh tra", "Phòng Kinh tế", "Công an", "Phòng Giáo dục", "Phòng Dân tộc"}


def test_each_period_in_brackets_keeps_the_day_in_its_own() -> None:
    said = "báo cáo định kỳ hằng tháng (ngày 20), quý (ngày 20 tháng cuối quý), 6 tháng (20/6), năm (20/12) gửi về"
    plan = read(f"{COMMUNES} {said} Phòng Nội vụ.")
    assert [(duty.item.value, days(duty)[0], len(days(duty))) for duty in plan.reporting] == [
        ("report_month", "2023-01-20", 12),
        ("report_quarter", "2023-03-20", 4),
        ("report_h1", "2023-06-20", 1),
        ("report_year", "2023-12-20", 1),
    ]
    assert [point.field for point in plan.open_points if point.field == "targets"] == []


@pytest.mark.parametrize(
    "office",
    [
        "Phòng Tài chính - Kế hoạch",
        "Phòng Tài chính và Kế hoạch",
        "Sở Kế hoạch và Đầu tư",
        "Phòng Tài chính – Kế hoạch",
    ],
)
def test_a_budget_sent_to_an_office_of_planning_is_no_plan(office: str) -> None:
    plan = read(f"{COMMUNES} lập dự toán kinh phí gửi {office} trước ngày 15/7/2023.")
    assert plan.reporting == ()
    assert "trước ngày 15/7/2023" in [point.phrase for point in plan.open_points]


@pytest.mark.parametrize(
    "text",
    [
        "Trước ngày 15/02/2023, UBND các xã báo cáo (qua Phòng Nội vụ); Quý I/2023 hoàn thành 1/2 khối lượng.",
        "Điều 1.2.3 và mục 15.02; số 36/KH-UBND ngày 05/01/2023: 03 mô hình/năm",
        "NGÀY 15 THÁNG 02 NĂM 2023",
    ],
)
def test_what_is_well_typed_stays_letter_by_letter(text: str) -> None:
    assert plainly_dated(text) == text


@pytest.mark.parametrize(
    ("number", "read_as"),
    [
        ("36/KH-UBND", ("36", "KH-UBND")),
        ("Sô: 36/KH-UBND", ("36", "KH-UBND")),
        ("Số: l5/KH-UBND", ("15", "KH-UBND")),
        ("36 / KH - UBND", ("36", "KH-UBND")),
    ],
)
def test_a_number_typed_or_scanned_otherwise_is_a_number_and_no_part_of_the_agency(
    number: str, read_as: tuple[str, str]
) -> None:
    plan = read_plan(Plan().head(number=number).duty().end().data)
    assert (plan.number, plan.symbol, plan.issuer) == (*read_as, "Ủy ban nhân dân huyện Bắc Bình")


@pytest.mark.parametrize("written", ["năm 202", "năm 2O23", "năm 20233"])
def test_a_year_with_a_figure_lost_is_no_year(written: str) -> None:
    plan = read_plan(Plan().head(date=f"Bắc Bình, ngày 10 tháng 02 {written}").duty().end().data)
    assert plan.issued_on is None
    assert "issued_on" in [point.field for point in plan.open_points]


def test_capitals_without_their_tones_name_the_type_and_short_forms_stay_capitals() -> None:
    plan = read_plan(Plan().head(("BAN CHỈ ĐẠO CCHC", "HUYỆN BẮC BÌNH"), type_="KẾ HOACH").duty().end().data)
    assert (plan.type, plan.abstract) == ("Kế hoạch", "Thông tin, tuyên truyền cải cách hành chính năm 2023")
    assert plan.issuer == "Ban Chỉ đạo CCHC huyện Bắc Bình"

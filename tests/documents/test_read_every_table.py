"""Every table of a plan is accounted for: read as tasks, read as duties, or named in a question."""

from __future__ import annotations

import pytest
from tests.documents.plan_texts import Plan, Rows

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.plan import Plan as ReadPlan

HEADS = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"]
ONE = ["1", "Treo băng rôn", "UBND các xã", "Phòng Nội vụ", "Trước ngày 01/5/2023"]
TWO = ["2", "Mở lớp tập huấn", "Phòng Nội vụ", "Phòng Tài chính", "Quý II/2023"]
WHO = "1. Chế độ báo cáo của UBND các xã, thị trấn gửi UBND huyện (qua Phòng Nội vụ):"


def plan_of(*parts: str | Rows) -> ReadPlan:
    plan = Plan().head()
    for part in parts:
        if isinstance(part, str):
            plan.text(part)
        else:
            plan.table(part)
    return read_plan(plan.duty().end().data)


def asked(plan: ReadPlan) -> list[tuple[str, str]]:
    return [(point.phrase, point.source) for point in plan.open_points if point.field == "activities"]


def due(plan: ReadPlan) -> list[tuple[str, str, list[str]]]:
    return [
        (duty.item.value, duty.audience, [str(day) for day in duty.deadline.due] if duty.deadline else [])
        for duty in plan.reporting
        if "Bảng" in duty.clause
    ]


def test_a_table_goes_on_below_a_subtitle_and_the_subtitle_is_its_group() -> None:
    plan = plan_of("I. NHIỆM VỤ", [HEADS, ONE], "2. Cải cách thủ tục hành chính", [TWO])
    assert [(row.content, row.lead, row.section) for row in plan.activities] == [
        ("Treo băng rôn", "UBND các xã", ""),
        ("Mở lớp tập huấn", "Phòng Nội vụ", "2. Cải cách thủ tục hành chính"),
    ]
    assert asked(plan) == []


def test_tables_of_one_row_go_on_below_title_after_title() -> None:
    rows = [
        [str(n), f"Việc kiểm tra số {n}", "Sở Nội vụ", "Phòng Nội vụ", f"Quý {q}/2023"]
        for n, q in ((2, "II"), (3, "IV"))
    ]
    plan = plan_of("I. NHIỆM VỤ", [HEADS, ONE], "II. Lĩnh vực hai", rows[:1], "III. Lĩnh vực ba", rows[1:])
    assert [(row.ordinal, row.section) for row in plan.activities] == [
        ("1", ""),
        ("2", "II. Lĩnh vực hai"),
        ("3", "III. Lĩnh vực ba"),
    ]


def test_a_row_of_its_own_below_a_long_text_is_asked_about() -> None:
    plan = plan_of("I. NHIỆM VỤ", [HEADS, ONE], "Nội dung khác. " * 20, [TWO])
    assert [source for _, source in asked(plan)] == ["Bảng 2"]


def test_a_tick_under_a_short_month_is_that_month() -> None:
    plan = plan_of(
        "I. NHIỆM VỤ", [["STT", "Nội dung", "Chủ trì", "T4", "T5"], ["1", "Treo băng rôn", "Phòng Nội vụ", "", "x"]]
    )
    assert [str(row.deadline.due[0]) for row in plan.activities if row.deadline] == ["2023-05-31"]


def test_a_table_of_the_same_width_that_does_not_fit_is_asked_about() -> None:
    plan = plan_of(
        "I. NHIỆM VỤ", [HEADS, ONE], "2. Số liệu",
        [["A", "Bình An", "12", "30", "x"], ["B", "Hòa Thắng", "7", "12", "y"]],
    )  # fmt: skip
    assert len(plan.activities) == 1
    assert asked(plan) == [("A | Bình An | 12 | 30 | x", "Bảng 2")]


def test_a_table_of_another_width_without_headings_is_asked_about() -> None:
    plan = plan_of("I. NHIỆM VỤ", [HEADS, ONE], "2. Tiếp", [TWO[:4], ["3", "Kiểm tra", "Thanh tra huyện", "Quý III"]])
    assert asked(plan) == [("2 | Mở lớp tập huấn | Phòng Nội vụ | Phòng Tài chính", "Bảng 2")]


@pytest.mark.parametrize("heading", ["Dự kiến", "Khi nào", "Xong lúc nào"])
def test_a_column_of_days_under_an_unknown_heading_is_a_deadline_and_so_it_is_said(heading: str) -> None:
    plan = plan_of("I. NHIỆM VỤ", [[*HEADS[:4], heading], ONE, TWO])
    assert [[str(day) for day in row.deadline.due] for row in plan.activities if row.deadline] == [
        ["2023-04-30"],
        ["2023-06-30"],
    ]
    assert asked(plan) == [(heading, "Bảng 1")]


def test_columns_of_agencies_and_days_are_told_by_their_cells() -> None:
    rows = [["STT", "Việc cần làm trong năm", "Nơi làm", "Xong lúc nào"], [*ONE[:3], ONE[4]], [*TWO[:3], TWO[4]]]
    plan = plan_of("I. NHIỆM VỤ", rows)
    assert [(row.content, row.lead) for row in plan.activities] == [
        ("Treo băng rôn", "UBND các xã"),
        ("Mở lớp tập huấn", "Phòng Nội vụ"),
    ]
    assert asked(plan) == [("Xong lúc nào", "Bảng 1"), ("Nơi làm", "Bảng 1")]


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Đơn vị", "Nơi đóng"], ["1", "UBND xã Bình An", "Thôn An Bình, đường số 5"]],
        [["STT", "Tên đề án", "Cơ quan ban hành"], ["1", "Đề án cải cách", "UBND tỉnh"]],
        [["STT", "Tài liệu gửi kèm", "Ghi chú"], ["1", "Phụ lục số liệu", "Trước ngày 01/5/2023"]],
    ],
)
def test_a_list_of_other_things_is_no_table_of_tasks_and_is_asked_about(rows: Rows) -> None:
    plan = plan_of("I. NHIỆM VỤ", [HEADS, ONE], "II. DANH MỤC", rows)
    assert len(plan.activities) == 1
    assert asked(plan) == [(" | ".join(rows[0]), "Bảng 2")]


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Họ và tên", "Chức vụ"], ["1", "Nguyễn Văn An", "Chủ tịch"]],
        [["STT", "TIÊU CHÍ THI ĐUA", "ĐIỂM CHUẨN"], ["1", "Ban hành kế hoạch", "10"]],
        [["TT", "Chỉ tiêu", "Số liệu", "Ghi chú"], ["1", "Số tin, bài", "", ""], ["2", "Số lớp", "", ""]],
    ],
)
def test_people_scores_and_empty_forms_are_no_question(rows: Rows) -> None:
    assert asked(plan_of("I. NHIỆM VỤ", [HEADS, ONE], "II. PHỤ LỤC", rows)) == []


def test_duties_may_stand_in_the_rows_of_a_table() -> None:
    plan = plan_of(
        "III. TỔ CHỨC THỰC HIỆN", WHO,
        [
            ["TT", "Loại báo cáo", "Thời gian chốt số liệu", "Thời hạn gửi báo cáo"],
            ["1", "Kế hoạch của đơn vị", "", "15/02/2023"],
            ["2", "Báo cáo 6 tháng", "14/6/2023", "20/6/2023"],
            ["3", "Báo cáo năm", "14/12/2023", "20/12/2023"],
        ],
    )  # fmt: skip
    communes = "UBND các xã, thị trấn"
    assert due(plan) == [
        ("sub_plan", communes, ["2023-02-15"]),
        ("report_h1", communes, ["2023-06-20"]),
        ("report_year", communes, ["2023-12-20"]),
    ]
    assert {(duty.addressee, duty.receiving_office) for duty in plan.reporting if "Bảng" in duty.clause} == {
        ("UBND huyện", "Phòng Nội vụ")
    }


def test_a_table_of_duties_may_name_who_owes_and_who_receives() -> None:
    plan = plan_of(
        "III. CHẾ ĐỘ BÁO CÁO",
        [
            ["TT", "Tên báo cáo", "Đơn vị báo cáo", "Nơi nhận", "Thời hạn"],
            ["1", "Báo cáo quý", "UBND các xã", "Phòng Nội vụ", "Trước ngày 15 của tháng cuối quý"],
        ],
    )
    assert due(plan) == [("report_quarter", "UBND các xã", ["2023-03-14", "2023-06-14", "2023-09-14", "2023-12-14"])]
    assert plan.reporting[-1].addressee == "Phòng Nội vụ"


def test_duties_may_stand_in_the_columns_of_a_table() -> None:
    plan = plan_of(
        "III. CHẾ ĐỘ BÁO CÁO",
        [
            ["TT", "Đơn vị", "Báo cáo 6 tháng", "Báo cáo năm"],
            ["1", "UBND các xã", "Trước ngày 10/6", "Trước ngày 10/12"],
            ["2", "Phòng Nội vụ", "Trước ngày 20/6", "Trước ngày 20/12"],
        ],
    )
    assert due(plan) == [
        ("report_h1", "UBND các xã", ["2023-06-09"]),
        ("report_year", "UBND các xã", ["2023-12-09"]),
        ("report_h1", "Phòng Nội vụ", ["2023-06-19"]),
        ("report_year", "Phòng Nội vụ", ["2023-12-19"]),
    ]


def test_a_task_to_report_stays_a_task() -> None:
    plan = plan_of("I. NHIỆM VỤ", [HEADS, ["1", "Báo cáo kết quả tuyên truyền", "Phòng Nội vụ", "", "Quý II/2023"]])
    assert [row.content for row in plan.activities] == ["Báo cáo kết quả tuyên truyền"]
    assert due(plan) == []

"""Rows of task tables as officials draw them: groups, merged leads, lines, page breaks, as-above signs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.plan_texts import Plan, Rows
from tests.documents.task_tables import BANNERS, FIVE, activities
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import read_plan


def test_it_reads_a_row_with_its_place() -> None:
    (row,) = activities([FIVE, BANNERS])
    assert (row.ordinal, row.content, row.lead, row.support) == (
        "1",
        "Treo băng rôn",
        "UBND xã Bình An",
        "Phòng Nội vụ",
    )
    assert row.deadline is not None
    assert row.deadline.due == (date(2023, 4, 30),)
    assert row.source == "Bảng 1, hàng 2"


@pytest.mark.parametrize(
    "group",
    [
        ["I. Công tác chỉ đạo", "<", "<", "<", "<"],
        ["I", "Công tác chỉ đạo", "<", "<", "<"],
        ["I", "Công tác chỉ đạo", "", "", ""],
        ["", "CÔNG TÁC CHỈ ĐẠO", "", "", ""],
    ],
)
def test_it_takes_a_group_row_for_a_heading_not_a_task(group: list[str]) -> None:
    rows = activities([FIVE, group, BANNERS])
    assert [row.content for row in rows] == ["Treo băng rôn"]
    assert "công tác chỉ đạo" in rows[0].section.lower()


def test_it_takes_a_numbered_row_over_its_own_parts_for_a_group() -> None:
    rows = activities(
        [
            FIVE,
            ["1", "Tuyên truyền trực quan", "", "", ""],
            ["1.1", "Treo băng rôn", "UBND xã Bình An", "", "Tháng 4/2023"],
            ["1.2", "Lắp đặt pa nô", "UBND xã Bình An", "", "Tháng 5/2023"],
        ]
    )
    assert [row.ordinal for row in rows] == ["1.1", "1.2"]
    assert rows[0].section == "1. Tuyên truyền trực quan"


def test_it_keeps_a_task_whose_lead_and_time_are_missing() -> None:
    plan = read_plan(Plan().head().table([FIVE, ["1", "Xây dựng phóng sự", "", "", ""], BANNERS]).duty().end().data)
    assert [row.content for row in plan.activities] == ["Xây dựng phóng sự", "Treo băng rôn"]
    assert {point.field for point in plan.open_points} == {"lead", "deadline"}


def test_it_hands_down_a_lead_that_is_merged_over_several_rows() -> None:
    rows = activities(
        [
            FIVE,
            ["1", "Đăng tin, bài", "Phòng Văn hóa và Thông tin", "", "Hằng tháng"],
            ["2", "Phát thanh", "^", "UBND các xã", "Hằng quý"],
            ["3", "Viết phóng sự", "^", "", "Quý IV"],
        ]
    )
    assert [row.lead for row in rows] == ["Phòng Văn hóa và Thông tin"] * 3


def test_it_makes_each_line_with_its_own_lead_and_time_a_task_of_its_own() -> None:
    rows = activities(
        [
            FIVE,
            ["1", "Báo cáo kết quả tuyên truyền", "Phòng Nội vụ", "", "Trước ngày 10/6/2023"],
            ["^", "^", "UBND các xã, thị trấn", "", "Trước ngày 01/6/2023"],
        ]
    )
    assert [(row.content, row.lead) for row in rows] == [
        ("Báo cáo kết quả tuyên truyền", "Phòng Nội vụ"),
        ("Báo cáo kết quả tuyên truyền", "UBND các xã, thị trấn"),
    ]


def test_it_joins_a_row_that_only_goes_on_to_the_one_above() -> None:
    (row,) = activities([FIVE, BANNERS, ["", "tại trụ sở UBND xã", "", "Đoàn Thanh niên", ""]])
    assert (row.content, row.support) == ("Treo băng rôn tại trụ sở UBND xã", "Phòng Nội vụ; Đoàn Thanh niên")


@pytest.mark.parametrize("second", [[FIVE, ["2", *BANNERS[1:]]], [["2", *BANNERS[1:]]]], ids=["headings", "bare"])
@pytest.mark.parametrize("between", ["", "(tiếp theo)"])
def test_it_goes_on_with_a_table_after_a_page_break(second: Rows, between: str) -> None:
    rows = activities([FIVE, BANNERS], second, between=between)
    assert [row.ordinal for row in rows] == ["1", "2"]
    assert rows[1].source.startswith("Bảng 2")


def test_it_does_not_go_on_with_a_table_after_other_text() -> None:
    assert len(activities([FIVE, BANNERS], [["a", "b", "c", "d", "e"]], between="Biểu số liệu của các xã:")) == 1


def test_it_passes_over_headings_that_come_again_and_totals() -> None:
    rows = activities([FIVE, BANNERS, FIVE, ["2", *BANNERS[1:]], ["", "Tổng cộng", "", "", ""]])
    assert [row.ordinal for row in rows] == ["1", "2"]


def test_it_reads_lead_and_support_from_one_cell() -> None:
    (row,) = activities(
        [
            ["STT", "Nội dung", "Cơ quan chủ trì, phối hợp", "Thời gian"],
            ["1", "Khảo sát hài lòng", "Chủ trì: Phòng Nội vụ; phối hợp: UBND các xã, thị trấn", "Tháng 9/2023"],
        ]
    )
    assert (row.lead, row.support) == ("Phòng Nội vụ", "UBND các xã, thị trấn")


def test_it_tells_the_numbers_from_their_rows_where_the_heading_covers_them() -> None:
    (row,) = activities(
        [["Nội dung", "<", "Chủ trì", "Phối hợp", "Thời gian"], ["1.1", *BANNERS[1:]]],
    )
    assert (row.ordinal, row.content) == ("1.1", "Treo băng rôn")


def test_it_numbers_tables_as_a_reader_sees_them() -> None:
    data = (
        Plan().head().table([["Chỉ số", "2021", "2022"], ["PAR Index", "80", "82"]]).table([FIVE, BANNERS]).end().data
    )
    assert read_plan(data).activities[0].source == "Bảng 2, hàng 2"


def test_it_names_the_annex_that_a_table_stands_in() -> None:
    data = (
        Plan()
        .head()
        .text("I. MỤC ĐÍCH")
        .end()
        .title("PHỤ LỤC I")
        .title("PHÂN CÔNG NHIỆM VỤ")
        .table([FIVE, BANNERS])
        .data
    )
    assert read_plan(data).activities[0].source == "Phụ lục I, Bảng 1, hàng 2"


def test_it_reads_targets_out_of_content_and_product() -> None:
    (row,) = activities([FIVE, ["1", "Đăng ít nhất 05 tin, bài/tháng", "UBND các xã", "", "Hằng tháng"]])
    assert [(target.value, target.per) for target in row.targets] == [(5, "month")]


def test_it_reads_three_thousand_rows_in_linear_time() -> None:
    def read(count: int) -> None:
        rows = [FIVE, *([str(number), *BANNERS[1:]] for number in range(1, count + 1))]
        assert len(activities(rows)) == count

    assert growth(read, 3000 // TIMES, 3000) < LINEAR


def test_it_resolves_the_signs_for_as_above() -> None:
    rows = activities(
        [FIVE, BANNERS, ["2", "Phát tờ rơi", "nt", "-nt-", "//"], ["3", "Dựng pa nô", '"', "", "Như trên"]]
    )
    assert [row.lead for row in rows] == ["UBND xã Bình An"] * 3
    assert [row.support for row in rows] == ["Phòng Nội vụ", "Phòng Nội vụ", ""]
    assert len({row.deadline for row in rows}) == 1


@pytest.mark.parametrize("office", ["Lãnh đạo", "Thủ trưởng", "Đại diện"])
def test_it_puts_a_name_together_that_is_broken_after_the_office(office: str) -> None:
    (row,) = activities([FIVE, ["1", "Đối thoại", f"{office}\nSở Tài chính", "", "Trước ngày 01/5/2023"]])
    assert row.lead == f"{office} Sở Tài chính"


def test_what_a_target_counts_ends_with_its_cell() -> None:
    rows = [["STT", "Nội dung", "Đơn vị chủ trì", "Thời gian", "Sản phẩm"]]
    rows.append(["1", "Kiểm tra ít nhất 30% xã, phường", "Phòng Nội vụ", "Quý III/2023", "Kế hoạch kiểm tra"])
    (row,) = activities(rows)
    assert [(target.value, target.unit) for target in row.targets] == [(30, "xã, phường")]


def test_it_tells_names_on_lines_of_their_own_from_a_name_that_is_broken() -> None:
    (row,) = activities(
        [
            FIVE,
            ["1", "Kiểm tra\ncông vụ", "Phòng Nội vụ\nVăn phòng", "Sở Khoa học và\nCông nghệ", "Trước ngày\n01/5/2023"],
        ]
    )
    assert (row.content, row.lead, row.support) == (
        "Kiểm tra công vụ",
        "Phòng Nội vụ; Văn phòng",
        "Sở Khoa học và Công nghệ",
    )
    assert row.deadline is not None
    assert row.deadline.due == (date(2023, 4, 30),)


def test_what_recurs_does_so_in_every_year_of_the_plan() -> None:
    rows = [FIVE, ["1", "Đăng ký thi đua", "UBND các xã", "", "Trước ngày 31/01 hằng năm"]]
    plan = read_plan(Plan().head(abstract="Thi đua giai đoạn 2023 - 2025").table(rows).duty().data)
    deadline = plan.activities[0].deadline
    assert deadline is not None
    assert deadline.due == (date(2024, 1, 30), date(2025, 1, 30))  # that of 2023 had passed when the plan was issued
    assert plan.open_points == ()

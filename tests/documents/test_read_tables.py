"""Task tables as officials draw them: headings in any words and order, over two rows, merged, continued, missing."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.plan_texts import Plan, Rows
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.read._columns import Role, columns_of, role_of
from plan_lifecycle.domain.plan import Activity

FIVE = ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"]
BANNERS = ["1", "Treo băng rôn", "UBND xã Bình An", "Phòng Nội vụ", "Trước ngày 01/5/2023"]


def activities(*tables: Rows, between: str | None = None) -> tuple[Activity, ...]:
    plan = Plan().head().text("I. NHIỆM VỤ")
    for number, rows in enumerate(tables):
        if number and between is not None:
            plan.text(between)
        plan.table(rows)
    return read_plan(plan.end().data).activities


HEADINGS = [
    (
        "STT | Nhiệm vụ, giải pháp | Đơn vị thực hiện | Đơn vị phối hợp | Thời gian thực hiện | Sản phẩm đầu ra",
        "ocldsp",
    ),
    ("STT | NHIỆM VỤ VÀ GIẢI PHÁP | CHỦ TRÌ | PHỐI HỢP | THỜI GIAN", "oclsd"),
    ("TT | Chỉ tiêu | Chủ trì", "otl"),
    ("STT | Tên nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành", "oclsd"),
    ("Số TT | Nội dung công việc | Cơ quan/đơn vị chủ trì | Cơ quan/đơn vị phối hợp | Hạn hoàn thành", "oclsd"),
    ("STT | Nhiệm vụ cụ thể | Đơn vị chủ trì tham mưu | Đơn vị phối hợp | Tiến độ | Kết quả | Ghi chú", "oclsdpx"),
    ("TT | Thời gian | Nội dung | Người phụ trách | Kinh phí (triệu đồng)", "odclb"),
    ("Stt | Hoạt động | Phân công thực hiện | Lộ trình thực hiện | Dự toán kinh phí | Kết quả đầu ra", "ocldbp"),
    ("TT | Công việc | Đơn vị tính | Số lượng | Bộ phận thực hiện | Thời hạn", "ocxtld"),
    ("Số thứ tự | Nội dung thực hiện | Trách nhiệm thực hiện | Thời điểm hoàn thành", "ocld"),
    ("STT | Nội dung | Cơ quan chủ trì, phối hợp | Thời gian", "ocBd"),
    ("TT | NỘI DUNG NHIỆM VỤ | ĐƠN VỊ, CÁ NHÂN CHỦ TRÌ | ĐƠN VỊ PHỐI HỢP | MỐC THỜI GIAN", "oclsd"),
]
LETTERS = {
    "o": Role.ORDINAL, "c": Role.CONTENT, "l": Role.LEAD, "s": Role.SUPPORT, "d": Role.DEADLINE, "p": Role.PRODUCT,
    "b": Role.BUDGET, "t": Role.TARGET, "x": Role.OTHER, "B": Role.BOTH,
}  # fmt: skip


@pytest.mark.parametrize(("headings", "roles"), HEADINGS, ids=[headings[:40] for headings, _ in HEADINGS])
def test_it_tells_columns_from_headings_in_every_wording(headings: str, roles: str) -> None:
    order = [LETTERS[letter] for letter in roles]
    if headings.startswith("STT | Nhiệm vụ, giải pháp"):
        order = [Role.ORDINAL, Role.CONTENT, Role.LEAD, Role.SUPPORT, Role.DEADLINE, Role.PRODUCT]
    columns = columns_of([[heading.strip() for heading in headings.split("|")]])
    assert list(columns.roles) == order
    assert columns.tasks


@pytest.mark.parametrize(
    "headings",
    [
        "STT | TIÊU CHÍ THI ĐUA | ĐIỂM CHUẨN | HƯỚNG DẪN CHẤM ĐIỂM",
        "TT | Chỉ tiêu | Tần suất (đợt/tháng) | Số điểm",
        "TT | Tên điểm quan trắc | Ghi chú",
        "STT | Họ và tên | Chức vụ | Nhiệm vụ được phân công",
        "STT | Nội dung | Số lượng | Đơn giá | Thành tiền",
        "TT | Tên đơn vị | Số hộ | Dân số",
    ],
)
def test_it_takes_no_other_table_for_one_of_tasks(headings: str) -> None:
    assert not columns_of([[heading.strip() for heading in headings.split("|")]]).tasks


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("THỜI GIAN HOÀN\nTHÀNH", Role.DEADLINE),
        ("Cơ quan, đơn vị\nchủ trì", Role.LEAD),
        ("Ðơn vị phối hợp", Role.SUPPORT),
        ("Sản phẩm/kết quả", Role.PRODUCT),
        ("Đơn vị tính", Role.OTHER),
        ("Địa điểm", Role.OTHER),
        ("Thời điểm", Role.DEADLINE),
    ],
)
def test_it_reads_a_heading_whatever_its_case_lines_and_letters(heading: str, role: Role) -> None:
    assert role_of(heading) is role


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


def test_it_reads_columns_in_any_order_and_leaves_the_others() -> None:
    (row,) = activities(
        [
            [
                "TT",
                "Thời gian",
                "Ghi chú",
                "Đơn vị phối hợp",
                "Đơn vị chủ trì",
                "Kinh phí",
                "Nội dung công việc",
                "Sản phẩm",
            ],
            ["1", "Quý II/2023", "x", "Phòng Tài chính", "Phòng Nội vụ", "05 triệu đồng", "Mở lớp tập huấn", "01 lớp"],
        ]
    )
    assert (row.content, row.lead, row.support) == ("Mở lớp tập huấn", "Phòng Nội vụ", "Phòng Tài chính")
    assert (row.product, row.budget) == ("01 lớp", "05 triệu đồng")


def test_it_reads_headings_over_two_rows() -> None:
    (row,) = activities(
        [
            ["TT", "Nội dung", "Phân công", "<", "Thời gian", "<"],
            ["^", "^", "Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["1", "Phát tờ rơi", "UBND xã Bình An", "Đoàn Thanh niên", "01/3/2023", "30/6/2023"],
        ]
    )
    assert (row.lead, row.support) == ("UBND xã Bình An", "Đoàn Thanh niên")
    assert row.deadline is not None
    assert row.deadline.due == (date(2023, 6, 30),)
    assert row.source == "Bảng 1, hàng 4"


def test_it_reads_marks_under_quarters_as_times() -> None:
    rows = activities(
        [
            ["TT", "Nội dung", "Đơn vị thực hiện", "Thời gian thực hiện", "<", "<", "<"],
            ["^", "^", "^", "Quý I", "Quý II", "Quý III", "Quý IV"],
            ["1", "Kiểm tra công vụ", "Phòng Nội vụ", "", "x", "", ""],
            ["2", "Đối thoại với người dân", "UBND các xã", "", "", "", "x"],
        ]
    )
    assert [row.deadline and row.deadline.due[-1] for row in rows] == [date(2023, 6, 30), date(2023, 12, 31)]


def test_it_passes_over_a_caption_row_above_the_headings() -> None:
    assert len(activities([["DANH MỤC NHIỆM VỤ NĂM 2023", "<", "<", "<", "<"], FIVE, BANNERS])) == 1


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

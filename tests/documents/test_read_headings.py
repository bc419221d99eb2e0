"""Headings of task tables in any words and order, over two rows, continued or missing."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.task_tables import BANNERS, FIVE, activities

from plan_lifecycle.documents.read._columns import Role, columns_of, role_of

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

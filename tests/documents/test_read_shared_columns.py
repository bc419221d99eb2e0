"""Columns that hold several things at once, and cells that do or do not say which is which."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from tests.documents.plan_texts import Plan, Rows
from tests.growth import LINEAR, TIMES, growth

from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.documents.read._columns import Role, columns_of, role_of, roles_shared
from plan_lifecycle.documents.read._shared import divided
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.plan import Plan as ReadPlan

BOTH = (Role.LEAD, Role.SUPPORT)


def plan_of(*rows: list[str]) -> ReadPlan:
    return read_plan(Plan().head().text("I. NHIỆM VỤ").table([*rows]).end().data)


def row_of(heading: str, cell: str) -> Activity:
    rows: Rows = [["STT", "Nội dung", heading, "Thời gian"], ["1", "Treo băng rôn", cell, "Quý II/2023"]]
    (row,) = plan_of(*rows).activities
    return row


@pytest.mark.parametrize(
    ("heading", "shared"),
    [
        ("Cơ quan chủ trì, phối hợp", BOTH),
        ("CHỦ TRÌ/PHỐI HỢP", BOTH),
        ("Đơn vị chủ trì và đơn vị phối hợp", BOTH),
        ("Chủ trì - Phối hợp", BOTH),
        ("Chủ trì\nPhối hợp", BOTH),
        ("Đơn vị thực hiện, phối hợp", BOTH),
        ("Phân công (chủ trì, phối hợp)", BOTH),
        ("Đơn vị thực hiện và thời gian hoàn thành", (Role.LEAD, Role.DEADLINE)),
        ("Thời gian, sản phẩm", (Role.DEADLINE, Role.PRODUCT)),
        ("Chủ trì, theo dõi", (Role.LEAD, Role.MONITOR)),
        ("Cơ quan, đơn vị, cá nhân chủ trì", ()),
        ("Đơn vị, cá nhân phối hợp", ()),
        ("Nhiệm vụ, giải pháp", ()),
        ("Sản phẩm/kết quả", ()),
        ("Theo dõi, kiểm tra, đôn đốc", ()),
    ],
)
def test_a_heading_names_one_thing_or_several(heading: str, shared: tuple[Role, ...]) -> None:
    assert roles_shared(heading) == shared


@pytest.mark.parametrize(
    ("cell", "lead", "support"),
    [
        ("Sở Nội vụ", "Sở Nội vụ", ""),
        ("", "", ""),
        ("Chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"),
        ("- Cơ quan chủ trì: Sở Nội vụ\n- Cơ quan phối hợp: Sở Tư pháp, Sở Tài chính", "Sở Nội vụ",
         "Sở Tư pháp, Sở Tài chính"),
        ("Sở Nội vụ\nPhối hợp: Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"),
        ("Sở Nội vụ (chủ trì), Sở Tư pháp (phối hợp)", "Sở Nội vụ", "Sở Tư pháp"),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"),
        ("Sở Nội vụ phối hợp với Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"),
        ("Sở Nội vụ chủ trì; các sở, ban, ngành phối hợp", "Sở Nội vụ", "các sở, ban, ngành"),
        ("Các sở, ban, ngành", "Các sở, ban, ngành", ""),
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch", ""),
        ("Chủ trì – Sở Nội vụ\nPhối hợp – Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"),
    ],
)  # fmt: skip
def test_a_cell_of_both_says_who_leads_and_who_helps(cell: str, lead: str, support: str) -> None:
    row = row_of("Cơ quan chủ trì, phối hợp", cell)
    assert (row.lead, row.support) == (lead, support)


def test_one_agency_alone_in_a_cell_of_both_is_no_question() -> None:
    plan = plan_of(["STT", "Nội dung", "Chủ trì, phối hợp", "Thời gian"], ["1", "Treo băng rôn", "Sở Nội vụ", "Quý II"])
    assert [point for point in plan.open_points if point.field == "lead"] == []


@pytest.mark.parametrize("cell", ["Sở Nội vụ\nSở Tư pháp", "Sở Nội vụ, Sở Tư pháp", "Sở Nội vụ/Sở Tư pháp"])
def test_several_agencies_that_nothing_tells_apart_are_put_to_a_person_by_their_words(cell: str) -> None:
    heads = ["STT", "Nội dung", "Chủ trì, phối hợp", "Thời gian"]
    plan = plan_of(heads, ["1", "Treo băng rôn", cell, "Quý II/2023"])
    (point,) = [point for point in plan.open_points if point.field == "lead"]
    assert "không nêu rõ đơn vị nào chủ trì" in point.reason
    assert (point.phrase, point.source) == (plan.activities[0].lead, "Bảng 1, hàng 2")


@pytest.mark.parametrize("cell", ["Sở Nội vụ", "Các sở, ban, ngành", "Sở Văn hóa, Thể thao và Du lịch"])
def test_one_agency_or_one_group_in_a_shared_cell_is_told_apart(cell: str) -> None:
    assert not divided(cell, BOTH).unsure


def test_a_column_of_time_and_product_gives_both() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian/ Sản phẩm"],
        ["1", "Tập huấn", "Sở Nội vụ", "Quý II/2023\nLớp tập huấn"],
    ]
    (row,) = plan_of(*rows).activities
    assert (row.product, row.deadline and row.deadline.due) == ("Lớp tập huấn", (date(2023, 6, 30),))


def test_a_group_row_with_an_empty_shared_cell_opens_a_group() -> None:
    plan = plan_of(
        ["STT", "Nội dung", "Chủ trì, phối hợp", "Thời gian"],
        ["I", "Cải cách thể chế", "", ""],
        ["1", "Treo băng rôn", "Sở Nội vụ", "Quý II/2023"],
    )
    assert [(row.section, row.lead) for row in plan.activities] == [("I. Cải cách thể chế", "Sở Nội vụ")]


def test_a_column_of_agency_and_day_gives_both() -> None:
    rows = [
        ["STT", "Nội dung", "Đơn vị, thời gian thực hiện"],
        ["1", "Treo băng rôn", "Sở Nội vụ\nTrước ngày 01/5/2023"],
    ]
    (row,) = plan_of(*rows).activities
    assert (row.lead, row.deadline and row.deadline.due) == ("Sở Nội vụ", (date(2023, 4, 30),))


def test_a_task_may_have_an_agency_that_monitors_it() -> None:
    rows = [
        ["STT", "Nhiệm vụ", "Chủ trì thực hiện", "Phối hợp thực hiện", "Theo dõi, kiểm tra, đôn đốc", "Thời gian"],
        ["1", "Treo băng rôn", "UBND các xã", "Phòng Tư pháp", "Phòng Nội vụ", "Quý II/2023"],
    ]
    (row,) = plan_of(*rows).activities
    assert (row.lead, row.support, row.monitor) == ("UBND các xã", "Phòng Tư pháp", "Phòng Nội vụ")


@pytest.mark.parametrize(
    "heading", ["Cơ quan theo dõi", "Giám sát, kiểm tra", "ĐƠN VỊ ĐÔN ĐỐC", "Đơn vị theo dõi, đánh giá"]
)
def test_a_monitor_has_many_names(heading: str) -> None:
    assert role_of(heading) is Role.MONITOR


@pytest.mark.parametrize(
    "heading", ["Nội dung kiểm tra", "Thời gian kiểm tra", "Đơn vị được kiểm tra", "Kết quả theo dõi"]
)
def test_what_is_monitored_is_no_monitor(heading: str) -> None:
    assert role_of(heading) is not Role.MONITOR


HEADINGS = [
    "Nhiệm vụ, giải pháp", "Đơn vị thực hiện", "Đơn vị phối hợp", "Thời gian thực hiện", "Sản phẩm đầu ra", "CHỦ TRÌ",
    "PHỐI HỢP", "Chỉ tiêu", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Ghi chú",
    "STT", "TIÊU CHÍ THI ĐUA", "ĐIỂM CHUẨN", "Theo dõi, đôn đốc",
]  # fmt: skip
CELLS = [
    "Sở Nội vụ",
    "Trước ngày 01/5/2023",
    "Sở Nội vụ\nQuý II/2023",
    "Chủ trì: Sở Nội vụ; thời gian: Quý II/2023",
    "",
]


@pytest.mark.parametrize("joint", [" và ", ", ", "/", " - "])
def test_any_two_headings_may_share_a_column(joint: str) -> None:
    for one, other in itertools.permutations(HEADINGS, 2):
        heading = f"{one}{joint}{other}"
        columns = columns_of([["STT", "Nội dung công việc", heading]])
        for cell in CELLS:
            if columns.shared[2]:
                found = divided(cell, columns.shared[2])
                kept = " ".join(found.texts.values())
                assert ("Sở Nội vụ" in kept) == ("Sở Nội vụ" in cell), (heading, cell)
        wanted = {role_of(one), role_of(other)} & {Role.LEAD, Role.SUPPORT, Role.DEADLINE, Role.MONITOR}
        scored = Role.SCORE in (role_of(one), role_of(other))
        assert scored or all(columns.has(role) for role in wanted), heading


@pytest.mark.parametrize("piece", ["Chủ trì: Sở Nội vụ; ", "(chủ trì) ", "phối hợp với ", "Sở Nội vụ, ", "\n- ", " "])
def test_a_cell_is_divided_in_time_that_grows_with_its_length(piece: str) -> None:
    small, large = (piece * 2_800)[:350], (piece * 2_800)[: 350 * TIMES]
    assert growth(lambda text: divided(text, BOTH), small, large) < LINEAR

"""Any list of the board is taken along: as text for a message, as telephone numbers, as Excel."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient
from tests.factories import CHO_LAU, HOA_THANG, address
from tests.web.boards import HOME, MORNING, Desk, a_morning, board_of

from plan_lifecycle.domain.unit import Contact, ContactRole
from plan_lifecycle.store.units import save_contacts
from plan_lifecycle.web.board._along import FORMS
from plan_lifecycle.web.board._listings import LISTS


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Two communes are late; one can be called, one has a name that a program for sheets would run."""
    for desk in a_morning(tmp_path_factory.mktemp("along")):
        people = [
            Contact(CHO_LAU.id, ContactRole.OFFICER, '=HYPERLINK("http://x")', address(CHO_LAU), phone="0912345678"),
            Contact(CHO_LAU.id, ContactRole.HEAD, "Lê Thị Lâu", "lau@example.vn", phone="02523822999;12 0912345678"),
        ]
        with desk.office.store.write() as connection:
            save_contacts(connection, people)
        yield desk


def area(page: str, name: str) -> str:
    """What stands in the field of a name."""
    return page.split(f">{name}</label>")[1].split("<textarea")[1].partition(">")[2].partition("</textarea>")[0]


def sheet(desk: Desk, address: str) -> list[list[object]]:
    answer = desk.client.get(address)
    assert answer.headers["content-disposition"].startswith("attachment")
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_who_is_late_goes_along_as_lines_of_a_message(desk: Desk) -> None:
    assert "/danh-sach/qua-han/tin-nhan" in desk.page("/")
    page = desk.page("/danh-sach/qua-han/tin-nhan")
    lines = area(page, "Nội dung tin nhắn").splitlines()
    assert lines[0] == "Nội dung quá hạn, ngày 07/3/2023 (02):"
    assert lines[1].startswith("1. UBND thị trấn Chợ Lầu: Kế hoạch")
    assert lines[1].endswith("quá hạn 07 ngày")
    assert "readonly" in page
    assert "data-copy" in page
    assert desk.client.get("/tinh/board.js").status_code == 200


def test_numbers_go_along_once_each_with_whose_they_are_and_who_has_none(desk: Desk) -> None:
    page = desk.page("/danh-sach/qua-han/dien-thoai")
    lines = area(page, "Số điện thoại và người liên hệ").splitlines()
    assert lines[0].startswith("0912 345 678 – =HYPERLINK")
    assert area(page, "Chỉ các số điện thoại") == "0912 345 678"
    assert area(page, "Chưa có số điện thoại") == "UBND xã Hòa Thắng"
    everyone = area(desk.page("/danh-sach/don-vi/dien-thoai?tim=cho+lau"), "Chỉ các số điện thoại")
    assert everyone == "0912 345 678; 0252 3822 999, máy lẻ 12"


def test_excel_has_every_column_and_no_cell_is_a_formula(desk: Desk) -> None:
    rows = sheet(desk, "/danh-sach/qua-han/excel")
    assert rows[2][:3] == ["Đơn vị", "Nhóm", "Nội dung"]
    assert rows[2][-2:] == ["Người liên hệ", "Số điện thoại"]
    late = rows[3]
    assert (late[0], late[4], late[-1]) == ("UBND thị trấn Chợ Lầu", 7.0, "0912 345 678")
    assert str(late[-2]).startswith("=HYPERLINK")


def test_a_list_is_searched_without_diacritics_grouped_sorted_and_ticked(desk: Desk) -> None:
    page = desk.page("/danh-sach/don-vi/xem?sap=ten")
    assert page.index("Chọn Phòng Nội vụ") < page.index("Chọn UBND huyện Bắc Bình") < page.index("Chọn UBND xã Bình An")
    assert "01 dòng" in desk.page("/danh-sach/qua-han/xem?tim=hoa+thang")
    assert "00 dòng" in desk.page("/danh-sach/qua-han/xem?nhom=khong-co")
    name = "Xã, phường, thị trấn huyện Bắc Bình"
    group = desk.page(f"/danh-sach/don-vi/tin-nhan?nhom={name}&id=bb-hoa-thang&id=bb-binh-an")
    assert len(area(group, "Nội dung tin nhắn").splitlines()) == 3
    assert 'value="bb-hoa-thang" checked' in group
    assert len(sheet(desk, f"/danh-sach/don-vi/excel?id={HOA_THANG.id}")) == 4
    assert "lấy 02 dòng đã chọn" in group


def test_a_message_by_group_tells_each_group_under_its_name(desk: Desk) -> None:
    told = area(desk.page("/danh-sach/don-vi/tin-nhan?sap=nhom&id=bt-snv&id=bb&id=tp"), "Nội dung tin nhắn")
    assert [line.partition(":")[0] for line in told.splitlines()[1:]] == [
        "Sở, ban, ngành (01)",
        "1. Sở Nội vụ tỉnh Bình Thuận",
        "Huyện, thị xã, thành phố (02)",
        "1. UBND huyện Bắc Bình",
        "2. UBND huyện Tuy Phong",
    ]


@pytest.mark.parametrize("which", LISTS)
def test_every_list_goes_along_in_every_form(desk: Desk, which: str) -> None:
    for form in FORMS:
        answer = desk.client.get(f"/danh-sach/{which}/{form}")
        assert answer.status_code == 200, answer.text
    assert desk.client.get(f"/danh-sach/{which}/word").status_code == 404
    assert desk.client.get("/danh-sach/khac/excel").status_code == 404


def test_whoever_only_looks_takes_lists_along_too(desk: Desk) -> None:
    client = TestClient(board_of(desk.office, MORNING, decide=False), base_url=HOME)
    assert "UBND xã Hòa Thắng" in client.get("/danh-sach/qua-han/tin-nhan").text


def test_the_indicators_of_the_year_go_along_with_how_they_are_put_together(desk: Desk) -> None:
    rows = sheet(desk, "/danh-sach/chi-tieu/excel")
    headings = next(number for number, row in enumerate(rows) if "Chỉ tiêu" in row)
    assert {row[3] for row in rows[headings + 1 :]} >= {"cộng", "không tổng hợp"}
    assert "Chỉ tiêu báo cáo năm 2023" in desk.page("/danh-sach/chi-tieu/tin-nhan")

"""The people of the units."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from plan_lifecycle.config.agencies import read_agencies
from plan_lifecycle.config.contacts import demo_contacts, read_contacts
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.domain.unit import ContactRole, Unit
from plan_lifecycle.domain.unit_list import validate_contacts

Table = Callable[..., Path]
HEADER = "unit,role,name,email,from,to,substitute\n"


def test_the_example_fits_the_example_of_agencies(examples: Path, binh_thuan: list[Unit]) -> None:
    units = [*binh_thuan, *read_agencies(examples / "agencies.example.csv", binh_thuan).units]
    contacts = read_contacts(examples / "contacts.example.csv", units)
    assert [(contact.unit_id, contact.role) for contact in contacts] == [
        ("vn3-60-snv", ContactRole.COORDINATOR),
        ("vn3-60-snv", ContactRole.OFFICER),
        ("vn3-596-pnv", ContactRole.COORDINATOR),
        ("vn3-596", ContactRole.HEAD),
        ("vn3-23014", ContactRole.OFFICER),
    ]
    assert contacts[0].substitute == "binh.snv@binh-thuan.example"
    assert contacts[1].substitute == "an.snv@binh-thuan.example"
    assert all(contact.email.endswith(".example") for contact in contacts)


@pytest.mark.parametrize(
    "name",
    [
        "vn3-596",
        "huyện Bắc Bình",
        "UBND huyện Bắc Bình",
        "Ủy ban nhân dân huyện Bắc Bình",
        "Huyện Bắc Bình, tỉnh Bình Thuận",
    ],
)
def test_a_unit_is_named_by_id_or_name(table: Table, binh_thuan: list[Unit], name: str) -> None:
    path = table(HEADER + f'"{name}",officer,A,a@b.example,,,\n')
    assert [contact.unit_id for contact in read_contacts(path, binh_thuan)] == ["vn3-596"]


def test_headings_and_roles_may_be_vietnamese(table: Table, binh_thuan: list[Unit]) -> None:
    path = table("Đơn vị;Vai trò;Họ và tên;Thư điện tử\nhuyện Bắc Bình;Lãnh đạo;A;a@b.example\n")
    assert read_contacts(path, binh_thuan)[0].role is ContactRole.HEAD


def test_telephone_numbers_of_both_columns_are_kept_in_one_spelling(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        "Đơn vị;Vai trò;Họ và tên;Thư điện tử;Số điện thoại;Di động\n"
        "huyện Bắc Bình;Lãnh đạo;A;a@b.example;0252.3822999 máy lẻ 12;+84 912 345 678\n"
        "huyện Bắc Bình;cán bộ;B;b@b.example;;\n"
    )
    assert [each.phone for each in read_contacts(path, binh_thuan)] == ["02523822999;12 0912345678", None]


def test_a_number_that_nobody_can_call_is_asked_by_line(table: Table, binh_thuan: list[Unit]) -> None:
    path = table("unit,role,name,email,tel\nhuyện Bắc Bình,officer,A,a@b.example,062 3822999\n")
    with pytest.raises(InputError) as error:
        read_contacts(path, binh_thuan)
    assert (error.value.line, error.value.field) == (2, "phone")
    assert "“062 3822999”: mã vùng cũ" in error.value.for_user


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("huyện Bắc Bình,officer,A,bình@b.example,,,", "email", "dấu tiếng Việt"),
        ("huyện Bắc Bình,officer,A,a b@b.example,,,", "email", "chưa đúng"),
        ("huyện Bắc Bình,officer,A,a.b.example,,,", "email", "chưa đúng"),
        ('huyện Bắc Bình,officer,A,"a@b.example\nBcc: x@y.example",,,', "email", "ký tự điều khiển"),
        ("huyện Bắc Bình,officer,A,a@b.example,,,nobody", "substitute", "chưa đúng"),
        ("huyện Bắc Bình,officer,A,,,,", "email", "dòng 2"),
        ("huyện Bắc Bình,boss,A,a@b.example,,,", "role", "mục “role”"),
        ("huyện Bắc Kạn,officer,A,a@b.example,,,", "unit", "không có đơn vị"),
        ("huyện Bắc Bình,officer,A,a@b.example,2023-02-01,2023-01-01,", "to", "mục “to”"),
    ],
)
def test_a_bad_row_names_its_line_and_field(
    table: Table, binh_thuan: list[Unit], row: str, field: str, words: str
) -> None:
    with pytest.raises(InputError) as error:
        read_contacts(table(HEADER + row + "\n"), binh_thuan)
    assert (error.value.line, error.value.field) == (2, field)
    assert words in error.value.for_user


def test_the_same_address_twice_is_told(table: Table, binh_thuan: list[Unit]) -> None:
    row = "huyện Bắc Bình,officer,A,{}@b.example,,,\n"
    with pytest.raises(InputError, match="line 2 has it") as error:
        read_contacts(table(HEADER + row.format("a") + row.format("A")), binh_thuan)
    assert error.value.line == 3


def test_every_problem_is_told_in_the_order_of_the_file(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        HEADER + "huyện Bắc Bình,officer,A,x,,,\nhuyện Lạ,officer,A,a@b.example,,,\nhuyện Bắc Bình,officer,A,y,,,\n"
    )
    with pytest.raises(CombinedInputError) as error:
        read_contacts(path, binh_thuan)
    assert [(each.line, each.field) for each in error.value.errors] == [(2, "email"), (3, "unit"), (4, "email")]


def test_made_up_people_can_never_be_written_to(binh_thuan: list[Unit]) -> None:
    contacts = demo_contacts(binh_thuan)
    assert len(contacts) == 2 * len(binh_thuan)
    assert contacts[0].email == "vn3-60@binh-thuan.example"
    assert validate_contacts(contacts) == []
    assert demo_contacts(binh_thuan[:1], "demo.example")[0].email == "vn3-60@demo.example"


def workbook(path: Path, rows: list[list[str]], merged: dict[str, str]) -> Path:
    """A workbook of these rows, in which some cells go over several."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for where, text in merged.items():
        sheet.merge_range(where, text)
    book.close()
    return path


def test_a_unit_written_once_beside_its_people_is_that_of_each(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    rows = [
        ["Đơn vị", "Vai trò", "Họ tên", "Thư điện tử"],
        ["", "cán bộ", "A", "a@b.example"],
        ["", "lãnh đạo", "B", "b@b.example"],
        ["", "cán bộ", "C", "c@b.example"],
    ]
    path = workbook(tmp_path / "ds.xlsx", rows, {"A2:A3": "huyện Bắc Bình"})
    with pytest.raises(InputError, match="line 4, field 'Đơn vị'"):
        read_contacts(path, binh_thuan)
    path = workbook(tmp_path / "ds.xlsx", rows[:3], {"A2:A3": "huyện Bắc Bình"})
    assert [(one.unit_id, one.name) for one in read_contacts(path, binh_thuan)] == [("vn3-596", "A"), ("vn3-596", "B")]


@pytest.mark.parametrize("merged", [{}, {"C3:D3": "Liên hệ"}, {"C3:D3": "Liên hệ", "B3:B4": "Đơn vị"}])
def test_headings_may_go_over_two_lines_below_a_title(
    tmp_path: Path, binh_thuan: list[Unit], merged: dict[str, str]
) -> None:
    rows = [
        ["DANH SÁCH ĐẦU MỐI"],
        [],
        ["STT", "Đơn vị", "Liên hệ", "", "Vai trò"],
        ["", "", "Họ và tên", "Thư điện tử", ""],
        ["1", "huyện Bắc Bình", "A", "a@b.example", "cán bộ"],
    ]
    (found,) = read_contacts(workbook(tmp_path / "ds.xlsx", rows, merged), binh_thuan)
    assert (found.unit_id, found.name, found.email) == ("vn3-596", "A", "a@b.example")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("DANH SÁCH\nđơn vị,họ tên,ghi chú\nxã A,B,\n", "Dòng 2: thiếu cột “vai trò”, “thư điện tử”."),
        ("đơn vị,vai trò,họ tên,thư điện tử,mã thuế,xã\n", "Dòng 1: không có cột “mã thuế”; “xã”; các cột: đơn vị"),
        ("đơn vị,vai trò,họ tên,thư điện tử,cơ quan\n", "Dòng 1: cột “đơn vị” có hai lần; đề nghị bỏ một cột."),
        ("\n\n", "không có dòng tiêu đề nào; đề nghị ghi theo tệp mẫu."),
    ],
)
def test_a_header_that_does_not_fit_is_told_in_the_words_of_the_table(
    table: Table, binh_thuan: list[Unit], text: str, says: str
) -> None:
    with pytest.raises(InputError) as told:
        read_contacts(table(text), binh_thuan)
    assert says in told.value.for_user
    assert "role" not in told.value.for_user


def test_what_is_longer_than_the_store_keeps_is_told_by_line(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(HEADER + f"vn3-596,officer,{'A' * 256},a@b.example,,,\n")
    with pytest.raises(InputError) as told:
        read_contacts(path, binh_thuan)
    assert told.value.line == 2
    assert told.value.for_user.endswith("dài quá 255 ký tự.")

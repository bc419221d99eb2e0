"""Lines that do not fit are all told at once, and left out without anything else becoming what it is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from plan_lifecycle.config.agencies import sound_agencies
from plan_lifecycle.config.contacts import sound_contacts
from plan_lifecycle.config.table_file import told
from plan_lifecycle.domain.unit import Unit

Table = Callable[..., Path]
AGENCY = "name,short_name,symbol,level,parent,standing,valid_from,valid_to,predecessors,id\n"
PERSON = "unit,role,name,email,from,to,substitute\n"


def wrong_lines(path: Path, units: list[Unit]) -> dict[int | None, str]:
    """The lines of agencies that are left out, each with the first thing that is wrong."""
    found: dict[int | None, str] = {}
    for problem in told(sound_agencies(path, units).faulty):
        found.setdefault(problem.line, problem.for_user)
    return found


def test_all_kinds_of_faults_are_told_at_once(table: Table, binh_thuan: list[Unit]) -> None:
    """A line that does not read, one that reads and stands nowhere, two that stand below each other."""
    path = table(
        AGENCY
        + "Sở A,,SA,một,,,,,,\n"
        + "Sở B,,SB,1,Sở Lạ,,,,,\n"
        + "Sở C,,SC,1,Sở D,,,,,\n"
        + "Sở D,,SD,1,Sở C,,,,,\n"
        + "Sở E,,SE,1,,,,,,\n"
    )
    assert set(wrong_lines(path, binh_thuan)) == {2, 3, 4, 5}
    assert [unit.name for unit in sound_agencies(path, binh_thuan).units] == ["Sở E"]


def test_what_stands_below_a_line_that_is_left_out_is_left_out_too(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        AGENCY
        + "Sở Xây dựng,,SXD,1,,,,31/02/2024,,\n"
        + "Phòng Quy hoạch,,PQH,1,Sở Xây dựng,,,,,\n"
        + "Tổ Bản đồ,,TBD,1,Phòng Quy hoạch,,,,,\n"
        + "Sở Y tế,,SYT,1,,,,,,\n"
    )
    found = wrong_lines(path, binh_thuan)
    assert set(found) == {2, 3, 4}
    assert "“Sở Xây dựng” có thể là cơ quan ở dòng 2" in found[3]
    assert "dòng 3" in found[4]


def test_no_line_takes_the_id_that_belongs_to_one_that_is_left_out(table: Table, binh_thuan: list[Unit]) -> None:
    """The first of two gets the bare short form: left to the second, it would end the agency of the first."""
    sound = "Sở Xây dựng,,SXD,1,,,,2023-12-31,,\nSở Xây dựng,,SXD,1,,,2024-01-01,,,\nSở Y tế,,SYT,1,,,,,,\n"
    ids = [unit.id for unit in sound_agencies(table(AGENCY + sound), binh_thuan).units]
    assert ids == ["vn3-60-sxd", "vn3-60-sxd-2024-01-01", "vn3-60-syt"]
    spoilt = table(AGENCY + sound.replace("2023-12-31", "31/12"))
    found = sound_agencies(spoilt, binh_thuan)
    assert [unit.id for unit in found.units] == ["vn3-60-syt"]
    assert [each.place.line for each in found.faulty] == [2, 3]


def test_nothing_goes_below_another_of_the_same_name(table: Table, binh_thuan: list[Unit]) -> None:
    """With both there, "Văn phòng" asks for more; with one left out it must not simply be the other."""
    path = table(
        AGENCY
        + "Văn phòng,,VP1,1,,,,,,\n"
        + "Văn phòng,,VP2,một,huyện Bắc Bình,,,,,\n"
        + "Tổ Lưu trữ,,TLT,2,Văn phòng,,,,,\n"
    )
    assert set(wrong_lines(path, binh_thuan)) == {3, 4}


def test_nobody_is_given_to_another_agency_of_the_same_name(
    table: Table, tmp_path: Path, binh_thuan: list[Unit]
) -> None:
    rows = "Văn phòng,,VP1,1,,,,,,\nVăn phòng,,VP2,một,huyện Bắc Bình,,,,,\n"
    agencies = sound_agencies(table(AGENCY + rows), binh_thuan)
    assert [unit.symbol for unit in agencies.units] == ["VP1"]
    people = tmp_path / "contacts.csv"
    people.write_text(PERSON + "Văn phòng,officer,B,b@b.example,,,\n", encoding="utf-8")
    contacts, faulty = sound_contacts(people, [*binh_thuan, *agencies.units], agencies.faulty)
    assert contacts == []
    assert "“Văn phòng” có thể là cơ quan ở dòng 3 của tệp table.csv" in told(faulty)[0].for_user


def test_a_link_to_a_line_that_is_left_out_is_not_simply_dropped(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(AGENCY + "Sở Cũ,,SC,một,,,,2023-12-31,,\nSở Mới,,SM,1,,,2024-01-01,,Sở Cũ,\n")
    assert set(wrong_lines(path, binh_thuan)) == {2, 3}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"Sở A,,SA,1,,,,,,', "dấu ngoặc kép"),
        ('"Sở A" B,,SA,1,,,,,,', "dấu ngoặc kép"),
        ("Sở A, Phòng B,,SA,1,,,,,,", "ngoặc kép"),
        ("Sở A,,SA,1,,,,,,,thêm", "ngoặc kép"),
        ("Sở A,,SA,1,,,31/02/2023,,,", "31/02/2023”): cần ngày có thật"),
        ("Sở A,,SA,1,,ra lệnh,,,,", "cần một trong các giá trị: yêu cầu, đề nghị"),
        ("Sở A,,SA,0,,,,,,", "cần số không nhỏ hơn 1"),
        ("Sở A,,SA,10,,,,,,", "cần số không lớn hơn 9"),
        ("Sở A,,SA,1,,,2023-02-01,2023-01-01,,", "ngày kết thúc phải từ ngày bắt đầu trở đi"),
        ("Sở A,,SA,1,,,,,,../a", "chỉ dùng chữ thường không dấu"),
        (f"Sở A,,{'S' * 40},1,,,,,,", "dài quá 32 ký tự"),
        (",,SA,1,,,,,,", "mục này là bắt buộc"),
    ],
)
def test_a_line_spoils_itself_alone(table: Table, binh_thuan: list[Unit], line: str, words: str) -> None:
    """What is wrong is said in Vietnamese, as it was typed; the lines around it are read."""
    path = table(f'{AGENCY}Sở Y tế,,SYT,1,,,,,,\n{line}\nSở Nội vụ,,SNV,1,,,,,,\n"Sở Văn hóa, Thể thao",,SVH,1,,,,,,\n')
    found = sound_agencies(path, binh_thuan)
    assert [unit.symbol for unit in found.units] == ["SYT", "SNV", "SVH"]
    assert {problem.line for problem in told(found.faulty)} == {3}
    assert any(words in problem.for_user for problem in told(found.faulty))


def test_bytes_of_another_encoding_spoil_their_line_alone(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    path = tmp_path / "agencies.csv"
    path.write_bytes(AGENCY.encode() + b"S\xf4 A,,SA,1,,,,,,\n" + "Sở Nội vụ,,SNV,1,,,,,,\n".encode())
    found = sound_agencies(path, binh_thuan)
    assert [unit.name for unit in found.units] == ["Sở Nội vụ"]
    assert "UTF-8" in told(found.faulty)[0].for_user


def test_a_workbook_is_read_the_same(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    path = tmp_path / "contacts.xlsx"
    rows = [
        ("Đơn vị", "Vai trò", "Họ và tên", "Thư điện tử"),
        ("huyện Bắc Bình", "sếp", "A", "a@b.example"),
        ("huyện Bắc Bình", "cán bộ", "B", "b@b.example"),
        ("huyện Lạ", "cán bộ", "C", "c@b.example"),
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    contacts, faulty = sound_contacts(path, binh_thuan)
    assert [contact.name for contact in contacts] == ["B"]
    assert [problem.line for problem in told(faulty)] == [2, 4]
    assert "mục “Vai trò” (giá trị “sếp”): cần một trong các giá trị: cán bộ, lãnh đạo, điều phối" in (
        told(faulty)[0].for_user
    )


def test_of_an_address_that_is_there_twice_the_first_is_kept(table: Table, binh_thuan: list[Unit]) -> None:
    row = "huyện Bắc Bình,officer,{},a@b.example,,,\n"
    contacts, faulty = sound_contacts(table(PERSON + row.format("A") + row.format("B")), binh_thuan)
    assert [contact.name for contact in contacts] == ["A"]
    assert [problem.line for problem in told(faulty)] == [3]


@pytest.mark.parametrize(
    "successor",
    [
        "Sở Tài chính mới,,STCM,một,,,2025-03-01,,Sở Kế hoạch; Sở Tài chính,",
        "Sở Tài chính, Kế hoạch,,STCM,1,,,2025-03-01,,Sở Kế hoạch; Sở Tài chính,",
        '"Sở Tài chính mới,,STCM,1,,,2025-03-01,,Sở Kế hoạch; Sở Tài chính,',
    ],
)
def test_nothing_ends_for_one_that_is_left_out(table: Table, binh_thuan: list[Unit], successor: str) -> None:
    """Stored without it, the two would be at their end with nobody to come after them."""
    ending = "Sở Kế hoạch,,SKH,1,,,,2025-02-28,,\nSở Tài chính,,STC,1,,,,2025-02-28,,\nSở Y tế,,SYT,1,,,,,,\n"
    path = table(f"{AGENCY}{ending}{successor}\n")
    found = wrong_lines(path, binh_thuan)
    assert set(found) == {2, 3, 5}
    assert "“Sở Kế hoạch” kết thúc, phần tiếp theo ở dòng 5 chưa đúng" in found[2]
    assert [unit.symbol for unit in sound_agencies(path, binh_thuan).units] == ["SYT"]


def test_what_ends_without_anybody_after_it_is_stored_whatever_is_left_out(
    table: Table, binh_thuan: list[Unit]
) -> None:
    path = table(f"{AGENCY}Sở Kế hoạch,,SKH,1,,,,2025-02-28,,\nSở Y tế,,SYT,một,,,,,,\n")
    assert [unit.symbol for unit in sound_agencies(path, binh_thuan).units] == ["SKH"]


@pytest.mark.parametrize("again", ["Sở Xây dựng,,SXD,1,,,01/13/2024,,,", "Sở Xây dựng,,SXD,1,,,2023-06-01,,,"])
def test_nothing_ends_that_goes_on_in_a_line_that_is_left_out(table: Table, binh_thuan: list[Unit], again: str) -> None:
    """The second line has no such day, or overlaps with the first: which of the two is right is for a person."""
    path = table(f"{AGENCY}Sở Xây dựng,,SXD,1,,,,2023-12-31,,\n{again}\n")
    assert set(wrong_lines(path, binh_thuan)) == {2, 3}


@pytest.mark.parametrize("again", ["2024-01-01,,", "2023-13-01,,"])
def test_nobody_ends_who_goes_on_in_a_line_that_is_left_out(table: Table, binh_thuan: list[Unit], again: str) -> None:
    row = "huyện Bắc Bình,officer,A,a@b.example,"
    contacts, faulty = sound_contacts(table(f"{PERSON}{row},2023-12-31,\n{row}{again}\n"), binh_thuan)
    assert contacts == []
    assert sorted(problem.line or 0 for problem in told(faulty)) == [2, 3]


def test_the_same_agency_of_another_type_of_unit_is_not_left_out_with_it(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        AGENCY
        + "Văn phòng UBND tỉnh,Văn phòng,VP,một,,,,,,\n"
        + "Văn phòng UBND {loại},Văn phòng,VP,2,mỗi huyện,,,2025-06-30,,\n"
        + 'Phòng Kinh tế,,PKT,hai,"mỗi huyện, thị xã",,,,,\n'
        + "Phòng Kinh tế,,PKT,3,mỗi phường,,,,,\n"
        + "Phòng Kinh tế,,PKT,2,mỗi thị xã,,,,,\n"
    )
    assert set(wrong_lines(path, binh_thuan)) == {2, 4, 6}


def spoilt(line: str) -> tuple[str, ...]:
    """The line with a cell that does not read, with a separator in no quotes, and with a quote that is not closed."""
    cells = next(csv.reader([line]))
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([*cells[:3], "x", *cells[4:]])
    return out.getvalue(), line.replace(" ", ", ", 1) + ",x", '"' + line


def test_one_wrong_line_of_the_example_leaves_few_out_and_changes_no_other(
    examples: Path, tmp_path: Path, binh_thuan: list[Unit]
) -> None:
    """Whichever line it is: what is stored is what it is with all lines right. A merger waits as a whole."""
    lines = (examples / "agencies.example.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "agencies.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    whole = sound_agencies(path, binh_thuan)
    for number in range(5, len(lines)):
        for wrong in spoilt(lines[number]):
            path.write_text("\n".join([*lines[:number], wrong, *lines[number + 1 :]]), encoding="utf-8")
            found = sound_agencies(path, binh_thuan)
            assert number + 1 in {each.place.line for each in found.faulty}
            assert len(found.faulty) <= 3
            assert [unit for unit in found.units if unit not in whole.units] == []
            assert [link for link in found.successions if link not in whole.successions] == []


def test_a_formula_that_failed_is_no_empty_cell(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    """A last day of "#N/A" left empty would let somebody go on for ever. Other sheets and remarks do not matter."""
    path = tmp_path / "contacts.xlsx"
    with xlsxwriter.Workbook(path) as book:
        second, first = book.add_worksheet("Ghi chú"), book.add_worksheet("Danh sách")
        second.write_formula(1, 3, "=1/0", None, "#DIV/0!")
        first.write_row(0, 0, ("Đơn vị", "Vai trò", "Họ và tên", "Thư điện tử", "Đến ngày", "Ghi chú"))
        for line, name in enumerate(("A", "B", "C", "D"), start=1):
            first.write_row(line, 0, ("huyện Bắc Bình", "cán bộ", name, f"{name}@b.example"))
        first.write_formula(2, 4, "=VLOOKUP(1,A1:A2,1)", None, "#N/A")
        first.write_formula(3, 2, "=B99&X", None, "#NAME?")
        first.write_formula(4, 5, "=1/0", None, "#DIV/0!")
        book.worksheets_objs.sort(key=lambda sheet: sheet.name != "Danh sách")
    contacts, faulty = sound_contacts(path, binh_thuan)
    assert [contact.name for contact in contacts] == ["A", "D"]
    assert [(problem.line, problem.found) for problem in told(faulty)] == [(3, "#N/A"), (4, "#NAME?")]
    assert "mục “Đến ngày”: công thức báo lỗi #N/A" in told(faulty)[0].for_user


def test_a_formula_that_failed_is_told_of_a_csv_too(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(PERSON + "huyện Bắc Bình,officer,#N/A,a@b.example,,,\n")
    contacts, faulty = sound_contacts(path, binh_thuan)
    assert (contacts, [problem.field for problem in told(faulty)]) == ([], ["name"])

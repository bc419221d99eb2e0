"""Departments and divisions of one file, in any province and any year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from plan_lifecycle.config.agencies import read_agencies
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.domain.unit import Standing, Succession, Unit, UnitKind
from plan_lifecycle.domain.unit_list import validate_units

Table = Callable[..., Path]


def by_id(units: list[Unit]) -> dict[str, Unit]:
    return {unit.id: unit for unit in units}


def test_the_example_serves_a_province_of_2023(examples: Path, binh_thuan: list[Unit]) -> None:
    agencies = read_agencies(examples / "agencies.example.csv", binh_thuan)
    units = by_id(agencies.units)
    assert units["vn3-60-snv"].name == "Sở Nội vụ"
    assert units["vn3-60-vp"].name == "Văn phòng UBND tỉnh"
    assert units["vn3-60-skhdt"].valid_to == date(2025, 2, 28)
    assert units["vn3-60-mttq"].standing is Standing.REQUESTED
    assert units["vn3-60-mttq"].kind is UnitKind.FATHERLAND_FRONT
    assert units["vn3-60-ca"].kind is UnitKind.VERTICAL_AGENCY
    assert (units["vn3-596-pnv"].name, units["vn3-596-pnv"].level) == ("Phòng Nội vụ", 2)
    assert units["vn3-596-vp"].name == "Văn phòng HĐND và UBND huyện"
    divisions = Counter(unit.parent_id for unit in agencies.units if unit.level == 2)
    assert set(divisions.values()) == {12}
    assert "vn3-596-pqldt" not in units
    assert "vn3-593-pqldt" in units
    assert validate_units([*binh_thuan, *agencies.units]) == []
    assert Succession("vn3-60-skhdt", "vn3-60-stc") in agencies.successions


def test_the_same_example_serves_a_province_of_2026(examples: Path, lam_dong: list[Unit]) -> None:
    agencies = read_agencies(examples / "agencies.example.csv", lam_dong)
    units = by_id(agencies.units)
    assert "vn2-68-skhdt" not in units
    assert units["vn2-68-snnmt"].name == "Sở Nông nghiệp và Môi trường"
    culture = [unit for unit in agencies.units if unit.name == "Phòng Văn hóa – Xã hội"]
    assert len(culture) == 124
    assert {(unit.level, unit.valid_from) for unit in culture} == {(2, date(2025, 7, 1))}
    assert validate_units([*lam_dong, *agencies.units]) == []


def test_headings_and_words_may_be_vietnamese(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        "STT;Tên cơ quan;Ký hiệu;Cấp;Trực thuộc;Quan hệ;Từ ngày;Đến ngày;Ghi chú\n"
        "1;Sở Nội vụ;SNV;1;;yêu cầu;01/01/2020;;đầu mối\n"
        "2;Ban Thi đua - Khen thưởng;BTĐKT;1;Sở Nội vụ;giao;;;\n"
        "3;Công an tỉnh;CA;1;;đề nghị;;;\n"
    )
    units = read_agencies(path, binh_thuan).units
    assert [(unit.id, unit.parent_id, unit.standing.value) for unit in units] == [
        ("vn3-60-snv", "vn3-60", "ordered"),
        ("vn3-60-snv-btdkt", "vn3-60-snv", "ordered"),
        ("vn3-60-ca", "vn3-60", "requested"),
    ]
    assert units[1].valid_from == date(2020, 1, 1)


def test_parts_of_a_department_and_of_a_commune_are_units_of_any_parent(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        "name,parent\nSở Ngoại vụ,\nVăn phòng Sở,Sở Ngoại vụ\nPhòng Lãnh sự,Sở Ngoại vụ\nThanh tra Sở,Sở Ngoại vụ\n"
        "Trung tâm Dịch vụ đối ngoại,Sở Ngoại vụ\n"
        'Văn phòng - Thống kê,"xã Bình An, huyện Bắc Bình"\nThôn An Bình,"xã Bình An, huyện Bắc Bình"\n'
        'Tổ 11A,"thị trấn Chợ Lầu, huyện Bắc Bình"\nKhu phố Hòa Bình,"thị trấn Chợ Lầu, huyện Bắc Bình"\n'
        "Tổ công tác cải cách hành chính,\n"
    )
    units = {unit.name: (unit.kind.value, unit.level) for unit in read_agencies(path, binh_thuan).units}
    assert units == {
        "Sở Ngoại vụ": ("department", 1),
        "Văn phòng Sở": ("division", 1),
        "Phòng Lãnh sự": ("division", 1),
        "Thanh tra Sở": ("division", 1),
        "Trung tâm Dịch vụ đối ngoại": ("public_unit", 1),
        "Văn phòng - Thống kê": ("division", 3),
        "Thôn An Bình": ("residential_group", 3),
        "Tổ 11A": ("residential_group", 3),
        "Khu phố Hòa Bình": ("residential_group", 3),
        "Tổ công tác cải cách hành chính": ("department", 1),
    }


def test_whose_standing_is_left_out_has_that_of_its_kind(table: Table, binh_thuan: list[Unit]) -> None:
    path = table("name,standing\nSở Nội vụ,\nCông an tỉnh,\nỦy ban MTTQ tỉnh,\nSở Tư pháp,đề nghị\n")
    units = read_agencies(path, binh_thuan).units
    assert [unit.standing.value for unit in units] == ["ordered", "requested", "requested", "requested"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_way_that_excel_saves_a_csv(table: Table, binh_thuan: list[Unit], encoding: str, separator: str) -> None:
    path = table(f"name{separator}symbol\r\nSở Nội vụ{separator}SNV\r\n", encoding=encoding)
    assert [unit.name for unit in read_agencies(path, binh_thuan).units] == ["Sở Nội vụ"]


def test_a_workbook_with_titles_above_the_header(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    path = tmp_path / "agencies.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "DANH SÁCH SỞ, BAN, NGÀNH")
        for column, heading in enumerate(("Tên", "Ký hiệu", "Cấp", "Từ ngày")):
            sheet.write_string(2, column, heading)
        sheet.write_row(3, 0, ["Sở Nội vụ", "SNV", 1])
        sheet.write_datetime(3, 3, date(2020, 1, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_row(4, 0, ["Sở Tư pháp", "STP", "một"])
    with pytest.raises(InputError) as error:
        read_agencies(path, binh_thuan)
    assert (error.value.line, error.value.field, error.value.found) == (5, "Cấp", "một")


def test_a_stray_cell_far_out_does_not_fill_the_memory(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    path = tmp_path / "agencies.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "name")
        sheet.write_string(1_000_000, 16_000, "x")
    with pytest.raises(InputError, match="WQK1000001"):
        read_agencies(path, binh_thuan)


def test_where_each_may_stand(table: Table, binh_thuan: list[Unit]) -> None:
    path = table(
        "name,parent\n"
        "Phòng A,huyện Bắc Bình\n"
        "Phòng B,vn3-596\n"
        "Phòng C,UBND huyện Bắc Bình\n"
        "Phòng D của {đơn vị},mỗi đơn vị cấp 2\n"
        "Phòng E,*2\n"
        'Ban F,"mỗi phường, thị trấn"\n'
        'Ban G,"xã Bình An, huyện Bắc Bình"\n'
        "Phòng H,mỗi quận\n"
    )
    units = read_agencies(path, binh_thuan).units
    names = Counter(unit.name for unit in units)
    assert {name: names[name] for name in ("Phòng A", "Phòng B", "Phòng C", "Phòng E", "Ban G", "Phòng H")} == {
        "Phòng A": 1,
        "Phòng B": 1,
        "Phòng C": 1,
        "Phòng E": 10,
        "Ban G": 1,
        "Phòng H": 0,
    }
    assert names["Phòng D của huyện Bắc Bình"] == 1
    assert next(unit for unit in units if unit.name == "Ban G").level == 3
    assert names["Ban F"] == sum(unit.name.startswith(("phường", "thị trấn")) for unit in binh_thuan)


def test_a_commune_that_the_snapshot_lacks_can_be_added(table: Table, binh_thuan: list[Unit]) -> None:
    path = table("name,kind,parent,valid_to\nxã Cũ,commune,huyện Bắc Bình,2024-11-30\n")
    (unit,) = read_agencies(path, binh_thuan).units
    assert (unit.id, unit.kind, unit.level, unit.parent_id) == ("vn3-596-xa-cu", UnitKind.COMMUNE, 3, "vn3-596")
    assert unit.valid_to == date(2024, 11, 30)


def test_an_agency_lives_no_longer_than_its_unit(table: Table, binh_thuan: list[Unit]) -> None:
    path = table("name,valid_from,valid_to\nSở A,2024-01-01,\nSở B,2025-07-01,\nSở C,,2030-01-01\n")
    units = read_agencies(path, binh_thuan).units
    assert [(unit.name, unit.valid_from, unit.valid_to) for unit in units] == [
        ("Sở A", date(2024, 1, 1), date(2025, 6, 30)),
        ("Sở C", None, date(2025, 6, 30)),
    ]


def test_one_name_may_come_again_later(table: Table, binh_thuan: list[Unit]) -> None:
    path = table("name,symbol,valid_from,valid_to\nSở Xây dựng,SXD,,2023-12-31\nSở Xây dựng,SXD,2024-01-01,\n")
    assert [unit.id for unit in read_agencies(path, binh_thuan).units] == ["vn3-60-sxd", "vn3-60-sxd-2024-01-01"]


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        ("name,parent\nSở A,Sở B\nSở B,Sở A\n", 2, "parent", "quay vòng"),
        ("name,parent\nSở A,Sở A\n", 2, "parent", "quay vòng"),
        ("name,parent\nSở Nội vụ,\nPhòng A,Sở Lạ\n", 3, "parent", "Sở Lạ"),
        ("name,parent\nPhòng A,xã Tân Thắng cũ\n", 2, "parent", "xã Tân Thắng cũ"),
        ("name,parent\nPhòng A,mỗi tổng\n", 2, "parent", "mỗi tổng"),
        ("name,parent\nPhòng A,xã Bình An hay\n", 2, "parent", "xã Bình An hay"),
        ("name\nSở Nội vụ\nSở nội vụ\n", 3, "name", "trùng thời gian"),
        ("name,valid_to\nSở A,2024-01-02\nSở A,\n", 3, "name", "trùng thời gian"),
        ("name,id\nSở A,so-a\nSở B,so-a\n", 3, "id", "trùng thời gian"),
        ("name,level\nSở A,hai\n", 2, "level", "mục “level”"),
        ("name,level\nSở A,0\n", 2, "level", "mục “level”"),
        ("name,parent,level\nPhòng A,huyện Bắc Bình,1\n", 2, "level", "cao hơn"),
        ("name,standing\nSở A,ra lệnh\n", 2, "standing", "mục “standing”"),
        ("name,kind\nSở A,lạ\n", 2, "kind", "mục “kind”"),
        ("name,valid_from\nSở A,31/02/2023\n", 2, "valid_from", "mục “valid_from”"),
        ("name,valid_from,valid_to\nSở A,2023-02-01,2023-01-01\n", 2, "valid_to", "mục “valid_to”"),
        ("name,id\nSở A,../a\n", 2, "id", "mục “id”"),
        ("name,predecessors\nSở A,Sở Lạ\n", 2, "predecessors", "Sở Lạ"),
        ("name,symbol\n,SNV\n", 2, "name", "dòng 2"),
        ("name,symbol\nSở Văn hóa, Thể thao và Du lịch,SVH\n", 2, None, "ngoặc kép"),
        ("name,simbol\nSở A,SA\n", 1, None, "simbol"),
        ("name,name\nSở A,SA\n", 1, None, "hai lần"),
        ("symbol\nSA\n", 1, None, "thiếu cột “tên”"),
        ('name\n"Sở A\n', 2, None, "dòng 2"),
    ],
)
def test_a_bad_file_names_its_line_and_field(
    table: Table, binh_thuan: list[Unit], text: str, line: int, field: str | None, words: str
) -> None:
    with pytest.raises(InputError) as error:
        read_agencies(table(text), binh_thuan)
    assert (error.value.line, error.value.field) == (line, field)
    assert str(error.value.file).endswith("table.csv")
    assert words in error.value.for_user


def test_a_name_that_may_be_several_asks_for_more(table: Table, binh_thuan: list[Unit]) -> None:
    twice = next(name for name, count in Counter(unit.name for unit in binh_thuan).items() if count > 1)
    with pytest.raises(InputError, match="one unit; this may be") as error:
        read_agencies(table(f"name,parent\nBan A,{twice}\n"), binh_thuan)
    assert "đề nghị ghi rõ" in error.value.for_user


def test_every_problem_is_told(table: Table, binh_thuan: list[Unit]) -> None:
    with pytest.raises(CombinedInputError) as error:
        read_agencies(table("name,level\nSở A,x\nSở B,1\nSở C,y\n"), binh_thuan)
    assert [each.line for each in error.value.errors] == [2, 4]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"name\n\xe9\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0" * 9])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, binh_thuan: list[Unit], data: bytes) -> None:
    path = tmp_path / "agencies.csv"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_agencies(path, binh_thuan)


def test_a_missing_file_is_refused(tmp_path: Path, binh_thuan: list[Unit]) -> None:
    with pytest.raises(InputError, match="a readable file"):
        read_agencies(tmp_path / "none.csv", binh_thuan)

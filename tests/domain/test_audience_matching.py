"""Which units of tỉnh Bình Thuận a phrase means; names are never sought outside the province."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.audience import match, match_units, read_audience
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree


def _unit(id_: str, name: str, kind: UnitKind, level: int, parent: str | None = None, short: str | None = None) -> Unit:
    return Unit(id_, name, kind, level, parent, short_name=short)


PROVINCE, DISTRICT, COMMUNE = UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE
TREE = UnitTree.on(
    date(2023, 1, 5),
    [
        _unit("bt", "tỉnh Bình Thuận", PROVINCE, 1),
        _unit("snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "bt"),
        _unit("stttt", "Sở Thông tin và Truyền thông", UnitKind.DEPARTMENT, 1, "bt", "Sở TT&TT"),
        _unit("svhttdl", "Sở Văn hóa, Thể thao và Du lịch", UnitKind.DEPARTMENT, 1, "bt"),
        _unit("vp", "Văn phòng UBND tỉnh Bình Thuận", UnitKind.DEPARTMENT, 1, "bt"),
        _unit("ca", "Công an tỉnh", UnitKind.VERTICAL_AGENCY, 1, "bt"),
        _unit("bb", "huyện Bắc Bình", DISTRICT, 2, "bt"),
        _unit("tl", "huyện Tánh Linh", DISTRICT, 2, "bt"),
        _unit("pt", "thành phố Phan Thiết", DISTRICT, 2, "bt"),
        _unit("pnv-bb", "Phòng Nội vụ huyện Bắc Bình", UnitKind.DIVISION, 2, "bb"),
        _unit("pnv-tl", "Phòng Nội vụ", UnitKind.DIVISION, 2, "tl"),
        _unit("ba", "xã Bình An", COMMUNE, 3, "bb"),
        _unit("ph", "xã Phan Hòa", COMMUNE, 3, "bb"),
        _unit("pd", "xã Phan Điền", COMMUNE, 3, "bb"),
        _unit("cl", "thị trấn Chợ Lầu", COMMUNE, 3, "bb"),
        _unit("dp-bb", "xã Đức Phú", COMMUNE, 3, "bb"),
        _unit("dp-tl", "xã Đức Phú", COMMUNE, 3, "tl"),
        _unit("elsewhere", "tỉnh Lâm Đồng", PROVINCE, 1),
        _unit("far", "xã Gia Lâm", COMMUNE, 3, "elsewhere"),
    ],
)


def found(phrase: str, under: str = "bt") -> list[str]:
    return list(match_units(read_audience(phrase), TREE, under))


@pytest.mark.parametrize(
    ("phrase", "units"),
    [
        ("Các sở, ban, ngành", ["snv", "stttt", "svhttdl", "vp"]),
        ("UBND các huyện, thành phố", ["bb", "tl", "pt"]),
        ("UBND tỉnh", ["bt"]),
        ("UBND các xã, thị trấn", ["ba", "ph", "pd", "cl", "dp-bb", "dp-tl"]),
        ("UBND các xã thuộc huyện Tánh Linh", ["dp-tl"]),
        ("Phòng Nội vụ các huyện, thành phố", ["pnv-bb", "pnv-tl"]),
    ],
)
def test_it_finds_units_by_level(phrase: str, units: list[str]) -> None:
    assert sorted(found(phrase)) == sorted(units)


def test_everyone_is_everyone_below() -> None:
    assert len(found("Các cơ quan, đơn vị, địa phương")) == 16


def test_a_district_addresses_its_own_communes() -> None:
    assert found("UBND các xã, thị trấn", under="tl") == ["dp-tl"]


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [
        ("UBND huyện Bắc Bình", "bb"),
        ("H. Bắc Bình", "bb"),
        ("TP.Phan Thiết", "pt"),
        ("TP Phan Thiết", "pt"),
        ("Sở TT&TT", "stttt"),
        ("Sở TTTT", "stttt"),
        ("Sở Thông tin, Truyền thông", "stttt"),
        ("Sở VHTT&DL", "svhttdl"),
        ("Sở Văn hoá Thể thao du lịch", "svhttdl"),
        ("Sở Nội vụ tỉnh Bình Thuận", "snv"),
        ("VP.UBND tỉnh", "vp"),
        ("Công an tỉnh", "ca"),
        ("Phòng Nội vụ huyện Bắc Bình", "pnv-bb"),
        ("Ủy ban nhân dân xã Phan Hoà", "ph"),
        ("xã Phan Hào", "ph"),
        ("xã Phan Dien", "pd"),
        ("UBND xã Bình an", "ba"),
        ("thị trấn Chợ Lầuu", "cl"),
        ("xã Chợ Lầu", "cl"),
        ("UBND xã Đức Phú, huyện Tánh Linh", "dp-tl"),
    ],
)
def test_it_finds_a_unit_by_name_abbreviated_or_slipped(phrase: str, unit: str) -> None:
    matched = match(read_audience(phrase), TREE, "bt")
    assert matched.units == (unit,)
    assert not matched.needs_decision


@pytest.mark.parametrize(
    "phrase",
    ["xã Đức Phú", "xã Gia Lâm", "Sở Y tế", "Phòng Nội vụ", "xã Phan", "Các doanh nghiệp"],
    ids=["borne twice", "in another province", "not there", "one in each district", "only begun", "none of this kind"],
)
def test_a_name_that_is_not_one_unit_is_left_to_a_person(phrase: str) -> None:
    matched = match(read_audience(phrase), TREE, "bt")
    assert matched.units == ()
    assert matched.needs_decision


def test_a_near_name_means_the_nearer_district_first() -> None:
    assert found("xã Đức Phú", under="bb") == ["dp-bb"]


def test_names_and_levels_make_one_list_without_repeats() -> None:
    assert found("Sở Nội vụ, xã Bình An, UBND các xã, thị trấn", under="bb")[:3] == ["snv", "ba", "ph"]


def test_those_gone_through_count_only_where_nobody_else_is_addressed() -> None:
    assert found("UBND tỉnh (qua Sở Nội vụ)") == ["bt"]
    assert found("qua Sở Nội vụ") == ["snv"]


def test_a_word_that_no_tree_can_tell_stays_a_decision() -> None:
    matched = match(read_audience("các sở, ngành liên quan"), TREE, "bt")
    assert len(matched.units) == 4
    assert matched.needs_decision


DIVISION, PUBLIC, GROUP = UnitKind.DIVISION, UnitKind.PUBLIC_UNIT, UnitKind.RESIDENTIAL_GROUP
PARTS = UnitTree.on(
    date(2026, 1, 5),
    [
        _unit("tn", "tỉnh Tây Ninh", PROVINCE, 1),
        _unit("vp", "Văn phòng UBND tỉnh", UnitKind.DEPARTMENT, 1, "tn"),
        _unit("snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "tn"),
        _unit("sct", "Sở Công Thương", UnitKind.DEPARTMENT, 1, "tn"),
        _unit("sngv", "Sở Ngoại vụ", UnitKind.DEPARTMENT, 1, "tn"),
        _unit("vps", "Văn phòng Sở", DIVISION, 1, "sngv"),
        _unit("ls", "Phòng Lãnh sự", DIVISION, 1, "sngv"),
        _unit("tts", "Thanh tra Sở", DIVISION, 1, "sngv"),
        _unit("dv", "Trung tâm Dịch vụ đối ngoại", PUBLIC, 1, "sngv"),
        _unit("syt", "Sở Y tế", UnitKind.DEPARTMENT, 1, "tn"),
        _unit("nvy", "Phòng Nghiệp vụ Y", DIVISION, 1, "syt"),
        _unit("cdc", "Trung tâm Kiểm soát bệnh tật", PUBLIC, 1, "syt"),
        _unit("ba", "xã Bình An", COMMUNE, 2, "tn"),
        _unit("bavp", "Văn phòng HĐND và UBND xã", DIVISION, 2, "ba"),
        _unit("bavh", "Phòng Văn hóa – Xã hội", DIVISION, 2, "ba"),
        _unit("pvhcc", "Trung tâm Phục vụ hành chính công", PUBLIC, 2, "ba"),
        _unit("t1", "Thôn An Bình", GROUP, 2, "ba"),
        _unit("t2", "Thôn Hòa Lạc", GROUP, 2, "ba"),
        _unit("dx", "phường Đức Xuân", COMMUNE, 2, "tn"),
        _unit("tk", "Văn phòng - Thống kê", DIVISION, 2, "dx"),
        _unit("vx", "Văn hóa - Xã hội", DIVISION, 2, "dx"),
        _unit("dc", "Địa chính - Xây dựng, Đô thị và Môi trường", DIVISION, 2, "dx"),
        _unit("g1", "Tổ 1A", GROUP, 2, "dx"),
        _unit("g2", "Tổ dân phố số 2", GROUP, 2, "dx"),
    ],
)
OF_FOREIGN = ["vps", "ls", "tts", "dv"]


@pytest.mark.parametrize(
    ("phrase", "units"),
    [
        ("Các phòng, đơn vị thuộc Sở", OF_FOREIGN),
        ("Toàn thể các phòng, ban, đơn vị thuộc Sở Ngoại vụ", OF_FOREIGN),
        ("Trưởng các phòng, đơn vị trực thuộc Sở", OF_FOREIGN),
        ("Các phòng chuyên môn, nghiệp vụ thuộc Sở", ["vps", "ls", "tts"]),
        ("Văn phòng Sở", ["vps"]),
        ("Chánh Văn phòng Sở", ["vps"]),
        ("Chánh Thanh tra Sở, Phòng Lãnh sự", ["tts", "ls"]),
        ("Các đơn vị sự nghiệp thuộc Sở", ["dv"]),
        ("Các phòng, trung tâm thuộc Sở Y tế", ["nvy", "cdc"]),
        ("Sở Nội vụ", ["snv"]),  # which is no slip of Sở Ngoại vụ
    ],
)
def test_a_departments_plan_addresses_its_own_parts(phrase: str, units: list[str]) -> None:
    done = match(read_audience(phrase), PARTS, "sngv")
    assert (sorted(done.units), done.reasons) == (sorted(units), ())


@pytest.mark.parametrize(
    ("phrase", "under", "units"),
    [
        ("Các thôn", "ba", ["t1", "t2"]),
        ("Trưởng thôn", "ba", ["t1", "t2"]),
        ("Thôn An Bình", "ba", ["t1"]),
        ("Các phòng chuyên môn, Trung tâm Phục vụ hành chính công, các thôn", "ba",
         ["bavp", "bavh", "pvhcc", "t1", "t2"]),
        ("Các bộ phận chuyên môn; các tổ dân phố", "dx", ["tk", "vx", "dc", "g1", "g2"]),
        ("Công chức Văn hóa - Xã hội; Văn phòng - Thống kê", "dx", ["vx", "tk"]),
        ("Địa chính - Xây dựng, Đô thị và Môi trường, Tổ 1A và Tổ dân phố số 2", "dx", ["dc", "g1", "g2"]),
    ],
)  # fmt: skip
def test_a_communes_plan_addresses_its_offices_and_residential_groups(
    phrase: str, under: str, units: list[str]
) -> None:
    done = match(read_audience(phrase), PARTS, under)
    assert (sorted(done.units), done.reasons) == (sorted(units), ())


def test_the_head_of_an_office_is_no_head_of_what_the_office_works_for() -> None:
    done = match(read_audience("Chánh Văn phòng UBND tỉnh, Giám đốc các sở"), PARTS, "tn")
    assert set(done.units) == {"vp", "snv", "sct", "sngv", "syt"}
    assert match_units(read_audience("Chánh Văn phòng UBND tỉnh"), PARTS, "tn") == ("vp",)


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("Các phòng thuộc Sở Công Thương", "Trong phạm vi đang xét không có phòng chuyên môn."),
        ("Các phòng thuộc Sở Xây dựng", "Chưa tìm thấy đơn vị “Sở Xây dựng” trong phạm vi đang xét."),
        ("Công đoàn Sở", "Chưa tìm thấy đơn vị “Công đoàn” trong phạm vi đang xét."),
    ],
)
def test_parts_that_nobody_registered_are_left_to_a_person(phrase: str, told: str) -> None:
    assert told in match(read_audience(phrase), PARTS, "sngv").reasons

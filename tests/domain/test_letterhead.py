"""A letterhead tells whose a paper is, however the agency is spelt; what does not tell is held against nobody."""

from __future__ import annotations

import pytest

from plan_lifecycle.domain.letterhead import Bearing, bearing, named
from plan_lifecycle.domain.unit import Unit, UnitKind

PROVINCE = Unit("bt", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1)
DISTRICT = Unit("bb", "huyện Bắc Bình", UnitKind.DISTRICT, 2, "bt")
OTHER_DISTRICT = Unit("tp", "huyện Tuy Phong", UnitKind.DISTRICT, 2, "bt")
TOWN = Unit("lg", "thị xã La Gi", UnitKind.DISTRICT, 2, "bt")
CITY = Unit("pt", "thành phố Phan Thiết", UnitKind.DISTRICT, 2, "bt")
COMMUNE = Unit("bb-ba", "xã Bình An", UnitKind.COMMUNE, 3, "bb")
NAMESAKE = Unit("tp-ba", "xã Bình An", UnitKind.COMMUNE, 3, "tp")
MARKET = Unit("bb-cl", "thị trấn Chợ Lầu", UnitKind.COMMUNE, 3, "bb")
DIVISION = Unit("bb-pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, "bb")
OTHER_DIVISION = Unit("tp-pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, "tp")
DEPARTMENT = Unit("bt-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "bt")
SCIENCE = Unit("bt-skhcn", "Sở Khoa học và Công nghệ", UnitKind.DEPARTMENT, 1, "bt", short_name="Sở KH&CN")
POLICE = Unit("bt-ca", "Công an tỉnh", UnitKind.VERTICAL_AGENCY, 1, "bt")
UNITS = {
    unit.id: unit
    for unit in (
        PROVINCE, DISTRICT, OTHER_DISTRICT, TOWN, CITY, COMMUNE, NAMESAKE, MARKET, DIVISION, OTHER_DIVISION,
        DEPARTMENT, SCIENCE, POLICE,
    )
}  # fmt: skip


def above(unit: Unit) -> tuple[Unit, ...]:
    parent = UNITS.get(unit.parent_id or "")
    return (parent, *above(parent)) if parent else ()


def says(unit: Unit, *agencies: str, symbol: str | None = None) -> Bearing:
    return bearing(agencies, unit, above(unit), symbol)


@pytest.mark.parametrize(
    ("unit", "agencies"),
    [
        (COMMUNE, ["ỦY BAN NHÂN DÂN XÃ BÌNH AN"]),
        (COMMUNE, ["UBND XÃ BÌNH AN"]),
        (COMMUNE, ["Uỷ ban nhân dân xã Bình An"]),
        (COMMUNE, ["UBND X. BÌNH AN"]),
        (COMMUNE, ["UBND XA BINH AN"]),
        (COMMUNE, ["ỦY BAN NHÂN DÂN BÌNH AN"]),
        (COMMUNE, ["HĐND - UBND XÃ BÌNH AN"]),
        (COMMUNE, ["UBND HUYỆN BẮC BÌNH", "UBND XÃ BÌNH AN"]),
        (MARKET, ["UBND TT. CHỢ LẦU"]),
        (MARKET, ["UBND TT CHỢ LẦU"]),
        (TOWN, ["UBND TX. LA GI"]),
        (CITY, ["UBND TP. PHAN THIẾT"]),
        (CITY, ["ỦY BAN NHÂN DÂN THÀNH PHỐ PHAN THIẾT"]),
        (DIVISION, ["UBND HUYỆN BẮC BÌNH", "PHÒNG NỘI VỤ"]),
        (DIVISION, ["PHÒNG NỘI VỤ HUYỆN BẮC BÌNH"]),
        (DEPARTMENT, ["UBND TỈNH BÌNH THUẬN", "SỞ NỘI VỤ"]),
        (DEPARTMENT, ["ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN", "SỞ NỘI VỤ TỈNH BÌNH THUẬN"]),
        (SCIENCE, ["UBND TỈNH BÌNH THUẬN", "SỞ KHOA HỌC & CÔNG NGHỆ"]),
        (SCIENCE, ["UBND TỈNH BÌNH THUẬN", "SỞ KH&CN"]),
        (POLICE, ["BỘ CÔNG AN", "CÔNG AN TỈNH BÌNH THUẬN"]),
    ],
)  # fmt: skip
def test_its_own_name_is_known_in_whatever_spelling(unit: Unit, agencies: list[str]) -> None:
    assert says(unit, *agencies) is Bearing.OWN


@pytest.mark.parametrize(
    ("unit", "agencies"),
    [
        (DISTRICT, []),
        (DISTRICT, ["ỦY BAN NHÂN DÂN"]),
        (COMMUNE, ["BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH XÃ BÌNH AN"]),
        (COMMUNE, ["UBND XÃ BÌNH AN", "TRƯỜNG TIỂU HỌC"]),
        (DISTRICT, ["VĂN PHÒNG HĐND VÀ UBND HUYỆN BẮC BÌNH"]),
        (DEPARTMENT, ["SỞ NỘI VỤ", "THANH TRA SỞ"]),
    ],
)
def test_what_does_not_tell_is_held_against_nobody(unit: Unit, agencies: list[str]) -> None:
    assert says(unit, *agencies) is Bearing.SILENT


@pytest.mark.parametrize(
    ("unit", "agencies"),
    [
        (OTHER_DISTRICT, ["ỦY BAN NHÂN DÂN HUYỆN BẮC BÌNH"]),
        (COMMUNE, ["UBND HUYỆN TUY PHONG", "UBND XÃ BÌNH AN"]),
        (COMMUNE, ["UBND XÃ BÌNH ÂN"]),
        (DIVISION, ["UBND HUYỆN TUY PHONG", "PHÒNG NỘI VỤ"]),
        (DIVISION, ["UBND HUYỆN BẮC BÌNH", "PHÒNG TƯ PHÁP"]),
        (DEPARTMENT, ["UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ"]),
        (DEPARTMENT, ["UBND TỈNH BÌNH THUẬN", "SỞ TÀI CHÍNH"]),
        (DISTRICT, ["UBND TỈNH BÌNH THUẬN"]),
    ],
)
def test_another_name_is_another_units_paper(unit: Unit, agencies: list[str]) -> None:
    assert says(unit, *agencies) is Bearing.OTHER


def test_a_division_may_write_on_the_sheet_of_its_committee_under_a_number_of_its_own() -> None:
    assert says(DIVISION, "UBND HUYỆN BẮC BÌNH", symbol="KH-PNV") is Bearing.SILENT
    assert says(DIVISION, "UBND HUYỆN BẮC BÌNH", symbol="KH-UBND") is Bearing.OTHER
    assert says(DIVISION, "UBND HUYỆN BẮC BÌNH") is Bearing.OTHER
    assert says(COMMUNE, "UBND HUYỆN BẮC BÌNH", symbol="KH-PNV") is Bearing.OTHER


def test_whom_it_names_is_found_and_of_namesakes_the_one_whose_superior_it_names() -> None:
    def found(*agencies: str) -> list[str]:
        return [unit.id for unit in named(agencies, UNITS.values(), above)]

    assert found("UBND HUYỆN BẮC BÌNH") == ["bb"]
    assert found("UBND XÃ BÌNH AN") == ["bb-ba", "tp-ba"]
    assert found("UBND HUYỆN TUY PHONG", "UBND XÃ BÌNH AN") == ["tp-ba"]
    assert found("UBND HUYỆN TUY PHONG", "PHÒNG NỘI VỤ") == ["tp-pnv"]
    assert found("PHÒNG NỘI VỤ") == ["bb-pnv", "tp-pnv"]
    assert found("UBND XÃ HÒA THẮNG") == []

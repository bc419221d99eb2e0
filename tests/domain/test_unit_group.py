"""The groups that a coordinator sorts units into, before and after districts were abolished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.factories import BINH_AN, DEPARTMENT, DISTRICT, DIVISION, PHUOC_THE, PROVINCE, UNITS

from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.domain.unit_group import OTHERS, UnitGroups, group_names, group_of_kind

DAY = date(2023, 2, 21)
WARD = Unit("ld-da-lat", "phường Xuân Hương - Đà Lạt", UnitKind.COMMUNE, 2, "ld")
NEW_PROVINCE = Unit("ld", "tỉnh Lâm Đồng", UnitKind.PROVINCE, 1)
OFFICE = Unit("snv-vp", "Văn phòng Sở Nội vụ", UnitKind.DIVISION, 2, DEPARTMENT.id)


def groups(*units: Unit, day: date = DAY) -> UnitGroups:
    """Those of a tree of these units."""
    return UnitGroups(UnitTree.on(day, units))


def test_departments_districts_and_the_communes_of_each_district_are_groups_of_their_own() -> None:
    found = groups(*UNITS, OFFICE)
    assert group_names(found.of(unit.id) for unit in (*UNITS, OFFICE)) == [
        "Tỉnh, thành phố",
        "Sở, ban, ngành",
        "Huyện, thị xã, thành phố",
        "Phòng, ban huyện Bắc Bình",
        "Đơn vị thuộc Sở Nội vụ",
        "Xã, phường, thị trấn huyện Bắc Bình",
        "Xã, phường, thị trấn huyện Tuy Phong",
    ]


def test_communes_directly_below_their_province_are_one_group() -> None:
    assert groups(NEW_PROVINCE, WARD).of(WARD.id).name == "Xã, phường, đặc khu"


def test_of_several_provinces_each_group_says_whose_it_is() -> None:
    found = groups(NEW_PROVINCE, PROVINCE, WARD, DEPARTMENT)
    assert found.of(WARD.id).name == "Xã, phường, đặc khu tỉnh Lâm Đồng"
    assert found.of(DEPARTMENT.id).name == "Sở, ban, ngành tỉnh Bình Thuận"


def test_a_unit_s_own_groups_do_not_name_it() -> None:
    alone = groups(DISTRICT, DIVISION, BINH_AN)
    assert [alone.of(unit.id).name for unit in (DIVISION, BINH_AN)] == ["Phòng, ban", "Xã, phường, thị trấn"]
    seen = UnitGroups(UnitTree.on(DAY, UNITS), DISTRICT.id)
    assert seen.of(BINH_AN.id).name == "Xã, phường, thị trấn"
    assert seen.of(PHUOC_THE.id).name == "Xã, phường, thị trấn huyện Tuy Phong"


def test_a_former_unit_stands_where_it_stood_and_one_that_nobody_knows_among_the_others() -> None:
    tree = UnitTree.on(date(2026, 1, 5), (NEW_PROVINCE, WARD))
    found = UnitGroups(replace(tree, former={BINH_AN.id: BINH_AN, DISTRICT.id: DISTRICT}))
    assert found.of(BINH_AN.id).name == "Xã, phường, thị trấn huyện Bắc Bình"
    assert found.of(DISTRICT.id).name == "Huyện, thị xã, thành phố"
    assert found.of("nobody") == OTHERS == group_of_kind(None)


def test_by_kind_alone_it_does_not_matter_who_stands_above() -> None:
    assert group_of_kind(BINH_AN) == group_of_kind(WARD)
    assert {group_of_kind(replace(WARD, kind=kind)).name for kind in UnitKind} >= {"Sở, ban, ngành", "Cơ quan Đảng"}

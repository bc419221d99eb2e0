"""The tree is asked as of a day, and its depth is data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plan_lifecycle.domain.unit import (
    Asking,
    Contact,
    ContactRole,
    Standing,
    Succession,
    Unit,
    UnitKind,
    UnitTree,
    asking,
    each_person_once,
)

TINH = Unit("u-tinh", "tỉnh Bình Thuận", UnitKind.PROVINCE, 1, valid_to=date(2025, 6, 30))
HUYEN = Unit("u-huyen", "huyện Bắc Bình", UnitKind.DISTRICT, 2, parent_id="u-tinh", valid_to=date(2025, 6, 30))
XA = Unit("u-xa", "xã Bình An", UnitKind.COMMUNE, 3, parent_id="u-huyen")


def test_a_unit_is_in_being_on_both_ends_of_its_validity() -> None:
    assert HUYEN.exists_on(date(2025, 6, 30))
    assert not HUYEN.exists_on(date(2025, 7, 1))


def test_the_tree_goes_level_by_level() -> None:
    tree = UnitTree.on(date(2023, 1, 1), [XA, HUYEN, TINH])
    assert [unit.id for unit in tree.below("u-tinh")] == ["u-huyen", "u-xa"]
    assert [unit.id for unit in tree.above(XA)] == ["u-huyen", "u-tinh"]


def test_after_the_district_ends_its_commune_stands_at_the_top_until_data_say_otherwise() -> None:
    tree = UnitTree.on(date(2025, 7, 1), [XA, HUYEN, TINH])
    assert tree.children(None) == (XA,)


def test_a_committee_acts_for_a_territory_and_a_department_for_itself() -> None:
    assert XA.agency == "UBND xã Bình An"
    assert Unit("u-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1).agency == "Sở Nội vụ"


def test_an_agency_is_named_so_that_it_cannot_be_mistaken_and_nothing_is_said_twice() -> None:
    agencies = [
        Unit("snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, parent_id="u-tinh"),
        Unit("tt", "Thanh tra tỉnh", UnitKind.DEPARTMENT, 1, parent_id="u-tinh"),
        Unit("vp", "Văn phòng HĐND và UBND huyện", UnitKind.DIVISION, 2, parent_id="u-huyen"),
    ]
    tree = UnitTree.on(date(2023, 1, 1), [TINH, HUYEN, *agencies])
    assert [tree.named(unit) for unit in (*agencies, HUYEN)] == [
        "Sở Nội vụ tỉnh Bình Thuận",
        "Thanh tra tỉnh Bình Thuận",
        "Văn phòng HĐND và UBND huyện Bắc Bình",
        "UBND huyện Bắc Bình",
    ]


def test_who_is_no_more_is_never_called_by_its_id() -> None:
    tree = UnitTree.on(date(2025, 7, 1), [XA, HUYEN])
    assert (tree.called("u-xa"), tree.called("u-huyen")) == ("UBND xã Bình An", "đơn vị chưa có trong danh mục")


def tree_with(*more: Unit) -> UnitTree:
    division = Unit("u-pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, parent_id="u-huyen")
    other = Unit("u-khac", "xã Phước Thể", UnitKind.COMMUNE, 3, parent_id="u-tinh")
    return UnitTree.on(date(2023, 1, 1), [TINH, HUYEN, XA, division, other, *more])


@pytest.mark.parametrize(
    ("writer", "recipients", "word"),
    [
        ("u-huyen", ["u-xa"], Asking.ORDER),
        ("u-tinh", ["u-xa"], Asking.ORDER),
        ("u-huyen", ["u-xa", "u-pnv"], Asking.ORDER),
        ("u-pnv", ["u-xa"], Asking.REQUEST),
        ("u-pnv", ["u-pnv"], Asking.REQUEST),
        ("u-huyen", ["u-khac"], Asking.REQUEST),
        ("u-huyen", ["u-xa", "u-khac"], Asking.REQUEST),
        ("u-huyen", ["u-huyen"], Asking.REQUEST),
        ("u-xa", ["u-huyen"], Asking.REQUEST),
        ("u-huyen", [], Asking.REQUEST),
    ],
)
def test_only_a_superior_committee_orders(writer: str, recipients: list[str], word: Asking) -> None:
    tree = tree_with()
    assert asking(tree, tree[writer], [tree[unit_id] for unit_id in recipients]) is word


def test_who_is_outside_the_chain_of_command_is_requested_and_so_is_a_letter_that_goes_to_others_too() -> None:
    front = Unit(
        "u-mt", "Ủy ban MTTQ huyện", UnitKind.FATHERLAND_FRONT, 2, parent_id="u-huyen", standing=Standing.REQUESTED
    )
    tree = tree_with(front)
    assert asking(tree, HUYEN, [front]) is Asking.REQUEST
    assert asking(tree, HUYEN, [XA, front]) is Asking.REQUEST


@pytest.mark.parametrize("kind", UnitKind)
def test_a_unit_of_which_nothing_is_said_is_ordered_unless_its_kind_is_outside_the_chain(kind: UnitKind) -> None:
    outside = {UnitKind.FATHERLAND_FRONT, UnitKind.PARTY, UnitKind.VERTICAL_AGENCY, UnitKind.MASS_ORGANISATION}
    assert Standing.of(kind) is (Standing.REQUESTED if kind in outside else Standing.ORDERED)


def test_who_succeeds_takes_over_the_whole_unless_told_otherwise() -> None:
    assert Succession("a", "b").whole
    assert Succession("a", "b") != Succession("a", "b", whole=False)


def test_a_person_stands_there_once_by_name_within_the_unit_or_by_address() -> None:
    officer = Contact("bb-binh-an", ContactRole.OFFICER, "Nguyễn Văn An", "an@example.vn")
    again = replace(officer, role=ContactRole.HEAD, name="NGUYỄN VĂN AN", email="an.nv@example.vn")
    shared = replace(officer, name="Lê Thị Bình", email="AN@example.vn")
    elsewhere = replace(officer, unit_id="bb-hoa-thang", email="an2@example.vn")
    nameless = [replace(officer, name="", email=f"{number}@example.vn") for number in range(2)]
    assert each_person_once([officer, again, shared, elsewhere, *nameless]) == [officer, elsewhere, *nameless]

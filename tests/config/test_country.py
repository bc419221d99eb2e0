"""The country before and since 01/7/2025, from data inside the package."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from tests.config.countrywide import load_country
from tests.growth import steps

from plan_lifecycle.config.country import load_province, snapshot_note, successions
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Unit, UnitKind, UnitTree
from plan_lifecycle.domain.unit_list import validate_units

BEFORE, SINCE = date(2023, 1, 1), date(2026, 1, 1)


def kinds(units: list[Unit]) -> dict[UnitKind, int]:
    return dict(Counter(unit.kind for unit in units))


def test_binh_thuan_of_2023_is_the_state_of_the_last_snapshot() -> None:
    units = load_province("Bình Thuận", BEFORE)
    assert kinds(units) == {UnitKind.PROVINCE: 1, UnitKind.DISTRICT: 10, UnitKind.COMMUNE: 121}
    tree = UnitTree.on(BEFORE, units)
    names = {unit.name for unit in units}
    assert {"tỉnh Bình Thuận", "huyện Bắc Bình", "thị xã La Gi", "thành phố Phan Thiết", "thị trấn Chợ Lầu"} <= names
    commune = next(unit for unit in units if unit.name == "xã Bình An" and unit.level == 3)
    assert [unit.name for unit in tree.above(commune)] == ["huyện Bắc Bình", "tỉnh Bình Thuận"]
    assert (commune.id, commune.code, commune.valid_from, commune.valid_to) == (
        "vn3-23014",
        "23014",
        None,
        date(2025, 6, 30),
    )


def test_lam_dong_of_2026_has_no_districts() -> None:
    units = load_province("Lâm Đồng", SINCE)
    assert kinds(units) == {UnitKind.PROVINCE: 1, UnitKind.COMMUNE: 124}
    assert {unit.level for unit in units} == {1, 2}
    assert "đặc khu Phú Quý" in {unit.name for unit in units}
    assert {unit.valid_from for unit in units} == {date(2025, 7, 1)}


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2025, 6, 30), (63, 696, 10035)), (date(2025, 7, 1), (34, 0, 3321))],
)
def test_the_country_changes_on_the_first_of_july_2025(day: date, counts: tuple[int, int, int]) -> None:
    units = load_country(day)
    found = kinds(units)
    assert tuple(found.get(kind, 0) for kind in (UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE)) == counts
    assert all(unit.exists_on(day) for unit in units)


def test_both_states_together_are_a_sound_list() -> None:
    assert validate_units([*load_country(BEFORE), *load_country(SINCE)]) == []


def test_ids_are_fit_for_folders_and_never_shared() -> None:
    ids = [unit.id for unit in (*load_country(BEFORE), *load_country(SINCE))]
    assert len(set(ids)) == len(ids)
    assert all(unit_id.isascii() and unit_id.replace("-", "").isalnum() for unit_id in ids)


@pytest.mark.parametrize(
    ("name", "day", "province"),
    [
        ("tỉnh Bình Thuận", BEFORE, "tỉnh Bình Thuận"),
        ("BÌNH THUẬN", BEFORE, "tỉnh Bình Thuận"),
        ("Binh Thuan", BEFORE, "tỉnh Bình Thuận"),
        ("Bi\u0300nh Thua\u0323\u0302n", BEFORE, "tỉnh Bình Thuận"),
        ("UBND tỉnh Bình Thuận", BEFORE, "tỉnh Bình Thuận"),
        ("Khánh Hoà", SINCE, "tỉnh Khánh Hòa"),
        ("Thanh Hoá", SINCE, "tỉnh Thanh Hóa"),
        ("TP. Hồ Chí Minh", SINCE, "Thành phố Hồ Chí Minh"),
        ("TP.HCM", BEFORE, "Thành phố Hồ Chí Minh"),
        ("Thừa Thiên - Huế", BEFORE, "thành phố Huế"),
        ("Bà Rịa – Vũng Tàu", BEFORE, "tỉnh Bà Rịa - Vũng Tàu"),
        ("Thành phố Đà Nẵng", SINCE, "thành phố Đà Nẵng"),
    ],
)
def test_it_finds_a_province_however_it_is_typed(name: str, day: date, province: str) -> None:
    assert load_province(name, day)[0].name == province


def test_a_province_that_ended_names_its_heir() -> None:
    with pytest.raises(InputError, match="now part of tỉnh Lâm Đồng") as error:
        load_province("Bình Thuận", SINCE)
    assert "nay thuộc tỉnh Lâm Đồng" in error.value.for_user


@pytest.mark.parametrize(("name", "near"), [("Bình Thuậ", "tỉnh Bình Thuận"), ("Ha Nôi 1", "thành phố Hà Nội")])
def test_an_unknown_province_is_answered_with_near_names(name: str, near: str) -> None:
    with pytest.raises(InputError, match=near) as error:
        load_province(name, BEFORE)
    assert near in error.value.for_user


@pytest.mark.parametrize("name", ["", "xyz", "huyện Bắc Bình", "\n"])
def test_what_is_no_province_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        load_province(name, BEFORE)


def test_succession_is_many_to_many_and_says_what_was_split() -> None:
    links = successions({unit.id for unit in load_country(SINCE)})
    communes = [link for link in links if len(link.successor) == len("vn2-00000")]
    heirs = Counter(link.successor for link in communes)
    assert len(heirs) == 3321
    assert sum(count > 1 for count in heirs.values()) == 3181
    assert len({link.predecessor for link in communes if not link.whole}) == 471
    assert {
        len([one for one in links if one.predecessor == part]) > 1
        for part in {link.predecessor for link in links if not link.whole}
    } == {True}


def test_succession_of_one_province() -> None:
    ids = {link.predecessor for link in successions({"vn2-68"})}
    assert ids == {"vn3-60", "vn3-67", "vn3-68"}


def test_districts_end_without_an_heir_save_those_without_communes() -> None:
    districts = {unit.id: unit.name for unit in load_country(BEFORE) if unit.kind is UnitKind.DISTRICT}
    kept = {districts[link.predecessor] for link in successions(districts)}
    assert kept == {"huyện Bạch Long Vĩ", "huyện Cồn Cỏ", "huyện Hoàng Sa", "huyện Lý Sơn", "huyện Côn Đảo"}


def test_names_follow_the_decree_on_capitals() -> None:
    names = {unit.name for unit in load_province("Hồ Chí Minh", BEFORE)}
    assert {"Quận 1", "Phường 12", "quận Bình Thạnh", "huyện Củ Chi"} <= names


def test_it_says_that_2023_is_served_from_a_later_state() -> None:
    note = snapshot_note(BEFORE)
    assert note is not None
    assert "12/2024" in note.en
    assert "tháng 12/2024" in note.vi
    assert snapshot_note(SINCE) is None


def test_reading_takes_a_few_steps_a_unit_so_that_every_command_may_read() -> None:
    country, province = len(load_country(BEFORE)), len(load_province("Bình Thuận", BEFORE))
    assert steps(lambda: load_country(BEFORE)) < 8 * country
    assert steps(lambda: load_province("Bình Thuận", BEFORE)) < 8 * province + 200

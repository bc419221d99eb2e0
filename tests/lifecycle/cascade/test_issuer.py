"""Whose plan a file is: the letterhead says, on the plan's own date; what it does not say, a person does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.databases import migrated_copy
from tests.documents.hostile import flat_bomb
from tests.factories import DISTRICT, OTHER_DISTRICT, PROVINCE, ROOT, UNITS, day, fill, make_office, plan_file

from plan_lifecycle.documents.errors import BadDocument
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind
from plan_lifecycle.lifecycle.cascade import register_file
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.plans import get_plan
from plan_lifecycle.store.units import save_units

EXAMPLES = ROOT / "examples"
LAST = date(2025, 6, 30)
FOREIGN = Unit("tni-sngv", "Sở Ngoại vụ", UnitKind.DEPARTMENT, 1, "tni", symbol="SNgV")
OTHERS = (
    Unit("tni", "tỉnh Tây Ninh", UnitKind.PROVINCE, 1),
    Unit("tni-snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "tni", symbol="SNV"),
    FOREIGN,
    Unit("tni-sngv-vp", "Văn phòng Sở", UnitKind.DIVISION, 1, "tni-sngv"),
    Unit("bt-sngv", "Sở Ngoại vụ", UnitKind.DEPARTMENT, 1, "bt", symbol="SNgV"),
    Unit("bka", "tỉnh Bắc Kạn", UnitKind.PROVINCE, 1),
    Unit("bka-tp", "thành phố Bắc Kạn", UnitKind.DISTRICT, 2, "bka"),
    Unit("bka-duc-xuan", "phường Đức Xuân", UnitKind.COMMUNE, 3, "bka-tp"),
    Unit("cb", "tỉnh Cao Bằng", UnitKind.PROVINCE, 1),
    Unit("cb-ta", "huyện Thạch An", UnitKind.DISTRICT, 2, "cb"),
    Unit("cb-duc-xuan", "xã Đức Xuân", UnitKind.COMMUNE, 3, "cb-ta"),
    Unit("tp-hoa-thang", "xã Hòa Thắng", UnitKind.COMMUNE, 3, "tp"),
    Unit("ham-tan", "huyện Hàm Tân", UnitKind.DISTRICT, 2, "bt", valid_to=LAST),
    Unit("ham-tan-moi", "xã Hàm Tân", UnitKind.COMMUNE, 2, "bt", valid_from=date(2025, 7, 1)),
    Unit("son-my", "xã Sơn Mỹ", UnitKind.COMMUNE, 3, "ham-tan", valid_to=LAST),
    Unit("son-my-moi", "xã Sơn Mỹ", UnitKind.COMMUNE, 2, "bt", valid_from=date(2025, 7, 1)),
)
DEPARTMENT_PLAN = EXAMPLES / "tay-ninh-so-ngoai-vu-2020/ke-hoach-so-ngoai-vu.docx"
Issuer = Callable[..., str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Four provinces; huyện Hàm Tân ended with June 2025, and a new xã Sơn Mỹ came of the old one."""
    folder = tmp_path_factory.mktemp("issuer")
    store = open_store(migrated_copy(folder / "store.db"), folder / "blobs", durable=False)
    fill(store, (*UNITS, *OTHERS))
    with store.write() as connection:
        save_units(connection, (), [Succession("son-my", "son-my-moi", whole=True)])
    yield make_office(store)
    store.close()


@pytest.fixture
def issuer(office: Office, tmp_path: Path) -> Issuer:
    """Registers a plan, a file or the bytes of one, and gives the id of the unit that it is kept for."""

    def of(plan: Path | bytes, on: str = "2023-02-11", **told: str) -> str:
        path = plan if isinstance(plan, Path) else tmp_path / "ke-hoach.docx"
        if isinstance(plan, bytes):
            path.write_bytes(plan)
        plan_id = register_file(office, path, now=day(on), **told)  # type: ignore[arg-type]
        with office.store.read() as connection:
            return get_plan(connection, plan_id).issuer_id

    return of


def plan_of(unit: Unit, issued: str = "2023-02-10", number: str = "15") -> bytes:
    return plan_file(unit, number=number, issued=issued, place="Bình Thuận", year=int(issued[:4]))


@pytest.mark.parametrize(
    ("file", "on", "unit_id"),
    [
        ("tay-ninh-so-ngoai-vu-2020/ke-hoach-so-ngoai-vu.docx", "2020-01-21", "tni-sngv"),
        ("duc-xuan-2024/ke-hoach-phuong.docx", "2024-01-30", "bka-duc-xuan"),
        ("emulation-2022-2025/ke-hoach-huyen-111.docx", "2022-08-03", "bb"),
        ("bac-binh-2023/ke-hoach-tinh-36.docx", "2023-01-06", "bt"),
    ],
)
def test_the_letterhead_names_the_issuer_of_whatever_level(issuer: Issuer, file: str, on: str, unit_id: str) -> None:
    assert issuer(EXAMPLES / file, on) == unit_id


@pytest.mark.parametrize(
    "told",
    [
        {"unit": "tni-sngv"},
        {"unit": "Sở Ngoại vụ", "province": "Tây Ninh"},
        {"unit": "Sở Ngoại vụ, tỉnh Tây Ninh"},
    ],
)
def test_a_person_may_name_the_unit_by_id_or_by_name_within_its_province(issuer: Issuer, told: dict[str, str]) -> None:
    assert issuer(DEPARTMENT_PLAN, "2020-01-21", **told) == "tni-sngv"


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"province": "Tây Ninh"}, "UBND tỉnh Tây Ninh"),
        ({"province": "Bình Thuận"}, "UBND tỉnh Bình Thuận"),
        ({"unit": "Sở Nội vụ", "province": "Tây Ninh"}, "Sở Nội vụ tỉnh Tây Ninh"),
        ({"unit": "bt-sngv"}, "Sở Ngoại vụ tỉnh Bình Thuận"),
        ({"unit": "tni-sngv-vp"}, "Văn phòng Sở Ngoại vụ"),
    ],
)
def test_a_letterhead_that_is_anothers_is_refused_with_both_names(
    issuer: Issuer, told: dict[str, str], meant: str
) -> None:
    with pytest.raises(InputError) as refused:
        issuer(DEPARTMENT_PLAN, "2020-01-21", **told)
    assert f"mang tên Sở Ngoại vụ (UBND tỉnh Tây Ninh), không phải {meant};" in refused.value.for_user
    assert refused.value.field == "letterhead"
    assert f"expected a plan of {meant}" in str(refused.value)


def test_the_provinces_name_alone_does_not_make_a_districts_plan_its_own(issuer: Issuer) -> None:
    with pytest.raises(InputError, match="a plan of UBND tỉnh Bình Thuận"):
        issuer(plan_of(DISTRICT), province="Bình Thuận")


def test_of_two_units_of_one_name_a_person_says_which(issuer: Issuer) -> None:
    plan = plan_of(replace(DISTRICT, name="xã Hòa Thắng"), number="16")
    with pytest.raises(InputError) as refused:
        issuer(plan)
    told = "có 02 đơn vị cùng tên: xã Hòa Thắng, huyện Bắc Bình, tỉnh Bình Thuận; xã Hòa Thắng, huyện Tuy Phong"
    assert told in refused.value.for_user
    assert "đề nghị ghi rõ cơ quan ban hành" in refused.value.for_user
    assert "--unit" in str(refused.value)
    assert issuer(plan, unit="xã Hòa Thắng, huyện Tuy Phong") == "tp-hoa-thang"


def test_an_issuer_that_nobody_registered_is_asked_for(issuer: Issuer) -> None:
    with pytest.raises(InputError) as refused:
        issuer(plan_of(replace(DISTRICT, name="huyện Đảo Xa")))
    assert "huyện Đảo Xa, chưa có trong danh mục đơn vị; đề nghị ghi rõ cơ quan ban hành" in refused.value.for_user


def test_a_unit_that_had_ended_on_the_plans_date_has_issued_nothing(issuer: Issuer) -> None:
    plan = plan_of(replace(DISTRICT, name="huyện Hàm Tân"), issued="2026-01-10")
    told: tuple[dict[str, str], ...] = ({}, {"unit": "ham-tan"}, {"unit": "xã Hàm Tân"})
    for given in told:
        with pytest.raises(InputError) as refused:
            issuer(plan, "2026-01-12", **given)
        assert "huyện Hàm Tân" in refused.value.for_user
    with pytest.raises(InputError, match="a unit that exists") as refused:
        issuer(plan, "2026-01-12")
    assert "UBND huyện Hàm Tân chỉ hoạt động đến hết ngày 30/6/2025" in refused.value.for_user


def test_a_unit_that_ended_since_the_plans_date_is_told_and_its_heir_may_be_named(issuer: Issuer) -> None:
    plan = plan_of(replace(DISTRICT, name="xã Sơn Mỹ"), issued="2025-06-10", number="17")
    with pytest.raises(InputError) as refused:
        issuer(plan, "2025-07-10")
    assert "UBND xã Sơn Mỹ chỉ hoạt động đến hết ngày 30/6/2025" in refused.value.for_user
    assert issuer(plan, "2025-07-10", unit="xã Sơn Mỹ") == "son-my-moi"


def test_a_unit_without_forebears_is_no_issuer_before_its_first_day(issuer: Issuer) -> None:
    plan = plan_of(replace(DISTRICT, name="xã Hàm Tân"), issued="2025-06-10", number="18")
    with pytest.raises(InputError) as refused:
        issuer(plan, "2025-07-10", unit="xã Hàm Tân")
    assert "xã Hàm Tân hoạt động từ ngày 01/7/2025, sau ngày ban hành kế hoạch" in refused.value.for_user


def test_a_name_that_is_not_in_the_province_is_refused(issuer: Issuer) -> None:
    with pytest.raises(InputError, match="unmistakable name"):
        issuer(plan_of(OTHER_DISTRICT), unit="huyện Tuy Phong", province="Tây Ninh")
    assert issuer(plan_of(OTHER_DISTRICT), unit="huyện Tuy Phong", province=PROVINCE.name) == OTHER_DISTRICT.id


@pytest.mark.parametrize("spoil", [lambda good: good[: len(good) // 2], lambda _: flat_bomb(megabytes=33)])
def test_a_file_that_cannot_be_read_is_named(issuer: Issuer, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(BadDocument, match=r"ke-hoach\.docx"):
        issuer(spoil(plan_of(DISTRICT)))

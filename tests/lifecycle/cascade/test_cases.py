"""The six cases: each plan of ``examples/`` cascades, and every unit below owes what that plan asks of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.factories import BINH_AN, DISTRICT, ROOT, UNITS, day, fill, make_office

from plan_lifecycle.documents.check import check_form
from plan_lifecycle.documents.read import Table, read_blocks, read_plan
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.cascade import cascade_plan, register_plan, waiting_plans
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.simulation.papers import signed_paper
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import draft, obligation

EXAMPLES = ROOT / "examples"
DAK_MIL = (
    Unit("dno", "tỉnh Đắk Nông", UnitKind.PROVINCE, 1),
    Unit("dm", "huyện Đắk Mil", UnitKind.DISTRICT, 2, "dno"),
    Unit("dm-pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, "dm", symbol="PNV"),
    Unit("dm-vhtt", "Phòng Văn hóa và Thông tin", UnitKind.DIVISION, 2, "dm", symbol="VHTT"),
    Unit("dm-dak-gan", "xã Đắk Gằn", UnitKind.COMMUNE, 3, "dm"),
    Unit("dm-dak-mil", "thị trấn Đắk Mil", UnitKind.COMMUNE, 3, "dm"),
)
NO_UNITS_BELOW = (
    Unit("tni", "tỉnh Tây Ninh", UnitKind.PROVINCE, 1),
    Unit("tni-sngv", "Sở Ngoại vụ", UnitKind.DEPARTMENT, 1, "tni", symbol="SNgV"),
    Unit("bka", "tỉnh Bắc Kạn", UnitKind.PROVINCE, 1),
    Unit("bka-tp", "thành phố Bắc Kạn", UnitKind.DISTRICT, 2, "bka"),
    Unit("bka-duc-xuan", "phường Đức Xuân", UnitKind.COMMUNE, 3, "bka-tp"),
)
TAY_NINH = (
    Unit("tni", "tỉnh Tây Ninh", UnitKind.PROVINCE, 1),
    Unit("snv", "Sở Nội vụ", UnitKind.DEPARTMENT, 1, "tni", symbol="SNV"),
    Unit("sngv", "Sở Ngoại vụ", UnitKind.DEPARTMENT, 1, "tni", symbol="SNgV"),
    Unit("vp", "Văn phòng Sở", UnitKind.DIVISION, 1, "sngv"),
    Unit("ls", "Phòng Lãnh sự", UnitKind.DIVISION, 1, "sngv"),
    Unit("htqt", "Phòng Hợp tác quốc tế", UnitKind.DIVISION, 1, "sngv"),
    Unit("ttr", "Thanh tra Sở", UnitKind.DIVISION, 1, "sngv"),
)
DUC_XUAN = (
    Unit("bka", "tỉnh Bắc Kạn", UnitKind.PROVINCE, 1),
    Unit("bka-tp", "thành phố Bắc Kạn", UnitKind.DISTRICT, 2, "bka"),
    Unit("pnv", "Phòng Nội vụ", UnitKind.DIVISION, 2, "bka-tp"),
    Unit("dx", "phường Đức Xuân", UnitKind.COMMUNE, 3, "bka-tp"),
    Unit("vptk", "Văn phòng - Thống kê", UnitKind.DIVISION, 3, "dx"),
    Unit("vhxh", "Văn hóa - Xã hội", UnitKind.DIVISION, 3, "dx"),
    Unit("tpht", "Tư pháp - Hộ tịch", UnitKind.DIVISION, 3, "dx"),
    Unit("dcxd", "Địa chính - Xây dựng, Đô thị và Môi trường", UnitKind.DIVISION, 3, "dx"),
    Unit("t1", "Tổ 1A", UnitKind.RESIDENTIAL_GROUP, 3, "dx"),
    Unit("t2", "Tổ dân phố 2", UnitKind.RESIDENTIAL_GROUP, 3, "dx"),
    Unit("t11a", "Tổ 11A", UnitKind.RESIDENTIAL_GROUP, 3, "dx"),
)


def cascaded(office: Office, data: bytes, issuer: str, on: str, parent_id: int | None = None) -> Cascaded:
    plan_id = register_plan(office, data, issuer_id=issuer, now=day(on), parent_id=parent_id)
    return cascade_plan(office, plan_id, day(on))


def example(name: str) -> bytes:
    return next((EXAMPLES / name).glob("*.docx")).read_bytes()


def owed(office: Office, plan_id: int) -> dict[str, dict[tuple[str, str], str | None]]:
    """By unit: item and period with the last day allowed."""
    found: dict[str, dict[tuple[str, str], str | None]] = {}
    with office.store.read() as connection:
        for row in connection.execute(select(obligation).where(obligation.c.plan_id == plan_id)):
            found.setdefault(row.unit_id, {})[row.item, row.period] = row.due_on and row.due_on.isoformat()
    return found


def text_of(data: bytes) -> str:
    """What stands in the tables of a draft, its head and its signature among them."""
    tables = (block for block in read_blocks(data) if isinstance(block, Table))
    return "\n".join(("", *(cell.text for table in tables for cell in table.cells()), ""))


def receivers(office: Office, plan_id: int) -> dict[str, str]:
    with office.store.read() as connection:
        rows = connection.execute(select(obligation).where(obligation.c.plan_id == plan_id))
        return {row.unit_id: row.receiver_id for row in rows}


def drafts(office: Office, plan_id: int) -> dict[str, bytes]:
    with office.store.read() as connection:
        rows = connection.execute(select(draft).where(draft.c.plan_id == plan_id))
        return {row.unit_id: office.store.blobs.get(row.blob) for row in rows}


@pytest.fixture
def bac_binh(store: Store) -> Office:
    """The province's plan has gone to its departments and districts."""
    fill(store, UNITS)
    office = make_office(store)
    assert cascaded(office, example("bac-binh-2023"), "bt", "2023-01-06").drafts == 4
    return office


def test_bac_binh_the_provinces_plan_binds_departments_and_districts(bac_binh: Office) -> None:
    expected = {
        ("sub_plan", "2023"): "2023-02-14",
        ("report", "2023-H1"): "2023-06-19",
        ("report", "2023"): "2023-12-19",
    }
    assert owed(bac_binh, 1) == dict.fromkeys(("bt-snv", "bt-stc", "bb", "tp"), expected)
    with bac_binh.store.read() as connection:
        names = {row.file_name for row in connection.execute(select(draft))}
    assert "Du thao Ke hoach thong tin tuyen truyen CCHC nam 2023 - UBND huyen Bac Binh.docx" in names


def test_bac_binh_the_districts_own_plan_binds_divisions_and_communes(bac_binh: Office) -> None:
    signed = signed_paper(drafts(bac_binh, 1)[DISTRICT.id], DISTRICT.id, date(2023, 2, 10))
    assert cascaded(bac_binh, signed, DISTRICT.id, "2023-02-11", parent_id=1).drafts == 4
    expected = {
        ("sub_plan", "2023"): "2023-02-28",
        ("report", "2023-H1"): "2023-06-16",
        ("report", "2023"): "2023-12-18",
    }
    assert owed(bac_binh, 2) == dict.fromkeys(("bb-pnv", BINH_AN.id, "bb-hoa-thang", "bb-cho-lau"), expected)


def test_bac_binh_feeders_are_due_before_their_aggregator(bac_binh: Office) -> None:
    duties = read_plan(drafts(bac_binh, 1)[DISTRICT.id]).reporting
    days = {(each.item, "UBND huyện" in each.audience): each.deadline.due[0] for each in duties if each.deadline}
    assert days["report_h1", False] < days["report_h1", True]
    assert days["report_year", False] < days["report_year", True]


def test_bac_binh_every_draft_is_in_the_form_of_the_decree(bac_binh: Office) -> None:
    found = {unit_id: check_form(data, draft=True) for unit_id, data in drafts(bac_binh, 1).items()}
    assert found == dict.fromkeys(found, ())


def test_dak_mil_the_districts_plan_binds_divisions_and_communes(store: Store) -> None:
    fill(store, DAK_MIL)
    office = make_office(store)
    assert (
        cascaded(office, example("dak-mil-2020"), "dm", "2020-01-08").letters == 3
    )  # none from Phòng Nội vụ to itself
    expected: dict[tuple[str, str], str | None] = {
        ("sub_plan", "2020"): "2020-02-14",
        ("report", "2020-H1"): "2020-06-16",
        ("report", "2020"): "2020-12-16",
    }
    assert owed(office, 1) == dict.fromkeys(("dm-pnv", "dm-vhtt", "dm-dak-gan", "dm-dak-mil"), expected)


def test_the_emulation_plan_obliges_in_each_of_its_years(store: Store) -> None:
    fill(store, UNITS)
    office = make_office(store)
    assert cascaded(office, example("emulation-2022-2025"), DISTRICT.id, "2022-08-03").drafts == 4
    expected: dict[tuple[str, str], str | None] = {("report", str(year)): f"{year}-11-14" for year in range(2022, 2026)}
    assert owed(office, 1) == dict.fromkeys(("bb-pnv", BINH_AN.id, "bb-hoa-thang", "bb-cho-lau"), expected)


@pytest.mark.parametrize(
    ("name", "issuer", "on", "days"),
    [
        ("tay-ninh-so-ngoai-vu-2020", "tni-sngv", "2020-01-21", ("2020-06-19", "2020-12-18")),
        ("duc-xuan-2024", "bka-duc-xuan", "2024-01-30", ("2024-06-19", "2024-12-18")),
    ],
)
def test_a_plan_whose_issuer_has_no_units_below_obliges_the_issuer_alone_and_does_not_wait(
    store: Store, name: str, issuer: str, on: str, days: tuple[str, str]
) -> None:
    fill(store, NO_UNITS_BELOW)
    office = make_office(store)
    assert cascaded(office, example(name), issuer, on) == Cascaded(1, drafts=0, obligations=2, letters=0)
    year = on[:4]
    assert owed(office, 1) == {issuer: {("report", f"{year}-H1"): days[0], ("report", year): days[1]}}
    assert waiting_plans(office, day(on)) == []


def test_tay_ninh_the_departments_plan_binds_its_divisions_and_the_department_itself(store: Store) -> None:
    fill(store, TAY_NINH)
    office = make_office(store)
    done = cascaded(office, example("tay-ninh-so-ngoai-vu-2020"), "sngv", "2020-01-21")
    assert (done.drafts, done.obligations, done.letters) == (4, 10, 3)  # none from Văn phòng Sở to itself
    below = {("report", "2020-H1"): "2020-06-16", ("report", "2020"): "2020-12-16"}
    upward = {("report", "2020-H1"): "2020-06-19", ("report", "2020"): "2020-12-18"}
    assert owed(office, 1) == dict.fromkeys(("vp", "ls", "htqt", "ttr"), below) | {"sngv": upward}
    assert receivers(office, 1) == {"sngv": "tni"} | dict.fromkeys(("vp", "ls", "htqt", "ttr"), "sngv")
    assert cascaded(office, example("tay-ninh-so-ngoai-vu-2020"), "sngv", "2020-01-22") == Cascaded(1, 0, 0, 0)
    texts = {unit_id: text_of(data) for unit_id, data in drafts(office, 1).items()}
    assert all("Tây Ninh, ngày" in text and "\nSỞ NGOẠI VỤ\n" in text for text in texts.values())
    signs = {"vp": "CHÁNH VĂN PHÒNG", "ls": "TRƯỞNG PHÒNG", "htqt": "TRƯỞNG PHÒNG", "ttr": "CHÁNH THANH TRA"}
    assert all(f"\n{signer}\n" in texts[unit_id] for unit_id, signer in signs.items())


def test_duc_xuan_the_wards_plan_binds_its_offices_and_residential_groups_and_the_ward_itself(store: Store) -> None:
    fill(store, DUC_XUAN)
    office = make_office(store)
    done = cascaded(office, example("duc-xuan-2024"), "dx", "2024-01-30")
    assert (done.drafts, done.obligations) == (7, 16)
    below = {("report", "2024-H1"): "2024-06-17", ("report", "2024"): "2024-12-16"}
    upward = {("report", "2024-H1"): "2024-06-19", ("report", "2024"): "2024-12-18"}
    offices = ("vptk", "vhxh", "tpht", "dcxd", "t1", "t2", "t11a")
    assert owed(office, 1) == dict.fromkeys(offices, below) | {"dx": upward}
    assert receivers(office, 1)["dx"] == "bka-tp"


def test_every_case_is_among_the_examples() -> None:
    assert {path.parent.name for path in Path(EXAMPLES).glob("*/*.docx")} == {
        "bac-binh-2023", "dak-mil-2020", "emulation-2022-2025", "tay-ninh-so-ngoai-vu-2020", "duc-xuan-2024",
        "lam-dong-2026",
    }  # fmt: skip

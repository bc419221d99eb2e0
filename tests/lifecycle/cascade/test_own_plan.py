"""What a unit's own plan says that it owes upward: its own obligation, of which its own office reminds it."""

from __future__ import annotations

from datetime import date, datetime
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select
from tests.factories import DISTRICT, ROOT, UNITS, day, district_plan, fill, make_office, plan_file
from tests.lifecycle.cascade.test_cases import DAK_MIL, DUC_XUAN, TAY_NINH, owed

from plan_lifecycle.documents.drafts import DutyRow
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Basis, Item
from plan_lifecycle.domain.plan import DutyItem, ReportingDuty
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.cascade import cascade_plan, decide, decision_on, register_plan
from plan_lifecycle.lifecycle.cascade._upward import receiver_above
from plan_lifecycle.lifecycle.compile import reports_due
from plan_lifecycle.lifecycle.office import Office, open_desk
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import letter

NOW = day("2023-02-10")
TO_THE_PROVINCE = "UBND tỉnh (qua Sở Nội vụ)"
BELOW = "Các phòng, ban chuyên môn và UBND các xã, thị trấn"
OWN = DutyRow("Phòng Nội vụ", "gửi báo cáo 6 tháng đầu năm", "trước ngày 25/6/2023", TO_THE_PROVINCE)
THEIRS = DutyRow(BELOW, "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2023", "UBND huyện Bắc Bình")


def cascaded(office: Office, data: bytes, issuer: str, now: datetime = NOW) -> int:
    plan_id = register_plan(office, data, issuer_id=issuer, now=now)
    assert cascade_plan(office, plan_id, now).faults == ()
    return plan_id


def own_of(office: Office, unit_id: str = DISTRICT.id) -> list[tuple[str, str | None, str]]:
    """Period, last day and receiver of what a unit owes in reports."""
    with office.store.read() as connection:
        found = obligation_rows.owed_by(connection, [unit_id])
    return [
        (period, one.due_on.isoformat() if one.due_on else None, one.receiver_id)
        for (_, item, period), some in found.items()
        for one in some
        if item == Item.REPORT
    ]


def provinces_plan() -> bytes:
    duty = DutyRow("UBND các huyện", "gửi báo cáo 6 tháng đầu năm", "trước ngày 20/6/2023", "UBND tỉnh")
    return plan_file(UNITS[0], number="36", place="Bình Thuận", issued="2023-01-05", parent=None, duties=(duty,))


def test_one_part_that_does_the_work_does_it_for_the_issuer(office: Office) -> None:
    plan_id = cascaded(office, district_plan(duties=(THEIRS, OWN)), DISTRICT.id)
    assert own_of(office) == [("2023-H1", "2023-06-24", "bt")]
    assert owed(office, plan_id)["bb-pnv"] == {("report", "2023-H1"): "2023-06-16"}


def test_several_units_below_that_are_addressed_owe_each_for_themselves(office: Office) -> None:
    duty = DutyRow(BELOW, "gửi báo cáo 6 tháng đầu năm", "trước ngày 17/6/2023", "Sở Nội vụ")
    plan_id = cascaded(office, district_plan(duties=(duty,)), DISTRICT.id)
    assert own_of(office) == []
    assert set(owed(office, plan_id)) == {"bb-pnv", "bb-binh-an", "bb-hoa-thang", "bb-cho-lau"}


def test_what_the_unit_owes_by_a_plan_from_above_it_does_not_owe_twice(office: Office) -> None:
    cascaded(office, provinces_plan(), "bt")
    cascaded(office, district_plan(duties=(THEIRS, OWN)), DISTRICT.id)
    assert own_of(office) == [("2023-H1", "2023-06-19", "bt")]


def test_a_plan_from_above_that_comes_later_takes_the_obligation_over(office: Office) -> None:
    own = cascaded(office, district_plan(duties=(THEIRS, OWN)), DISTRICT.id)
    plan_id = cascaded(office, provinces_plan(), "bt")
    assert own_of(office) == [("2023-H1", "2023-06-19", "bt")]
    assert DISTRICT.id in owed(office, plan_id)
    assert DISTRICT.id not in owed(office, own)


def test_its_own_coordinating_office_reminds_the_unit_and_nobody_above_compiles(store: Store) -> None:
    fill(store, TAY_NINH)
    office = make_office(store)
    plan = (ROOT / "examples/tay-ninh-so-ngoai-vu-2020/ke-hoach-so-ngoai-vu.docx").read_bytes()
    cascaded(office, plan, "sngv", day("2020-01-21"))
    done = remind(office, day("2020-06-18"))
    assert done.faults == ()
    with store.read() as connection:
        rows = connection.execute(select(letter).where(letter.c.unit_id == "sngv")).all()
        (obligation,) = [one for one in obligation_rows.owed_by_own_plan(connection, ["sngv"]) if "H1" in one.period]
        desk = open_desk(office, connection, day("2020-06-18"), [obligation])
    assert len(rows) == 1
    sent = message_from_bytes(office.store.blobs.get(rows[0].blob), policy=policy.default)
    text = sent.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Văn phòng Sở Ngoại vụ" in text
    assert "Sở Nội vụ" not in text
    assert "đã nhận" not in text
    assert desk.owed(obligation).expected is None
    assert [report.unit_id for report in reports_due(office, day("2020-06-23"))] == ["sngv"]


def test_a_day_that_a_person_gives_an_undated_duty_makes_it_the_issuers_obligation(store: Store) -> None:
    fill(store, DAK_MIL)
    office, now = make_office(store), day("2020-01-09")
    data = (ROOT / "examples/dak-mil-2020/ke-hoach-huyen-04.docx").read_bytes()
    cascaded(office, data, "dm", day("2020-01-08"))
    assert own_of(office, "dm") == []
    plan = read_plan(data)
    (point,) = plan.open_points
    decider = Decider("Nguyễn Văn An", "Theo lịch báo cáo năm")
    given = decision_on(point.point, [date(2020, 12, 18)], [], decider, now)
    for _ in range(2):
        decide(office, plan, point.point, given=given, now=now)
        assert own_of(office, "dm") == [("2020", "2020-12-18", "dno")]


@pytest.mark.parametrize(
    ("units", "issuer", "audience", "addressee", "receiver"),
    [
        (TAY_NINH, "sngv", "Văn phòng Sở", "Sở Nội vụ", "tni"),
        (TAY_NINH, "sngv", "Văn phòng Sở", "Ban Chỉ đạo cải cách hành chính tỉnh", "tni"),
        (TAY_NINH, "sngv", "Sở Ngoại vụ", "Chủ tịch UBND tỉnh", "tni"),
        (TAY_NINH, "sngv", "Văn phòng Sở", "Giám đốc Sở", None),
        (TAY_NINH, "sngv", "Các phòng, đơn vị thuộc Sở", "Văn phòng Sở", None),
        (TAY_NINH, "sngv", "Các phòng, đơn vị thuộc Sở", "Sở Nội vụ", None),
        (DUC_XUAN, "dx", "Văn phòng - Thống kê", "UBND thành phố", "bka-tp"),
        (DUC_XUAN, "dx", "Văn phòng - Thống kê", "Phòng Nội vụ thành phố", "bka-tp"),
        (DUC_XUAN, "dx", "UBND phường", "Ủy ban nhân dân tỉnh Bắc Kạn", "bka"),
        (DUC_XUAN, "dx", "Văn phòng - Thống kê", "Chủ tịch UBND phường", None),
        (DUC_XUAN, "dx", "Văn phòng - Thống kê", "Đảng ủy phường", None),
        (DAK_MIL, "dm", "Phòng Nội vụ", "Sở Nội vụ", "dno"),  # which is not in the register
        (DAK_MIL, "dm", "Phòng Nội vụ", "Huyện ủy", None),
        (DAK_MIL, "dm", "UBND các xã, thị trấn", "Phòng Nội vụ", None),
    ],
)
def test_whom_a_duty_is_owed_to(
    units: tuple[Unit, ...], issuer: str, audience: str, addressee: str, receiver: str | None
) -> None:
    tree = UnitTree.on(date(2020, 1, 21), units)
    duty = ReportingDuty(DutyItem.REPORT_H1, audience, None, addressee, None, Basis.RECEIPT, "", "")
    above = receiver_above(tree, tree[issuer], duty)
    assert (above.id if above else None) == receiver

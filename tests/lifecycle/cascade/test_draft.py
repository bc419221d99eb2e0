"""A unit's draft leads what falls to it, and names beside it whom the superior plan names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import BINH_AN, DISTRICT, UNITS, fill, make_office

from plan_lifecycle.documents.drafts import ActivityRow
from plan_lifecycle.domain.assignment import Assigned, Share
from plan_lifecycle.domain.deadline import Deadline, DeadlineKind
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import Activity, Decision, DutyItem, Plan, ReportingDuty
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.cascade._abstract import own_abstract
from plan_lifecycle.lifecycle.cascade._draft import plan_reference, sub_plan_draft
from plan_lifecycle.store.engine import Store

DAY = date(2023, 2, 12)
DEADLINE = Deadline("Trong tháng 5/2023", DeadlineKind.BY, (date(2023, 5, 31),))
PLAN = Plan(
    "15", "KH-UBND", date(2023, 2, 10), "UBND huyện Bắc Bình", "Bắc Bình", "Kế hoạch", "tuyên truyền CCHC năm 2023",
    (), (2023,), (), (), (), (),
)  # fmt: skip


def rows(store: Store, *shares: Share) -> tuple[ActivityRow, ...]:
    """The tasks of xã Bình An's draft."""
    fill(store)
    given = Assigned(BINH_AN, shares, ())
    return sub_plan_draft(make_office(store), UnitTree.on(DAY, UNITS), DISTRICT, PLAN, given, 2023, DAY).activities


def task(deadline: Deadline | None = DEADLINE, *decisions: Decision) -> Activity:
    return Activity("4", "Tập huấn", "Phòng Nội vụ", "Phòng Văn hóa", deadline, "Lớp", "", (), "x", decisions=decisions)


@pytest.mark.parametrize(
    ("leads", "lead", "support"),
    [(True, "UBND xã Bình An", "Phòng Văn hóa"), (False, "Phòng Nội vụ", "UBND xã Bình An")],
)
def test_who_leads_has_the_support_beside_it_and_who_supports_stands_beside_the_lead(
    store: Store, leads: bool, lead: str, support: str
) -> None:
    (row,) = rows(store, Share(task(), leads=leads))
    assert row == ActivityRow("1", "Tập huấn", lead, support, "Trong tháng 5/2023", "Lớp")


def test_nobody_is_named_beside_itself(store: Store) -> None:
    (row,) = rows(store, Share(replace(task(), support="Phòng Văn hóa; UBND xã Bình An"), leads=True))
    assert row.support == "Phòng Văn hóa"


def test_tasks_stand_under_the_fields_of_the_superior_plan_and_are_numbered_through(store: Store) -> None:
    fields = ["I. Cải cách thể chế"] * 2 + ["II. Cải cách thủ tục hành chính"] * 2
    found = rows(store, *(Share(replace(task(), section=section), leads=True) for section in fields))
    assert [(row.ordinal, row.field) for row in found] == [
        ("I", True), ("1", False), ("2", False), ("II", True), ("3", False), ("4", False),
    ]  # fmt: skip


def test_a_target_is_told_in_the_words_that_set_it(store: Store) -> None:
    fill(store)
    share = Share(replace(task(), content="Rà soát hồ sơ", product="Tỷ lệ đúng hạn đạt từ 98% trở lên."), leads=True)
    given = Assigned(BINH_AN, (share,), ())
    draft = sub_plan_draft(make_office(store), UnitTree.on(DAY, UNITS), DISTRICT, PLAN, given, 2023, DAY)
    assert draft.targets == ("Tỷ lệ đúng hạn đạt từ 98% trở lên",)


@pytest.mark.parametrize(
    ("superior", "own"),
    [
        ("CCHC năm 2023 huyện Bắc Bình", "CCHC năm 2023 của xã Bình An"),
        ("CCHC năm 2023 của UBND huyện Bắc Bình", "CCHC năm 2023 của xã Bình An"),
        ("tuyên truyền CCHC năm 2023 trên địa bàn huyện", "Tuyên truyền CCHC năm 2023 trên địa bàn xã Bình An"),
        ("CCHC năm 2023", "CCHC năm 2023"),
        ("Phát động thi đua “CCHC trên địa bàn huyện Bắc Bình” năm 2023", None),
        ("Tuyên truyền về huyện Bắc Bình mới", "Tuyên truyền về huyện Bắc Bình mới"),
    ],
)
def test_the_abstract_names_the_unit_in_the_place_of_the_issuer(superior: str, own: str | None) -> None:
    assert own_abstract(superior, DISTRICT, BINH_AN) == (own or superior)


def test_tasks_are_numbered_as_they_come(store: Store) -> None:
    assert [row.ordinal for row in rows(store, *[Share(task(), leads=True)] * 3)] == ["1", "2", "3"]


def test_the_day_that_a_person_decided_stands_in_place_of_the_words(store: Store) -> None:
    who = ("Trần Thị B", "Thống nhất", DAY)
    named, dated = Decision("lead-1", (), ("bb-pnv",), *who), Decision("deadline-1", (date(2023, 6, 1),), (), *who)
    given = (Share(task(DEADLINE, named), leads=True), Share(task(DEADLINE, named, dated), leads=True))
    assert [row.deadline for row in rows(store, *given, Share(task(None), leads=True))] == [
        "Trong tháng 5/2023", "Chậm nhất ngày 01/6/2023", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cited"), [("Quyết định", "Quyết định"), ("Kế hoạch", "Kế hoạch"), (None, "Kế hoạch")]
)
def test_the_superior_plan_is_cited_as_what_it_is(kind: str | None, cited: str) -> None:
    found = plan_reference(replace(PLAN, type=kind), DISTRICT)
    assert (found.type, found.reference, found.issued_on, found.issuer) == (
        cited, "15/KH-UBND", "10/02/2023", "UBND huyện Bắc Bình",
    )  # fmt: skip


def test_the_quarters_stand_in_the_reports_name(store: Store) -> None:
    fill(store)
    first = Deadline("quý I trước ngày 18/3/2023", DeadlineKind.BEFORE, (date(2023, 3, 17),))
    duty = ReportingDuty(DutyItem.REPORT_QUARTER, "x", first, "UBND huyện", None, Basis.RECEIPT, "…", "Mục IV")
    given = Assigned(BINH_AN, (), (duty,))
    (row,) = sub_plan_draft(make_office(store), UnitTree.on(DAY, UNITS), DISTRICT, PLAN, given, 2023, DAY).duties
    assert (row.item, row.deadline) == ("Báo cáo quý I", "trước ngày 18/3/2023")

"""A unit's draft leads what falls to it, and names beside it whom the superior plan names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import BINH_AN, DISTRICT, UNITS, fill, make_office

from plan_lifecycle.documents.drafts import ActivityRow
from plan_lifecycle.domain.assignment import Assigned, Share
from plan_lifecycle.domain.deadline import Deadline, DeadlineKind
from plan_lifecycle.domain.plan import Activity, Decision, Plan
from plan_lifecycle.domain.unit import UnitTree
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


@pytest.mark.parametrize(("leads", "beside"), [(True, "Phòng Văn hóa"), (False, "Phòng Nội vụ")])
def test_who_leads_has_the_support_beside_it_and_who_supports_the_lead(store: Store, leads: bool, beside: str) -> None:
    (row,) = rows(store, Share(task(), leads=leads))
    assert row == ActivityRow("1", "Tập huấn", "UBND xã Bình An", beside, "Trong tháng 5/2023", "Lớp")


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

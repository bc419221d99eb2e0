"""Each unit directly below the issuer gets what the plan asks of it, and nobody else's."""

from __future__ import annotations

from datetime import date

from tests.factories import BINH_AN, DEPARTMENT, DISTRICT, DIVISION, HOA_THANG, PROVINCE, UNITS

from plan_lifecycle.domain.assignment import Assigned, assign
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import Activity, Decision, DutyItem, Plan, ReportingDuty
from plan_lifecycle.domain.unit import UnitTree

COMMUNES, DIVISIONS, ALL = "các xã", "các phòng", "các cơ quan"
MEANT = {
    COMMUNES: frozenset({BINH_AN.id, HOA_THANG.id}),
    DIVISIONS: frozenset({DIVISION.id}),
    ALL: frozenset({BINH_AN.id, HOA_THANG.id, DIVISION.id, DEPARTMENT.id}),
}


def named(*units: str) -> tuple[Decision, ...]:
    """A person's decision that exactly these are meant."""
    return (Decision("audience-1", (), units, "Trần Thị B", "Thống nhất", date(2023, 2, 9)),)


def task(content: str, lead: str, support: str = "", decisions: tuple[Decision, ...] = ()) -> Activity:
    return Activity("1", content, lead, support, None, "", "", (), "Bảng 1, hàng 1", decisions=decisions)


def duty(audience: str, decisions: tuple[Decision, ...] = ()) -> ReportingDuty:
    return ReportingDuty(DutyItem.REPORT_YEAR, audience, None, None, None, Basis.RECEIPT, "…", "Mục IV", decisions)


def assigned(activities: tuple[Activity, ...], duties: tuple[ReportingDuty, ...]) -> dict[str, Assigned]:
    plan = Plan("15", "KH-UBND", None, None, None, None, None, (), (2023,), (), activities, duties, ())
    tree = UnitTree.on(date(2023, 2, 10), UNITS)
    return {
        found.unit.id: found for found in assign(plan, tree, DISTRICT, lambda phrase: MEANT.get(phrase, frozenset()))
    }


def tasks_of(found: Assigned) -> dict[str, bool]:
    """Whether it leads, by task."""
    return {share.activity.content: share.leads for share in found.shares}


def test_a_unit_gets_the_tasks_that_it_leads_or_supports() -> None:
    found = assigned((task("đăng tin", COMMUNES, DIVISIONS), task("tập huấn", DIVISIONS)), (duty(ALL),))
    assert tasks_of(found[BINH_AN.id]) == {"đăng tin": True}
    assert tasks_of(found[DIVISION.id]) == {"đăng tin": False, "tập huấn": True}


def test_who_both_leads_and_supports_leads() -> None:
    assert tasks_of(assigned((task("đăng tin", COMMUNES, ALL),), (duty(ALL),))[BINH_AN.id]) == {"đăng tin": True}


def test_a_task_that_names_nobody_is_led_by_everybody() -> None:
    found = assigned((task("phổ biến", "đơn vị liên quan"),), (duty(ALL),))
    assert [tasks_of(found[unit.id]) for unit in (BINH_AN, DIVISION)] == [{"phổ biến": True}] * 2


def test_a_task_that_names_its_support_alone_is_not_everybodys() -> None:
    found = assigned((task("phổ biến", "đơn vị liên quan", DIVISIONS),), (duty(ALL),))
    assert [tasks_of(found[unit.id]) for unit in (BINH_AN, DIVISION)] == [{}, {"phổ biến": False}]


def test_whom_a_person_named_it_is_whatever_the_words() -> None:
    chosen = named(BINH_AN.id)
    found = assigned((task("đăng tin", COMMUNES, decisions=chosen),), (duty(ALL, chosen), duty(DIVISIONS)))
    assert tasks_of(found[BINH_AN.id]) == {"đăng tin": True}
    assert tasks_of(found[DIVISION.id]) == {}
    assert HOA_THANG.id not in found


def test_who_owes_nothing_on_paper_is_left_out() -> None:
    assert set(assigned((task("đăng tin", ALL),), (duty(DIVISIONS),))) == {DIVISION.id}


def test_only_the_level_directly_below_is_written_to() -> None:
    """The department is meant as well, but stands under the province."""
    assert set(assigned((), (duty(ALL),))) == {BINH_AN.id, HOA_THANG.id, DIVISION.id}
    assert DEPARTMENT.parent_id == PROVINCE.id

"""What a person decided stands where the plan left it open, and nowhere else, at every reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plan_lifecycle.domain.deadline import Deadline, DeadlineKind
from plan_lifecycle.domain.decision import days_decided, order_key, plan_key, point_key, with_decisions
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import Activity, Decision, DutyItem, OpenPoint, Plan, ReportingDuty

NOVEMBER, DECEMBER = date(2023, 11, 15), date(2023, 12, 15)
ON_DEMAND = Deadline("khi có yêu cầu", DeadlineKind.EVENT, needs_decision=True)
CLAUSE = "Các phòng, ban gửi báo cáo khi có yêu cầu."


def decision(point: str, *due: date, units: tuple[str, ...] = ()) -> Decision:
    return Decision(point, due, units, "Trần Thị B", "Thống nhất", date(2023, 2, 9))


def task(content: str = "tập huấn", deadline: Deadline | None = ON_DEMAND) -> Activity:
    return Activity("1", content, "các phòng", "", deadline, "", "", (), "Bảng 1, hàng 1")


def duty(item: DutyItem = DutyItem.REPORT, clause: str = CLAUSE) -> ReportingDuty:
    return ReportingDuty(item, "Các phòng, ban", ON_DEMAND, None, None, Basis.RECEIPT, clause, "Mục IV")


PLAN = Plan(
    "15", "KH-UBND", date(2023, 2, 10), "UBND huyện Bắc Bình", None, None, None, (), (2023,), (),
    (task(), task(), task("đăng tin")), (duty(), duty(clause="Các xã gửi báo cáo khi có yêu cầu.")), (),
)  # fmt: skip
TRAINING = point_key("deadline", "khi có yêu cầu", "tập huấn")
ANSWER = point_key("deadline", "khi có yêu cầu", f"{CLAUSE}report")


def decided(*decisions: Decision) -> Plan:
    return with_decisions(PLAN, {made.point: made for made in decisions})


def test_a_day_that_was_decided_takes_the_place_of_the_open_one_and_the_words_stay() -> None:
    found = decided(decision(ANSWER, NOVEMBER))
    assert found.reporting[0].deadline == Deadline("khi có yêu cầu", DeadlineKind.BY, (NOVEMBER,))
    assert [one.decided_by for one in found.reporting[0].decisions] == ["Trần Thị B"]
    assert found.reporting[1] == PLAN.reporting[1]


def test_several_days_recur() -> None:
    deadline = decided(decision(ANSWER, NOVEMBER, DECEMBER)).reporting[0].deadline
    assert deadline == Deadline("khi có yêu cầu", DeadlineKind.RECURRING, (NOVEMBER, DECEMBER))


def test_of_rows_that_read_the_same_only_the_one_meant_is_decided() -> None:
    first, second = decided(decision(TRAINING, NOVEMBER)), decided(decision(f"{TRAINING}-2", NOVEMBER))
    assert [bool(row.decisions) for row in first.activities] == [True, False, False]
    assert [bool(row.decisions) for row in second.activities] == [False, True, False]


def test_a_decision_on_units_leaves_the_days_alone() -> None:
    point = point_key("audience", "Các phòng, ban", CLAUSE)
    found = decided(decision(point, units=("bb-pnv",))).reporting[0]
    assert (found.deadline, found.decisions[0].units) == (ON_DEMAND, ("bb-pnv",))


def test_a_task_without_any_deadline_gets_the_words_of_the_decision() -> None:
    plan = replace(PLAN, activities=(task("kiểm tra", None),))
    point = point_key("deadline", "", "kiểm tra")
    (found,) = with_decisions(plan, {point: decision(point, NOVEMBER)}).activities
    assert found.deadline == Deadline("chậm nhất ngày 15/11/2023", DeadlineKind.BY, (NOVEMBER,))


def test_an_open_point_carries_its_decision_and_others_stay_open() -> None:
    points = tuple(OpenPoint(key, "deadline", "…", "…", "Mục IV") for key in (ANSWER, TRAINING))
    made = decision(ANSWER, NOVEMBER)
    found = with_decisions(replace(PLAN, open_points=points), {ANSWER: made}).open_points
    assert [point.decision for point in found] == [made, None]


def test_the_order_of_two_duties_is_decided_on_the_one_that_stands_above() -> None:
    above, feeder = PLAN.reporting
    point = point_key("deadline", *order_key(above, feeder))
    found = decided(decision(point, DECEMBER)).reporting
    assert [bool(one.decisions) for one in found] == [True, False]


def test_a_plan_without_decisions_is_the_plan() -> None:
    assert with_decisions(PLAN, {}) is PLAN


def test_a_point_outlives_another_spelling_and_is_told_from_its_neighbours() -> None:
    assert point_key("deadline", "Khi có  yêu cầu", "Uỷ ban") == point_key("deadline", "khi có yêu cầu", "Ủy ban")
    assert len({point_key(*key) for key in (("a", "b", "c"), ("a", "b", "d"), ("a", "d", "c"), ("d", "b", "c"))}) == 4
    assert point_key("lead", "b", "c").startswith("lead-")


def test_a_number_used_again_next_year_or_elsewhere_is_another_plan() -> None:
    others = (
        replace(PLAN, issued_on=date(2024, 2, 10)),
        replace(PLAN, issued_on=None),
        replace(PLAN, number="16"),
        replace(PLAN, symbol="QĐ-UBND"),
        replace(PLAN, issuer="UBND huyện Tuy Phong"),
    )
    assert len({plan_key(plan) for plan in (PLAN, *others)}) == 6
    assert plan_key(replace(PLAN, issuer="ubnd huyện Bắc Bình")) == plan_key(PLAN)
    assert len(plan_key(replace(PLAN, issuer="x" * 300))) == 255


def test_a_plan_of_which_nothing_is_known_has_a_key_too() -> None:
    assert plan_key(replace(PLAN, issuer=None, number=None, symbol=None, issued_on=None)) == "|||"


def test_days_are_told_in_words() -> None:
    assert days_decided(decision("x", NOVEMBER)) == "chậm nhất ngày 15/11/2023"
    assert days_decided(decision("x", NOVEMBER, DECEMBER)) == "chậm nhất ngày 15/11/2023, ngày 15/12/2023"


def test_a_point_that_is_asked_once_is_decided_at_every_place_and_a_place_of_its_own_keeps_its_day() -> None:
    posting = point_key("deadline", "khi có yêu cầu", "đăng tin")
    asked = OpenPoint(TRAINING, "deadline", "khi có yêu cầu", "…", "Bảng 1", also=(f"{TRAINING}-2", posting))
    plan = replace(PLAN, open_points=(asked,))
    everywhere = with_decisions(plan, {TRAINING: decision(TRAINING, NOVEMBER)})
    assert [row.deadline and row.deadline.due for row in everywhere.activities] == [(NOVEMBER,)] * 3
    assert everywhere.open_points[0].decision == decision(TRAINING, NOVEMBER)
    before = {posting: decision(posting, DECEMBER)}  # of when each place was asked alone
    assert with_decisions(plan, before).open_points[0].decision == before[posting]
    both = with_decisions(plan, before | {TRAINING: decision(TRAINING, NOVEMBER)})
    assert [row.deadline and row.deadline.due for row in both.activities] == [(NOVEMBER,), (NOVEMBER,), (DECEMBER,)]

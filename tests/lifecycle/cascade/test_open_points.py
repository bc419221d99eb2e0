"""A person decides what the plan leaves open: kept with the plan, used at every reading and in what is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.documents.plan_texts import Plan
from tests.factories import BINH_AN, DISTRICT, DIVISION, HOA_THANG, day, district_plan, obligation_of

from plan_lifecycle.documents.drafts import DutyRow
from plan_lifecycle.documents.read import read_plan
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.decision import plan_key
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item, ObligationState
from plan_lifecycle.domain.plan import OpenPoint
from plan_lifecycle.lifecycle.cascade import cascade_plan, decide, decision_on, register_plan, registered_plan
from plan_lifecycle.lifecycle.cascade._open_points import Settled
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.audit import verify
from plan_lifecycle.store.decisions import decisions_of
from plan_lifecycle.store.plans import get_plan
from plan_lifecycle.store.units import save_units

NOW = day("2023-02-10")
UNDATED = district_plan(deadline="khi có yêu cầu")
UNCLEAR = district_plan(
    duties=(DutyRow("Các phòng, ban liên quan", "ban hành kế hoạch triển khai", "trước ngày 01/3/2023", "UBND huyện"),)
)


def point_of(data: bytes, field: str) -> OpenPoint:
    return next(each for each in read_plan(data).open_points if each.field == field)


def decided(
    office: Office,
    data: bytes,
    *,
    due: tuple[date, ...] = (),
    units: tuple[str, ...] = (),
    field: str = "",
    **said: str,
) -> Settled:
    point = point_of(data, field or ("deadline" if due else "audience")).point
    words = {"by": "Trần Thị B", "reason": "Thống nhất tại cuộc họp ngày 09/02"} | said
    given = decision_on(point, due, units, Decider(**words), NOW)
    return decide(office, read_plan(data), point, given=given, now=NOW)


def cascaded(office: Office, data: bytes) -> int:
    plan_id = register_plan(office, data, issuer_id=DISTRICT.id, now=NOW)
    cascade_plan(office, plan_id, NOW)
    return plan_id


def test_a_decision_is_found_again_whenever_the_plan_is_read(office: Office) -> None:
    decided(office, UNDATED, due=(date(2023, 3, 15),))
    plan_id = register_plan(office, UNDATED, issuer_id=DISTRICT.id, now=NOW)
    with office.store.read() as connection:
        again = plan_in_force(office, connection, get_plan(connection, plan_id))
    duty = next(each for each in again.reporting if each.item == "sub_plan")
    point = next(each for each in again.open_points if each.field == "deadline")
    assert duty.deadline is not None
    assert (duty.deadline.due, duty.deadline.needs_decision, duty.deadline.phrase) == (
        (date(2023, 3, 15),), False, "khi có yêu cầu",
    )  # fmt: skip
    assert point.decision is not None
    assert (point.decision.decided_by, point.decision.decided_on) == ("Trần Thị B", date(2023, 2, 10))
    assert duty.decisions == (point.decision,)


def test_the_cascade_uses_the_day_that_was_decided_before_it(office: Office) -> None:
    decided(office, UNDATED, due=(date(2023, 3, 15),))
    cascaded(office, UNDATED)
    assert obligation_of(office.store).due_on == date(2023, 3, 15)


def test_deciding_after_the_cascade_gives_waiting_obligations_their_day_and_next_rung(office: Office) -> None:
    plan_id = cascaded(office, UNDATED)
    assert (obligation_of(office.store).due_on, obligation_of(office.store).next_rung_on) == (None, None)
    done = decided(office, UNDATED, due=(date(2023, 3, 15),))
    owed = obligation_of(office.store)
    assert (done.plan_ids, done.moved, done.added, done.closed) == ((plan_id,), 4, 0, 0)
    assert (owed.due_on, owed.next_rung_on, owed.extended_from) == (date(2023, 3, 15), date(2023, 3, 8), None)


def test_other_obligations_of_the_plan_stay_as_they_are(office: Office) -> None:
    cascaded(office, UNDATED)
    decided(office, UNDATED, due=(date(2023, 3, 15),))
    assert obligation_of(office.store, item=Item.REPORT, period="2023-H1").due_on == date(2023, 6, 16)


def test_a_decision_on_one_clause_reaches_nobody_by_another(office: Office) -> None:
    """A commune that came into being meanwhile is meant by the report's clause, and that was not decided upon."""
    duties = (
        DutyRow("Các phòng, ban chuyên môn", "ban hành kế hoạch", "khi có yêu cầu", "UBND huyện Bắc Bình"),
        DutyRow("Các phòng, ban chuyên môn", "gửi báo cáo năm", "trước ngày 17/12/2023", "UBND huyện Bắc Bình"),
        DutyRow("UBND các xã, thị trấn", "gửi báo cáo năm", "trước ngày 19/12/2023", "UBND huyện Bắc Bình"),
    )
    data = district_plan(duties=duties)
    cascaded(office, data)
    with office.store.write() as connection:
        save_units(connection, [replace(HOA_THANG, id="bb-moi", name="xã Mới")])
    done = decided(office, data, due=(date(2023, 3, 15),))
    assert (done.moved, done.added, done.closed, done.to_cascade) == (1, 0, 0, ())


def test_deciding_again_takes_the_place_of_the_first_and_the_same_again_changes_nothing(office: Office) -> None:
    cascaded(office, UNDATED)
    decided(office, UNDATED, due=(date(2023, 3, 15),))
    assert decided(office, UNDATED, due=(date(2023, 3, 20),)).moved == 4
    assert decided(office, UNDATED, due=(date(2023, 3, 20),)).moved == 0
    assert obligation_of(office.store).due_on == date(2023, 3, 20)
    with office.store.read() as connection:
        assert len(decisions_of(connection, plan_key(read_plan(UNDATED)))) == 1
        assert verify(connection).rows == 2


def test_what_is_met_is_not_moved(office: Office) -> None:
    cascaded(office, UNDATED)
    with office.store.write() as connection:
        obligation_rows.set_state(connection, obligation_of(office.store).id, ObligationState.MET, NOW)
    assert decided(office, UNDATED, due=(date(2023, 3, 15),)).moved == 3


def test_an_undecided_duty_reaches_exactly_the_units_that_were_decided(office: Office) -> None:
    decided(office, UNCLEAR, units=(DIVISION.id, BINH_AN.id))
    done = cascade_plan(office, register_plan(office, UNCLEAR, issuer_id=DISTRICT.id, now=NOW), NOW)
    assert (done.drafts, done.obligations) == (2, 2)
    assert obligation_of(office.store, DIVISION).due_on == date(2023, 2, 28)


def test_units_decided_after_the_cascade_get_theirs_by_the_next_and_others_are_let_off(office: Office) -> None:
    decided(office, UNCLEAR, units=(DIVISION.id, BINH_AN.id))
    plan_id = cascaded(office, UNCLEAR)
    done = decided(office, UNCLEAR, units=(BINH_AN.id, HOA_THANG.id))
    assert (done.closed, done.to_cascade) == (1, (plan_id,))
    assert obligation_of(office.store, DIVISION).state is ObligationState.CLOSED
    assert cascade_plan(office, plan_id, NOW).drafts == 1
    assert obligation_of(office.store, HOA_THANG).due_on == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "either --due or --units"),
        ({"due": (date(2023, 3, 15),), "units": ("bb-binh-an",), "field": "deadline"}, "either --due or --units"),
        ({"units": ("bb-binh-an",), "field": "deadline"}, "--units"),
        ({"due": (date(2023, 3, 15),), "by": " "}, "--by"),
        ({"due": (date(2023, 3, 15),), "reason": ""}, "--reason"),
    ],
)
def test_what_cannot_be_kept_is_told(office: Office, given: dict[str, object], told: str) -> None:
    if not given:
        given = {"field": "deadline"}
    with pytest.raises(InputError, match=told) as refused:
        decided(office, UNDATED, **given)  # type: ignore[arg-type]
    assert refused.value.for_user


def test_unknown_points_units_and_units_elsewhere_are_told(office: Office) -> None:
    given = decision_on("deadline-0", (date(2023, 3, 15),), (), Decider("A", "B"), NOW)
    with pytest.raises(InputError, match="an open point of the plan"):
        decide(office, read_plan(UNDATED), "deadline-0", given=given, now=NOW)
    with pytest.raises(InputError, match="ids of units"):
        decided(office, UNCLEAR, units=("khong-co",))
    register_plan(office, UNCLEAR, issuer_id=DISTRICT.id, now=NOW)
    with pytest.raises(InputError, match="units directly below bb"):
        decided(office, UNCLEAR, units=("tp-phuoc-the",))


@pytest.mark.parametrize("named", ["1", "15", "15/KH-UBND"])
def test_a_registered_plan_is_found_by_id_or_number(office: Office, named: str) -> None:
    register_plan(office, UNDATED, issuer_id=DISTRICT.id, now=NOW)
    assert registered_plan(office, named).reference == "15/KH-UBND"


@pytest.mark.parametrize("named", ["7", "16/KH-UBND", "không"])
def test_a_plan_that_is_not_registered_is_told(office: Office, named: str) -> None:
    register_plan(office, UNDATED, issuer_id=DISTRICT.id, now=NOW)
    with pytest.raises(InputError, match="one registered plan"):
        registered_plan(office, named)


def with_quota() -> bytes:
    text = (
        "II. NHIỆM VỤ", "Đăng ít nhất 05 tin, bài/tháng trên trang thông tin điện tử.", "III. TỔ CHỨC THỰC HIỆN",
        "1. UBND các xã, thị trấn ban hành kế hoạch trước ngày 01/3/2023.",
    )  # fmt: skip
    return Plan().head().text(*text).end().data


def months_owed(office: Office, unit_id: str) -> list[str]:
    with office.store.read() as connection:
        owed = obligation_rows.owed_by(connection, [unit_id])
    return sorted(period for _, item, period in owed if item == Item.QUOTA.value)


def test_a_quota_that_is_given_to_a_unit_is_owed_every_month_from_then_on(office: Office) -> None:
    data = with_quota()
    decided(office, data, units=(BINH_AN.id,), field="targets")
    cascaded(office, data)
    assert months_owed(office, BINH_AN.id) == [f"2023-M{month:02}" for month in range(2, 13)]
    assert months_owed(office, HOA_THANG.id) == []


def test_a_quota_that_is_given_after_the_cascade_is_added_to_what_is_owed(office: Office) -> None:
    data = with_quota()
    cascaded(office, data)
    assert months_owed(office, BINH_AN.id) == []
    done = decided(office, data, units=(BINH_AN.id,), field="targets")
    assert done.added == 11
    assert months_owed(office, BINH_AN.id)[0] == "2023-M02"


def test_a_quota_that_nobody_gave_to_anybody_is_asked_about_and_owed_by_nobody(office: Office) -> None:
    data = with_quota()
    cascaded(office, data)
    assert point_of(data, "targets").phrase == "5 tin, bài"
    assert months_owed(office, BINH_AN.id) == []


TWO_PLANS = (
    Plan()
    .head(abstract="Cải cách hành chính năm 2023")
    .text(
        "II. TỔ CHỨC THỰC HIỆN",
        "1. UBND các xã, thị trấn xây dựng, ban hành kế hoạch tuyên truyền cải cách hành chính trước ngày 15/3/2023.",
        "2. UBND các xã, thị trấn ban hành kế hoạch cải cách hành chính năm 2023 trước ngày 01/3/2023.",
    )
    .data
)


def test_of_two_plans_that_units_owe_the_one_without_a_topic_is_followed_and_the_other_is_asked_about(
    office: Office,
) -> None:
    point = point_of(TWO_PLANS, "audience")
    assert (point.source, point.phrase) == ("Mục II.1", "UBND các xã, thị trấn")
    assert "ngoài kế hoạch nêu tại Mục II.2 (trước ngày 01/3/2023)" in point.reason
    cascaded(office, TWO_PLANS)
    assert obligation_of(office.store).due_on == date(2023, 2, 28)


def test_a_person_says_which_units_are_followed_by_the_other_plan_and_takes_it_back(office: Office) -> None:
    cascaded(office, TWO_PLANS)
    assert decided(office, TWO_PLANS, units=(HOA_THANG.id,)).moved == 1
    other = obligation_of(office.store, HOA_THANG)
    assert (other.due_on, "tuyên truyền" in other.clause) == (date(2023, 3, 14), True)
    assert obligation_of(office.store).due_on == date(2023, 2, 28)
    assert decided(office, TWO_PLANS, units=(HOA_THANG.id,)).moved == 0
    back = decided(office, TWO_PLANS, units=(BINH_AN.id,))
    assert (back.moved, back.closed, back.added) == (2, 0, 0)
    assert obligation_of(office.store, HOA_THANG).due_on == date(2023, 2, 28)
    assert obligation_of(office.store).due_on == date(2023, 3, 14)


def test_which_plan_is_followed_may_be_decided_before_the_cascade(office: Office) -> None:
    decided(office, TWO_PLANS, units=(HOA_THANG.id,))
    cascaded(office, TWO_PLANS)
    assert obligation_of(office.store, HOA_THANG).due_on == date(2023, 3, 14)
    assert obligation_of(office.store).due_on == date(2023, 2, 28)

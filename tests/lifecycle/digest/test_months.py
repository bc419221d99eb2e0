"""The digest's lines about news: met, short, not to be checked; a site that does not answer is told, never charged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    DIVISION,
    HOA_THANG,
    ROOT,
    address,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    set_state,
)
from tests.lifecycle.digest.test_digest import digests

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item, Obligation, ObligationState
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.digest import tell_coordinators
from plan_lifecycle.lifecycle.digest._coordinators import Told
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import open_ids, waive_this
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.publications import save_month
from plan_lifecycle.store.worked import note_morning

SHIPPED = read_rules(ROOT / "config").reminding
MID, LATE, AFTERWARDS = "2023-05-15", "2023-05-29", "2023-06-02"
TO = address(DIVISION)


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    return make_office(store, reminding=replace(SHIPPED, digest=replace(SHIPPED.digest, leaders=())))


def month(office: Office, unit: Unit, count: int | None, on: str, *, why: str | None = None, quota: int | None = 5,
          plan_id: int | None = None) -> Obligation | None:  # fmt: skip
    """What a check of a unit's May came to on a day."""
    owed = None
    if quota is not None:
        owed = owe(office.store, unit, Item.QUOTA, "2023-M05", "2023-05-31", plan_id=plan_id)
    moment, last = day(on), None if why else day(on)
    made = PublicationMonth(unit.id, "2023-M05", quota, count, 0, moment, last, why, owed.id if owed else None)
    with office.store.write() as connection:
        save_month(connection, made)
    return owed


def told(office: Office, on: str) -> str:
    """The digest of a morning; empty where there is none."""
    tell_coordinators(office, day(on))
    return digests(office.store).get(TO, ("", []))[0]


def test_a_month_stands_in_numbers_and_a_site_that_does_not_answer_by_name(office: Office) -> None:
    plan_id = plan_row(office.store)
    month(office, BINH_AN, 5, MID, plan_id=plan_id)
    month(office, HOA_THANG, 2, MID, plan_id=plan_id)
    month(office, CHO_LAU, None, MID, why="hết thời gian chờ", plan_id=plan_id)
    text = told(office, MID)
    assert "- Tin, bài tháng 5 năm 2023 – đạt: 01 (trong 03 đơn vị; chưa đạt 01, không kiểm tra được 01)" in text
    assert "không kiểm tra được trang của đơn vị, không tính là chưa đạt: 01 (UBND thị trấn Chợ Lầu)" in text
    assert "Hòa Thắng" not in text  # there is time left
    assert "hết thời gian chờ" not in text


def test_in_the_last_week_who_is_short_is_named_with_the_count(office: Office) -> None:
    month(office, HOA_THANG, 2, LATE)
    assert "- Tin, bài tháng 5 năm 2023 – chưa đạt: 01 (UBND xã Hòa Thắng 02/05)" in told(office, LATE)


def test_a_month_that_is_short_with_time_left_is_no_reason_to_write(office: Office) -> None:
    month(office, HOA_THANG, 2, MID)
    assert tell_coordinators(office, day(MID)) == Told()


def test_a_month_that_everybody_met_is_no_reason_to_write(office: Office) -> None:
    month(office, HOA_THANG, 5, LATE)
    assert tell_coordinators(office, day(LATE)) == Told()


def test_after_the_month_it_is_told_until_it_is_final(office: Office) -> None:
    owed = month(office, HOA_THANG, 2, AFTERWARDS)
    assert "chưa đạt: 01 (UBND xã Hòa Thắng 02/05)" in told(office, AFTERWARDS)
    assert owed is not None
    final = PublicationMonth(
        HOA_THANG.id, "2023-M05", 5, 2, 0, day(AFTERWARDS), day(AFTERWARDS), None, owed.id, day("2023-06-06")
    )
    with office.store.write() as connection:
        save_month(connection, final)
        note_morning(connection, date(2023, 6, 6))
    assert tell_coordinators(office, day("2023-06-07")) == Told()


def test_a_quota_is_neither_an_overdue_paper_nor_one_that_came_in(office: Office) -> None:
    owed = month(office, HOA_THANG, 2, AFTERWARDS)
    assert owed is not None
    text = told(office, AFTERWARDS)
    assert "Quá hạn" not in text
    assert "Số lượng tin, bài" not in text
    met = month(office, BINH_AN, 5, AFTERWARDS, plan_id=owed.plan_id)
    assert met is not None
    set_state(office.store, met, ObligationState.MET, "2023-06-05")
    assert "Mới nhận" not in told(office, "2023-06-05")


def test_what_a_person_accepted_is_met_and_what_was_waived_is_not_told(office: Office) -> None:
    plan_id = plan_row(office.store)
    by_hand = month(office, BINH_AN, 2, LATE, plan_id=plan_id)
    month(office, HOA_THANG, 2, LATE, plan_id=plan_id)
    month(office, CHO_LAU, 2, LATE, plan_id=plan_id)
    assert by_hand is not None
    set_state(office.store, by_hand, ObligationState.MET, LATE)
    (which,) = open_ids(office, CHO_LAU.id, "quota", "2023-M05")
    waive_this(office, which, Decider("Hoa", "trang đang nâng cấp"), day(LATE))
    assert "đạt: 01 (trong 02 đơn vị; chưa đạt 01, không kiểm tra được 00)" in told(office, LATE)


def test_a_unit_whose_quota_nobody_knows_is_named(office: Office) -> None:
    month(office, HOA_THANG, 2, LATE, quota=None)
    owe(office.store, due="2023-05-20")
    assert "Tin, bài tháng 5 năm 2023 – chưa rõ chỉ tiêu: 01 (UBND xã Hòa Thắng)" in told(office, LATE)

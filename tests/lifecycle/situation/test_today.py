"""How things stand on a morning: what is late, what falls due, and what is in neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.databases import migrated_copy
from tests.factories import BINH_AN, CHO_LAU, DIVISION, HOA_THANG, day, fill, make_office, obligation_of, owe, plan_row
from tests.fakes import FakeClock, FakeMailer

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import Subject, SubjectId, waive_this
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.lifecycle.situation import today
from plan_lifecycle.store.engine import open_store


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Four units owed a plan by 28/02, the coordinating division among them."""
    store = open_store(migrated_copy(tmp_path / "store.db"), tmp_path / "blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU, DIVISION):
        owe(store, unit, plan_id=plan_id)
    return make_office(store)


def test_nothing_is_late_on_the_last_day(office: Office) -> None:
    standing = today(office, day("2023-02-28"))
    assert standing.overdue == ()
    assert [(each.due_on.isoformat(), each.expected, each.received) for each in standing.soon] == [("2023-02-28", 4, 0)]


def test_the_latest_stands_first_and_the_agency_s_own_duty_does_not_stand_there(office: Office) -> None:
    plan_id = obligation_of(office.store, BINH_AN).plan_id
    owe(office.store, CHO_LAU, Item.REPORT, "2023-M02", "2023-02-20", plan_id=plan_id)
    found = [(late.unit, late.days) for late in today(office, day("2023-03-01")).overdue]
    assert found == [
        ("UBND thị trấn Chợ Lầu", 9),
        ("UBND thị trấn Chợ Lầu", 1),
        ("UBND xã Bình An", 1),
        ("UBND xã Hòa Thắng", 1),
    ]


def test_whom_a_person_let_off_is_neither_late_nor_expected(office: Office) -> None:
    owed = obligation_of(office.store, HOA_THANG)
    waive_this(office, SubjectId(Subject.OBLIGATION, owed.id), Decider("Hoa", "Sắp xếp đơn vị"), day("2023-02-20"))
    assert [each.expected for each in today(office, day("2023-02-21")).soon] == [3]
    assert "UBND xã Hòa Thắng" not in [late.unit for late in today(office, day("2023-03-01")).overdue]


def test_only_letters_that_left_count_as_told(office: Office) -> None:
    now = day("2023-03-01")
    remind(office, now)
    assert {late.told for late in today(office, now).overdue} == {0}
    send_outbox(office, FakeMailer().connect, now=now, wall=now, worker="a", clock=FakeClock())
    late = {each.unit: each for each in today(office, now).overdue}["UBND xã Bình An"]
    assert (late.told, late.told_last) == (1, now.date())

"""Huyện Bắc Bình's report of the first half of 2023: compiled on Monday 19/6, after Friday the 16th, its last day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
    arrival,
    day,
    fill,
    make_office,
    owe,
    plan_row,
    report_file,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Contact, ContactRole, Unit
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_contacts

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (day(f"2023-06-{number}") for number in (19, 20, 21, 23))
LEADER, COORDINATOR = "lanh-dao@example.vn", "dau-moi@example.vn"


@pytest.fixture
def office(store: Store) -> Office:
    """Three communes owe, one has reported, and there are a leader and a coordinator to write to."""
    fill(store)
    people = [
        Contact("bb", ContactRole.HEAD, "Chủ tịch", LEADER, valid_from=date(2023, 1, 1)),
        Contact("bb-pnv", ContactRole.COORDINATOR, "Trần Thị Lan", COORDINATOR, valid_from=date(2023, 1, 1)),
    ]
    with store.write() as connection:
        save_contacts(connection, people)
    plan_id = plan_row(store)
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    office = make_office(store)
    for unit in (BINH_AN, HOA_THANG):
        report_in(
            office,
            unit,
            {"news_items": 1250, "conferences": 3, "training_classes": 2, "video_clips": 1, "leaflets": 500},
        )
    return office


def report_in(office: Office, unit: Unit, values: dict[str, Value] | None = None, at: str = "2023-06-10") -> None:
    """A commune's report comes and is accepted."""
    given = arrival(
        report_file(unit, values=values), unit, "report", "2023-H1", at, key=f"{unit.id}{at}", file_name="bao-cao.xlsx"
    )
    assert collect(office, [FakeChannel([given])], day(at)).accepted == 1


@pytest.fixture
def compiled(office: Office) -> Office:
    """The first version lies in the store."""
    assert compile_report(office, "bb", "2023-H1", MONDAY).new
    return office

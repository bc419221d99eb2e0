"""A unit owes the same item of one period under two plans: a file answers the plan that it means, and no other."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import select
from tests.factories import (
    BINH_AN,
    DISTRICT,
    arrival,
    day,
    fill,
    make_office,
    owe,
    plan_file,
    plan_row,
    report_file,
    rules,
)
from tests.fakes import FakeChannel

from plan_lifecycle.documents.report_form import write_report_form
from plan_lifecycle.domain.indicator import IndicatorType
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.period import Period
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.obligations import owed_by
from plan_lifecycle.store.tables import obligation

REFORM, COMMUNICATION = "Cải cách hành chính năm 2023", "Tuyên truyền cải cách hành chính năm 2023"
_KEYS = count()


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An owes a plan, its district a report, under the reform plan 15 and the communication plan 16."""
    fill(store)
    for number, abstract in (("15", REFORM), ("16", COMMUNICATION)):
        plan_id = plan_row(store, number=number, abstract=abstract)
        owe(store, plan_id=plan_id)
        owe(store, DISTRICT, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    return make_office(store)


def send(office: Office, data: bytes, name: str, **claim: object) -> None:
    came = arrival(data, key=f"m{next(_KEYS)}", file_name=name, at="2023-02-20", **claim)  # type: ignore[arg-type]
    assert collect(office, [FakeChannel([came])], day("2023-02-20")).faults == []


def states(office: Office, item: Item) -> list[str]:
    """Of the item under the reform plan and under the communication plan."""
    with office.store.read() as connection:
        query = select(obligation.c.state).where(obligation.c.item == item.value).order_by(obligation.c.plan_id)
        return list(connection.execute(query).scalars())


def test_a_plan_answers_the_plan_that_it_cites(office: Office) -> None:
    send(office, plan_file(parent="16/KH-UBND", abstract=COMMUNICATION), "ke-hoach.docx")
    assert states(office, Item.SUB_PLAN) == ["open", "met"]
    send(office, plan_file(number="08", parent="15/KH-UBND", abstract=REFORM), "ke-hoach-2.docx")
    assert states(office, Item.SUB_PLAN) == ["met", "met"]


def test_a_plan_that_cites_neither_answers_that_of_its_title(office: Office) -> None:
    send(office, plan_file(parent=None, abstract=REFORM), "ke-hoach.docx")
    assert states(office, Item.SUB_PLAN) == ["returned", "open"]


def test_a_plan_that_tells_nothing_answers_what_is_still_owed(office: Office) -> None:
    send(office, plan_file(parent="16/KH-UBND", abstract=COMMUNICATION), "ke-hoach.docx")
    send(office, plan_file(number="08", parent=None, abstract="Triển khai nhiệm vụ"), "ke-hoach-2.docx")
    assert states(office, Item.SUB_PLAN) == ["returned", "met"]


def test_figures_answer_the_plan_whose_kind_of_report_they_are(office: Office) -> None:
    claim = {"unit": DISTRICT, "item": "report", "period": "2023-H1"}
    send(office, report_file(DISTRICT), "bao-cao.xlsx", **claim)
    assert states(office, Item.REPORT) == ["open", "figures_only"]
    asked = rules().asked_of(DISTRICT, 2023, rules().profile_of(REFORM))
    values = {one.code: 3 for one in asked if one.required and one.type is IndicatorType.COUNT}
    form = write_report_form(asked, DISTRICT, Period.parse("2023-H1"), values=values)
    send(office, form, "cchc.xlsx", **claim)
    assert states(office, Item.REPORT)[0] != "open"
    assert states(office, Item.REPORT)[1] == "figures_only"


def test_what_is_owed_is_called_after_its_plan(office: Office) -> None:
    with office.store.read() as connection:
        owed = owed_by(connection, [BINH_AN.id])[BINH_AN.id, "sub_plan", "2023"]
    assert [one.what for one in sorted(owed, key=lambda one: one.plan_id)] == [
        "Kế hoạch CCHC năm 2023",
        "Kế hoạch thông tin, tuyên truyền CCHC năm 2023",
    ]

"""One unit's whole story: whose place it took, what came and was found, who decided, its figures in their light."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.factories import (
    BINH_AN,
    DISTRICT,
    HOA_THANG,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    obligation_of,
    owe,
    plan_file,
    report_file,
    task,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.sight import Sight
from plan_lifecycle.domain.unit import Succession
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import Subject, SubjectId, accept_these, extend_this
from plan_lifecycle.lifecycle.situation import unit_history
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.units import save_units

NOW, HOA = day("2023-06-17"), Decider("Trần Thị Hoa", "Đủ nội dung")
FORMER = replace(BINH_AN, id="bb-binh-an-cu", name="xã Bình An cũ", valid_to=date(2022, 12, 31))


@pytest.fixture
def office(store: Store) -> Office:
    """Xã Bình An took the place of another, sent a plan with a fault, and reports of two years that were accepted."""
    fill(store)
    with store.write() as connection:
        save_units(connection, [FORMER], [Succession(FORMER.id, BINH_AN.id, whole=False)])
    office = make_office(store, accept_clean=False, return_with_findings=False)
    aim = (task("1", "Hoàn thành ít nhất 90% nhiệm vụ của kế hoạch", "UBND các xã, thị trấn", "Trong năm 2023"),)
    plan_id = register_plan(office, district_plan(activities=aim), issuer_id="bb", now=day("2023-02-10"))
    owe(store, BINH_AN, plan_id=plan_id)
    for period, due in (("2022-H1", "2022-06-16"), ("2023-H1", "2023-06-16")):
        owe(store, BINH_AN, Item.REPORT, period, due, plan_id=plan_id)
    extend_this(
        office,
        SubjectId(Subject.OBLIGATION, obligation_of(store, BINH_AN).id),
        date(2023, 3, 5),
        HOA,
        day("2023-02-20"),
    )
    shares = {"tasks_planned": 10, "tasks_done": 8, "plan_share_done": 80}
    came = [
        arrival(plan_file(number=None), BINH_AN, key="1", at="2023-03-02"),
        arrival(report_file(period="2022-H1"), BINH_AN, "report", "2022-H1", "2022-06-10", key="2", file_name="a.xlsx"),
        arrival(report_file(values=shares), BINH_AN, "report", "2023-H1", "2023-06-10", key="3", file_name="b.xlsx"),
    ]
    collect(office, [FakeChannel(came)], day("2023-06-10"))
    for period in ("2022-H1", "2023-H1"):
        owed = obligation_of(store, BINH_AN, Item.REPORT, period)
        (done,) = accept_these(office, [SubjectId(Subject.OBLIGATION, owed.id)], HOA, day("2023-06-12"))
        assert not isinstance(done, InputError), done
    return office


def test_a_unit_tells_whose_place_it_took_and_what_it_stood_below(office: Office) -> None:
    story = unit_history(office, BINH_AN.id, NOW)
    assert (story.unit, story.above) == (BINH_AN, DISTRICT.agency)
    assert [(kin.unit, kin.whole) for kin in story.before] == [(FORMER, False)]
    former = unit_history(office, FORMER.id, NOW)
    assert [kin.unit for kin in former.after] == [BINH_AN]
    assert (former.before, former.stories) == ((), {})


def test_what_came_is_told_with_what_was_found_and_who_decided(office: Office) -> None:
    owed = obligation_of(office.store, BINH_AN)
    story = unit_history(office, BINH_AN.id, NOW).stories[owed.id]
    (paper,) = story.came
    assert (paper.file_name, paper.file_id, paper.version, paper.stands) == (
        "ke-hoach.docx", "S2", 1, "Đã nhận, chờ kiểm tra",
    )  # fmt: skip
    assert any("số" in text for text in paper.findings)
    assert [(one.act, one.by, one.reason) for one in story.decided] == [("Gia hạn", HOA.by, HOA.reason)]
    report = unit_history(office, BINH_AN.id, NOW).stories[
        obligation_of(office.store, BINH_AN, Item.REPORT, "2023-H1").id
    ]
    assert [one.act for one in report.decided] == ["Tiếp nhận"]


def test_figures_stand_beside_last_years_and_shares_beside_the_plans_target(office: Office) -> None:
    owed = obligation_of(office.store, BINH_AN, Item.REPORT, "2023-H1")
    lines = {line.name: line for line in unit_history(office, BINH_AN.id, NOW).stories[owed.id].figures}
    planned = lines["Số nhiệm vụ theo kế hoạch"]
    assert (planned.value, planned.target, planned.met) == ("10", "", None)
    assert "xã Bình An: 3; xã Bình An cũ (nhập một phần): chưa có" in planned.last_year
    share = lines["Tỷ lệ hoàn thành kế hoạch"]
    assert share.value.startswith("80")
    assert "90" in share.target
    assert share.met is False


def test_a_unit_that_is_not_to_be_seen_or_not_known_tells_nothing(office: Office) -> None:
    for seen, unit_id in ((Sight(frozenset({HOA_THANG.id})), BINH_AN.id), (office.sight, "khong-co")):
        with pytest.raises(InputError):
            unit_history(replace(office, sight=seen), unit_id, NOW)

"""How far a plan is: its tasks by what units report and the coordinator notes, its targets by what settles them."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from tests.factories import (
    BINH_AN,
    HOA_THANG,
    PROVINCE,
    arrival,
    day,
    district_plan,
    fill,
    make_office,
    owe,
    report_file,
    task,
)
from tests.fakes import FakeChannel

from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan_task import Said, TaskState
from plan_lifecycle.domain.published_index import PublishedIndex
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import compile_report
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.progress import (
    PlanProgress,
    enter_index,
    indices_of,
    mark_task,
    measured,
    progress_of_plan,
    reopen_target,
    settle_target,
    withdraw_index,
)
from plan_lifecycle.store import audit
from plan_lifecycle.store import progress as rows
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.progress import SaidOfTask

NOW = day("2023-06-17")
BINH = Decider("Trần Thị Bình", "Đã thống nhất")
TASKS = (
    task("1", "Ban hành kế hoạch tuyên truyền của huyện", "Phòng Nội vụ", "Trước ngày 01/3/2023"),
    task("2", "Đăng ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử", "UBND các xã, thị trấn", "Thường xuyên"),
    task("3", "Tổ chức đối thoại với người dân", "UBND các xã, thị trấn", "Trước ngày 01/6/2023"),
    task("4", "Phấn đấu 85% tờ rơi được phát đến hộ dân", "UBND các xã, thị trấn", "Tháng 12/2023"),
)


@cache
def plan() -> bytes:
    return district_plan(activities=TASKS)


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    made = make_office(store)
    plan_id = register_plan(made, plan(), issuer_id="bb", now=day("2023-02-10"))
    for unit in (BINH_AN, HOA_THANG):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    return made


def progress(office: Office, at: str = "2023-06-17") -> PlanProgress:
    return progress_of_plan(office, "1", day(at))


def states(office: Office, at: str = "2023-06-17") -> list[TaskState]:
    return [one.state for one in progress(office, at).tasks]


def report(office: Office, unit: object, said: Said, on: date | None = None, number: int = 1) -> None:
    """A report that is accepted, with what it says of the third task."""
    sent = arrival(
        report_file(unit),
        unit,
        "report",
        "2023-H1",
        "2023-06-10",
        key=str(number),
        file_name="bao-cao.xlsx",  # type: ignore[arg-type]
    )
    assert collect(office, [FakeChannel([sent])], day("2023-06-10")).accepted == 1
    with office.store.write() as connection:
        rows.add_reports(connection, number, [SaidOfTask(progress(office).tasks[2].task.key, said, on)])


def test_the_tasks_of_a_registered_plan_stand_with_their_leads(office: Office) -> None:
    assert states(office) == [TaskState.SILENT, TaskState.REGULAR, TaskState.SILENT, TaskState.WAITING]
    assert [len(one.leads) for one in progress(office).tasks] == [1, 3, 3, 3]


def test_what_units_report_makes_a_task_of_theirs_done_once_all_have(office: Office) -> None:
    report(office, BINH_AN, Said.DONE, date(2023, 5, 20))
    assert states(office)[2] is TaskState.OVERDUE
    report(office, HOA_THANG, Said.DONE, date(2023, 5, 30), number=2)
    third = progress(office).tasks[2]
    assert (third.state, third.done, len(third.reports)) == (TaskState.OVERDUE, 2, 2)  # the town owes no report


def test_a_coordinators_note_decides_bears_a_paper_and_stands_in_the_trail_once(office: Office) -> None:
    key = progress(office).tasks[0].task.key
    given = {"done_on": date(2023, 3, 10), "paper": "12/KH-UBND"}
    assert mark_task(office, "1", key, Said.DONE, BINH, NOW, **given)  # type: ignore[arg-type]
    assert not mark_task(office, "1", key, Said.DONE, BINH, NOW, **given)  # type: ignore[arg-type]
    first = progress(office).tasks[0]
    assert (first.state, first.days_late, first.mark and first.mark.paper) == (TaskState.LATE, 10, "12/KH-UBND")
    with office.store.read() as connection:
        assert [act.act for act in audit.newest(connection, 9)].count(ActKind.MARK_TASK) == 1
    assert states(office, "2023-06-16")[0] is TaskState.SILENT
    assert mark_task(office, "1", key, Said.OPEN, BINH, day("2023-06-18"))
    assert states(office, "2023-06-18")[0] is TaskState.SILENT


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("paper", {"paper": " "}),
        ("done_on", {"done_on": date(2023, 6, 18)}),
        ("task", {"key": "task-0"}),
        ("plan", {"named": "99/KH-UBND"}),
    ],
)
def test_a_note_that_cannot_be_names_its_field_and_nothing_is_kept(
    office: Office, field: str, changed: dict[str, object]
) -> None:
    given = {"named": "1", "key": progress(office).tasks[0].task.key, "done_on": None, "paper": "12/KH-UBND"} | changed
    with pytest.raises(InputError) as refused:
        mark_task(office, given.pop("named"), given.pop("key"), Said.DONE, BINH, NOW, **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert states(office)[0] is TaskState.SILENT


def test_what_measures_a_target_the_rules_say_or_a_person(office: Office) -> None:
    kinds = office.rules.profiles[-1:]
    quota, leaflets = measured(progress(office), kinds)
    assert (quota.indicators, leaflets.indicators) == (("news_items",), None)
    assert settle_target(office, "1", leaflets.target.key, BINH, NOW, indicators=["feedback_answered"])
    assert measured(progress(office), kinds)[1].indicators == ("feedback_answered",)
    assert settle_target(office, "1", leaflets.target.key, BINH, NOW, result=91.5, paper="45/BC-UBND")
    settled = measured(progress(office), kinds)[1].mark
    assert settled is not None
    assert (settled.result, settled.indicators) == (91.5, ())


def test_what_was_settled_and_an_index_that_was_entered_are_taken_back_with_a_reason(office: Office) -> None:
    kinds, key = office.rules.profiles[-1:], progress(office).targets[1].key
    assert not reopen_target(office, "1", key, BINH, NOW)
    settle_target(office, "1", key, BINH, NOW, indicators=["feedback_answered"])
    assert reopen_target(office, "1", key, BINH, NOW)
    assert not reopen_target(office, "1", key, BINH, NOW)
    assert [(one.indicators, one.mark) for one in measured(progress(office), kinds)][1] == (None, None)
    given = PublishedIndex(PROVINCE.id, "par_index", 2022, 86.1, 20, 63, date(2023, 4, 19), "", entered_by=BINH.by)
    enter_index(office, given, NOW)
    assert withdraw_index(office, PROVINCE.id, "par_index", 2022, BINH, NOW)
    assert not withdraw_index(office, PROVINCE.id, "par_index", 2022, BINH, NOW)
    assert indices_of(office, PROVINCE.id, NOW) == []
    with pytest.raises(InputError):
        reopen_target(office, "1", "target-0", BINH, NOW)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("indicator", {"indicators": ["xyz"]}),
        ("paper", {"result": 90.0}),
        ("result", {"result": 90.0, "indicators": ["news_items"], "paper": "1"}),
        ("target", {"key": "target-0", "indicators": ["news_items"]}),
    ],
)
def test_what_settles_no_target_is_refused_with_its_field(
    office: Office, field: str, changed: dict[str, object]
) -> None:
    given = {"key": progress(office).targets[0].key} | changed
    with pytest.raises(InputError) as refused:
        settle_target(office, "1", given.pop("key"), BINH, NOW, **given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_published_index_is_entered_once_with_the_publisher_that_is_known(office: Office) -> None:
    given = PublishedIndex(PROVINCE.id, "par_index", 2022, 86.1, 20, 63, date(2023, 4, 19), "", entered_by=BINH.by)
    assert enter_index(office, given, NOW)
    assert not enter_index(office, given, NOW)
    (found,) = indices_of(office, PROVINCE.id, NOW)
    assert (found.result.publisher, found.kind.name, found.result.rank) == (
        "Bộ Nội vụ", "Chỉ số cải cách hành chính (PAR INDEX)", 20,
    )  # fmt: skip
    assert indices_of(office, PROVINCE.id, NOW, last_year=2021) == []


def test_a_plan_whose_file_is_lost_stops_no_report_and_is_told(office: Office) -> None:
    path = next(path for path in office.store.blobs.root.rglob("*") if path.is_file())
    path.unlink()
    assert progress(office).readable is False
    came = [arrival(report_file(), BINH_AN, "report", "2023-H1", file_name="bao-cao.xlsx")]
    collect(office, [FakeChannel(came)], NOW)
    assert compile_report(office, "bb", "2023-H1", NOW).new

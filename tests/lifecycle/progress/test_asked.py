"""A unit's form asks about the tasks that it leads, tells the plan's targets, and its answers become their state."""

from __future__ import annotations

import io

import docx
import pytest
from python_calamine import CalamineWorkbook
from tests.factories import DIVISION, arrival, day, district_plan, fill, make_office, owe, task
from tests.fakes import FakeChannel

from plan_lifecycle.documents.report_form import TASK_SHEET, FormTask, read_form_tasks, write_report_form
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.plan_task import TaskState
from plan_lifecycle.domain.submission import Rule
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office, open_desk
from plan_lifecycle.lifecycle.progress import AskedOfPlan, PlansAsked, progress_of_plan
from plan_lifecycle.lifecycle.remind._form_to_fill_in import _form
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.engine import Store

NOW = day("2023-06-10")
TASKS = (
    task("1", "Ban hành kế hoạch kiểm tra", "Phòng Nội vụ", "Trước ngày 01/3/2023"),
    task("2", "Rà soát thủ tục hành chính", "Phòng Nội vụ", "Trước ngày 01/6/2023"),
    task("3", "Tối thiểu 98% hồ sơ cấp xã giải quyết đúng hạn", "UBND các xã, thị trấn", "Thường xuyên"),
    task("4", "Theo dõi thi hành pháp luật", "Phòng Nội vụ", "Thường xuyên"),
)


@pytest.fixture
def office(store: Store) -> Office:
    fill(store)
    made = make_office(store, accept_clean=True)
    plan = district_plan(activities=TASKS, abstract="Cải cách hành chính năm 2023 huyện Bắc Bình")
    plan_id = register_plan(made, plan, issuer_id="bb", now=day("2023-02-10"))
    owe(store, DIVISION, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    return made


def owed(office: Office) -> tuple[UnitTree, Obligation]:
    with office.store.read() as connection:
        tree = unit_rows.load_tree(connection, NOW.date())
        found = obligation_rows.owed_by(connection, [DIVISION.id])[DIVISION.id, Item.REPORT.value, "2023-H1"]
    return tree, found[0]


def asked(office: Office) -> AskedOfPlan:
    tree, obligation = owed(office)
    profile = office.rules.profile_of("cải cách hành chính")
    with office.store.read() as connection:
        return PlansAsked(office, tree, NOW).of(connection, obligation, profile, DIVISION)


def form(office: Office, tasks: tuple[FormTask, ...]) -> bytes:
    profile = office.rules.profile_of("cải cách hành chính")
    indicators = office.rules.asked_of(DIVISION, 2023, profile)
    values = {one.code: 3 for one in indicators if one.required}
    return write_report_form(indicators, DIVISION, Period.parse("2023-H1"), values=values, tasks=tasks)


def send_in(office: Office, data: bytes) -> list[str]:
    """What is asked of the unit about its tasks."""
    sent = arrival(data, DIVISION, "report", "2023-H1", "2023-06-10", key="1", file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([sent])], NOW).filed == 1
    with office.store.read() as connection:
        (found,) = submission_rows.versions(connection, owed(office)[1].id)
    return [finding.text for finding in found.findings if finding.rule is Rule.REPORT_TASK]


def test_the_form_has_the_tasks_that_the_unit_leads_and_the_targets_of_its_fields(office: Office) -> None:
    found = asked(office)
    assert [(one.name, one.time, one.said) for one in found.tasks] == [
        ("Ban hành kế hoạch kiểm tra", "Trước ngày 01/3/2023", ""),
        ("Rà soát thủ tục hành chính", "Trước ngày 01/6/2023", ""),
    ]
    assert found.targets == {"commune_dossiers_share_in_time": "≥ 98%"}
    with office.store.read() as connection:
        desk = open_desk(office, connection, NOW, [owed(office)[1]])
    attached = _form(desk, owed(office)[1])
    book = CalamineWorkbook.from_filelike(io.BytesIO(attached.data))
    assert [row[1] for row in book.get_sheet_by_name(TASK_SHEET).to_python()][3:] == [one.name for one in found.tasks]
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    (aimed,) = [row for row in rows if "Mục tiêu của kế hoạch: ≥ 98%" in row]
    assert aimed[0] == "commune_dossiers_share_in_time"


def test_what_the_unit_writes_is_the_state_of_its_tasks_and_stands_in_its_next_form(office: Office) -> None:
    first, second = asked(office).tasks
    said = FormTask(first.key, first.name, first.time, "Đã hoàn thành", "15/02/2023", "12/KH-PNV")
    lost = FormTask("", second.name, second.time, "đang triển khai", note="Chờ hướng dẫn")
    assert send_in(office, form(office, (said, lost))) == []
    states = [one.state for one in progress_of_plan(office, "1", NOW).tasks]
    assert states[:2] == [TaskState.DONE, TaskState.OVERDUE]
    done, doing = asked(office).tasks
    assert (done.said, done.done_on, done.paper) == ("Đã hoàn thành", "15/02/2023", "12/KH-PNV")
    assert (doing.said, doing.note) == ("Đang thực hiện", "Chờ hướng dẫn")


def test_what_is_unclear_is_asked_and_kept_from_no_report(office: Office) -> None:
    first, second = asked(office).tasks
    rows = (
        FormTask(first.key, first.name, first.time, "sẽ làm"),
        FormTask(second.key, second.name, second.time, "Đã hoàn thành", "31/13/2023"),
        FormTask("task-0", "Việc khác", "", "Đã hoàn thành"),
    )
    told = " ".join(send_in(office, form(office, rows)))
    assert "chưa rõ tình hình thực hiện “sẽ làm”" in told
    assert "ngày hoàn thành “31/13/2023” chưa đúng" in told
    assert "chưa ghi số, ký hiệu văn bản" in told
    assert "“Việc khác” không có trong các nhiệm vụ" in told
    assert progress_of_plan(office, "1", NOW).tasks[1].state is TaskState.UNDATED


def test_the_same_table_in_a_word_report_is_read() -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for column, head in enumerate(("Nhiệm vụ", "Tình hình thực hiện", "Ngày hoàn thành", "Văn bản, sản phẩm")):
        table.cell(0, column).text = head
    for column, text in enumerate(("Ban hành kế hoạch", "đã xong", "10/3/2023", "12/KH")):
        table.cell(1, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    (found,) = read_form_tasks(stream.getvalue(), "docx")
    assert (found.name, found.said, found.done_on, found.paper) == (
        "Ban hành kế hoạch",
        "đã xong",
        "10/3/2023",
        "12/KH",
    )

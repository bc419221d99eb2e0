"""The plan beside the report: targets against results, tasks with their states, published indices, Word and Excel."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from python_calamine import CalamineWorkbook
from tests.factories import (
    BINH_AN,
    CHO_LAU,
    HOA_THANG,
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

from plan_lifecycle.documents.read import Paragraph, Table, read_blocks, read_plan
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.indicator import Value
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.plan_target import TargetStanding, Verdict, Why, targets_of
from plan_lifecycle.domain.plan_task import PlanTask, Said, TaskReport, TaskStanding, TaskState
from plan_lifecycle.domain.profile import Source
from plan_lifecycle.domain.publication import PublicationMonth
from plan_lifecycle.domain.published_index import PublishedIndex
from plan_lifecycle.domain.release import ReportKey
from plan_lifecycle.domain.report import PlanStanding
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.compile import Found, compile_report, trace
from plan_lifecycle.lifecycle.compile._material import gather_material
from plan_lifecycle.lifecycle.compile._standing_words import sentences_of
from plan_lifecycle.lifecycle.compile._told import told_by
from plan_lifecycle.lifecycle.compile._trace_file import trace_file
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.progress import enter_index, mark_task, progress_of_plan, settle_target
from plan_lifecycle.store import publications
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store.engine import Store

NOW = day("2023-06-17")
KEY = ReportKey("bb", "2023-H1", "tuyen-truyen")
BINH = Decider("Trần Thị Bình", "Đã thống nhất")
TASKS = (
    task("1", "Ban hành kế hoạch tuyên truyền của huyện", "Phòng Nội vụ", "Trước ngày 01/3/2023"),
    task("2", "Đăng ít nhất 05 tin, bài/tháng trên cổng thông tin điện tử", "UBND các xã, thị trấn", "Thường xuyên"),
    task("3", "Có 100% xã, thị trấn ban hành kế hoạch tuyên truyền", "UBND các xã, thị trấn", "Trước ngày 01/6/2023"),
    task("4", "Phấn đấu 85% tờ rơi được phát đến hộ dân", "UBND các xã, thị trấn", "Tháng 12/2023"),
    task("5", "Ít nhất 90% nhiệm vụ của Kế hoạch hoàn thành đúng thời hạn", "Phòng Nội vụ", "Thường xuyên"),
)


@cache
def plan() -> bytes:
    return district_plan(activities=TASKS)


@pytest.fixture
def office(store: Store) -> Office:
    return office_with(store, plan())


def office_with(store: Store, data: bytes) -> Office:
    """Three communes owe a report under the plan."""
    fill(store)
    made = make_office(store)
    plan_id = register_plan(made, data, issuer_id="bb", now=day("2023-02-10"))
    for unit in (BINH_AN, HOA_THANG, CHO_LAU):
        owe(store, unit, Item.REPORT, "2023-H1", "2023-06-16", plan_id=plan_id)
    return made


def send_in(office: Office, unit: Unit, values: Mapping[str, Value] | None = None) -> None:
    data = report_file(unit, values=values)
    sent = arrival(data, unit, "report", "2023-H1", "2023-06-10", key=unit.id, file_name="bao-cao.xlsx")
    assert collect(office, [FakeChannel([sent])], day("2023-06-10")).accepted == 1


def targets(office: Office) -> dict[str, TargetStanding]:
    (found,) = gather_material(office, KEY, NOW).whole.plans
    return {one.target.text[:12]: one for one in found.targets}


def key(office: Office, number: int) -> str:
    return progress_of_plan(office, "1", NOW).tasks[number].task.key


def words(office: Office) -> str:
    with office.store.read() as connection:
        blob = report_rows.every(connection)[-1].word_blob
    found = []
    for block in read_blocks(office.store.blobs.get(blob)):
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [" | ".join(cell.text for cell in row) for row in block.rows]
    return "\n".join(found)


def sheet(office: Office, name: str) -> list[list[object]]:
    with office.store.read() as connection:
        blob = report_rows.every(connection)[-1].excel_blob
    book = CalamineWorkbook.from_filelike(io.BytesIO(office.store.blobs.get(blob)))
    return book.get_sheet_by_name(name).to_python() if name in book.sheet_names else []


def test_a_target_is_met_only_where_all_that_report_have_it(office: Office) -> None:
    send_in(office, BINH_AN, {"plan_issued": True})
    assert targets(office)["Có 100% xã, "].verdict is Verdict.MET
    send_in(office, HOA_THANG, {"plan_issued": False})
    standing = targets(office)["Có 100% xã, "]
    assert (standing.verdict, standing.results[0].text) == (Verdict.NOT_MET, "50%")


def test_without_figures_or_a_rule_a_target_is_not_known_and_says_why(office: Office) -> None:
    found = targets(office)
    assert (found["Có 100% xã, "].verdict, found["Có 100% xã, "].why) == (Verdict.UNKNOWN, Why.NO_FIGURES)
    assert found["Phấn đấu 85%"].why is Why.ASKED


def test_a_quota_of_a_month_is_judged_by_months_that_were_counted_and_by_nothing_typed(office: Office) -> None:
    send_in(office, BINH_AN, {"news_items": 500})
    assert targets(office)["Đăng ít nhất"].why is Why.NO_FIGURES
    at = day("2023-05-01")
    with office.store.write() as connection:
        for number, count in ((3, 6), (4, 2)):
            month = PublicationMonth(BINH_AN.id, f"2023-M0{number}", 5, count, 0, at, at, final_at=at)
            publications.save_month(connection, month)
    standing = targets(office)["Đăng ít nhất"]
    assert (standing.verdict, standing.results[0].text) == (Verdict.NOT_MET, "01/02 lượt tháng đạt")


def test_so_many_a_week_is_judged_by_no_total_of_a_whole_period(store: Store) -> None:
    """Of half a year all broadcasts of all communes are more than two a week: that says nothing."""
    weekly_task = task("1", "Phát thanh ít nhất 02 lượt/tuần trên hệ thống truyền thanh", "UBND các xã", "Thường xuyên")
    office = office_with(store, district_plan(activities=(weekly_task,)))
    send_in(office, BINH_AN, {"loudspeaker_broadcasts": 500})
    weekly = targets(office)["Phát thanh í"].target.key
    settle_target(office, "1", weekly, BINH, NOW, indicators=["loudspeaker_broadcasts"])
    assert targets(office)["Phát thanh í"].verdict is Verdict.UNKNOWN


def test_the_plans_own_tasks_in_time_stay_open_while_nobody_says_what_became_of_them(office: Office) -> None:
    assert targets(office)["Ít nhất 90% "].verdict is Verdict.UNKNOWN
    mark_task(office, "1", key(office, 0), Said.DONE, BINH, NOW, done_on=date(2023, 3, 10), paper="12/KH-UBND")
    assert targets(office)["Ít nhất 90% "].verdict is Verdict.NOT_MET


def test_what_a_person_settles_of_a_target_stands_with_its_paper(office: Office) -> None:
    leaflets = targets(office)["Phấn đấu 85%"].target.key
    settle_target(office, "1", leaflets, BINH, NOW, result=91.5, paper="45/BC-UBND")
    standing = targets(office)["Phấn đấu 85%"]
    assert (standing.verdict, standing.results[0].text) == (Verdict.MET, "91,5% (45/BC-UBND)")
    settle_target(office, "1", leaflets, BINH, NOW)
    assert targets(office)["Phấn đấu 85%"].why is Why.NOT_MEASURED


def test_a_result_below_a_target_whose_day_is_to_come_is_not_yet_due(office: Office) -> None:
    leaflets = targets(office)["Phấn đấu 85%"].target.key
    settle_target(office, "1", leaflets, BINH, NOW, result=40, paper="45/BC-UBND")
    standing = targets(office)["Phấn đấu 85%"]
    assert (standing.verdict, standing.results[0].text) == (Verdict.NOT_DUE, "40% (45/BC-UBND)")


def test_the_leaders_letter_tells_the_target_beside_its_figure(office: Office) -> None:
    send_in(office, BINH_AN, {"plan_issued": True})
    send_in(office, HOA_THANG, {"plan_issued": False})
    material = gather_material(office, KEY, NOW)
    profile = replace(material.whole.profile, headline=("plan_issued",))
    told = told_by(replace(material, whole=replace(material.whole, profile=profile)), ())
    assert [figure["text"].partition("; ")[2] for figure in told["figures"]] == ["mục tiêu 100%: chưa đạt"]


def test_word_and_excel_tell_of_tasks_targets_and_indices(office: Office) -> None:
    send_in(office, BINH_AN, {"plan_issued": True})
    mark_task(office, "1", key(office, 0), Said.DONE, BINH, NOW, done_on=date(2023, 3, 10), paper="12/KH-UBND")
    index = PublishedIndex("bb", "par_index", 2022, 86.1, 3, 10, date(2023, 4, 19), "UBND tỉnh Bình Thuận")
    before = PublishedIndex("bb", "par_index", 2021, 85.0, 5, 10, date(2022, 4, 19), "UBND tỉnh Bình Thuận")
    for one in (index, before):
        enter_index(office, PublishedIndex(**{**vars_of(one), "entered_by": BINH.by}), NOW)  # type: ignore[arg-type]
    assert compile_report(office, "bb", "2023-H1", NOW).new
    text = words(office)
    assert (
        "Kế hoạch số 15/KH-UBND đặt ra 05 nhiệm vụ; đến ngày 17/6/2023 đã hoàn thành 01 nhiệm vụ (đạt 20%), trong đó "
        "chậm 01; thực hiện thường xuyên 02; chưa đến hạn hoặc chưa có mốc thời gian cụ thể 01; đã đến hạn, chưa có "
        "báo cáo kết quả 01."
    ) in text
    assert "Hoàn thành, chậm 10 ngày" in text
    assert (
        "Kế hoạch số 15/KH-UBND có 04 mục tiêu định lượng; trong đó 01 mục tiêu đạt, 01 mục tiêu chưa đạt, 02 mục "
        "tiêu chưa đủ căn cứ đánh giá"
    ) in text
    assert (
        "Chỉ số cải cách hành chính (PAR INDEX) năm 2022 đạt 86,1 điểm, xếp thứ 3/10, tăng 1,1 điểm, tăng 02 bậc so "
        "với năm 2021 (UBND tỉnh Bình Thuận công bố ngày 19/4/2023)."
    ) in text
    assert len(sheet(office, "Tiến độ nhiệm vụ")) == 1 + len(TASKS)
    assert [row[6] for row in sheet(office, "Mục tiêu")][1:] == ["Chưa rõ", "Đạt", "Chưa rõ", "Chưa đạt"]
    assert sheet(office, "Chỉ số đã công bố")[1][2:8] == [86.1, "điểm", 3.0, 10.0, 85.0, 5.0]
    (target,) = [one for one in trace(office, *KEY[:2], None, "có 100% xã, thị trấn") if one.found is Found.TARGET]
    assert (target.text, [(one.unit_id, one.text) for one in target.origins]) == (
        "Đạt | 100%",
        [(BINH_AN.id, "có")],
    )
    (done,) = trace(office, *KEY[:2], None, "ban hành kế hoạch tuyên truyền của huyện")
    assert (done.found, done.text, done.origins) == (
        Found.TASK,
        "Hoàn thành, chậm | Trần Thị Bình: Đã hoàn thành, ngày 10/3/2023, 12/KH-UBND, Đã thống nhất",
        (),
    )
    material = gather_material(office, KEY, NOW)
    (of_plan,) = material.whole.plans
    told = TaskReport(Said.DONE, BINH_AN.agency, NOW.date(), BINH_AN.id, date(2023, 5, 30), "9/KH-UBND")
    tasks = (replace(of_plan.tasks[2], reports=(told,)),)
    whole = replace(material.whole, plans=(replace(of_plan, tasks=tasks),))
    file = json.loads(trace_file(replace(material, whole=whole), 1))
    papers = {one["submission_id"]: one["unit_id"] for one in file["papers"]}
    assert [(papers[number], words) for number, words in file["tasks"][0]["said"]] == [
        (BINH_AN.id, "Đã hoàn thành, ngày 30/5/2023, 9/KH-UBND")
    ]
    assert Found.TARGET in {one.found for one in trace(office, *KEY[:2], None, "100%")}


def vars_of(one: PublishedIndex) -> dict[str, object]:
    return {name: getattr(one, name) for name in PublishedIndex.__dataclass_fields__}


def test_a_note_makes_a_new_version_and_the_same_state_none(office: Office) -> None:
    send_in(office, BINH_AN)
    assert compile_report(office, "bb", "2023-H1", NOW).new
    assert not compile_report(office, "bb", "2023-H1", day("2023-06-18")).new
    mark_task(office, "1", key(office, 2), Said.DOING, BINH, day("2023-06-18"))
    again = compile_report(office, "bb", "2023-H1", day("2023-06-19"))
    assert (again.new, again.version) == (True, 2)


def test_a_report_of_an_earlier_day_has_the_states_of_that_day(office: Office) -> None:
    mark_task(office, "1", key(office, 0), Said.DONE, BINH, day("2023-06-19"), done_on=NOW.date(), paper="12/KH-UBND")
    (then,) = gather_material(office, KEY, NOW).whole.plans
    (now,) = gather_material(office, KEY, day("2023-06-20")).whole.plans
    assert (then.tasks[0].state, now.tasks[0].state) == (TaskState.SILENT, TaskState.LATE)


def standing(state: TaskState) -> TaskStanding:
    return TaskStanding(PlanTask("k", "1", "", "Việc", "", "", None, False, "", "", "", ""), state, None, 0, (), 0)


def judged(verdict: Verdict) -> TargetStanding:
    return TargetStanding(targets_of(read_plan(plan()))[0], verdict)


def test_what_there_is_none_of_is_said_as_a_person_would(office: Office) -> None:
    send_in(office, BINH_AN)
    whole = gather_material(office, KEY, NOW).whole
    tasks = tuple(map(standing, (TaskState.UNDER_WAY, TaskState.REGULAR)))
    for verdicts, told in (
        ((Verdict.NOT_MET,), "trong đó chưa có mục tiêu nào đạt, 01 mục tiêu chưa đạt."),
        ((Verdict.MET, Verdict.MET), "trong đó 02 mục tiêu đạt."),
        ((Verdict.UNKNOWN,), "trong đó 01 mục tiêu chưa đủ căn cứ đánh giá."),
    ):
        plans = (PlanStanding("15/KH-UBND", tasks, tuple(map(judged, verdicts))),)
        said = sentences_of(replace(whole, plans=plans), NOW.date())
        assert said[Source.TARGETS][0].endswith(told)
        assert said[Source.PROGRESS][0].endswith(
            "chưa có nhiệm vụ nào hoàn thành; đang thực hiện 01; thực hiện thường xuyên 01; không có nhiệm vụ quá hạn."
        )

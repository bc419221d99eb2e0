"""``plan tasks``, ``mark``, ``targets``, ``settle`` and ``indices``: asked and noted from outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import Run, answers
from tests.factories import ROOT, day, district_plan, fill, make_office, task

from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.store.engine import Store

pytestmark = pytest.mark.enable_socket

REFORM = ROOT / "examples/lam-dong-2026/ke-hoach-cchc-9669.docx"
BY = ("--by", "Trần Thị Bình", "--reason", "Đã thống nhất", "--as-of", "2023-06-17")


@pytest.fixture
def plan(store: Store) -> str:
    fill(store)
    tasks = (
        task("1", "Ban hành kế hoạch tuyên truyền của huyện", "Phòng Nội vụ", "Trước ngày 01/3/2023"),
        task("2", "Phấn đấu 85% tờ rơi được phát đến hộ dân", "UBND các xã, thị trấn", "Thường xuyên"),
    )
    register_plan(make_office(store), district_plan(activities=tasks), issuer_id="bb", now=day("2023-02-10"))
    return "15/KH-UBND"


def test_a_file_shows_its_tasks_by_their_days_with_who_watches_over_them(run: Run) -> None:
    (answer,) = answers(run("plan", "tasks", str(REFORM), "--as-of", "2026-06-15", "--json"), "plan-tasks")
    assert answer["tally"]["all"] == len(answer["tasks"]) == 52
    assert {one["monitor"] for one in answer["tasks"]} > {"Sở Nội vụ", "Sở Tư pháp"}
    silent = [one for one in answer["tasks"] if one["state"] == "silent"]
    assert silent
    assert all(one["due"] < "2026-06-15" for one in silent)


def test_a_file_shows_its_targets_and_which_of_them_are_questions(run: Run) -> None:
    (answer,) = answers(run("plan", "targets", str(REFORM), "--json"), "plan-targets")
    assert answer["profile"] == "cchc"
    linked = {one["wanted"]: one["indicators"] for one in answer["targets"] if one["indicators"]}
    assert linked["≥ 98%"] == ["department_dossiers_share_in_time", "commune_dossiers_share_in_time"]
    assert any(one["question"] for one in answer["targets"])
    offers = {one["text"]: [offer["indicator"] for offer in one["suggested"]] for one in answer["targets"]}
    assert offers["100% văn bản có nội dung trái pháp luật được xử lý sau kiểm tra."] == ["checked_share_settled"]
    assert not any(one["suggested"] for one in answer["targets"] if one["indicators"])


def test_a_task_is_noted_done_late_and_shown_so(run: Run, plan: str) -> None:
    (shown,) = answers(run("plan", "tasks", plan, "--as-of", "2023-06-17", "--json"), "plan-tasks")
    key = shown["tasks"][0]["task"]
    done = ("--state", "done", "--done-on", "2023-03-10", "--paper", "12/KH-UBND")
    noted = run("plan", "mark", plan, key, *done, *BY, "--json")
    (answer,) = answers(noted, "plan-mark")
    assert (answer["state"], answer["days_late"], answer["new"]) == ("done_late", 10, True)
    (late,) = answers(
        run("plan", "tasks", plan, "--state", "done_late", "--as-of", "2023-06-17", "--json"), "plan-tasks"
    )
    assert [one["task"] for one in late["tasks"]] == [key]
    assert "Hoàn thành, chậm (10 ngày)" in run("plan", "tasks", plan, "--as-of", "2023-06-17").out


def test_a_note_without_its_paper_or_of_no_task_is_refused(run: Run, plan: str) -> None:
    for arguments, field in ((("task-0", "--state", "done"), "task"), (("x", "--state", "so"), "--state")):
        refused = run("plan", "mark", plan, *arguments, *BY)
        assert (refused.code, f"field '{field}'" in refused.err) == (2, True)


def test_a_target_is_settled_by_an_indicator_by_none_or_by_a_result(run: Run, plan: str) -> None:
    (shown,) = answers(run("plan", "targets", plan, "--as-of", "2023-06-17", "--json"), "plan-targets")
    key = shown["targets"][0]["target"]
    by_result = ("--result", "91.5", "--paper", "45/BC-UBND")
    for how in (("--indicator", "leaflets"), ("--none",), by_result):
        (answer,) = answers(run("plan", "settle", plan, key, *how, *BY, "--json"), "plan-settle")
        assert answer["new"]
    (shown,) = answers(run("plan", "targets", plan, "--as-of", "2023-06-17", "--json"), "plan-targets")
    assert shown["targets"][0]["settled"]["result"] == 91.5
    assert run("plan", "settle", plan, key, "--none", *by_result, *BY).code == 2
    assert run("plan", "settle", plan, key, "--indicator", "xyz", *BY).code == 2


def test_several_targets_are_settled_at_once_and_one_that_is_none_keeps_no_other_back(run: Run, plan: str) -> None:
    (shown,) = answers(run("plan", "targets", plan, "--as-of", "2023-06-17", "--json"), "plan-targets")
    keys = [one["target"] for one in shown["targets"]]
    ran = run("plan", "settle", plan, "target-0", *keys, "--none", *BY, "--json")
    assert ran.code == 2
    assert [answer["target"] for answer in answers(ran, *["plan-settle"] * len(keys))] == keys
    assert [
        answer["new"]
        for answer in answers(run("plan", "settle", plan, *keys, "--none", *BY, "--json"), *["plan-settle"] * len(keys))
    ] == [False] * len(keys)


def test_indices_of_a_table_are_entered_and_a_wrong_line_names_its_field(run: Run, plan: str) -> None:
    table = Path(__file__).parent / "indices.tsv"
    done = run("indices", "import", str(table), *BY[:2], *BY[4:], "--json")
    (answer,) = answers(done, "indices-import")
    assert (done.code, answer["value"], answer["rank"], answer["out_of"]) == (2, 44.2, 10, 63)
    assert "line 3, field 'rank': found '70'" in done.err
    (shown,) = answers(run("indices", "show", "--unit", "bt", "--as-of", "2023-06-17", "--json"), "indices-show")
    assert (shown["publisher"], shown["published"]) == ("UNDP", "2023-01-05")


def test_one_index_is_entered_with_its_year_before(run: Run, plan: str) -> None:
    given = (
        "--unit", "bt", "--index", "par_index", "--year", "2022", "--value", "86,1", "--rank", "20", "--of", "63",
        "--published", "2023-04-19", "--last-value", "85", "--last-rank", "25", *BY[:2], *BY[4:],
    )  # fmt: skip
    (answer,) = answers(run("indices", "enter", *given, "--json"), "indices-enter")
    assert (answer["publisher"], answer["last_rank"], answer["new"]) == ("Bộ Nội vụ", 25, True)
    (again,) = answers(run("indices", "enter", *given, "--json"), "indices-enter")
    assert again["new"] is False
    assert "xếp thứ 20/63" in run("indices", "show", "--unit", "bt", "--as-of", "2023-06-17").out
    wrong = run("indices", "enter", *given, "--value", "186")
    assert (wrong.code, "field 'value'" in wrong.err) == (2, True)

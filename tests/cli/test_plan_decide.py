"""``plan decide`` and ``plan diff``: decided once, shown at every reading; two versions of a plan side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.factories import DISTRICT, UNITS, day, district_plan, fill, plan_file, task

from plan_lifecycle.cli import main
from plan_lifecycle.documents.drafts import DutyRow
from plan_lifecycle.lifecycle.cascade import register_plan
from plan_lifecycle.office_wiring import open_office
from plan_lifecycle.settings import Settings

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"
DAY = ("--due", "2023-03-15")
SAID = ("--by", "Trần Thị B", "--reason", "Thống nhất tại cuộc họp")


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("PLAN_LIFECYCLE_STORE_URL", raising=False)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch.docx"
    path.write_bytes(district_plan(deadline="khi có yêu cầu"))
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path, schema: str = "") -> tuple[Any, str, int]:
    """The answer (None where there is none), what was said on standard error, and the exit code."""
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments), "--json"])
    said = capsys.readouterr()
    answer = json.loads(said.out) if said.out else None
    if answer is not None:
        name = schema or f"{arguments[0]}-{arguments[1]}"
        Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text())).validate(answer)
    return answer, said.err, int(end.value.code or 0)


def open_point(capsys: pytest.CaptureFixture[str], plan: Path) -> dict[str, Any]:
    answer, _, _ = run(capsys, "plan", "read", plan)
    return next(each for each in answer["open_points"] if each["field"] == "deadline")


def test_a_decision_is_shown_wherever_it_applies_when_the_plan_is_read_again(
    capsys: pytest.CaptureFixture[str], plan: Path
) -> None:
    point = open_point(capsys, plan)
    assert "decision" not in point
    answer, _, code = run(capsys, "plan", "decide", plan, point["point"], *DAY, *SAID, "--as-of", "2023-02-10")
    again, _, _ = run(capsys, "plan", "read", plan)
    duty = next(each for each in again["reporting"] if each["item"] == "sub_plan")
    assert (code, answer["decision"]["due"]) == (0, ["2023-03-15"])
    assert duty["decisions"] == [answer["decision"]]
    assert (duty["deadline"]["due"], duty["deadline"]["needs_decision"]) == (["2023-03-15"], False)
    assert open_point(capsys, plan)["decision"]["decided_by"] == "Trần Thị B"


def test_a_registered_plan_is_decided_by_its_number(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    with open_office(Settings()) as office:
        fill(office.store, UNITS)
        register_plan(office, plan.read_bytes(), issuer_id=DISTRICT.id, now=day("2023-02-10"))
    point = open_point(capsys, plan)["point"]
    answer, _, code = run(capsys, "plan", "decide", "15/KH-UBND", point, *DAY, *SAID)
    assert (code, answer["plan"]["ids"]) == (0, [1])


def test_reading_a_plan_makes_no_store(capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path) -> None:
    open_point(capsys, plan)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (SAID, "either --due or --units"),
        ((*DAY, "--units", "bb", *SAID), "either --due or --units"),
        (("--units", "bb", *SAID), "--units"),
        ((*DAY, "--reason", "x"), "--by"),
        ((*DAY, "--by", "x"), "--reason"),
        (("--due", "15/3/2023", *SAID), "YYYY-MM-DD"),
    ],
)
def test_a_call_that_decides_nothing_ends_with_2(
    capsys: pytest.CaptureFixture[str], plan: Path, arguments: tuple[str, ...], told: str
) -> None:
    point = open_point(capsys, plan)["point"]
    answer, error, code = run(capsys, "plan", "decide", plan, point, *arguments)
    assert (answer, code) == (None, 2)
    assert told in error


def test_an_unknown_point_and_an_unknown_plan_end_with_2(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    for named, told in ((str(plan), "deadline-0"), ("99/KH-UBND", "99/KH-UBND"), ("không-có.docx", "không-có.docx")):
        answer, error, code = run(capsys, "plan", "decide", named, "deadline-0", *DAY, *SAID)
        assert (answer, code) == (None, 2)
        assert told in error


def test_the_difference_of_two_versions(capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path) -> None:
    amended = tmp_path / "sửa đổi.docx"
    amended.write_bytes(
        plan_file(
            DISTRICT,
            number="22",
            issued="2023-02-15",
            place="Bắc Bình",
            abstract="Sửa đổi, bổ sung Kế hoạch số 15/KH-UBND ngày 10/02/2023 của UBND huyện Bắc Bình",
            activities=(
                task("1", "Tập huấn nghiệp vụ cho công chức đầu mối", "Phòng Nội vụ", "Trong tháng 8/2023"),
                task("2", "Tổ chức hội thi tìm hiểu thủ tục hành chính", "Phòng Nội vụ", "Trong tháng 9/2023"),
            ),
            duties=(DutyRow("Các phòng, ban chuyên môn và UBND các xã, thị trấn", "gửi báo cáo năm",
                            "trước ngày 10/12/2023", "UBND huyện Bắc Bình"),),
        )
    )  # fmt: skip
    answer, _, code = run(capsys, "plan", "diff", plan, amended)
    assert code == 0
    assert answer["relation"] == {"kind": "amends", "cited": ["15/KH-UBND"], "names_old": True}
    assert [each["content"] for each in answer["activities"]["added"]] == [
        "Tổ chức hội thi tìm hiểu thủ tục hành chính"
    ]
    assert answer["activities"]["removed"] == []
    changed = {change["field"]: change for each in answer["activities"]["changed"] for change in each["changes"]}
    assert (changed["deadline"]["before"], changed["deadline"]["after"]) == ("Trong tháng 5/2023", "Trong tháng 8/2023")
    assert [each["new"]["due"] for each in answer["reporting"]["changed"]] == [["2023-12-09"]]


def test_the_difference_for_people_is_vietnamese(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["plan", "diff", str(plan), str(plan)])
    assert int(end.value.code or 0) == 0
    assert "Nhiệm vụ: không thay đổi" in capsys.readouterr().out

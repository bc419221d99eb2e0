"""``plan-lifecycle report check``: what comes in is checked the same way before it is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.databases import migrated_copy
from tests.factories import BINH_AN, ROOT, arrival, day, fill, make_office, owe, plan_row, report_file
from tests.fakes import FakeChannel

from plan_lifecycle.cli import main
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.store.engine import open_store
from plan_lifecycle.store.submissions import versions

SCHEMA = json.loads((ROOT / "docs/schemas/report-check.json").read_text(encoding="utf-8"))

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The answers of a run, each as the schema says."""

    def call(*arguments: str, code: int = 0) -> list[dict[str, Any]]:
        with pytest.raises(SystemExit) as ended:
            main(["report", "check", *arguments])
        written = capsys.readouterr()
        assert int(ended.value.code or 0) == code, written.err
        answers = [json.loads(line) for line in written.out.splitlines()] if "--json" in arguments else [written.out]
        for answer in answers if "--json" in arguments else ():
            Draft202012Validator(SCHEMA).validate(answer)
        return answers

    return call


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A good report, one that does not agree, last year's, and one that is none."""
    links = {"news_items": 3}
    contents = {
        "good.xlsx": report_file(values=links),
        "bad.xlsx": report_file(values={"tasks_planned": 10, "tasks_done": 12, "leaflets": 5000}),
        "before.xlsx": report_file(period="2022-H1", values={"leaflets": 100}),
        "none.xlsx": b"PK",
        "paper.pdf": b"%PDF-1.4\n%%EOF",
    }
    paths = {name: tmp_path / name for name in contents}
    for name, path in paths.items():
        path.write_bytes(contents[name])
    return paths


def rules_of(answer: dict[str, Any]) -> list[str]:
    return [each["rule"] for each in answer["findings"]]


def test_it_answers_in_order_with_figures_and_findings(run: Run, files: dict[str, Path]) -> None:
    paths = [str(files[name]) for name in ("good.xlsx", "bad.xlsx", "none.xlsx")]
    good, bad, none = run(*paths, "--period", "2023-h1", "--level", "3", "--json")
    assert rules_of(good) == ["report.evidence"]
    assert not good["clean"]
    assert good["unit"] == BINH_AN.id
    assert {each["indicator"]: each["value"] for each in good["figures"]}["plan_issued"] is True
    assert rules_of(bad) == ["report.at_most", "report.evidence"]
    assert (rules_of(none), none["figures"]) == (["report.refused"], [])


def test_the_last_periods_report_is_what_leaps_are_measured_from(run: Run, files: dict[str, Path]) -> None:
    arguments = ("--period", "2023-H1", "--level", "3", "--before", str(files["before.xlsx"]), "--json")
    (answer,) = run(str(files["bad.xlsx"]), *arguments)
    (leap,) = (each for each in answer["findings"] if each["rule"] == "report.jump")
    assert leap["doubt"]
    assert "kỳ trước (6 tháng đầu năm 2022) là 100" in leap["text"]


def test_a_form_of_another_period_is_told(run: Run, files: dict[str, Path]) -> None:
    (answer,) = run(str(files["before.xlsx"]), "--period", "2023-H1", "--level", "3", "--json")
    assert "report.period" in rules_of(answer)


def test_with_a_unit_it_finds_what_collecting_finds(
    run: Run, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("PLAN_LIFECYCLE_STORE_URL", raising=False)
    store = open_store(migrated_copy(tmp_path / "var/plan_lifecycle.db"), tmp_path / "var/blobs", durable=False)
    fill(store)
    plan_id = plan_row(store)
    office = make_office(store)
    found = []
    for name, period, at in (("before.xlsx", "2022-H1", "2022-06-10"), ("bad.xlsx", "2023-H1", "2023-06-10")):
        owed = owe(store, item=Item.REPORT, period=period, due=at, plan_id=plan_id)
        came = arrival(files[name].read_bytes(), item="report", period=period, key=name, file_name=name)
        collect(office, [FakeChannel([came])], day(at))
        with store.read() as connection:
            found = [each.text for each in versions(connection, owed.id)[-1].findings]
    (answer,) = run(str(files["bad.xlsx"]), "--period", "2023-H1", "--unit", BINH_AN.id, "--json")
    assert [each["text"] for each in answer["findings"]] == found
    assert len(found) == 3
    store.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--period", "2023-H1"),
        ("--period", "2023-H9", "--level", "3"),
        ("--period", "2023-H1", "--level", "9"),
        ("--period", "2023-H1", "--level", "3", "--unit", "bb-binh-an"),
        ("--period", "2023-H1", "--level", "3", "--before", "khong-co.xlsx"),
    ],
)
def test_an_input_that_gives_no_answer_ends_with_2(
    run: Run, files: dict[str, Path], arguments: tuple[str, ...]
) -> None:
    assert run(str(files["good.xlsx"]), *arguments, "--json", code=2) == []


def test_it_goes_on_past_a_file_that_is_not_there(run: Run, files: dict[str, Path]) -> None:
    (answer,) = run("/khong/co.xlsx", str(files["good.xlsx"]), "--period", "2023-H1", "--level", "3", "--json", code=2)
    assert answer["file"] == str(files["good.xlsx"])


def test_it_speaks_to_people(run: Run, files: dict[str, Path]) -> None:
    (text,) = run(str(files["bad.xlsx"]), "--period", "2023-H1", "--level", "3")
    assert "“Số nhiệm vụ đã hoàn thành” là 12, lớn hơn “Số nhiệm vụ theo kế hoạch” (10)" in str(text)

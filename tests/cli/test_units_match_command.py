"""``plan-lifecycle units match``: the audience alone, and the units of the stored tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plan_lifecycle.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/schemas/units-match.json").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("PLAN_LIFECYCLE_STORE_URL", raising=False)


@pytest.fixture
def _imported(capsys: pytest.CaptureFixture[str], _own_var: None) -> None:
    with pytest.raises(SystemExit):
        main(["units", "import", "--province", "Bình Thuận", "--as-of", "2023-01-01"])
    capsys.readouterr()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["units", "match", *arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def answers(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    for answer in found:
        SCHEMA.validate(answer)
    return found


def test_without_a_place_it_reads_the_words_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (answer,) = answers(capsys, "UBND các xã, thị trấn")
    assert answer == {
        "phrase": "UBND các xã, thị trấn",
        "audiences": ["commune"],
        "roles": {"commune": "ordered"},
        "named": [],
        "units": [],
        "needs_decision": False,
        "reasons": [],
    }
    assert not (tmp_path / "var").exists()


@pytest.mark.usefixtures("_imported")
def test_under_a_province_it_finds_the_units(capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--under", "vn3-60", "--as-of", "2023-01-01")
    (communes,) = answers(capsys, "UBND các xã, phường, thị trấn", *place)
    assert len(communes["units"]) == 121
    (named,) = answers(capsys, "UBND huyện Bắc Bình", *place)
    assert (len(named["units"]), named["needs_decision"]) == (1, False)
    (own,) = answers(capsys, "UBND các xã, thị trấn", "--under", named["units"][0], "--as-of", "2023-01-01")
    assert len(own["units"]) == 18


@pytest.mark.usefixtures("_imported")
def test_a_table_is_answered_line_by_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "assignees.tsv"
    file.write_text("phrase\nxã Bình An\ncác sở, ngành liên quan\n", encoding="utf-8")
    first, second = answers(capsys, "--file", str(file), "--under", "vn3-60", "--as-of", "2023-01-01")
    assert len(first["units"]) == 1
    assert (second["audiences"], second["needs_decision"]) == (["department"], True)


@pytest.mark.usefixtures("_imported")
def test_a_unit_that_is_not_in_being_then_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "UBND các xã", "--under", "vn3-60", "--as-of", "2026-01-01", "--json")
    assert (code, out) == (2, "")
    assert "--under" in err
    assert "2026-01-01" in err


def test_people_read_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "các sở, ngành liên quan")[1] == (
        "các sở, ngành liên quan: sở, ban, ngành (yêu cầu)\n"
        "  Cần quyết định: Cụm từ “liên quan” chưa xác định cụ thể đơn vị.\n"
    )


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "UBND các xã", "--under", "x", "--as-of", "2023-02-30")[0] == 2

"""``plan-lifecycle target``: one answer a phrase, with the same keys where there is no target."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plan_lifecycle.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/schemas/target.json").read_text(encoding="utf-8")))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["target", *arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def answers(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    for answer in found:
        SCHEMA.validate(answer)
    return found


def test_it_answers_one_phrase(capsys: pytest.CaptureFixture[str]) -> None:
    assert answers(capsys, "ít nhất 05 tin, bài/tháng") == [
        {
            "phrase": "ít nhất 05 tin, bài/tháng",
            "comparison": ">=",
            "value": 5,
            "upper": None,
            "is_ratio": False,
            "unit": "tin, bài",
            "per": "month",
            "by": None,
            "others": [],
        }
    ]


def test_a_day_is_written_as_iso_and_further_targets_stand_in_others(capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = answers(capsys, "đạt 20% năm 2025 và 50% năm 2030")
    assert (answer["value"], answer["is_ratio"], answer["by"]) == (20, True, "2025-12-31")
    assert [(each["value"], each["by"]) for each in answer["others"]] == [(50, "2030-12-31")]


def test_no_target_is_an_answer_with_the_same_keys(capsys: pytest.CaptureFixture[str]) -> None:
    (answer,) = answers(capsys, "Kế hoạch số 36/KH-UBND ngày 05/01/2023")
    assert (answer["comparison"], answer["value"], answer["others"]) == (None, None, [])


def test_a_table_gives_one_line_an_input_in_its_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "targets.tsv"
    file.write_text("note\tphrase\n1\ttừ 80% trở lên\n2\tThường xuyên\n3\t70-80%\n", encoding="utf-8")
    assert [each["comparison"] for each in answers(capsys, "--file", str(file))] == [">=", None, "range"]


def test_people_read_it_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "không quá 2,5% tập thể")[1] == "không quá 2,5% tập thể: <= 2,5% tập thể\n"
    assert run(capsys, "Thường xuyên")[1] == "Thường xuyên: không có chỉ tiêu định lượng\n"


def test_a_table_without_the_column_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "targets.tsv"
    file.write_text("text\nít nhất 05 tin\n", encoding="utf-8")
    code, out, err = run(capsys, "--file", str(file), "--json")
    assert (code, out) == (2, "")
    assert "column 'phrase'" in err


def test_an_empty_cell_names_its_line_and_the_rest_is_answered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "targets.tsv"
    file.write_text("phrase\tnote\n\tnothing\n70%\t\n", encoding="utf-8")
    code, out, err = run(capsys, "--file", str(file), "--json")
    assert code == 2
    assert json.loads(out)["value"] == 70
    assert "line 2" in err


def test_neither_phrase_nor_file_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--json")[0] == 2

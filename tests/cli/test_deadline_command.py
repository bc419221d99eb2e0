"""``plan-lifecycle deadline``: one reading per phrase, in words or in JSON, and errors that name their place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from plan_lifecycle.cli import main

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def deadline(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and return exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["deadline", *arguments])
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run


def valid(line: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(line)
    schema = json.loads((ROOT / "docs/schemas/deadline.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer)
    return answer


def table(folder: Path, *lines: str) -> str:
    path = folder / "phrases.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "phrase",
    [
        "Trước ngày 01/3/2023",
        "Thường xuyên, định kỳ hằng quý",
        "trước 12h00 thứ sáu hàng tuần",
        "Khi có yêu cầu",
        "",
        "?",
    ],
)
def test_its_answer_keeps_to_the_schema(deadline: Run, phrase: str) -> None:
    code, out, _ = deadline(phrase, "--year", "2023", "--json")
    assert code == 0
    assert valid(out)["phrase"] == phrase


def test_it_takes_the_context_from_its_options(deadline: Run) -> None:
    counted = deadline(
        "10 ngày kể từ ngày nhận", "--year", "2023", "--issued", "2023-01-05", "--received", "2023-01-09", "--json"
    )
    assert valid(counted[1])["due"] == ["2023-01-19"]
    lasting = deadline(
        "Thường xuyên", "--year", "2022", "--plan-from", "2022-08-02", "--plan-to", "2025-12-31", "--json"
    )
    assert valid(lasting[1])["due"] == ["2025-12-31"]


def test_it_answers_a_table_line_by_line_and_names_the_bad_ones(deadline: Run, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "phrase\tyear\tissued",
        "Trước ngày 01/3/2023\t2023\t2023-01-05",
        "Quý I\t\t",
        "Quý I\t2023\t05/01/2023",
        "Quý I\t2023\t",
    )
    code, out, err = deadline("--file", path, "--json")
    assert code == 2
    assert [valid(line)["due"] for line in out.splitlines()] == [["2023-02-28"], ["2023-03-31"]]
    assert "line 3, field 'year'" in err
    assert "line 4, field 'issued'" in err


def test_a_table_without_years_takes_the_year_of_the_call(deadline: Run, tmp_path: Path) -> None:
    path = table(tmp_path, "phrase", "Quý I")
    assert deadline("--file", path)[0] == 2
    code, out, _ = deadline("--file", path, "--year", "2024", "--json")
    assert (code, valid(out)["due"]) == (0, ["2024-03-31"])


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["Quý I"], "--year"),
        (["Quý I", "--year", "hai"], "--year"),
        (["Quý I", "--year", "23"], "--year"),
        (["Quý I", "--year", "2023", "--issued", "05/01/2023"], "--issued"),
        (["Quý I", "--year", "2023", "--plan-from", "2023-02-01", "--plan-to", "2023-01-01"], "plan_to"),
        (["--year", "2023"], "PHRASE or --file"),
        (["--file", "khong-co.tsv", "--year", "2023"], "khong-co.tsv"),
    ],
)
def test_it_gives_no_answer_without_its_context(deadline: Run, arguments: list[str], named: str) -> None:
    code, out, err = deadline(*arguments, "--json")
    assert (code, out) == (2, "")
    assert named in err


def test_it_tells_people_the_last_day_in_vietnamese(deadline: Run) -> None:
    code, out, _ = deadline("Trước ngày 01/3/2023", "--year", "2023")
    assert code == 0
    assert out == "“Trước ngày 01/3/2023”: trước ngày; chậm nhất hết ngày 28/02/2023\n"
    assert "cần người có thẩm quyền quyết định" in deadline("Khi có yêu cầu", "--year", "2023")[1]
    assert deadline("hằng ngày", "--year", "2023")[1].count("/2023") < 20

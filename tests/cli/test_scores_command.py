"""``plan-lifecycle scores rank``: one answer a unit, and never a rank that a missing score could move."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from plan_lifecycle.cli import main

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/schemas/scores-rank.json").read_text(encoding="utf-8")))

HEADER = "group\tunit\tmaximum\tpoints\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["scores", "rank", *arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def ranked(capsys: pytest.CaptureFixture[str], path: Path) -> tuple[int, list[dict[str, Any]], str]:
    code, out, err = run(capsys, "--file", str(path), "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    for answer in answers:
        SCHEMA.validate(answer)
    return code, answers, err


def table(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "scores.tsv"
    path.write_text(header + "".join(line.replace("|", "\t") + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_line_is_answered_in_its_order_with_comma_or_point(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, answers, err = ranked(capsys, table(tmp_path, "sở|Sở A|87,50|68.92", "sở|Sở B|89|82,78"))
    assert (code, err) == (0, "")
    assert answers == [
        {"group": "sở", "unit": "Sở A", "maximum": 87.5, "points": 68.92, "index": 78.77, "rank": 2, "band": "Khá"},
        {"group": "sở", "unit": "Sở B", "maximum": 89.0, "points": 82.78, "index": 93.01, "rank": 1, "band": "Tốt"},
    ]


def test_the_published_ranking_of_the_departments_comes_out(capsys: pytest.CaptureFixture[str], samples: Path) -> None:
    path = samples / "lam-dong/chi-so-cchc-2025.tsv"
    names, *lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    published = {row["unit"]: row for row in (dict(zip(names, line, strict=True)) for line in lines) if row["points"]}
    code, answers, err = ranked(capsys, path)
    assert (code, err) == (0, "")
    scored = [answer for answer in answers if answer["points"] is not None]
    assert [answer["unit"] for answer in scored] == list(published)
    for answer in scored:
        row = published[answer["unit"]]
        assert (answer["rank"], answer["band"]) == (int(row["rank"]) if row["rank"] else None, row["band"])
        # the published index comes from points before they were rounded to two decimals
        assert answer["index"] == pytest.approx(float(row["index"].rstrip("%").replace(",", ".")), abs=0.0101)


def test_people_read_rank_name_index_and_band(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = table(tmp_path, "sở|Sở A|80|68", "sở|Sở B||", "sở|Thanh tra|81|64,23|no", header=HEADER[:-1] + "\tranked\n")
    assert run(capsys, "--file", str(path)) == (
        0,
        "1\tSở A\t85%\tTốt\n-\tSở B\tchưa chấm điểm\t\n-\tThanh tra\t79,3%\tKhá\n",
        "",
    )


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        ("sở|Sở X|87|", "points"),
        ("sở|Sở X||12", "maximum"),
        ("sở|Sở X|0|0", "maximum"),
        ("sở|Sở X|87|88", "points"),
        ("sở|Sở X|87|-1", "points"),
        ("sở|Sở X|1.000,5|88", "maximum"),
        ("sở|Sở X|nan|88", "maximum"),
        ("sở||87|80", "unit"),
        ("sở|Sở A|87|80", "unit"),
    ],
)
def test_a_faulty_line_is_named_and_leaves_its_group_without_ranks(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, faulty: str, field: str
) -> None:
    path = table(tmp_path, "sở|Sở A|100|90", faulty, "xã|Xã B|100|70")
    code, answers, err = ranked(capsys, path)
    assert code == 2
    assert [(answer["unit"], answer["rank"], answer["band"]) for answer in answers] == [
        ("Sở A", None, "Tốt"),
        ("Xã B", 1, "Khá"),
    ]
    assert f"{path}, line 3, field '{field}'" in err
    assert f"dòng 3, mục “{field}”" in err


def test_a_word_that_is_neither_yes_nor_no_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = table(tmp_path, "sở|Sở A|100|90|maybe", header=HEADER[:-1] + "\tranked\n")
    code, answers, err = ranked(capsys, path)
    assert (code, answers) == (2, [])
    assert "field 'ranked'" in err


def test_a_table_without_points_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = table(tmp_path, "sở|Sở A|100", header="group\tunit\tmaximum\n")
    code, out, err = run(capsys, "--file", str(path))
    assert (code, out) == (2, "")
    assert "a column 'points' in the header" in err


def test_a_table_as_an_official_saves_it_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    header = "\ufeffGroup\tUnit\tMaximum\tPoints\tRanked\n"
    lines = ("xã|Xã A|1000|850,5|có", "xã|Xã B|100|79.99029999999999|", "xã|Xã C|100|90|không")
    code, answers, err = ranked(capsys, table(tmp_path, *lines, header=header))
    assert (code, err) == (0, "")
    assert [(one["maximum"], one["points"], one["rank"]) for one in answers] == [
        (1000.0, 850.5, 1),
        (100.0, 79.99029999999999, 2),
        (100.0, 90.0, None),
    ]

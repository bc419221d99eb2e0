"""``plan-lifecycle report check`` on workbooks as the field sends them, each held to its right outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.factories import ROOT

from plan_lifecycle.cli import main

SCHEMA = json.loads((ROOT / "docs/schemas/report-check.json").read_text(encoding="utf-8"))
TOLD = {
    "20-hidden-sheet-last-year": ("report.hidden", "trang “Năm 2022” đang ẩn, có 14 số liệu không được tính"),
    "21-formula-without-value": ("report.formula", "ô D11: “Tổng số tin, bài đã đăng trên môi trường mạng”"),
    "22-unit-dong": ("report.measure", "ghi 1.250.500.000 đồng, được tính là 1250,5 triệu đồng"),
    "23-strike-cell": ("report.struck", "“Số tờ rơi, tờ gấp đã phát” (ô D18: 1250)"),
    "60-two-sheets-by-field": (None, ""),
    "61-chi-tieu-thong-ke": (None, ""),
}
"""Which finding each sample is answered with, and words of it; None where all is understood."""


def checked(path: Path, capsys: pytest.CaptureFixture[str], *, period: str = "2023-H1", level: str = "2") -> Any:
    with pytest.raises(SystemExit) as ended:
        main(["report", "check", str(path), "--period", period, "--level", level, "--json"])
    written = capsys.readouterr()
    assert ended.value.code in (0, None), written.err
    answer = json.loads(written.out)
    Draft202012Validator(SCHEMA).validate(answer)
    return answer


@pytest.mark.parametrize("name", TOLD)
def test_a_workbook_of_the_field_has_its_right_outcome(
    samples: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    expected: dict[str, Any] = json.loads((samples / "field" / "expected.json").read_text("utf-8"))[f"{name}.xlsx"]
    answer = checked(samples / "field" / "docs" / f"{name}.xlsx", capsys)
    figures = {figure["indicator"]: figure["value"] for figure in answer["figures"]}
    told = [finding for finding in answer["findings"] if finding["rule"] != "report.evidence"]
    rule, words = TOLD[name]
    if rule is None:
        assert (told, len(figures)) == ([], 14)
    else:
        assert [finding["rule"] for finding in told] == [rule]
        assert words in told[0]["text"]
    if not (expected.get("or_finding") and told):
        assert figures == {**figures, **expected.get("figures", {})}
    assert not any(figures.get(code) == value for code, value in expected.get("not_figures", {}).items())
    assert len(figures) == expected.get("figure_count", len(figures))


def test_every_workbook_of_the_field_is_held_against_its_outcome(samples: Path) -> None:
    assert {path.stem for path in (samples / "field" / "docs").glob("*.xlsx")} == set(TOLD)

"""``plan-lifecycle report check`` on workbooks as the field sends them, each held to its right outcome."""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from jsonschema import Draft202012Validator
from tests.factories import ROOT

from plan_lifecycle.cli import main

SCHEMA = json.loads((ROOT / "docs/schemas/report-check.json").read_text(encoding="utf-8"))
TOLD = {
    "20-hidden-sheet-last-year": ("report.hidden", "trang “Năm 2022” đang ẩn, có 14 số liệu không được tính"),
    "21-formula-without-value": ("report.formula", "ô D11: “Tổng số tin, bài đã đăng trên môi trường mạng”"),
    "22-unit-dong": ("report.measure", "ghi 1.250.500.000 đồng, được tính là 1.250,5 triệu đồng"),
    "23-strike-cell": ("report.struck", "“Số tờ rơi, tờ gấp đã phát” (ô D18: 1250)"),
    "60-two-sheets-by-field": (None, ""),
    "61-chi-tieu-thong-ke": (None, ""),
}
"""Which finding each sample is answered with, and words of it; None where all is understood."""


def checked(
    path: Path, capsys: pytest.CaptureFixture[str], *more: str, period: str = "2023-H1", level: str = "2"
) -> Any:
    with pytest.raises(SystemExit) as ended:
        main(["report", "check", str(path), "--period", period, "--level", level, *more, "--json"])
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


def test_a_real_provinces_seven_forms_are_read_out_of_its_report(
    samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = samples / "lam-dong" / "bao-cao-cchc-2025.docx"
    answer = checked(report, capsys, "--profile", "cchc", period="2025", level="1")
    assert len(answer["figures"]) == 94
    finding, *unknown = answer["findings"]
    assert (finding["rule"], "giá trị “124” nằm ngoài khoảng cho phép" in finding["text"]) == ("report.value", True)
    assert [(each["rule"], "Chưa có hướng dẫn từ Bộ Nội vụ" in each["text"]) for each in unknown] == [
        ("report.not_known", True)
    ] * 3


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_rows_of_one_name_are_told_apart_by_what_they_stand_below(
    samples: Path, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = samples / "lam-dong" / "bao-cao-cchc-2025.docx"
    if kind == "xlsx":
        path = tmp_path / "bieu-mau.xlsx"
        path.write_bytes(forms_as_sheets(samples / "lam-dong" / "bieu-mau-thong-ke-2025.tsv"))
    provincial = values(checked(path, capsys, "--profile", "cchc", period="2025", level="1"))
    assert (provincial["department_dossiers"], provincial["department_dossiers_in_time"]) == (195197, 193457)
    assert (provincial["checked_settled"], provincial["reviewed_settled"]) == (0, 194)
    communal = values(checked(path, capsys, "--profile", "cchc", period="2025", level="2"))
    assert (communal["commune_dossiers"], communal["commune_dossiers_in_time"]) == (468463, 467565)


def values(answer: Any) -> dict[str, Any]:
    return {figure["indicator"]: figure["value"] for figure in answer["figures"]}


def forms_as_sheets(table: Path) -> bytes:
    """The seven forms of the Ministry as a workbook: a sheet each, its heading over two rows with merged cells."""
    stream = io.BytesIO()
    with table.open(encoding="utf-8", newline="") as lines, xlsxwriter.Workbook(stream) as made:
        for form, rows in groupby(csv.DictReader(lines, delimiter="\t"), key=lambda row: row["form"]):
            sheet = made.add_worksheet(f"Biểu {form}")
            for corner, text in (("A1:A2", "STT"), ("B1:B2", "Chỉ tiêu thống kê"), ("E1:E2", "Ghi chú")):
                sheet.merge_range(corner, text)
            sheet.merge_range("C1:D1", "Kết quả thống kê")
            sheet.write_row("C2", ("Đơn vị tính", "Số liệu"))
            for at, row in enumerate(rows, start=2):
                sheet.write_row(
                    at, 0, [row[name] for name in ("number", "indicator", "unit_of_measure", "value", "note")]
                )
    return stream.getvalue()

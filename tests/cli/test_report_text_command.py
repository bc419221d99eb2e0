"""``plan-lifecycle report text``: what a report says under each heading, and about which it is silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from jsonschema import Draft202012Validator

from plan_lifecycle.cli import main
from plan_lifecycle.settings import ROOT

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/schemas/report-text.json").read_text(encoding="utf-8")))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["report", "text", *arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def paper(folder: Path, *lines: str) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "bao-cao.docx"
    document.save(str(path))
    return path


def test_every_paragraph_is_told_with_its_heading_and_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = paper(tmp_path, "III. Đánh giá chung", "1. Ưu điểm", "Đúng hạn.", "VI. Việc khác", "Khen thưởng.")
    code, out, err = run(capsys, str(path), "--profile", "cchc", "--json")
    answer: dict[str, Any] = json.loads(out)
    SCHEMA.validate(answer)
    assert (code, err, answer["profile"]) == (0, "", "cchc")
    assert answer["passages"] == [
        {
            "section": "assessment_good", "name": "Mặt tích cực", "heading": "Mục III.1 Ưu điểm",
            "text": "Đúng hạn.", "place": 3,
        },
        {
            "section": None, "name": None, "heading": "Mục VI Việc khác", "text": "Khen thưởng.", "place": 5,
        },
    ]  # fmt: skip
    silent = {section["section"] for section in answer["silent"]}
    assert {"assessment_weak", "outlook", "direction_acts"} <= silent
    assert "assessment_good" not in silent


def test_people_read_headings_paragraphs_and_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = paper(tmp_path, "II. Kết quả", "3. Hội nghị, tập huấn", "Đã mở 2 lớp.")
    code, out, _ = run(capsys, str(path))
    assert code == 0
    assert out.splitlines()[:3] == [
        f"{path}: 1 đoạn", "Hội nghị, tập huấn, đối thoại (Mục II.3 Hội nghị, tập huấn)", "  - Đã mở 2 lớp.",
    ]  # fmt: skip
    assert "Chưa có nội dung: Mặt tích cực" in out


def test_a_file_that_is_no_word_text_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"no document")
    code, out, err = run(capsys, str(bad), str(paper(tmp_path, "III. Đánh giá chung", "Tốt.")), "--json")
    assert code == 2
    assert len(out.splitlines()) == 1
    assert "bad.docx" in err


def test_a_kind_of_report_that_is_none_is_refused_with_those_that_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, str(paper(tmp_path, "x")), "--profile", "nothing")
    assert code == 2
    assert "cchc, thi-dua, tuyen-truyen" in err

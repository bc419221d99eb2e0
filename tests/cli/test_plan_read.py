"""``plan-lifecycle plan read``: one answer a file, in order, by the schema; a refusal is an answer."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.documents.office_files import copying, stand_in
from tests.documents.plan_texts import Plan, from_text

from plan_lifecycle.cli import main

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/plan-read.json").read_text(encoding="utf-8"))
TASKS = [
    ["STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"],
    ["1", "Đăng ít nhất 05 tin, bài/tháng", "Các sở, ngành liên quan", "Phòng Nội vụ", "Thường xuyên"],
]


def answers(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[list[Any], int]:
    with pytest.raises(SystemExit) as end:
        main(["plan", "read", *map(str, arguments), "--json"])
    lines = capsys.readouterr().out.splitlines()
    made = [json.loads(line) for line in lines]
    for answer in made:
        Draft202012Validator(SCHEMA).validate(answer)
    return made, int(end.value.code or 0)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "kế hoạch.docx"
    made = (
        Plan().head().text("Căn cứ Kế hoạch số 36/KH-UBND ngày 05/01/2023 của UBND tỉnh;", "I. NHIỆM VỤ").table(TASKS)
    )
    made.text("II. TỔ CHỨC THỰC HIỆN", "1. UBND các xã báo cáo năm về UBND huyện (qua Phòng Nội vụ) trước ngày 15/12.")
    path.write_bytes(made.end().data)
    return path


def test_it_answers_with_the_plan(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    (answer,), code = answers(capsys, plan)
    assert code == 0
    assert (answer["number"], answer["symbol"], answer["issued_on"]) == ("15", "KH-UBND", "2023-02-10")
    assert answer["legal_bases"][0] | {"text": ""} == {"text": "", "number": "36/KH-UBND", "date": "2023-01-05"}
    assert answer["activities"][0]["deadline"]["kind"] == "ongoing"
    assert answer["activities"][0]["targets"][0]["per"] == "month"
    assert answer["reporting"][0]["receiving_office"] == "Phòng Nội vụ"
    assert answer["open_points"][0]["field"] == "lead"


def test_an_older_file_is_read_from_its_copy_and_says_so(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copying(tmp_path, {"rtf": plan.read_bytes()}, monkeypatch)
    older = tmp_path / "kế hoạch.rtf"
    older.write_bytes(b"{\\rtf1 ke hoach}")
    ((as_word,), _), ((copied,), code) = answers(capsys, plan), answers(capsys, older)
    assert (code, copied.pop("converted_from")) == (0, "rtf")
    assert copied | {"file": ""} == as_word | {"file": ""}
    with pytest.raises(SystemExit):
        main(["plan", "read", str(older)])
    assert "Đọc từ bản chuyển đổi của tệp .rtf" in capsys.readouterr().out


def test_an_older_file_that_cannot_be_converted_is_refused_by_itself(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    stand_in(tmp_path, "exit 1", monkeypatch)
    older = tmp_path / "kế hoạch.rtf"
    older.write_bytes(b"{\\rtf1 ke hoach}")
    found, code = answers(capsys, older, plan)
    assert (code, found[1]["number"]) == (0, "15")
    assert "Không chuyển đổi được tệp .rtf này để đọc; đề nghị lưu lại dạng .docx" in found[0]["refused"]


def test_it_answers_each_file_in_order_and_refuses_what_is_no_plan(
    capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4")
    found, code = answers(capsys, pdf, plan)
    assert code == 0
    assert [answer["file"] for answer in found] == [str(pdf), str(plan)]
    assert set(found[0]) == {"file", "refused"}
    assert "đề nghị" in found[0]["refused"]


def test_it_reports_a_missing_file_and_goes_on(capsys: pytest.CaptureFixture[str], plan: Path, tmp_path: Path) -> None:
    found, code = answers(capsys, tmp_path / "none.docx", tmp_path, plan)
    assert code == 2
    assert [answer["file"] for answer in found] == [str(plan)]


def test_it_tells_people_in_vietnamese(capsys: pytest.CaptureFixture[str], plan: Path) -> None:
    with pytest.raises(SystemExit):
        main(["plan", "read", str(plan)])
    text = capsys.readouterr().out
    assert "Kế hoạch số 15/KH-UBND ngày 10/02/2023 của Ủy ban nhân dân huyện Bắc Bình" in text
    assert "gửi UBND huyện (qua Phòng Nội vụ)" in text
    assert "Nội dung cần quyết định (01):" in text


def test_the_real_plans_answer_by_the_schema(capsys: pytest.CaptureFixture[str], samples: Path, tmp_path: Path) -> None:
    paths = []
    for text in sorted((samples / "plans").glob("*.txt")):
        paths.append(tmp_path / f"{text.stem}.docx")
        paths[-1].write_bytes(from_text(text))
    found, _ = answers(capsys, *paths, *sorted((samples / "docx").glob("*.docx")))
    assert [answer.get("number") for answer in found[:5]] == ["141", "179", "552", "617", "0124"]
    assert all("refused" in answer for answer in found[5:])


def test_it_shows_who_monitors_a_task_and_which_of_two_days_was_taken(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = ["STT", "Nội dung", "Chủ trì", "Theo dõi, kiểm tra, đôn đốc", "Thời gian"]
    made = (
        Plan()
        .head()
        .text("I. NHIỆM VỤ")
        .table([heads, ["1", "Tập huấn", "UBND các xã", "Phòng Nội vụ", "Quý II/2023"]])
    )
    made.text("II. TỔ CHỨC THỰC HIỆN", "1. UBND các xã ban hành kế hoạch của mình trong Quý II/2023.")
    made.text("2. UBND các xã ban hành kế hoạch trước ngày 01/3/2023.")
    path = tmp_path / "hai-ngay.docx"
    path.write_bytes(made.end().data)
    ((answer,), _) = answers(capsys, path)
    assert answer["activities"][0]["monitor"] == "Phòng Nội vụ"
    with pytest.raises(SystemExit):
        main(["plan", "read", str(path)])
    text = capsys.readouterr().out
    assert "theo dõi: Phòng Nội vụ" in text
    assert "lưu ý: Kế hoạch nêu cả “trong Quý II/2023”" in text


def test_the_plans_of_the_field_answer_by_the_schema(capsys: pytest.CaptureFixture[str], samples: Path) -> None:
    files = [*(samples / "field" / "docs").glob("*.docx"), *(samples / "lam-dong").glob("ke-hoach-*.docx")]
    found, code = answers(capsys, *sorted(files))
    assert (len(found), code) == (len(files), 0)

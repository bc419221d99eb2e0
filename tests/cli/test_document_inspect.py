"""``plan-lifecycle document inspect``: one answer a file, in order, and errors beside them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.documents import hostile
from tests.documents.office_files import copying, stand_in
from tests.documents.signing import incoming_stamp, later, other_text, signed, written

from plan_lifecycle.cli import main
from plan_lifecycle.documents.errors import REASONS
from plan_lifecycle.documents.gate._kinds import NAMES

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/document-inspect.json").read_text("utf-8"))


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["document", "inspect", *arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    contents = {
        "Kế hoạch.docx": hostile.word(links=[("hyperlink", "http://a.vn", True)]),
        "Số liệu.xlsx": hostile.workbook("<sheetData/>"),
        "mật.docx": hostile.word(hostile.paragraph("MẬT")),
        "bom.docx": hostile.lying_bomb(),
        "trống.docx": b"",
        "nhiễu.docx": b"\x00\x01\x02",
    }
    paths = [tmp_path / name for name in contents]
    for path in paths:
        path.write_bytes(contents[path.name])
    return paths


def test_it_answers_in_order_as_the_schema_says(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", "--purpose", "plan", *map(str, files)) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for answer in answers:
        Draft202012Validator(SCHEMA).validate(answer)
    assert [answer["file"] for answer in answers] == list(map(str, files))
    assert [answer["code"] for answer in answers] == ["", "wrong_kind", "secret", "bomb", "zero_bytes", "wrong_kind"]
    assert answers[0]["external_links"] == ["http://a.vn"]


def test_it_tells_of_each_signature_and_of_what_came_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamped, forged = tmp_path / "dau-den.pdf", tmp_path / "sua.pdf"
    stamped.write_bytes(later(signed("Nguyễn Văn An", written()), incoming_stamp))
    forged.write_bytes(later(signed("Nguyễn Văn An", written()), other_text))
    assert run("--json", str(stamped), str(forged)) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for answer in answers:
        Draft202012Validator(SCHEMA).validate(answer)
    told = [answer["signatures"][0] for answer in answers]
    assert [(one["signer"], one["sound"]) for one in told] == [("Nguyễn Văn An", True), ("Nguyễn Văn An", False)]
    assert told[0]["added"] == [{"kind": "annotation", "about": ["1"]}]
    assert run(str(stamped), str(forged)) == 0
    words = capsys.readouterr().out
    assert "Sau khi ký, tệp có thêm: dấu hoặc ghi chú trên trang 1." in words
    assert "Nội dung tệp đã thay đổi sau chữ ký số của “Nguyễn Văn An”" in words


def test_an_older_file_is_judged_by_its_copy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    older = tmp_path / "kế hoạch.rtf"
    older.write_bytes(b"{\\rtf1 ke hoach}")
    assert run("--json", "--purpose", "plan", str(older)) == 0
    copying(tmp_path, {"rtf": hostile.word()}, monkeypatch)
    assert run("--json", "--purpose", "plan", str(older)) == 0
    stand_in(tmp_path, "exit 1", monkeypatch)
    assert run("--json", "--purpose", "plan", str(older)) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    for answer in answers:
        Draft202012Validator(SCHEMA).validate(answer)
    assert [answer["code"] for answer in answers] == ["wrong_kind", "", "not_converted"]
    assert (answers[1]["converted_from"], answers[1]["kind"], answers[1]["size"]) == ("rtf", "docx", 16)


def test_it_goes_on_past_a_file_that_cannot_be_read(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", "/không/có.docx", str(files[0]), str(files[0].parent)) == 2
    answer, complaints = capsys.readouterr()
    assert [json.loads(line)["accepted"] for line in answer.splitlines()] == [True]
    assert "/không/có.docx: found 'No such file or directory'" in complaints
    assert "found 'a folder or device'" in complaints


def test_it_speaks_to_people(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*map(str, files[:3])) == 0
    shown = capsys.readouterr().out
    assert "docx" in shown
    assert "được tiếp nhận" in shown
    assert "không được lưu giữ" in shown


def test_it_answers_for_a_name_that_is_not_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "k\udcffh.docx"
    path.write_bytes(hostile.word())
    assert run("--json", str(path)) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "kh.docx"


def test_it_refuses_a_purpose_that_is_none() -> None:
    assert run("--purpose", "khác", "a.docx") == 2


def test_the_schema_knows_every_code_and_kind() -> None:
    assert set(SCHEMA["properties"]["code"]["enum"]) == {"", *REASONS}
    assert set(SCHEMA["properties"]["kind"]["enum"]) == set(NAMES)


def test_it_answers_for_all_samples(samples: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", *map(str, sorted((samples / "docx").glob("*.doc*")))) == 0
    for line in capsys.readouterr().out.splitlines():
        Draft202012Validator(SCHEMA).validate(json.loads(line))

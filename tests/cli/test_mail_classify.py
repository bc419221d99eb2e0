"""``plan-lifecycle mail classify``: one answer a file, in order, as its schema says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.mail import replies

from plan_lifecycle.cli import main

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/mail-classify.json").read_text(encoding="utf-8"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["mail", "classify", *arguments])
    out, err = capsys.readouterr()
    return int(str(ended.value.code or 0)), out, err


def stored(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_each_file_gets_an_answer_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    files = [
        stored(tmp_path, "trả lại.eml", replies.FAILED["Postfix"]),
        stored(tmp_path, "trả lời.eml", replies.GOOD["a reply in words"]),
        stored(tmp_path, "vắng.eml", replies.AUTOMATIC["RFC 3834"]),
        stored(tmp_path, "rỗng.eml", b""),
    ]
    code, out, err = run(capsys, *files, "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    for answer in answers:
        Draft202012Validator(SCHEMA).validate(answer)
    assert [answer["file"] for answer in answers] == files
    assert [answer["kind"] for answer in answers] == ["bounce", "submission", "auto_reply", "unreadable"]
    assert answers[0] == {
        "file": files[0],
        "kind": "bounce",
        "recipient": "cu@binhan.example.vn",
        "status": "5.1.1",
        "permanent": True,
    }


def test_a_missing_file_is_named_and_the_others_are_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    good = stored(tmp_path, "a.eml", replies.GOOD["a reply in words"])
    code, out, err = run(capsys, str(tmp_path / "không có.eml"), str(tmp_path), good, "--json")
    assert code == 2
    assert "không có.eml" in err
    assert json.loads(out)["kind"] == "submission"


def test_an_odd_message_leaves_standard_error_clean(tmp_path: Path):
    odd = b"Return-Path: <>\nSubject: Undeliverable\nFrom:\nTo: snv@binhthuan.example.vn\n\nnot delivered to anyone\n"
    program = "from plan_lifecycle.cli import main; main()"
    command = [sys.executable, "-c", program, "mail", "classify", stored(tmp_path, "a.eml", odd), "--json"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert (json.loads(done.stdout)["kind"], done.stderr) == ("bounce", "")


def test_a_person_at_a_terminal_reads_vietnamese(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    _, out, _ = run(capsys, stored(tmp_path, "a.eml", replies.FAILED["Postfix"]))
    assert "thư bị trả lại, cu@binhan.example.vn, 5.1.1, vĩnh viễn" in out


def test_every_real_sample_answers_as_the_schema_says(samples: Path, capsys: pytest.CaptureFixture[str]):
    files = sorted(str(path) for path in (samples / "mail" / "bounces").glob("*.eml"))
    code, out, _ = run(capsys, *files, "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["file"] for answer in answers] == files
    for answer in answers:
        Draft202012Validator(SCHEMA).validate(answer)

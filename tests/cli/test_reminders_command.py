"""``plan-lifecycle reminders``: what it shows, as its schemas say, and what people decide through it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.databases import migrated_copy
from tests.factories import BINH_AN, HOA_THANG, MAIL_FROM, fill, owe, plan_row

from plan_lifecycle.cli import main
from plan_lifecycle.settings import Settings
from plan_lifecycle.store.engine import open_store

SCHEMAS = Path(__file__).parents[2] / "docs/schemas"
WHO = ("--by", "Trần Thị Hoa", "--reason", "đơn vị bị ngập lụt")


@pytest.fixture(autouse=True)
def _office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAN_LIFECYCLE_VAR", str(tmp_path))
    monkeypatch.setenv("PLAN_LIFECYCLE_MAIL_FROM", MAIL_FROM)
    monkeypatch.setenv("PLAN_LIFECYCLE_DURABLE", "false")
    store = open_store(migrated_copy(tmp_path / "plan_lifecycle.db"), Settings().blobs, durable=False)
    fill(store)
    plan_id = plan_row(store)
    owe(store, plan_id=plan_id)
    owe(store, HOA_THANG, plan_id=plan_id)
    store.close()


def run(capsys: pytest.CaptureFixture[str], *arguments: str, command: str = "reminders") -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([command, *arguments])
    out, err = capsys.readouterr()
    return int(str(ended.value.code or 0)), out, err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, command: str = "reminders") -> dict[str, Any]:
    code, out, err = run(capsys, *arguments, "--json", command=command)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    named = SCHEMAS / f"{command}-{arguments[0]}.json"
    if named.exists():
        check(named.name, found)
    return found


def check(schema: str, found: dict[str, Any]) -> None:
    Draft202012Validator(json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))).validate(found)


PREVIEW = ("preview", "--from", "2023-02-15", "--to", "2023-03-05", "--as-of", "2023-02-15")


def test_preview_shows_every_letter_of_the_days(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *PREVIEW)
    check("reminders-preview.json", found)
    assert [(each["day"], each["reminders"][0]["unit"]) for each in found["letters"]] == [
        ("2023-02-21", "UBND xã Bình An"),
        ("2023-02-21", "UBND xã Hòa Thắng"),
        ("2023-02-27", "UBND xã Bình An"),
        ("2023-02-27", "UBND xã Hòa Thắng"),
        ("2023-03-03", "UBND xã Bình An"),
        ("2023-03-03", "UBND xã Hòa Thắng"),
    ]


def test_preview_of_one_unit_and_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *PREVIEW, "--unit", BINH_AN.id)
    assert len(found["letters"]) == 3
    _, out, _ = run(capsys, *PREVIEW)
    assert "07 ngày trước ngày cuối của thời hạn 28/02/2023" in out


def test_explain_tells_what_became_of_each_rung(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--as-of", "2023-02-21", command="remind")
    found = answer(capsys, "explain", BINH_AN.id, "--as-of", "2023-02-22")
    check("reminders-explain.json", found)
    states = [(each["rung"], each["state"]) for each in found["obligations"][0]["rungs"]]
    assert states[:3] == [("T-7", "waiting"), ("T-1", "planned"), ("T+3", "planned")]
    _, out, _ = run(capsys, "explain", BINH_AN.id, "--as-of", "2023-02-22")
    assert "chờ gửi" in out
    assert "thời hạn 28/02/2023" in out
    assert "2023-02" not in out


def test_pausing_and_going_on_again(capsys: pytest.CaptureFixture[str]) -> None:
    paused = answer(capsys, "suspend", "--unit", BINH_AN.id, "--as-of", "2023-02-20", *WHO)
    held = answer(capsys, *PREVIEW)
    check("reminders-preview.json", held)
    assert {each["reminders"][0]["unit_id"] for each in held["letters"]} == {HOA_THANG.id}
    assert {each["reason"] for each in held["not_sent"]} == {"tạm dừng gửi thư: đơn vị bị ngập lụt"}
    answer(capsys, "resume", str(paused["suspension"]), "--as-of", "2023-02-21", *WHO)
    assert len(answer(capsys, *PREVIEW)["letters"]) == 6


def test_extending_and_waiving(capsys: pytest.CaptureFixture[str]) -> None:
    what = ("--item", "sub_plan", "--period", "2023", "--as-of", "2023-02-20", *WHO)
    answer(capsys, "extend", "--unit", BINH_AN.id, "--until", "2023-03-10", *what, command="review")
    answer(capsys, "waive", "--unit", "xã Hòa Thắng", *what, command="review")
    assert answer(capsys, "explain", HOA_THANG.id)["obligations"][0]["state"] == "waived"
    found = answer(capsys, "explain", BINH_AN.id, "--as-of", "2023-02-22")
    extended = found["obligations"][0]
    assert (extended["due_on"], extended["extended_from"]) == ("2023-03-10", "2023-02-28")
    check("reminders-explain.json", found)
    assert found["obligations"][0]["rulings"][0]["decided_by"] == "Trần Thị Hoa"
    assert [each["day"] for each in answer(capsys, *PREVIEW)["letters"]] == ["2023-03-03"]


def test_a_substitute_for_who_is_away(capsys: pytest.CaptureFixture[str]) -> None:
    dates = ("--from", "2023-02-20", "--until", "2023-02-24", "--substitute", "pho@example.vn")
    assert answer(capsys, "away", f"{BINH_AN.id}@example.vn", *dates, *WHO)["new"] is True
    found = answer(capsys, *PREVIEW, "--unit", BINH_AN.id)
    assert [each["recipient"] for each in found["letters"]] == [
        "pho@example.vn", f"{BINH_AN.id}@example.vn", f"{BINH_AN.id}@example.vn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("preview", "--from", "15/02/2023", "--to", "2023-03-05"), "--from"),
        (("preview", "--from", "2023-03-05", "--to", "2023-02-15"), "to"),
        (("explain", "bb-khong-co"), "unit"),
        (("suspend", "--unit", "bb-khong-co", *WHO), "unit"),
        (("suspend", "--by", "", "--reason", "lũ"), "by"),
        (("resume", "99", *WHO), "suspension"),
    ],
)
def test_what_cannot_be_answered_is_named(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], named: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert named in err


def test_the_official_letter_is_written_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "cong-van.docx"
    what = ("--unit", "bb", "--item", "sub_plan", "--period", "2023", "--out", str(out), "--as-of", "2023-03-03")
    assert answer(capsys, "letter", *what) == {"file": str(out), "late": 2}
    assert out.read_bytes().startswith(b"PK")
    assert answer(capsys, "digest", "--as-of", "2023-03-03") == {"coordinators": 1, "leaders": 0, "faults": []}


def test_what_is_written_once_more_sampled_and_confirmed_is_answered_as_the_schemas_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    day = ("--as-of", "2023-02-20", *WHO)
    assert answer(capsys, "resend", "O1", *day)["to"] == [f"{BINH_AN.id}@example.vn"]
    assert answer(capsys, "sample", "O1", "--to", "hoa@example.vn", *day[:4])["to"] == "hoa@example.vn"
    confirmed = answer(capsys, "confirm", f"{BINH_AN.id}@example.vn", *day[:2])
    assert confirmed["confirmed_on"] == "2023-02-20"

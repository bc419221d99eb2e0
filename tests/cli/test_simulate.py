"""A played year as a command: its answer, its exit code, and that nothing is left behind."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from plan_lifecycle.cli import main
from plan_lifecycle.simulation.country_run import CountryOutcome
from plan_lifecycle.simulation.findings import Outcome

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/schemas/simulate.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.enable_socket


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["simulate", *arguments])
    return int(end.value.code or 0), *capsys.readouterr()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_played_year_answers_as_its_schema_says_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "--province", "Bình Thuận", "--year", "2023", "--units", "5", "--json")
    body = json.loads(out)
    jsonschema.validate(body, SCHEMA)
    assert (code, err, body["units"], body["drafts"]) == (0, "", 5, 5)
    assert all(body["invariants"].values())
    assert list(tmp_path.iterdir()) == []


def played(**broken: bool) -> Outcome:
    asked = SCHEMA["properties"]["invariants"]
    invariants = dict.fromkeys((*asked["required"], *asked["anyOf"][0]["required"]), True) | broken
    return Outcome(5, 5, 20, 15, {"on_time": 10, "late": 3, "returned": 1}, 2, 4, invariants)


def test_a_countrys_year_tells_what_it_took(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    took = {"seconds": 12.0, "cpu_seconds": 20.0, "peak_mb": 512.0, "days": 361}
    done = CountryOutcome(**dataclasses.asdict(played()) | took, broken_on={"adds_up": date(2026, 3, 2)})
    monkeypatch.setattr("plan_lifecycle.simulation.country_run.simulate_country", lambda *_, **__: done)
    code, out, _ = run(capsys, "--country", "--as-of-year", "2026", "--json")
    jsonschema.validate(json.loads(out), SCHEMA)
    assert (code, json.loads(out)["peak_mb"]) == (0, 512.0)
    _, out, _ = run(capsys, "--country", "--as-of-year", "2026")
    assert "361 ngày; 12 giây (20 giây bộ xử lý); bộ nhớ nhiều nhất 512 MB" in out
    assert "cộng lại bằng số nội dung phải gửi: chưa đạt từ ngày 2026-03-02" in out


def test_an_invariant_that_breaks_ends_with_1_and_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plan_lifecycle.simulation.run.simulate", lambda *_, **__: played(adds_up=False))
    code, out, _ = run(capsys, "--province", "Bình Thuận", "--year", "2023")
    assert code == 1
    assert "CHƯA  Đúng hạn, chậm và chưa gửi cộng lại" in out
    assert "đạt   Không việc nào không thực hiện được" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--province", "Atlantis", "--year", "2023"), "Atlantis"),
        (("--province", "Bình Thuận", "--year", "1900"), "--year"),
        (("--province", "Bình Thuận", "--year", "2023", "--units", "0"), "units"),
        (("--province", "Bình Thuận", "--year", "2023", "--plan", "missing.docx"), "missing.docx"),
        (("--year", "2023"), "--province"),
        (("--province", "Bình Thuận"), "--year"),
        (("--case", "atlantis-2023"), "bac-binh-2023"),
        (("--case", "bac-binh-2023", "--year", "2023"), "--case alone"),
        (("--case", "bac-binh-2023", "--out", "/dev/null/kept"), "--out"),
        (("--country",), "--as-of-year"),
        (("--as-of-year", "2026"), "--country"),
        (("--country", "--as-of-year", "2026", "--province", "Bình Thuận"), "--country without"),
        (("--country", "--as-of-year", "2026", "--provinces", "0"), "provinces"),
    ],
)
def test_what_cannot_be_played_ends_with_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert told in err

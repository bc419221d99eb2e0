"""The cases of examples/ played from their papers to their consolidated reports, held against what their files say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from tests.databases import migrated_copy

from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.findings import Outcome
from plan_lifecycle.simulation.run import simulate_case

pytestmark = pytest.mark.enable_socket


def played(tmp_path: Path, name: str, home: Path = ROOT, out: Path | None = None) -> Outcome:
    migrated_copy(tmp_path / "plan_lifecycle.db")
    changed = {"home": home, "config": ROOT / "config", "templates": ROOT / "templates"}
    changed |= {"var": tmp_path, "inbox": tmp_path / "inbox"}
    return simulate_case(Settings().model_copy(update={**changed, "store_url": "", "durable": False}), name, out)


@pytest.mark.parametrize("name", ["bac-binh-2023"])
def test_a_case_comes_out_as_its_file_says_and_keeps_its_papers_under_names_in_words(tmp_path: Path, name: str) -> None:
    done = played(tmp_path, name, out=tmp_path / "kept")
    assert done.differences == ()
    assert done.holds, done.invariants
    names = [path.name for path in (tmp_path / "kept").rglob("*.*")]
    reports = [path for path in (tmp_path / "kept/Bao cao").iterdir() if path.suffix == ".docx"]
    assert len(reports) == done.reports
    assert len(list((tmp_path / "kept/Du thao").iterdir())) == done.drafts
    assert len(list((tmp_path / "kept/Thu").iterdir())) == done.letters
    assert [name for name in names if "vn3-" in name or "vn2-" in name or "@" in name] == []


def test_what_comes_out_otherwise_is_told_with_file_line_and_field(tmp_path: Path) -> None:
    folder = tmp_path / "home/examples/bac-binh-2023"
    shutil.copytree(ROOT / "examples/bac-binh-2023", folder)
    case = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    case["owed"] = [case["owed"][0]]
    case["owed"][0]["units"] = 9
    case["owed"][0]["items"][0]["last_day"] = "2023-02-13"
    case["owed"][0]["items"].pop()
    case["expect"]["reports"] = 5
    text = yaml.safe_dump(case, allow_unicode=True, sort_keys=False)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    done = played(tmp_path, "bac-binh-2023", home=tmp_path / "home")
    lines = text.splitlines()
    told = {line.partition("field '")[2].partition("'")[0]: line for line in done.differences}
    assert set(told) == {"owed.0.units", "owed.0.items.0.last_day", "owed", "expect.reports"}
    day = next(number for number, line in enumerate(lines, start=1) if "2023-02-13" in line)
    assert told["owed.0.items.0.last_day"].startswith(f"{folder / 'case.yaml'}, line {day}, field")
    assert "found 2023-02-14 for UBND huyện Bắc Bình, Văn phòng UBND tỉnh" in told["owed.0.items.0.last_day"]
    assert told["owed.0.units"].endswith("found 8, expected 9")
    assert told["expect.reports"].endswith("found 4, expected 5")
    assert any("UBND xã Bình An: report 2023 by 2023-12-18" in line for line in done.differences)
    assert (done.holds, done.invariants["as_the_case_says"]) == (False, False)

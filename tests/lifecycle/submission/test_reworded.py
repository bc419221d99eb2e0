"""A release that rewords every sentence changes no outcome: rows of before are decided by their codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.lifecycle.submission.playing import begin, go_on, write_files
from tests.patience import PATIENCE
from tests.rewording import reworded

from plan_lifecycle.settings import ROOT

REWORDED = """
import json, sys
from pathlib import Path
from tests.rewording import import_reworded
import_reworded()
from tests.lifecycle.submission.playing import go_on
print(json.dumps(go_on(Path(sys.argv[1]))))
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """The second part as the software is worded, and with every sentence reworded after the first."""
    begun = tmp_path_factory.mktemp("begun")
    write_files(begun)
    begin(begun)
    copies = [tmp_path_factory.mktemp(name) / "store" for name in ("same", "reworded")]
    for copy in copies:
        shutil.copytree(begun, copy)
    retold = subprocess.run(
        [sys.executable, "-c", REWORDED, copies[1]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert retold.returncode == 0, retold.stderr
    return json.loads(json.dumps(go_on(Path(copies[0])))), json.loads(retold.stdout)


def test_what_was_half_complete_is_completed_and_what_was_complete_stays(played: tuple[dict[str, Any], ...]) -> None:
    for each in (one["outcome"] for one in played):
        assert {tuple(row[:2]): row[3] for row in each["obligation"]} == {
            ("bb-binh-an", "sub_plan"): "met",  # the signed paper first, then its Word file
            ("bb-binh-an", "report"): "met",  # figures first, then the signed paper
            ("bb-hoa-thang", "sub_plan"): "received",  # complete, sent again, then reopened by a person
            ("bb-hoa-thang", "report"): "met",  # returned for its figures, which came
            ("bb-cho-lau", "sub_plan"): "met",  # a mail in doubt, placed by a person
            ("bb-cho-lau", "report"): "open",
        }
        assert [row[1] for row in each["submission"]] == ["1"] * 5
        assert [row[1] for row in each["arrival"]].count("duplicate") == 2
        assert each["rungs"][:3] == [["T-7", "skipped"], ["T-1", "not_sent"], ["T+3", "not_sent"]]


def test_every_outcome_is_the_same(played: tuple[dict[str, Any], ...]) -> None:
    same, retold = played
    assert retold["outcome"].keys() == same["outcome"].keys()
    for name, found in same["outcome"].items():
        assert retold["outcome"][name] == found, name


def test_what_people_read_is_another_wording(played: tuple[dict[str, Any], ...]) -> None:
    same, retold = (each["told"] for each in played)
    for name, texts in same.items():
        assert len(retold[name]) == len(texts)
        assert texts != retold[name], name
    assert "đã qua nấc nhắc sau" in retold["reminders"]  # of before
    assert reworded("đơn vị chưa có địa chỉ thư liên hệ") in retold["reminders"]

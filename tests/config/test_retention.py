"""How long what may go is kept is read, and a time that is too short for what still happens is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories import day

from plan_lifecycle.config.retention import Matter, Retention, read_retention
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.settings import ROOT


def test_the_file_that_comes_with_it_gives_every_matter_its_time() -> None:
    rules = read_retention(ROOT / "config/retention.yaml")
    assert set(rules.months) == set(Matter)
    assert rules.before(Matter.SESSIONS, day("2023-02-01")) == day("2023-01-01")


def test_an_empty_line_or_none_keeps_for_good(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("letters: 24\nmessages:\n", encoding="utf-8")
    rules = read_retention(tmp_path / "r.yaml")
    assert rules == Retention({Matter.LETTERS: 24})
    assert rules.before(Matter.MESSAGES, day("2023-02-01")) is None


@pytest.mark.parametrize("line", ["letters: 11", "people: 0", "trail: 12", "lists: nhiều"])
def test_what_is_too_short_or_no_matter_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "r.yaml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=line.split(":")[0]):
        read_retention(tmp_path / "r.yaml")

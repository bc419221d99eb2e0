"""A case as a file: what it says is played, and what does not fit in it is told with file, line and field."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.settings import ROOT, Settings
from plan_lifecycle.simulation.behaviour import Way
from plan_lifecycle.simulation.case_file import case_names, read_case

NAME = "bac-binh-2023"
Change = Callable[[dict], None]  # type: ignore[type-arg]


def home(tmp_path: Path, change: Change) -> Settings:
    """A home of one case, changed; its configuration is the shipped one."""
    folder = tmp_path / "examples" / NAME
    shutil.copytree(ROOT / "examples" / NAME, folder)
    read = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    change(read)
    (folder / "case.yaml").write_text(yaml.safe_dump(read, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return Settings().model_copy(update={"home": tmp_path, "config": ROOT / "config"})


def test_a_scored_case_says_whom_its_reviews_must_come_to(tmp_path: Path) -> None:
    scores = read_case(Settings(), "emulation-2022-2025").scores
    assert scores is not None
    assert [(review.name, len(review.candidates)) for review in scores.reviews] == [("Sơ kết", 2), ("Tổng kết", 2)]
    year = {"year": 2023, "claims": "2023-11-20", "answers": "2023-11-20", "published": "2023-12-04"}
    review = {"name": "Sơ kết", "years": [2022], "day": "2023-12-15", "candidates": {}}
    wrong = {"scheme": "emulation", "receiver": "bb", "award": "x", "years": [year], "reviews": [review]}
    with pytest.raises(InputError) as told:
        read_case(home(tmp_path, lambda case: case.update(scores=wrong)), NAME)
    assert "scores.years.0" in str(told.value)
    assert "scores.reviews.0.years" in str(told.value)


@pytest.mark.parametrize("name", case_names(ROOT / "examples"))
def test_every_shipped_case_can_be_read(name: str) -> None:
    read = read_case(Settings(), name)
    assert read.clauses
    assert read.stage.case.papers
    assert {"units", "drafts", "obligations", "reports"} <= set(read.counts)


def test_a_case_takes_the_territory_that_it_names_with_what_is_above_and_below() -> None:
    stage = read_case(Settings(), NAME).stage
    districts = [unit.name for unit in stage.tree.units if unit.kind == "district"]
    assert districts == ["huyện Bắc Bình"]
    assert sum(unit.kind == "commune" for unit in stage.tree.units) == 18
    assert stage.case.papers[0].abstract == "Thông tin, tuyên truyền cải cách hành chính năm 2023"


def test_players_are_those_that_the_file_names_the_upper_level_first() -> None:
    stage = read_case(Settings(), NAME).stage
    players = list(stage.case.players(stage.tree))
    district = next(player for player in players if player.unit.name == "huyện Bắc Bình")
    commune = next(player for player in players if player.unit.name == "xã Bình An")
    assert players.index(district) < players.index(commune)
    assert (district.binds_others, commune.binds_others) == (True, False)
    assert set(district.fed_until.values()) == {date(2023, 2, 28), date(2023, 6, 16), date(2023, 12, 18)}
    assert {owed.item for owed in commune.last_days} == {Item.SUB_PLAN, Item.REPORT}


def test_units_behave_as_shipped_where_the_case_says_nothing_else(tmp_path: Path) -> None:
    shipped = read_case(Settings(), NAME).behaviour
    changed = read_case(home(tmp_path, lambda case: case.update(behaviour={"ways": {"late": 100}})), NAME).behaviour
    assert (changed.shares, changed.seed, changed.http) == (((Way.LATE, 100),), shipped.seed, shipped.http)


def _item(case: dict, **changed: object) -> None:  # type: ignore[type-arg]
    case["owed"][0]["items"][0] |= changed


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        (lambda case: case.update(more=1), "more", "a field of another name"),
        (lambda case: case.pop("papers"), "papers", "a value"),
        (lambda case: case.update(papers=[]), "papers", "at least 1"),
        (lambda case: case["papers"][0].update(file="missing.docx"), "papers.0.file", "missing.docx"),
        (lambda case: case["papers"][0].update(file="README.md"), "papers.0.file", "a plan as a Word file"),
        (lambda case: case["papers"][0].update(issuer="tỉnh Atlantis"), "papers.0.issuer", "tỉnh Atlantis"),
        (lambda case: case.update(territory=["huyện Atlantis"]), "territory.0", "huyện Atlantis"),
        (lambda case: case["owed"][0].update(by=["departments"]), "owed.0.by.0", "departments"),
        (lambda case: case["owed"][1].update(to="huyện Atlantis"), "owed.1.to", "huyện Atlantis"),
        (lambda case: case["owed"][1].update(paper="other.docx"), "owed.1.paper", "other.docx"),
        (lambda case: case["papers"].append(case["papers"][0] | {"file": "b.docx"}), "owed.0", "a paper"),
        (lambda case: _item(case, period="2023-H9"), "owed.0.items.0.period", "2023-H9"),
        (lambda case: _item(case, last_day="soon"), "owed.0.items.0.last_day", "date"),
        (lambda case: _item(case, item="poem"), "owed.0.items.0.item", "poem"),
        (lambda case: case.update(ends=date(2022, 1, 1)), "ends", "2022-01-01"),
        (lambda case: case.update(behaviour={"ways": {"late": 50}}), "behaviour.ways", "100"),
        (lambda case: case["settled"][0].update(paper="b.docx"), "settled.0.paper", "b.docx"),
        (
            lambda case: case["settled"][0]["targets"][1].update(target="Phát hành 12 tờ rơi"),
            "settled.0.targets.1.target",
            "Phát hành 12 tờ rơi",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_file_line_and_field(
    tmp_path: Path, change: Change, field: str, told: str
) -> None:
    with pytest.raises(InputError, match=told) as raised:
        read_case(home(tmp_path, change), NAME)
    assert (raised.value.field, Path(str(raised.value.file)).name) == (field, "case.yaml")
    assert raised.value.line is not None


def test_a_case_that_is_none_is_told_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match=NAME):
        read_case(Settings(), "atlantis-2023")

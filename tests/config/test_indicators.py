"""What is counted, by year and level."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plan_lifecycle.config.indicators import read_indicators
from plan_lifecycle.domain.errors import CombinedInputError, InputError
from plan_lifecycle.domain.indicator import Checks, FigureRule, IndicatorType, Jump, RollUp, of_year

Table = Callable[..., Path]
ONE = "indicators:\n  - code: news\n    name: Số tin, bài\n    type: {type}\n    roll_up: {roll_up}\n    levels: [3]\n"
COUNT = ONE.format(type="count", roll_up="sum")


def test_the_committed_list_covers_the_communication_part(examples: Path) -> None:
    indicators = read_indicators(examples / "indicators.yaml")
    codes = {indicator.code for indicator in of_year(indicators, 2023, level=3)}
    assert {
        "plan_issued", "plan_number", "plan_date", "plan_share_done", "news_items", "social_media_items",
        "loudspeaker_broadcasts", "video_clips", "conferences", "training_classes", "training_attendees", "contests",
        "contest_entries", "dialogues", "leaflets", "panels_banners", "model_cases", "feedback_received",
        "feedback_answered", "budget_spent",
    } <= codes  # fmt: skip
    assert {"sipas", "papi", "pci", "dti", "par_index_rank"} <= {each.code for each in of_year(indicators, 2023, 1)}
    assert all(indicator.fits() for indicator in indicators)


def test_a_year_has_one_version_of_each(examples: Path) -> None:
    indicators = read_indicators(examples / "indicators.yaml")
    for year in range(2018, 2030):
        codes = [indicator.code for indicator in of_year(indicators, year)]
        assert len(codes) == len(set(codes))
    required = {
        year: {i.code: i.required for i in of_year(indicators, year)}["social_media_items"] for year in (2022, 2023)
    }
    assert required == {2022: False, 2023: True}


def test_a_version_changes_what_it_names(table: Table) -> None:
    text = COUNT + ("    versions:\n      - {to_year: 2024, levels: [2, 3]}\n      - {from_year: 2025, name: Số tin}\n")
    old, new = read_indicators(table(text, "indicators.yaml"))
    assert (old.name, old.levels, old.valid_to_year) == ("Số tin, bài", (2, 3), 2024)
    assert (new.name, new.levels, new.valid_from_year) == ("Số tin", (3,), 2025)
    assert (new.type, new.roll_up) == (IndicatorType.COUNT, RollUp.SUM)


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        (ONE.format(type="number", roll_up="sum"), 4, "indicators.0.type"),
        (ONE.format(type="text", roll_up="sum"), 5, "indicators.0.roll_up"),
        (ONE.format(type="ratio", roll_up="weighted"), 2, "indicators.0.weight"),
        (COUNT + "    weight_: x\n", 7, "indicators.0.weight_"),
        (COUNT.replace("[3]", "[]"), 6, "indicators.0.levels"),
        (COUNT.replace("[3]", "[0]"), 6, "indicators.0.levels.0"),
        (ONE.format(type="ratio", roll_up="weighted") + "    weight: news\n", 7, "indicators.0.weight"),
        ("indicators: &a\n  - *a\n", 1, "indicators.0"),
        (COUNT.replace("code: news", "code: Số tin"), 2, "indicators.0.code"),
        (COUNT + "    minimum: 5\n    maximum: 1\n", 8, "indicators.0.maximum"),
        (COUNT + "    versions: [{to_year: 2024}, {from_year: 2024}]\n", 7, "indicators.0.versions"),
        (COUNT + "    versions: [{from_year: 2024, to_year: 2023}]\n", 7, "indicators.0.versions.0"),
        (COUNT + "    checks: {parts: [other]}\n", 7, "indicators.0.checks.parts"),
        (COUNT + "    checks:\n      cumulative: true\n      at_most: news\n", 9, "indicators.0.checks.at_most"),
        (COUNT + "    checks: {share_of: [a]}\n", 7, "indicators.0.checks.share_of"),
        (COUNT + "    checks: {jump: {factor: 1}}\n", 7, "indicators.0.checks.jump.factor"),
        (COUNT + "    checks: {evidence: yes}\n", 7, "indicators.0.checks.evidence"),
        (COUNT + "    checks: {blocking: [jumps]}\n", 7, "indicators.0.checks.blocking.0"),
        (ONE.format(type="text", roll_up="list") + "    checks: {cumulative: true}\n", 7, "indicators.0.checks"),
        ("jump: {by: 0}\n" + COUNT, 1, "jump.by"),
        ("", None, "indicators"),
        ("indicators: [\n", 2, None),
        ("a: b: c\n", 1, None),
    ],
)  # fmt: skip
def test_a_bad_file_names_its_line_and_field(table: Table, text: str, line: int | None, field: str | None) -> None:
    with pytest.raises(InputError) as error:
        read_indicators(table(text, "indicators.yaml"))
    assert (error.value.line, error.value.field) == (line, field)
    assert str(error.value.file).endswith("indicators.yaml")


def test_one_code_stands_once(table: Table) -> None:
    row = "  - {code: news, name: A, type: count, roll_up: sum, levels: [3]}\n"
    with pytest.raises(CombinedInputError) as error:
        read_indicators(table("indicators:\n" + row + row, "indicators.yaml"))
    assert [each.line for each in error.value.errors] == [2, 3]
    assert "bị trùng" in error.value.for_user


def test_checks_come_from_the_indicator_its_version_and_the_file(table: Table) -> None:
    text = "jump: {factor: 5, by: 50}\n" + COUNT + (
        "    checks: {cumulative: true}\n"
        "    versions:\n      - {to_year: 2024}\n      - {from_year: 2025, checks: {jump: {}, blocking: [jump]}}\n"
    )  # fmt: skip
    old, new = read_indicators(table(text, "indicators.yaml"))
    assert old.checks == Checks(cumulative=True, jump=Jump(5, 50))
    assert new.checks == Checks(blocking=frozenset({FigureRule.JUMP}))


def test_the_committed_list_checks_what_must_agree(examples: Path) -> None:
    checks = {each.code: each.checks for each in of_year(read_indicators(examples / "indicators.yaml"), 2023)}
    assert checks["tasks_done"].at_most == "tasks_planned"
    assert checks["online_items"].parts == ("news_items", "social_media_items")
    assert checks["news_items"].evidence == "links"
    assert checks["leaflets"].jump == Jump(5, 50)
    assert checks["plan_issued"] == Checks()

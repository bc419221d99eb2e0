"""What may be changed on the board: each name is a place in a file, and what is changed stands above the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.factories import ROOT

from plan_lifecycle.config.adjustable import Adjustable, Kind, parsed, written
from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.config.yaml_file import ConfigFolder
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.release import ReleaseMode

BOOK = Adjustable(ROOT / "config")
SETTINGS = {setting.name: setting for group in BOOK.groups(2026) for setting in group.settings}


def test_every_setting_has_a_value_in_the_files_and_may_be_put_back_as_it_is() -> None:
    """What the page shows is what the command and the form may send: each value stands the way round."""
    plain = ConfigFolder(BOOK.folder)
    values = BOOK.values(SETTINGS.values(), plain)
    assert values["reminders.quiet_around_tet"] == {"before": 1, "after": 1}
    assert values["calendar.years.2026"]["days_off"] == ["2026-01-02", "2026-08-31"]
    assert values["calendar.years.2027"] is None
    assert values["cascade.release"] == "automatic"
    assert [rung["name"] for rung in values["reminders.ladders.report"]] == ["T-7", "T-1", "T+3"]
    assert values["profiles/cchc"].startswith("# Báo cáo")
    changes = {
        name: value if SETTINGS[name].kind is Kind.FILE else written(value)
        for name, value in values.items()
        if value is not None
    }
    assert read_rules(BOOK.above(changes)) == read_rules(BOOK.folder)


def test_what_was_changed_stands_above_the_file() -> None:
    above = BOOK.above(
        {
            "cascade.release": "by_hand",
            "cascade.phone": '"0252 3822 888"',
            "cascade.closing": '["Phòng Cải cách hành chính"]',
            "calendar.years.2027": '{"notice": "Tết 2027", "days_off": ["2027-02-04"]}',
            "reminders.ladders.report": '[{"name": "T-3", "days": -3, "letter": "reminder_before"}]',
        }
    )
    rules = read_rules(above)
    assert (rules.release, rules.phone) == (ReleaseMode.BY_HAND, "0252 3822 888")
    assert rules.closing == ("Phòng Cải cách hành chính",)
    assert not rules.calendar.is_working(date(2027, 2, 4))
    assert not rules.calendar.is_working(date(2026, 8, 31))
    assert [rung.name for rung in rules.ladders[Item.REPORT]] == ["T-3"]
    assert [rung.name for rung in rules.ladders[Item.SUB_PLAN]][:2] == ["T-7", "T-1"]


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("reminders.quiet_around_tet", '{"before": 99}', "quiet_around_tet.before"),
        (
            "reminders.ladders.report",
            '[{"name": "T+3", "days": 3, "letter": "reminder_before"}]',
            "ladders.report.0.letter",
        ),
        ("cascade.leader_from", "101", "leader_from"),
        ("calendar.years.2026", '{"notice": "x", "days_off": ["31/02/2026"]}', "years.2026.days_off.0"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_hold_is_refused_by_its_field(name: str, value: str, field: str) -> None:
    with pytest.raises(InputError) as refused:
        read_rules(BOOK.above({name: value}))
    assert refused.value.field == field
    assert refused.value.line is None


def test_a_whole_file_is_refused_by_its_own_lines_and_against_the_other_files() -> None:
    text = (ROOT / "config/indicators.yaml").read_text(encoding="utf-8")
    broken = text.replace("roll_up: weighted, weight: tasks_planned", "roll_up: weighted, weight: nobody", 1)
    line = broken[: broken.index("weight: nobody")].count("\n") + 1
    with pytest.raises(InputError) as refused:
        read_rules(BOOK.above({"indicators": broken}))
    assert (refused.value.line, str(refused.value.file)) == (line, str(ROOT / "config/indicators.yaml"))
    gone = "\n".join(each for each in text.splitlines() if "code: model_cases" not in each)
    with pytest.raises(InputError, match="model_cases"):
        read_rules(BOOK.above({"indicators": gone}))


@pytest.mark.parametrize("name", ["sources", "cascade", "reminders", "profiles/../cascade", "khac.x", ""])
def test_what_is_no_setting_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        BOOK.find(name, 2026)
    with pytest.raises(InputError):
        BOOK.above({name: "x"})


def test_a_value_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(InputError):
        parsed("cascade.phone", "[")


def test_the_ladder_of_another_file_is_changed_in_that_file(tmp_path: Path) -> None:
    other = Adjustable(ROOT / "config", "reminders.simulation.yaml")
    rules = read_rules(other.above({"reminders.reply_within": "3"}), other.reminders)
    assert rules.reminding.reply_within == 3
    assert rules.reminding.returned == ()

"""``config/reminders.yaml``: what a coordinator may say of ladders, and how a mistake is named."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from plan_lifecycle.config.reminding import read_reminding
from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.reminder import ladder_days
from plan_lifecycle.domain.unit import ContactRole

CONFIG = Path(__file__).parents[2] / "config"


def ladder_file(folder: Path, *rungs: str, head: str = "") -> Path:
    path = folder / "reminders.yaml"
    path.write_text(head + "ladders:\n  report:\n" + "".join(f"    - {rung}\n" for rung in rungs), encoding="utf-8")
    return path


def test_the_shipped_ladder_repeats_every_five_working_days_at_most_three_times() -> None:
    rules = read_rules(CONFIG)
    days = ladder_days(rules.ladders[Item.SUB_PLAN], date(2023, 2, 28), rules.calendar)
    assert [(each.rung.name, each.day) for each in days] == [
        ("T-7", date(2023, 2, 21)),
        ("T-1", date(2023, 2, 27)),
        ("T+3", date(2023, 3, 3)),
        ("T+3.1", date(2023, 3, 10)),
        ("T+3.2", date(2023, 3, 17)),
        ("T+3.3", date(2023, 3, 24)),
    ]
    assert [each.rung.name for each in days if each.rung.escalates] == ["T+3.1", "T+3.2", "T+3.3"]


def test_the_shipped_ladder_writes_to_officers_only() -> None:
    for ladder in read_rules(CONFIG).ladders.values():
        assert {role for rung in ladder for role in rung.roles} == {ContactRole.OFFICER}
        assert not any(rung.superior for rung in ladder)


@pytest.mark.parametrize("offset", [-30, -14, -1, 0, 2, 45])
def test_any_rung_may_be_asked_for_in_calendar_or_working_days(tmp_path: Path, offset: int) -> None:
    letter = "reminder_after" if offset > 0 else "reminder_before"
    path = ladder_file(
        tmp_path,
        f"{{name: A, days: {offset}, letter: {letter}}}",
        f"{{name: B, working_days: {offset}, letter: {letter}}}",
    )
    first, second = read_reminding(path).ladders[Item.REPORT]
    assert (first.days, first.working_days, second.days, second.working_days) == (offset, 0, 0, offset)


def test_once_a_rung_escalates_all_that_follow_do(tmp_path: Path) -> None:
    path = ladder_file(
        tmp_path,
        "{name: T-1, days: -1, letter: reminder_last}",
        "{name: T+1, days: 1, letter: reminder_after, escalates: true}",
        "{name: T+5, days: 5, letter: reminder_after, roles: [head], superior: true}",
    )
    ladder = read_reminding(path).ladders[Item.REPORT]
    assert [rung.escalates for rung in ladder] == [False, True, True]
    assert ladder[2].roles == (ContactRole.HEAD,)
    assert ladder[2].superior


@pytest.mark.parametrize(
    ("rung", "field"),
    [
        ("{name: T+3, days: 3, letter: reminder_before}", "letter"),
        ("{name: T-3, days: -3, letter: reminder_after}", "letter"),
        ("{name: T-7, days: -7, letter: reminder_before}", "name"),
        ("{name: T-1, days: -1, working_days: 2, letter: reminder_last}", "working_days"),
        ("{name: T-1, days: -1, letter: reminder_last, repeat: {every: 5, at_most: 3}}", "repeat"),
        ("{name: T-1, days: -1, letter: a_poem}", "letter"),
        ("{name: T-1, days: eins, letter: reminder_last}", "days"),
        ("{name: T-1, days: -1, letter: reminder_last, roles: [mayor]}", "roles"),
        ("{name: T-1, days: -1, letter: reminder_last, colour: red}", "colour"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_field(tmp_path: Path, rung: str, field: str) -> None:
    path = ladder_file(tmp_path, "{name: T-7, days: -7, letter: reminder_before}", rung)
    with pytest.raises(InputError) as caught:
        read_reminding(path)
    assert caught.value.file == path
    assert caught.value.line == 4
    assert f"ladders.report.1.{field}" in str(caught.value.field)


@pytest.mark.parametrize(
    ("rung", "field"),
    [
        ("{name: T-1, days: -1, letter: reminder_last}", "ladders.quota.0.letter"),
        ("{name: T+3, days: 3, letter: reminder_quota}", "ladders.quota.0.days"),
        ("{name: T-5, days: -5, letter: reminder_quota, superior: true}", "ladders.quota.0.repeat"),
        ("{name: T-5, days: -5, letter: reminder_quota, escalates: true}", "ladders.quota.0.repeat"),
        (
            "{name: T-5, days: -5, letter: reminder_quota}\n    - {name: T-1, days: -1, letter: reminder_quota}",
            "ladders.quota.1.name",
        ),
    ],
)
def test_a_months_quota_is_told_once_and_while_there_is_time(tmp_path: Path, rung: str, field: str) -> None:
    path = tmp_path / "reminders.yaml"
    path.write_text(f"ladders:\n  quota:\n    - {rung}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_reminding(path)
    assert field in str(caught.value)


def test_no_other_ladder_speaks_of_quotas(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ladders\.report\.0\.letter"):
        read_reminding(ladder_file(tmp_path, "{name: T-5, days: -5, letter: reminder_quota}"))


def test_what_was_returned_has_a_ladder_of_its_own(tmp_path: Path) -> None:
    shipped = read_rules(CONFIG).reminding
    assert [rung.name for rung in shipped.returned] == ["T-1", "T+3", "T+3.1", "T+3.2", "T+3.3"]
    assert [rung.escalates for rung in shipped.returned] == [False, False, True, True, True]
    path = tmp_path / "reminders.yaml"
    path.write_text("ladders: {}\nreturned:\n- {name: T+3, days: 3, letter: reminder_last}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 3, field 'returned\.0\.letter'"):
        read_reminding(path)


def test_hours_must_open_before_they_close(tmp_path: Path) -> None:
    path = ladder_file(
        tmp_path, "{name: T-1, days: -1, letter: reminder_last}", head='hours: {opens: "18:00", closes: "07:00"}\n'
    )
    with pytest.raises(InputError, match=r"hours\.closes"):
        read_reminding(path)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2023-02-21T07:30", True),
        ("2023-02-21T06:59", False),
        ("2023-02-21T21:00", False),
        ("2023-02-25T09:00", False),  # a Saturday
        ("2023-01-23T09:00", False),  # Tết
        ("2023-01-27T09:00", False),  # the quiet day after it
        ("2023-01-30T09:00", True),
    ],
)
def test_nobody_is_reminded_at_night_on_a_rest_day_or_around_tet(moment: str, open_: bool) -> None:
    assert read_rules(CONFIG).may_remind(datetime.fromisoformat(moment).replace(tzinfo=LOCAL)) is open_


def test_contacts_are_asked_from_a_day_of_the_year_on() -> None:
    assert read_rules(CONFIG).reminding.confirms_from(2026) == date(2026, 1, 15)

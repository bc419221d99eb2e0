"""A year that is played comes to what the configuration says, and the check can fail."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.databases import migrated_copy
from tests.factories import (
    BINH_AN,
    DEPARTMENT,
    DISTRICT,
    DIVISION,
    HOA_THANG,
    OTHER_DISTRICT,
    PHUOC_THE,
    PROVINCE,
    ROOT,
    rules,
)

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import UnitKind, UnitTree
from plan_lifecycle.settings import Settings
from plan_lifecycle.simulation import run as module
from plan_lifecycle.simulation.behaviour import Behaviour, Sending, Way, read_behaviour
from plan_lifecycle.simulation.case import Owed, Stage, case_of_a_province, last_days
from plan_lifecycle.simulation.expected import Expected, expect, sendings
from plan_lifecycle.simulation.findings import Outcome
from plan_lifecycle.simulation.run import prepare, simulate

SMALL = (PROVINCE, DEPARTMENT, DISTRICT, DIVISION, BINH_AN, HOA_THANG, OTHER_DISTRICT, PHUOC_THE)
SHIPPED = read_behaviour(ROOT / "config/simulation.yaml")


def stage(year: int = 2023) -> Stage:
    """Two districts with a few communes and a division, played from a plan of the province."""
    from plan_lifecycle.simulation.provincial_plan import provincial_plan

    plan = provincial_plan(PROVINCE, year, last_days(year)[0], two_tiers=False)
    return Stage(case_of_a_province(PROVINCE, year, plan), UnitTree.on(date(year, 1, 1), SMALL))


def expected(behaviour: Behaviour) -> Expected:
    made = stage()
    return expect(made.case, made.case.players(made.tree), behaviour, rules())


def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour | None = None) -> Outcome:
    """Play the small province; ``behaviour`` None is the shipped one."""
    monkeypatch.setattr(module, "prepare", lambda *_, **__: stage())
    if behaviour is not None:
        monkeypatch.setattr(module, "read_behaviour", lambda _: behaviour)
    migrated_copy(tmp_path / "plan_lifecycle.db")
    settings = Settings().model_copy(
        update={"var": tmp_path, "inbox": tmp_path / "inbox", "store_url": "", "durable": False}
    )
    return simulate(settings, "Bình Thuận", 2023)


@pytest.mark.enable_socket
def test_two_districts_with_their_communes_hold_every_invariant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = played(tmp_path, monkeypatch)
    assert done.holds, done.invariants
    assert (done.units, done.drafts, done.obligations) == (7, 7, 21)


@pytest.mark.enable_socket
def test_a_ladder_for_what_was_returned_is_counted_with_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    ladders = tmp_path / "config/reminders.simulation.yaml"
    again = (
        "\nreturned:\n- {name: T-1, days: -1, letter: reminder_last}\n- {name: T+1, days: 1, letter: reminder_after}\n"
    )
    ladders.write_text(ladders.read_text(encoding="utf-8") + again, encoding="utf-8")
    monkeypatch.setenv("PLAN_LIFECYCLE_CONFIG", str(tmp_path / "config"))
    plain = expected(replace(SHIPPED, shares=((Way.CORRECTED, 100),))).letters
    done = played(tmp_path, monkeypatch, replace(SHIPPED, shares=((Way.CORRECTED, 100),)))
    assert done.holds, done.invariants
    assert done.letters > plain


@pytest.mark.enable_socket
@pytest.mark.parametrize("way", list(Way))
def test_every_way_of_answering_holds_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: Way) -> None:
    done = played(tmp_path, monkeypatch, replace(SHIPPED, shares=((way, 100),)))
    assert done.holds, done.invariants


@pytest.mark.enable_socket
@pytest.mark.parametrize("changed", [{"seed": 7}, {"shares": ((Way.NEVER, 100),)}], ids=["another seed", "never"])
def test_a_check_against_other_behaviour_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object]
) -> None:
    """What is expected is told from the configuration, not from the run: with other behaviour it does not fit."""
    other = replace(SHIPPED, **changed)  # type: ignore[arg-type]
    monkeypatch.setattr(module, "expect", lambda case, players, _, rules: expect(case, players, other, rules))
    done = played(tmp_path, monkeypatch)
    broken = {name for name, held in done.invariants.items() if not held}
    assert not done.holds
    assert {"timeliness_as_expected", "letters_as_expected", "report_totals_as_expected"} <= broken
    assert "adds_up" not in broken


@pytest.mark.parametrize(
    ("changed", "differs"),
    [
        ({"seed": 1}, {"totals"}),
        ({"shares": ((Way.EARLY, 100),)}, {"on_time", "letters"}),
        ({"shares": ((Way.LATE, 100),)}, {"late", "letters"}),
        ({"shares": ((Way.NEVER, 100),)}, {"missing", "in_report"}),
        ({"shares": ((Way.CORRECTED, 100),)}, {"returned", "letters"}),
        ({"late": 9, "shares": ((Way.LATE, 100),)}, {"late"}),
    ],
)
def test_what_is_expected_follows_the_behaviour(changed: dict[str, object], differs: set[str]) -> None:
    before, after = expected(SHIPPED), expected(replace(SHIPPED, **changed))  # type: ignore[arg-type]
    assert differs <= {name for name in before.__dataclass_fields__ if getattr(before, name) != getattr(after, name)}


def test_how_many_units_there_are_does_not_follow_the_behaviour() -> None:
    before, after = expected(SHIPPED), expected(replace(SHIPPED, seed=1, shares=((Way.NEVER, 100),)))
    assert (before.units, before.drafts, before.obligations) == (after.units, after.drafts, after.obligations)


def test_every_unit_early_gives_only_what_nobody_has_to_be_asked_for() -> None:
    found = expected(replace(SHIPPED, shares=((Way.EARLY, 100),)))
    assert (found.on_time, found.late, found.missing, found.returned) == (21, 0, 0, 0)


@pytest.mark.parametrize("way", list(Way))
def test_a_way_delivers_on_its_days(way: Way) -> None:
    last = date(2023, 2, 28)
    assert (
        SHIPPED.deliveries(way, last)
        == {
            Way.EARLY: (Sending(date(2023, 2, 20), right=True),),
            Way.ON_TIME: (Sending(date(2023, 2, 27), right=True),),
            Way.LATE: (Sending(date(2023, 3, 2), right=True),),
            Way.CORRECTED: (Sending(date(2023, 2, 20), right=False), Sending(date(2023, 2, 27), right=True)),
            Way.NEVER: (),
        }[way]
    )


def test_a_plan_that_binds_others_always_comes() -> None:
    never = replace(SHIPPED, shares=((Way.NEVER, 100),))
    assert never.way("bb", "sub_plan", "2023", binds_others=True) is Way.LATE
    assert never.way("bb", "sub_plan", "2023", binds_others=False) is Way.NEVER


def test_a_district_does_not_report_before_the_working_day_after_its_communes_last_day() -> None:
    made = stage()
    district = next(each for each in made.case.players(made.tree) if each.unit is DISTRICT)
    early = replace(SHIPPED, shares=((Way.EARLY, 100),))
    ((day, _),) = sendings(early, district, Owed(Item.REPORT, "2023-H1"), rules().calendar)
    assert day == date(2023, 6, 19)


def test_shares_come_out_about_as_configured() -> None:
    ways = [SHIPPED.way(f"u{number}", "report", "2023", binds_others=False) for number in range(4000)]
    for way, share in SHIPPED.shares:
        assert abs(100 * ways.count(way) / len(ways) - share) < 3


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"ways": {"early": 50}}, "ways that add up to 100"),
        ({"days": {"early": 0, "on_time": -1, "late": 2}}, "early < on_time"),
        ({"ways": {"sometimes": 100}}, "ways"),
        ({"more": 1}, "more"),
    ],
)
def test_a_wrong_configuration_is_told(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    shipped = yaml.safe_load((ROOT / "config/simulation.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "simulation.yaml"
    path.write_text(yaml.safe_dump(shipped | changed), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_behaviour(path)


def test_a_small_sample_has_every_level() -> None:
    made = prepare(Settings(), "Bình Thuận", 2023, units=8)
    kinds = {unit.kind for unit in made.tree.units}
    assert {UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE} <= kinds
    assert len(made.tree.units) == 9


def test_from_2026_there_is_no_level_between() -> None:
    made = prepare(Settings(), "Lâm Đồng", 2026, units=6)
    assert {player.receiver_id for player in made.case.players(made.tree)} == {made.case.papers[0].issuer.id}


@pytest.mark.enable_socket
def test_a_year_without_districts_holds_too(tmp_path: Path) -> None:
    migrated_copy(tmp_path / "plan_lifecycle.db")
    settings = Settings().model_copy(
        update={"var": tmp_path, "inbox": tmp_path / "inbox", "store_url": "", "durable": False}
    )
    done = simulate(settings, "Lâm Đồng", 2026, units=6)
    assert done.holds, done.invariants


def test_fewer_than_one_unit_is_told() -> None:
    with pytest.raises(InputError, match="at least 1"):
        simulate(Settings(), "Bình Thuận", 2023, units=0)

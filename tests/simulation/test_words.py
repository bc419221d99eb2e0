"""What simulated units write follows from the seed, the unit and the heading, and can be told beforehand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from tests.factories import BINH_AN, HOA_THANG, ROOT, rules

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.simulation.behaviour import read_behaviour
from plan_lifecycle.simulation.case import Player
from plan_lifecycle.simulation.words import FILE, Author, Line, Telling, read_words

SHIPPED = read_behaviour(ROOT / "config/simulation.yaml")
PROFILE = rules().profile_of("Thông tin, tuyên truyền cải cách hành chính năm 2023")
assert PROFILE is not None


def player(unit: Unit = BINH_AN, number: int = 1) -> Player:
    return Player(unit, "bb", {}, binds_others=False, number=number)


def lines(telling: Telling, unit: Unit = BINH_AN, number: int = 1) -> list[Line]:
    author = Author(SHIPPED.seed, ((telling, 100),), SHIPPED.words)
    return list(author.lines(player(unit, number), "2023-H1", PROFILE))


def test_a_unit_writes_the_same_every_time() -> None:
    first, again = (list(SHIPPED.author.lines(player(), "2023-H1", PROFILE)) for _ in range(2))
    assert first == again != []


def test_under_every_heading_that_a_unit_is_asked_about_it_writes_one_paragraph() -> None:
    asked = [heading.section.code for heading in PROFILE.asked(Period.parse("2023-H1").kind, BINH_AN.level)]
    assert [line.heading.section.code for line in lines(Telling.OWN)] == asked
    assert lines(Telling.NOTHING) == []


def test_no_name_of_a_blank_is_left_in_what_is_written() -> None:
    for telling in Telling:
        for line in lines(telling):
            assert "{" not in line.text
            assert "}" not in line.text


def test_what_is_copied_differs_from_the_neighbours_in_its_name_and_numbers_only() -> None:
    mine, theirs = (lines(Telling.COPIED, unit, number) for unit, number in ((BINH_AN, 1), (HOA_THANG, 2)))
    for one, other in zip(mine, theirs, strict=True):
        bare = {
            "".join(each for each in line.text.replace(unit.agency, "") if not each.isdecimal())
            for line, unit in ((one, BINH_AN), (other, HOA_THANG))
        }
        assert len(bare) == 1
        assert one.text != other.text


def test_how_units_write_comes_out_about_as_configured() -> None:
    units = [Unit(f"u{number}", f"xã {number}", UnitKind.COMMUNE, 3, "bb") for number in range(300)]
    asked = len(list(PROFILE.asked(Period.parse("2023").kind, 3)))
    told = Counter(line.telling for unit in units for line in SHIPPED.author.lines(player(unit), "2023", PROFILE))
    told[Telling.NOTHING] = asked * len(units) - sum(told.values())
    for telling, share in SHIPPED.texts:
        assert abs(100 * told[telling] / (asked * len(units)) - share) < 3


def test_a_wrong_file_of_words_is_told_with_its_line(tmp_path: Path) -> None:
    shipped = yaml.safe_load((ROOT / "config" / FILE).read_text(encoding="utf-8"))
    shipped["sections"]["outlook"]["copied"] = "Ngắn quá."
    (tmp_path / FILE).write_text(yaml.safe_dump(shipped, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputError, match="200") as raised:
        read_words(tmp_path / FILE)
    assert (raised.value.field, raised.value.line is not None) == ("sections.outlook.copied", True)

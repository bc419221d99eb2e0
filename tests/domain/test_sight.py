"""Whose units somebody sees: by name, by role, with what lies below, and nothing by mistake."""

from __future__ import annotations

import pytest

from plan_lifecycle.domain.sight import EVERYTHING, NOTHING, Access, Limit, Sight

PARENTS = {"bt": None, "bb": "bt", "bb-binh-an": "bb", "bb-hoa-thang": "bb", "tp": "bt", "tp-phuoc-the": "tp"}
NONE: frozenset[str] = frozenset()
BY_ROLE = Limit(None, "Điều phối Bắc Bình", NONE, frozenset({"bb"}))
BY_NAME = Limit("hoa", None, frozenset({"tp"}), NONE)
ACCESS = Access((BY_ROLE, BY_NAME))


@pytest.mark.parametrize(
    ("name", "roles", "units"),
    [
        ("an", {"Điều phối Bắc Bình"}, {"bb", "bb-binh-an", "bb-hoa-thang"}),
        ("an", {"điều phối bắc bình"}, {"bb", "bb-binh-an", "bb-hoa-thang"}),
        ("an", {"Điều phối Bắc Bình", "User"}, {"bb", "bb-binh-an", "bb-hoa-thang"}),
        ("hoa", set(), {"tp"}),
        (" HOA ", set(), {"tp"}),
        ("hoa", {"Điều phối Bắc Bình"}, {"bb", "bb-binh-an", "bb-hoa-thang", "tp"}),
    ],
)
def test_a_limit_by_name_or_role_gives_units_and_all_below_them(name: str, roles: set[str], units: set[str]) -> None:
    assert ACCESS.sight(name, roles, PARENTS) == Sight(frozenset(units))


def test_whom_no_limit_names_sees_everything_or_nothing_as_the_rules_say() -> None:
    assert ACCESS.sight("an", {"User"}, PARENTS) == EVERYTHING
    assert Access((BY_NAME,), others=False).sight("an", {"User"}, PARENTS) == NOTHING


def test_what_belongs_to_no_unit_or_to_others_too_is_for_those_who_see_everything() -> None:
    some = Sight(frozenset({"bb", "tp"}))
    assert [some.has(one) for one in ("bb", "bt", None)] == [True, False, False]
    assert [some.has_all(these) for these in (["bb"], ["bb", "tp"], ["bb", "bt"], [])] == [True, True, False, False]
    assert EVERYTHING.has(None)
    assert EVERYTHING.has_all([])
    assert not NOTHING.has_all([])


def test_units_that_stand_above_each_other_in_a_circle_end() -> None:
    circle = Access((Limit("an", None, NONE, frozenset({"a"})),))
    assert circle.sight("an", (), {"a": "b", "b": "a"}) == Sight(frozenset({"a", "b"}))

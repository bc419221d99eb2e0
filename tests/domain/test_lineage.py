"""Which units stood in the place of today's, and whether they went into them whole."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.lineage import Lineage
from plan_lifecycle.domain.unit import Succession, Unit, UnitKind

MERGED = date(2025, 7, 1)
BEFORE = date(2024, 12, 14)


def commune(unit_id: str, *, until: date | None = None, since: date | None = None) -> Unit:
    return Unit(unit_id, f"xã {unit_id}", UnitKind.COMMUNE, 3, valid_from=since, valid_to=until)


OLD = [commune(name, until=date(2025, 6, 30)) for name in ("A", "B", "C", "D", "E")]
NEW = [commune(name, since=MERGED) for name in ("new", "other", "renamed")]
UNITS = {unit.id: unit for unit in (*OLD, *NEW, commune("same"))}


def lineage(*links: tuple[str, str] | tuple[str, str, bool]) -> Lineage:
    return Lineage(UNITS, [Succession(*each) for each in links])


@pytest.mark.parametrize(
    ("asked", "links", "origins"),
    [
        (["same"], [], {"same": True}),
        (["new"], [("A", "new"), ("B", "new"), ("C", "new")], {"A": True, "B": True, "C": True}),
        (["renamed"], [("D", "renamed")], {"D": True}),
        (["new"], [("A", "new"), ("B", "new", False)], {"A": True, "B": False}),
        # A commune that was split is nobody's alone, and theirs together who have all of it.
        (["new"], [("A", "new"), ("B", "new"), ("B", "other")], {"A": True, "B": False}),
        (["new", "other"], [("A", "new"), ("B", "new", False), ("B", "other", False)], {"A": True, "B": True}),
        (["same"], [("A", "same")], {"same": True, "A": True}),
        (["new"], [("A", "B"), ("B", "new")], {"B": True, "A": True}),
        (["nobody"], [], {}),
        (["new"], [], {}),
    ],
)
def test_origins_on_a_day_before(asked: list[str], links: list[tuple[str, str]], origins: dict[str, bool]) -> None:
    found = lineage(*links).origins(asked, BEFORE)
    assert {each.unit.id: each.whole for each in found} == origins


def test_after_the_merger_a_unit_stands_for_itself() -> None:
    found = lineage(("A", "new"), ("B", "new")).origins(["new"], date(2025, 12, 14))
    assert [(each.unit.id, each.whole) for each in found] == [("new", True)]


def test_what_goes_round_in_a_circle_ends() -> None:
    found = lineage(("A", "B"), ("B", "A"), ("A", "new")).origins(["new"], BEFORE)
    assert {each.unit.id: each.whole for each in found} == {"A": False, "B": False}

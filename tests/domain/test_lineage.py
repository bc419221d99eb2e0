"""Which units stood in the place of today's, and what their figures are together."""

from __future__ import annotations

from datetime import date

import pytest

from plan_lifecycle.domain.earlier import Earlier, earlier_figures
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
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


NEWS = Indicator("news", "Số tin", "tin", IndicatorType.COUNT, RollUp.SUM, (3,))
SHARE = Indicator("share", "Tỷ lệ", "%", IndicatorType.RATIO, RollUp.MEAN, (3,))
DECIDED = Indicator("decided", "Đã ban hành", "", IndicatorType.BOOLEAN, RollUp.SHARE, (3,))
THREE = [("A", "new"), ("B", "new"), ("C", "new")]


def earlier(links: list[tuple[str, str]], unit_id: str = "new", **figures: dict[str, Value]) -> Earlier:
    origins = lineage(*links).origins([unit_id], BEFORE)
    return earlier_figures("năm 2024", unit_id, [NEWS, SHARE, DECIDED], origins, figures)


def test_a_commune_of_three_has_the_sum_of_all_three() -> None:
    found = earlier(THREE, A={"news": 10}, B={"news": 20}, C={"news": 15})
    assert found.told(NEWS) == "45 (cộng của xã A, xã B, xã C)"


def test_where_one_of_three_did_not_report_there_is_no_number_but_who_did() -> None:
    found = earlier(THREE, A={"news": 10}, C={"news": 1500})
    assert found.values == {}
    assert found.told(NEWS) == "chưa cộng được; xã A: 10; xã B: chưa có; xã C: 1.500"


def test_shares_and_decisions_are_never_added() -> None:
    found = earlier(THREE[:2], A={"share": 80, "decided": True}, B={"share": 90, "decided": True})
    assert found.values == {}
    assert found.told(SHARE) == "chưa cộng được; xã A: 80; xã B: 90"
    assert found.told(DECIDED) == "chưa cộng được; xã A: có; xã B: có"


def test_a_part_of_a_commune_is_not_added() -> None:
    found = earlier([("A", "new"), ("B", "new"), ("B", "other")], A={"news": 10}, B={"news": 20})
    assert found.told(NEWS) == "chưa cộng được; xã A: 10; xã B (nhập một phần): 20"


def test_a_renamed_commune_keeps_all_its_figures_and_says_whose_they_were() -> None:
    found = earlier([("D", "renamed")], "renamed", D={"news": 10, "share": 80, "decided": True})
    assert (found.told(NEWS), found.told(SHARE), found.told(DECIDED)) == (
        "10 (của xã D)", "80 (của xã D)", "có (của xã D)",
    )  # fmt: skip


def test_an_own_figure_needs_no_note_and_nothing_known_is_nothing() -> None:
    assert earlier([], "same", same={"news": 0}).told(NEWS) == "0"
    assert not earlier([], "same")
    assert earlier([], "same").label == ""

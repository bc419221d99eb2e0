"""Figures of a year before become a unit's own: its forebears' together, or no number but who reported what."""

from __future__ import annotations

from plan_lifecycle.domain.earlier import Earlier, earlier_figures
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, RollUp, Value
from plan_lifecycle.domain.lineage import Origin
from plan_lifecycle.domain.unit import Unit, UnitKind

NEWS = Indicator("news", "Số tin", "tin", IndicatorType.COUNT, RollUp.SUM, (3,))
SHARE = Indicator("share", "Tỷ lệ", "%", IndicatorType.RATIO, RollUp.MEAN, (3,))
DECIDED = Indicator("decided", "Đã ban hành", "", IndicatorType.BOOLEAN, RollUp.SHARE, (3,))
TWO = {"A": True, "B": True}
THREE = {**TWO, "C": True}


def earlier(origins: dict[str, bool], unit_id: str = "new", **figures: dict[str, Value]) -> Earlier:
    """Figures of the year before; ``origins`` says whether the whole of each went into the unit."""
    units = [Origin(Unit(name, f"xã {name}", UnitKind.COMMUNE, 3), whole) for name, whole in origins.items()]
    return earlier_figures("năm 2024", unit_id, [NEWS, SHARE, DECIDED], units, figures)


def test_a_commune_of_three_has_the_sum_of_all_three() -> None:
    found = earlier(THREE, A={"news": 10}, B={"news": 20}, C={"news": 15})
    assert found.told(NEWS) == "45 (cộng của xã A, xã B, xã C)"


def test_where_one_of_three_did_not_report_there_is_no_number_but_who_did() -> None:
    found = earlier(THREE, A={"news": 10}, C={"news": 1500})
    assert found.values == {}
    assert found.told(NEWS) == "chưa cộng được; xã A: 10; xã B: chưa có; xã C: 1.500"


def test_shares_and_decisions_are_never_added() -> None:
    found = earlier(TWO, A={"share": 80, "decided": True}, B={"share": 90, "decided": True})
    assert found.values == {}
    assert found.told(SHARE) == "chưa cộng được; xã A: 80; xã B: 90"
    assert found.told(DECIDED) == "chưa cộng được; xã A: có; xã B: có"


def test_a_part_of_a_commune_is_not_added() -> None:
    found = earlier({"A": True, "B": False}, A={"news": 10}, B={"news": 20})
    assert found.told(NEWS) == "chưa cộng được; xã A: 10; xã B (nhập một phần): 20"


def test_a_renamed_commune_keeps_all_its_figures_and_says_whose_they_were() -> None:
    found = earlier({"D": True}, "renamed", D={"news": 10, "share": 80, "decided": True})
    assert (found.told(NEWS), found.told(SHARE), found.told(DECIDED)) == (
        "10 (của xã D)", "80 (của xã D)", "có (của xã D)",
    )  # fmt: skip


def test_an_own_figure_needs_no_note_and_nothing_known_is_nothing() -> None:
    assert earlier({"same": True}, "same", same={"news": 0}).told(NEWS) == "0"
    assert not earlier({"same": True}, "same")
    assert earlier({"same": True}, "same").label == ""


def test_units_of_other_decimals_add_up_and_text_does_not() -> None:
    assert earlier(TWO, A={"news": 10}, B={"news": 2.5}).values == {"news": 12.5}
    assert earlier(TWO, A={"news": 10}, B={"news": "nhiều"}).values == {}


def test_what_cannot_be_added_is_told_instead_of_a_figure() -> None:
    found = earlier({"A": True, "B": False}, A={"news": 10})
    assert (bool(found), found.label, found.told(SHARE)) == (True, "năm 2024", "")


def test_a_unit_that_also_took_in_another_is_not_alone() -> None:
    assert earlier({"new": True, "A": True}, new={"news": 1}, A={"news": 2}).told(NEWS) == "3 (cộng của xã new, xã A)"

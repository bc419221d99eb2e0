"""Those below report early enough for their aggregator, whichever of its own duties comes first."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import DISTRICT, PROVINCE, UNITS, fill, make_office, rules

from plan_lifecycle.config.rules import BelowDuties, DutyBelow
from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.deadline import read_deadline
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.plan import DutyItem, Plan, ReportingDuty
from plan_lifecycle.domain.unit import UnitKind, UnitTree
from plan_lifecycle.lifecycle.cascade._draft import sub_plan_draft
from plan_lifecycle.lifecycle.cascade._feeding import binding, in_time_for
from plan_lifecycle.store.engine import Store

DAY = date(2023, 2, 12)
YEARS = range(2023, 2024)
BELOW = "UBND các xã, phường, thị trấn"
H1, QUARTER, SUB_PLAN = DutyItem.REPORT_H1, DutyItem.REPORT_QUARTER, DutyItem.SUB_PLAN


def duty(item: DutyItem, phrase: str, audience: str = "UBND các huyện") -> ReportingDuty:
    deadline = read_deadline(phrase, year=2023)
    return ReportingDuty(item, audience, deadline, "UBND tỉnh", None, Basis.RECEIPT, phrase, "Mục IV")


def asked(item: DutyItem, proposed: str, *own: str) -> str:
    """The words for those below, where the aggregator owes the same by these phrases."""
    duties = [duty(item, phrase) for phrase in own]
    return in_time_for(duties, item, read_deadline(proposed, year=2023), YEARS, rules().calendar)


def bound(item: DutyItem, *said: str) -> list[str]:
    return [one.phrase for one in binding(item, [read_deadline(phrase, year=2023) for phrase in said], YEARS)]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (["trước ngày 20/6/2023"], "trước ngày 17/6/2023"),
        (["trước ngày 15/6/2023"], "chậm nhất ngày 12/6/2023"),
        (["trước ngày 20/6/2023", "trước ngày 15/6/2023"], "chậm nhất ngày 12/6/2023"),
        (["trước ngày 15/6/2023", "trước ngày 20/6/2023"], "chậm nhất ngày 12/6/2023"),
        (["khi có yêu cầu", "trước ngày 15/6/2023"], "chậm nhất ngày 12/6/2023"),
        (["khi có yêu cầu"], "trước ngày 17/6/2023"),
        ([], "trước ngày 17/6/2023"),
    ],
)
def test_of_two_days_of_one_report_the_earlier_moves_those_below(own: list[str], words: str) -> None:
    assert asked(H1, "trước ngày 17/6/2023", *own) == words


def test_a_quarter_is_held_against_the_same_quarter_of_the_aggregator() -> None:
    own = ["trước ngày 20/3/2023", "trước ngày 15/9/2023"]
    assert asked(QUARTER, "trước ngày 15/3/2023", *own) == "trước ngày 15/3/2023"
    assert asked(QUARTER, "trước ngày 15/9/2023", *own) == "chậm nhất ngày 12/9/2023"
    assert asked(QUARTER, "trước ngày 15/12/2023", *own) == "trước ngày 15/12/2023"


def test_a_deadline_of_several_days_is_moved_where_one_of_them_is_late() -> None:
    phrase = "trước ngày 15 tháng cuối quý"
    every = "chậm nhất ngày 10/3/2023, ngày 12/6/2023, ngày 12/9/2023, ngày 12/12/2023"
    june = "chậm nhất ngày 14/3/2023, ngày 12/6/2023, ngày 14/9/2023, ngày 14/12/2023"
    assert (asked(QUARTER, phrase, phrase), asked(QUARTER, phrase, "trước ngày 15/6/2023")) == (every, june)


def test_of_two_days_that_a_plan_sets_for_one_period_the_earlier_binds() -> None:
    assert bound(H1, "trước ngày 16/6/2023", "trước ngày 10/6/2023") == ["trước ngày 10/6/2023"]


def test_days_of_several_periods_are_all_kept() -> None:
    quarters = ["trước ngày 15/3/2023", "trước ngày 15/9/2023"]
    assert bound(QUARTER, *quarters) == quarters
    assert bound(QUARTER, "trước ngày 15/8/2023", *quarters) == [*quarters, "trước ngày 15/8/2023"]


def test_a_unit_is_followed_for_the_plan_of_the_first_clause() -> None:
    assert bound(SUB_PLAN, "trước ngày 20/02/2023", "trước ngày 15/02/2023") == ["trước ngày 20/02/2023"]


def test_a_draft_asks_those_below_for_every_quarter_that_the_superior_plan_names(store: Store) -> None:
    fill(store)
    phrases = ("trước ngày 15/3/2023", "trước ngày 15/9/2023")
    said = tuple(duty(QUARTER, phrase, BELOW) for phrase in phrases)
    plan = Plan(
        "36", "KH-UBND", date(2023, 1, 10), "UBND tỉnh Bình Thuận", "Bình Thuận", "Kế hoạch", "CCHC năm 2023",
        (), (2023,), (), (), said, (),
    )  # fmt: skip
    by_the_rules = DutyBelow(QUARTER, "gửi báo cáo quý", "trước ngày 30/12/{year}")
    office = make_office(store, below=(BelowDuties(UnitKind.DISTRICT, BELOW, (by_the_rules,)),))
    given = Assigned(DISTRICT, (), (duty(QUARTER, "trước ngày 15/9/2023"),))
    draft = sub_plan_draft(office, UnitTree.on(DAY, UNITS), PROVINCE, plan, given, 2023, DAY)
    below = [row.deadline for row in draft.duties if row.item == by_the_rules.what]
    assert below == ["trước ngày 15/3/2023", "chậm nhất ngày 12/9/2023"]

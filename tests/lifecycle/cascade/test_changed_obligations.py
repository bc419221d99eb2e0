"""What becomes of what is owed when a plan is read again: clauses decide, and a month's quota outlasts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plan_lifecycle.domain.obligation import Basis, Item, Obligation
from plan_lifecycle.lifecycle.cascade._changed_obligations import Changes, Move, changes

PLAN = Obligation(
    1, "bb-binh-an", "bb", Item.SUB_PLAN, "2023", "ban hành kế hoạch", "trước ngày 01/3", Basis.ISSUE,
    date(2023, 2, 28), id=1,
)  # fmt: skip
NEWS = replace(PLAN, item=Item.QUOTA, period="2023-M03", clause="05 tin, bài/tháng", due_on=date(2023, 3, 31), id=2)


def test_a_months_quota_outlasts_an_amendment() -> None:
    later = replace(PLAN, phrase="trước ngày 10/3", due_on=date(2023, 3, 9), id=0)
    change = changes([PLAN, NEWS], [later], frozenset())
    assert [each.before for each in change.moved] == [PLAN]
    assert change.closed == ()


def test_a_months_quota_ends_with_all_that_the_unit_owes() -> None:
    assert changes([PLAN, NEWS], [], frozenset()).closed == (PLAN, NEWS)


def test_any_one_kind_of_change_is_a_change() -> None:
    assert not Changes()
    assert all((Changes(moved=(Move(PLAN, NEWS),)), Changes(closed=(PLAN,)), Changes(added=(PLAN,))))

"""What a file that waits for a person may be: whose, and which of the things that are owed.

Xã Bình An's officer sends "gui-so.pdf" while plan and report are owed: both may be meant, and nobody is reminded of
either until a coordinator has looked.
"""

from __future__ import annotations

from collections.abc import Sequence

from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._whose import Attribution, Claim, item_named
from plan_lifecycle.store.guesses import Guess


def guesses_of(found: Attribution, claim: Claim, file_name: str, named: Sequence[Unit] = ()) -> tuple[Guess, ...]:
    """Say what a file of a message may be; ``named`` are units in its words, asked where nothing else tells whose."""
    told = {obligation.unit_id for obligation in found.candidates} | set(found.units)
    if claim.unit_id and claim.doubt is not Doubt.NOT_OF_THE_UNIT:
        told = {claim.unit_id}
    units = told or {unit.id for unit in named}
    item, period = _what(claim, file_name)
    return tuple(Guess(unit_id, item, period) for unit_id in sorted(units))


def another_item(unit_id: str | None, item: str) -> tuple[Guess, ...]:
    """Say what a file may be that is no such item by its content: of two kinds of papers the other one."""
    other = Item.REPORT if item == Item.SUB_PLAN.value else Item.SUB_PLAN
    return (Guess(unit_id, other.value),) if unit_id else ()


def of_a_claim(unit_id: str | None, item: str | None) -> tuple[Guess, ...]:
    """Say what a file may be whose sender named an item that its unit does not owe, or a period."""
    known = (item or "").strip().lower()
    return (Guess(unit_id, known if known in {one.value for one in Item} else ""),) if unit_id else ()


def _what(claim: Claim, file_name: str) -> tuple[str, str]:
    named = item_named(file_name)
    if claim.doubt is Doubt.OTHER_ITEM or claim.item is None:
        return (named.value if named else "", "")
    return claim.item, claim.period or ""

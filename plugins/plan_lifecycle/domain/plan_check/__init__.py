"""What a reviewer checks in a sub-plan: xã Bình An's plan held against that of huyện Bắc Bình.

Every task given to the unit is there, none later, none lower; the superior plan is cited with its number and date; the
year is right; each row has a lead, a date and a product, and the plan a budget; the wording is the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plan_lifecycle.domain.plan import Activity, Plan
from plan_lifecycle.domain.plan_check._citation import citation, same_reference, year
from plan_lifecycle.domain.plan_check._copying import Wording, copied, text_of
from plan_lifecycle.domain.plan_check._matching import addresses, cover, likeness, role_of
from plan_lifecycle.domain.plan_check._model import (
    Copied,
    Covered,
    Deviation,
    Missing,
    PlanCheck,
    PlanFinding,
    PlanRule,
    Role,
)
from plan_lifecycle.domain.plan_check._rows import complete
from plan_lifecycle.domain.plan_check._standards import later, lower
from plan_lifecycle.domain.plan_check._unit import unit_named
from plan_lifecycle.domain.unit import Unit

__all__ = [
    "COPIED",
    "Copied",
    "Covered",
    "Deviation",
    "Missing",
    "PlanCheck",
    "PlanFinding",
    "PlanRule",
    "Role",
    "Wording",
    "addresses",
    "check_plan",
    "likeness",
    "same_reference",
    "text_of",
    "unit_named",
]

COPIED = 0.5
"""From this share on, wording that a sibling has too is worth a reviewer's look."""


def check_plan(
    sub: Plan,
    parent: Plan,
    *,
    unit: Unit | None,
    siblings: Iterable[tuple[str, str | Wording]] = (),
    draft: str | Wording = "",
    text: str | Wording | None = None,
    parent_text: str | Wording | None = None,
) -> PlanCheck:
    """Hold ``sub`` against ``parent`` for ``unit``; without a unit every task of the parent is expected.

    ``siblings`` are names and texts of other units' plans, ``draft`` the text that the unit was sent. ``text`` and
    ``parent_text`` are the whole wording where the caller has it (else ``text_of`` the plans). Where a text was read
    before, its ``Wording`` does.
    """
    matched, extra = cover(parent.activities, sub.activities)
    mine = [(at, activity, role_of(activity, unit)) for at, activity in enumerate(parent.activities)]
    covered = tuple(matched[at] for at, _, role in mine if role and at in matched)
    missing = tuple(Missing(activity, role) for at, activity, role in mine if role and at not in matched)
    late, low = tuple(later(covered)), tuple(lower(covered))
    given = (_wording(text_of(parent) if parent_text is None else parent_text), _wording(draft))
    own = _wording(text_of(sub) if text is None else text)
    shares = tuple(copied(own, given, ((name, _wording(other)) for name, other in siblings)))
    findings = (
        *citation(sub, parent),
        *year(sub, parent),
        *map(_of_missing, missing),
        *(_of_deviation(PlanRule.LATER, deviation) for deviation in late),
        *(_of_deviation(PlanRule.LOWER, deviation) for deviation in low),
        *complete(sub, matched.values()),
        *_of_copied(shares),
    )
    return PlanCheck(covered, missing, late, low, tuple(extra), shares, findings)


def _wording(text: str | Wording) -> Wording:
    return text if isinstance(text, Wording) else Wording.of(text)


def _of_missing(one: Missing) -> PlanFinding:
    role = "chủ trì" if one.role is Role.LEAD else "phối hợp"
    text = f"Chưa có nhiệm vụ được giao {role}: {_short(one.superior)}."
    leads = one.role is Role.LEAD
    task = _short(one.superior)
    return PlanFinding(PlanRule.MISSING, text, None, task, one.superior.source, leads, about=task)


def _of_deviation(rule: PlanRule, one: Deviation) -> PlanFinding:
    what = "Thời hạn muộn hơn kế hoạch cấp trên" if rule is PlanRule.LATER else "Chỉ tiêu thấp hơn kế hoạch cấp trên"
    text = f"{what}: {_short(one.own)} — đã ghi {one.found}, yêu cầu {one.expected}."
    return PlanFinding(rule, text, one.found, one.expected, one.own.source, about=_short(one.superior))


def _of_copied(shares: Iterable[Copied]) -> Iterator[PlanFinding]:
    for one in shares:
        if one.share >= COPIED:
            share = f"{one.share:.0%}"
            text = (
                f"{share} lời văn riêng của kế hoạch trùng với kế hoạch của {one.source}; đề nghị rà soát theo địa bàn."
            )
            yield PlanFinding(PlanRule.COPIED, text, share, None, one.source, blocks=False)


def _short(activity: Activity) -> str:
    content = " ".join(activity.content.split()).rstrip(".;")
    return content if len(content) <= 140 else f"{content[:139].rstrip()}…"

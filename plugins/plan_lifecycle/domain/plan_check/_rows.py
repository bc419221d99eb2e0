"""Whether each row says who, by when and with what result, and the plan with what money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plan_lifecycle.domain.plan import Activity, Plan
from plan_lifecycle.domain.plan_check._copying import text_of
from plan_lifecycle.domain.plan_check._model import Covered, PlanFinding, PlanRule
from plan_lifecycle.domain.text import normalise


def complete(plan: Plan, covered: Iterable[Covered] = ()) -> Iterator[PlanFinding]:
    """What rows lack, gathered in one finding for each kind; a plan without any row lacks its tasks.

    Of a row that takes up a task without a product (a table of broadcasts has none) none is asked.
    """
    if not plan.activities:
        yield PlanFinding(PlanRule.ACTIVITIES, "Kế hoạch chưa có nhiệm vụ cụ thể.", where="Toàn văn bản")
        return
    rows = plan.activities
    without = {id(one.own) for one in covered if not one.superior.product}
    lacking = [row for row in rows if not row.product and id(row) not in without]
    yield from _wanting(PlanRule.LEAD, "đơn vị chủ trì", [row for row in rows if not row.lead], rows)
    yield from _wanting(PlanRule.DEADLINE, "thời hạn thực hiện", [row for row in rows if row.deadline is None], rows)
    yield from _wanting(PlanRule.PRODUCT, "sản phẩm, kết quả", lacking, rows)
    if not any(row.budget for row in rows) and "kinh phí" not in normalise(text_of(plan)):
        yield PlanFinding(PlanRule.BUDGET, "Kế hoạch chưa nêu kinh phí thực hiện.", where="Toàn văn bản")


def _wanting(rule: PlanRule, what: str, rows: Sequence[Activity], among: Sequence[Activity]) -> Iterator[PlanFinding]:
    if not rows:
        return
    where = "; ".join(dict.fromkeys(row.source for row in rows[:10])) + ("; …" if len(rows) > 10 else "")
    count = f"{len(rows):02}/{len(among):02} nhiệm vụ"
    yield PlanFinding(rule, f"{count} chưa ghi {what}.", count, what, where)

"""The plan beside the report: how far its tasks are, its targets beside the results, indices that others published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plan_lifecycle.domain.indicator import RollUp
from plan_lifecycle.domain.plan_target import (
    OWN_MEASURE_WORDS,
    OWN_TASKS_IN_TIME,
    TargetResult,
    TargetStanding,
    Verdict,
    Why,
    meets,
    not_due,
    number_words,
    overall,
)
from plan_lifecycle.domain.plan_task import TaskStanding, tally
from plan_lifecycle.domain.publication import MonthVerdict
from plan_lifecycle.domain.report import Consolidated, PlanStanding
from plan_lifecycle.domain.target import Target
from plan_lifecycle.domain.writing import count_text
from plan_lifecycle.lifecycle.compile._numbers import Numbers, number_of
from plan_lifecycle.lifecycle.compile._past import PUBLISHED
from plan_lifecycle.lifecycle.progress import Measured, PlanProgress, measured

_SHORT = frozenset({"month", "quarter"})


def standing_of_plans(whole: Consolidated, plans: Sequence[PlanProgress]) -> tuple[PlanStanding, ...]:
    """Each plan that sets tasks or targets, with how far they are."""
    numbers = Numbers(whole)
    return tuple(
        PlanStanding(
            plan.reference,
            plan.tasks,
            tuple(_judge(one, whole, numbers, plan.tasks) for one in measured(plan, [whole.profile])),
        )
        for plan in plans
        if plan.tasks or plan.targets
    )


def unreadable(plans: Sequence[PlanProgress]) -> Iterator[str]:
    """A note for each plan of whose tasks and targets nothing can be said."""
    for plan in plans:
        if not plan.readable:
            yield f"Chưa đọc lại được tệp Kế hoạch số {plan.reference} nên chưa nêu tiến độ nhiệm vụ, mục tiêu."


def _judge(one: Measured, whole: Consolidated, numbers: Numbers, tasks: Sequence[TaskStanding]) -> TargetStanding:
    target, mark = one.target, one.mark
    if mark is not None and mark.result is not None:
        percent = "%" if target.target.is_ratio else ""
        text = f"{number_words(mark.result)}{percent} ({mark.paper})"
        results = [TargetResult("", "", text, _verdict(target.target, mark.result))]
    elif not one.indicators:
        why = Why.ASKED if one.indicators is None else Why.NOT_MEASURED
        return TargetStanding(target, Verdict.UNKNOWN, why=why, mark=mark)
    else:
        found = [_result(code, target.target, whole, numbers, tasks) for code in one.indicators]
        results = [result for result in found if result is not None]
    verdict = overall(results)
    if verdict is not Verdict.MET and not_due(replace(target, due=_due(one, whole)), whole.period):
        results = [replace(one, verdict=_not_yet(one.verdict)) for one in results]
        return TargetStanding(target, Verdict.NOT_DUE, tuple(results), None, mark)
    why_not = Why.NO_FIGURES if verdict is Verdict.UNKNOWN else None
    return TargetStanding(target, verdict, tuple(results), why_not, mark)


def _not_yet(verdict: Verdict) -> Verdict:
    return Verdict.MET if verdict is Verdict.MET else Verdict.NOT_DUE


def _due(one: Measured, whole: Consolidated) -> date | None:
    """The day that the plan names; else the end of the year for what grows through the year towards its target."""
    grows = one.indicators and not whole.profile.grow_until_year_end.isdisjoint(one.indicators)
    return one.target.due or (date(whole.period.year, 12, 31) if grows else None)


def _result(
    code: str, target: Target, whole: Consolidated, numbers: Numbers, tasks: Sequence[TaskStanding]
) -> TargetResult | None:
    """What one indicator says; None where it does not belong to this report."""
    if code == OWN_TASKS_IN_TIME:
        return _own_tasks(target, tasks)
    indicator, total = numbers.indicator(code), numbers.total(code)
    if indicator is None or total is None:
        return None
    if target.per in _SHORT or "/" in (target.unit or ""):  # "lượt/tuần": so many in a time that is no period of ours
        return _months(code, indicator.alone, whole)
    if target.per == "unit":
        return _each_unit(code, indicator.alone, target, whole)
    value = number_of(total)
    if value is None and indicator.roll_up is RollUp.NONE and total.reporters == 1:  # one agency reports it for all
        value = number_of(replace(total, value=total.figures[0].value))
    if value is None:
        return TargetResult(code, indicator.alone, "", Verdict.UNKNOWN)
    percent, estimated = "%" if target.is_ratio else "", " (ước)" if total.estimated else ""
    text = f"{number_words(value)}{percent}{estimated}"
    return TargetResult(code, indicator.alone, text, _verdict(target, value), estimated=total.estimated)


def _verdict(target: Target, value: float) -> Verdict:
    return Verdict.MET if meets(target, value) else Verdict.NOT_MET


def _own_tasks(target: Target, tasks: Sequence[TaskStanding]) -> TargetResult:
    """The share of the tasks that are due or done which were done in time; open where days are not known."""
    counts = tally(tasks)
    due = counts.done + counts.overdue + counts.silent
    in_time = counts.done - counts.late - counts.undated
    name = OWN_MEASURE_WORDS[OWN_TASKS_IN_TIME]
    if not due:
        return TargetResult(OWN_TASKS_IN_TIME, name, "", Verdict.UNKNOWN)
    least, most = 100 * in_time / due, 100 * (in_time + counts.undated + counts.silent) / due
    text = f"{number_words(least)}% ({count_text(in_time)}/{count_text(due)} nhiệm vụ đến hạn)"
    verdicts = {_verdict(target, least), _verdict(target, most)}
    return TargetResult(OWN_TASKS_IN_TIME, name, text, verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN)


def _months(code: str, name: str, whole: Consolidated) -> TargetResult:
    """A quota of so many a month is judged by what was counted month by month, and by nothing else."""
    if code != PUBLISHED or not whole.published:
        return TargetResult(code, name, "", Verdict.UNKNOWN)
    met, short, open_ = (
        sum(len(one.of(verdict)) for one in whole.published)
        for verdict in (MonthVerdict.MET, MonthVerdict.SHORT, MonthVerdict.UNCHECKED)
    )
    verdict = Verdict.NOT_MET if short else Verdict.UNKNOWN if open_ or not met else Verdict.MET
    text = f"{count_text(met)}/{count_text(met + short + open_)} lượt tháng đạt"
    return TargetResult(code, name, text, verdict)


def _each_unit(code: str, name: str, target: Target, whole: Consolidated) -> TargetResult:
    """A target of every unit: met where all that are asked have enough, not met where one has not."""
    values = {one.unit_id: one.value(code) for one in whole.contributions}
    known = [value for value in values.values() if isinstance(value, int | float) and not isinstance(value, bool)]
    enough = sum(meets(target, value) for value in known)
    text = f"{count_text(enough)}/{count_text(len(values))} đơn vị đạt"
    if enough < len(known):
        return TargetResult(code, name, text, Verdict.NOT_MET)
    verdict = Verdict.MET if known and len(known) == len(values) else Verdict.UNKNOWN
    return TargetResult(code, name, text if known else "", verdict)

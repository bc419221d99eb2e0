"""``plan tasks``, ``plan mark``, ``plan targets``, ``plan settle``: how far a plan is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._files import is_there, paper_bytes, shown
from plan_lifecycle.cli._output import AsJson, iso_date, one_way, plain, say
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work, looking
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.plan_target import WHY_WORDS, Why, target_words
from plan_lifecycle.domain.plan_task import STATE_WORDS, Said, TaskState, tally
from plan_lifecycle.domain.writing import count_text

if TYPE_CHECKING:
    from datetime import datetime

    from plan_lifecycle.lifecycle.office import Office
    from plan_lifecycle.lifecycle.progress import PlanProgress

PlanName = Annotated[str, typer.Argument(help="The plan's Word file, or the id or number of a registered plan.")]
Registered = Annotated[str, typer.Argument(help="The id or number of a registered plan.")]


def tasks(
    plan: PlanName,
    state: Annotated[str, typer.Option(help="Only tasks of this state: overdue, done_late …")] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show the plan's own tasks: done, late, overdue, not due yet, regular; with lead and monitoring agency."""
    if state and state not in {one.value for one in TaskState}:
        raise InputError(f"one of {', '.join(one.value for one in TaskState)}", field="--state", found=state)
    with looking(as_of) as (office, now):
        found = _progress(office, plan, now)
    rows = [one for one in found.tasks if not state or one.state == state]
    answer = {
        "plan": found.reference,
        "as_of": now.date().isoformat(),
        "tally": plain(tally(found.tasks)),
        "tasks": [_task(one) for one in rows],
    }
    say(answer, as_json=as_json, human=_tasks_text)


def mark_task(
    plan: Registered,
    task: Annotated[str, typer.Argument(help="The key of a task, as `plan tasks` names it.")],
    said: Annotated[str, typer.Option("--state", help="done, doing, not_started; open takes the last note back.")],
    done_on: Annotated[str, typer.Option(help="The day on which it was done, YYYY-MM-DD.")] = "",
    paper: Annotated[str, typer.Option(help="The paper or product that shows that it is done.")] = "",
    by: By = "",
    reason: Reason = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Note how far a task is; it stands above what units report until it is taken back."""
    if said not in {one.value for one in Said}:
        raise InputError(f"one of {', '.join(one.value for one in Said)}", field="--state", found=said)
    day, decider = iso_date(done_on, field="--done-on"), Decider(by, reason)
    from plan_lifecycle.lifecycle import progress

    with at_work("plan mark", as_of, again, by=by) as (office, now):
        new = progress.mark_task(office, plan, task, Said(said), decider, now, done_on=day, paper=paper)
        found = progress.progress_of_plan(office, plan, now)
    standing = next(one for one in found.tasks if one.task.key == task)
    say({"plan": found.reference, "new": new, **_task(standing)}, as_json=as_json, human=_one_task)


def targets(
    plan: PlanName,
    profile: Annotated[str, typer.Option(help="A code of config/profiles; else what the plan asks for.")] = "",
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show the plan's targets, what measures each, and which of them a person has to settle."""
    with looking(as_of) as (office, now):
        found = _progress(office, plan, now)
        from plan_lifecycle.lifecycle.progress import measured, suggested

        kinds = {one.code: one for one in office.rules.profiles}
        if profile and profile not in kinds:
            raise InputError(f"one of {', '.join(kinds)}", field="--profile", found=profile)
        kind = kinds[profile] if profile else office.rules.profile_of(found.abstract)
        names, offers = {one.code: one.name for one in kind.indicators}, suggested(found, kind)
        answer = {
            "plan": found.reference,
            "profile": kind.code,
            "targets": [
                {
                    "target": one.target.key,
                    "text": one.target.text,
                    "wanted": target_words(one.target.target),
                    **plain(one.target.target),
                    "sources": list(one.target.sources),
                    "indicators": None if one.indicators is None else list(one.indicators),
                    "names": [names.get(code, code) for code in one.indicators or ()],
                    "question": WHY_WORDS[Why.ASKED] if one.indicators is None else None,
                    "suggested": [{"indicator": code, "name": names[code]} for code in offers.get(one.target.key, ())],
                    "settled": plain(one.mark),
                }
                for one in measured(found, [kind])
            ],
        }
    say(answer, as_json=as_json, human=_targets_text)


def settle_target(
    plan: Registered,
    target: Annotated[list[str], typer.Argument(help="Keys of targets, as `plan targets` names them.")],
    indicator: Annotated[list[str], typer.Option(help="The code of an indicator that measures it.")] = [],  # noqa: B006
    none: Annotated[bool, typer.Option("--none", help="No indicator measures it.")] = False,
    result: Annotated[float | None, typer.Option(help="What was reached, where no indicator tells.")] = None,
    paper: Annotated[str, typer.Option(help="The paper that tells the result.")] = "",
    by: By = "",
    reason: Reason = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Settle by which indicators targets are measured, that none measures them, or what was reached.

    Exit code 2 where one could not be settled; the others are.
    """
    if [bool(indicator), none, result is not None].count(True) != 1:
        raise one_way("one of --indicator, --none, --result", "--indicator", "--none", "--result")
    decider = Decider(by, reason)
    from plan_lifecycle.lifecycle import progress

    with at_work("plan settle", as_of, again, by=by) as (office, now):
        before = progress.progress_of_plan(office, plan, now).marks
        choice = progress.TargetChoice(tuple(indicator), result, paper)
        problems = progress.settle_targets(office, plan, dict.fromkeys(target, choice), decider, now)
        found = progress.progress_of_plan(office, plan, now)
    texts = {one.key: one.text for one in found.targets}
    for key in [key for key in dict.fromkeys(target) if key not in problems]:
        mark = found.marks[key]
        answer = {"plan": found.reference, "target": key, "text": texts[key], "new": mark != before.get(key)}
        say(answer | plain(mark), as_json=as_json, human=_settled_text)
    raise_all([*problems.values()])


def _settled_text(told: dict[str, Any]) -> str:
    return f"{told['text']}\n  Đã xác định ({told['by']}): {told['reason']}"


def _progress(office: Office, named: str, now: datetime) -> PlanProgress:
    """Of a file where there is one of this name, else of a registered plan."""
    from plan_lifecycle.documents.errors import BadDocument
    from plan_lifecycle.documents.read import NotAPlan
    from plan_lifecycle.lifecycle.progress import plan_file, progress_of_plan

    path = Path(named)
    if not is_there(path) or not path.is_file():
        return progress_of_plan(office, named, now)
    try:
        return plan_file(paper_bytes(path).data, path.name, now.date())
    except (NotAPlan, BadDocument) as error:
        raise InputError("a plan", file=shown(path), found=type(error).__name__, vi=error.for_user) from error


def _task(one: Any) -> dict[str, Any]:
    task = one.task
    return {
        "task": task.key,
        "number": task.number,
        "section": task.section,
        "content": task.content,
        "product": task.product,
        "deadline": task.phrase,
        "due": task.due.isoformat() if task.due else None,
        "lead": task.lead,
        "support": task.support,
        "monitor": task.monitor,
        "source": task.source,
        "state": one.state.value,
        "done_on": one.done_on.isoformat() if one.done_on else None,
        "days_late": one.days_late,
        "leads": len(one.leads),
        "leads_done": one.done,
        "mark": plain(one.mark),
        "reports": plain(one.reports),
    }


def _tasks_text(answer: dict[str, Any]) -> str:
    counts = answer["tally"]
    head = (
        f"Kế hoạch {answer['plan']}: {counts['all']} nhiệm vụ, hoàn thành {count_text(counts['done'])} (chậm "
        f"{count_text(counts['late'])}), quá hạn chưa hoàn thành {count_text(counts['overdue'])}, đã đến hạn chưa có "
        f"báo cáo {count_text(counts['silent'])}"
    )
    return "\n".join([head, *map(_one_task, answer["tasks"])])


def _one_task(one: dict[str, Any]) -> str:
    late = f" ({one['days_late']} ngày)" if one["days_late"] else ""
    watched = f"; theo dõi: {one['monitor']}" if one["monitor"] else ""
    return (
        f"{one['task']}  {STATE_WORDS[TaskState(one['state'])]}{late}: {one['content']}\n"
        f"    {one['deadline']}; chủ trì: {one['lead']}{watched}"
    )


def _targets_text(answer: dict[str, Any]) -> str:
    return "\n".join([f"Kế hoạch {answer['plan']}: {len(answer['targets'])} mục tiêu", *_target_lines(answer)])


def _target_lines(answer: dict[str, Any]) -> Iterator[str]:
    for one in answer["targets"]:
        by = "; ".join(one["names"]) or one["question"] or "không có chỉ tiêu thống kê"
        yield f"{one['target']}  {one['wanted']}: {one['text']}\n    {by} ({'; '.join(one['sources'])})"

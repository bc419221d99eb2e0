"""``plan-lifecycle plan``: read a plan, decide its open points, compare its versions, check a sub-plan against it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli import _plan_progress
from plan_lifecycle.cli._files import paper_bytes, shown
from plan_lifecycle.cli._output import AsJson, batch, plain, say
from plan_lifecycle.cli._work import Again, AsOf, By, Reason
from plan_lifecycle.domain.errors import InputError

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.command("tasks")(_plan_progress.tasks)
app.command("mark")(_plan_progress.mark_task)
app.command("targets")(_plan_progress.targets)
app.command("settle")(_plan_progress.settle_target)


@app.callback()
def plan() -> None:
    """Plans: what a Word file asks of whom by when, and whether a unit's own plan carries it out."""


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Word files of plans, or of decisions that issue one.")],
    as_json: AsJson = False,
) -> None:
    """Read plans: number, date, issuer, activities with deadlines, duties to report, what a person must decide."""
    from plan_lifecycle.cli._plan_text import overview

    with batch() as report:
        for path in files:
            try:
                answer = _read_one(path)
            except InputError as error:
                report(error)
            else:
                say(answer, as_json=as_json, human=overview)


@app.command()
def decide(
    plan: Annotated[str, typer.Argument(help="The plan's Word file, or the id or number of a registered plan.")],
    point: Annotated[str, typer.Argument(help="The key of an open point, as `plan read` names it.")],
    due: Annotated[list[str], typer.Option(help="The last day allowed, YYYY-MM-DD; several: with commas.")] = [],  # noqa: B006
    units: Annotated[list[str], typer.Option(help="Ids of the units that are meant, with commas.")] = [],  # noqa: B006
    by: By = "",
    reason: Reason = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Decide an open point of a plan: kept with the plan, used whenever it is read, and in what is owed already."""
    from plan_lifecycle.cli._plan_decisions import decide_point, decided_text

    answer = decide_point(
        plan, point, due=_listed(due), units=_listed(units), by=by, reason=reason, as_of=as_of, again=again
    )
    say(answer, as_json=as_json, human=decided_text)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The plan as it was (.docx).")],
    new: Annotated[Path, typer.Argument(help="The plan that amends, replaces or withdraws it (.docx).")],
    as_json: AsJson = False,
) -> None:
    """Show what a new version of a plan changes: tasks and duties added, removed, changed."""
    from plan_lifecycle.cli._plan_diff import compare_files, difference_text

    say(compare_files(old, new), as_json=as_json, human=difference_text)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Word files (.docx) of sub-plans.")],
    against: Annotated[Path, typer.Option(help="The superior plan.", show_default=False)],
    unit: Annotated[str, typer.Option(help='Whose plan: "xã Bình An"; else whoever its letterhead names.')] = "",
    sibling: Annotated[list[Path], typer.Option(help="Other units' sub-plans, to find copied wording.")] = [],  # noqa: B006
    draft: Annotated[Path | None, typer.Option(help="The draft that the unit was sent.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Hold sub-plans against a superior plan: what is covered, missing, later, lower, extra, miscited or copied."""
    from plan_lifecycle.cli._plan_check import Superior, check_file, findings_text

    superior = Superior.read(against, siblings=sibling, draft=draft)
    with batch() as report:
        for path in files:
            try:
                answer = check_file(path, superior, unit)
            except InputError as error:
                report(error)
            else:
                say(answer, as_json=as_json, human=findings_text)


def _listed(values: list[str]) -> tuple[str, ...]:
    """Options given several times or with commas, each value once."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _read_one(path: Path) -> dict[str, Any]:
    from plan_lifecycle.documents.errors import BadDocument
    from plan_lifecycle.documents.read import NotAPlan, read_plan

    try:
        paper = paper_bytes(path)
        found = read_plan(paper.data, name=path.name)
    except (NotAPlan, BadDocument) as refusal:
        return {"file": shown(path), "refused": refusal.for_user}
    if found.open_points:
        from plan_lifecycle.cli._plan_decisions import as_decided

        found = as_decided(found)
    answer = plain(found)
    for basis in answer["legal_bases"]:
        basis["date"] = basis.pop("issued_on")
    _say_only_decided(answer)
    converted = {"converted_from": paper.made_from} if paper.made_from else {}
    return {"file": shown(path), **converted, **answer}


def _say_only_decided(answer: dict[str, Any]) -> None:
    """What nobody decided about says nothing of decisions."""
    for asked in (*answer["activities"], *answer["reporting"]):
        if not asked["decisions"]:
            del asked["decisions"]
    for point in answer["open_points"]:
        if point["decision"] is None:
            del point["decision"]
        if not point["also"]:
            del point["also"]

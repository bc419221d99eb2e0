"""``plan-lifecycle plan``: read a plan from Word; hold a sub-plan against its superior plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._answers import AsJson, batch, plain, say
from plan_lifecycle.cli._files import file_bytes, shown
from plan_lifecycle.domain.errors import InputError

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def plan() -> None:
    """Plans: what a Word file asks of whom by when, and whether a unit's own plan carries it out."""


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Word files (.docx) of plans, or of decisions that issue one.")],
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


def _read_one(path: Path) -> dict[str, Any]:
    from plan_lifecycle.documents.errors import BadDocument
    from plan_lifecycle.documents.read import NotAPlan, read_plan

    try:
        found = read_plan(file_bytes(path), name=path.name)
    except (NotAPlan, BadDocument) as refusal:
        return {"file": shown(path), "refused": refusal.for_user}
    answer = plain(found)
    for basis in answer["legal_bases"]:
        basis["date"] = basis.pop("issued_on")
    return {"file": shown(path), **answer}

"""``plan-lifecycle plan``: read a plan from Word; hold a sub-plan against its superior plan."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._answers import AsJson, batch, plain, say
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


def file_bytes(path: Path) -> bytes:
    """A file's bytes. Raises InputError where it cannot be read."""
    if path.exists() and not path.is_file():
        raise InputError("a file", file=shown(path), found="a folder or device")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("a readable file", file=shown(path), found=error.strerror) from error


def shown(path: Path) -> str:
    """A path as text, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")

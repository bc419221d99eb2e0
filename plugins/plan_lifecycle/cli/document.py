"""``plan-lifecycle document``: inspect a file at the gate, check a document's form."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, batch, say
from plan_lifecycle.documents.gate import Purpose
from plan_lifecycle.domain.errors import InputError

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def document() -> None:
    """Documents that come in: is the file safe, is its form as Nghị định 30/2020/NĐ-CP asks."""


@app.command()
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Files to judge; nothing is stored, fetched or changed.")],
    purpose: Annotated[Purpose, typer.Option(help="What they are sent for; evidence takes most.")] = Purpose.EVIDENCE,
    as_json: AsJson = False,
) -> None:
    """Judge files at the gate: kind by content, size, macros, outside links, secrecy; accepted or why not."""
    with batch() as report:
        for path in files:
            try:
                answer = _inspect_one(path, purpose)
            except InputError as error:
                report(error)
            else:
                say(answer, as_json=as_json, human=_for_people)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Word files whose form is compared with Nghị định 30/2020.")],
    draft: Annotated[bool, typer.Option("--draft", help="Number, date and signer may still be open.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check a document's form by Nghị định 30/2020/NĐ-CP: what was found, what is expected, where, which article."""
    from plan_lifecycle.cli._document_check import check_file, for_people

    with batch() as report:
        for path in files:
            try:
                answer = check_file(path, draft=draft)
            except InputError as error:
                report(error)
            else:
                say(answer, as_json=as_json, human=for_people)


def _inspect_one(path: Path, purpose: Purpose) -> dict[str, Any]:
    from plan_lifecycle.documents import gate

    shown = os.fsencode(path).decode("utf-8", "replace")
    if path.exists() and not path.is_file():
        raise InputError("a file", file=shown, found="a folder or device")
    try:
        verdict = gate.inspect(path, name=path.name, purpose=purpose)
    except OSError as error:
        raise InputError("a readable file", file=shown, found=error.strerror) from error
    return {
        "file": shown,
        "accepted": verdict.accepted,
        "reason": verdict.reason,
        "code": verdict.code,
        "kind": verdict.kind,
        "size": verdict.size,
        "has_macros": verdict.has_macros,
        "external_links": verdict.external_links,
        "secret": verdict.secret,
        "warnings": verdict.warnings,
        "name": verdict.name,
    }


def _for_people(answer: dict[str, Any]) -> str:
    head = f"{answer['file']}: {answer['kind']}, {answer['size']} byte, "
    lines = [head + ("được tiếp nhận" if answer["accepted"] else "không tiếp nhận. " + answer["reason"])]
    lines += [f"  - {warning}" for warning in answer["warnings"]]
    lines += [f"  - liên kết: {link}" for link in answer["external_links"]]
    return "\n".join(lines)

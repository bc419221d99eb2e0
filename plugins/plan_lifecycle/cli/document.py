"""``plan-lifecycle document``: inspect a file at the gate, check a document's form."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._files import require_file
from plan_lifecycle.cli._output import AsJson, batch, say
from plan_lifecycle.documents.gate import Purpose, Verdict
from plan_lifecycle.domain.errors import InputError, unreadable

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
    """Judge files at the gate: kind by content, size, macros, outside links, secrecy, signatures; accepted or not."""
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
    require_file(path)
    try:
        verdict = gate.inspect(path, name=path.name, purpose=purpose)
        verdict, made_from = _of_copy(path, verdict, purpose)
        signatures = _signatures(path) if verdict.kind == "pdf" and verdict.accepted else []
    except OSError as error:
        raise unreadable(shown, error) from error
    return {
        "file": shown,
        **({"converted_from": made_from} if made_from else {}),
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
        "signatures": signatures,
    }


def _of_copy(path: Path, verdict: Verdict, purpose: Purpose) -> tuple[Verdict, str]:
    """Judge the converted copy of what only an office program can read, and tell what kind it was made from."""
    from plan_lifecycle.documents import gate
    from plan_lifecycle.documents.convert import TARGETS, readable
    from plan_lifecycle.documents.errors import BadDocument

    if verdict.code != "wrong_kind" or verdict.kind not in TARGETS:
        return verdict, ""
    try:
        copy = readable(path.read_bytes())
    except BadDocument as error:
        return replace(verdict, code=error.code, reason=error.for_user), ""
    if not copy.made_from:
        return verdict, ""
    name = f"{path.stem}.{TARGETS[copy.made_from]}"
    judged = gate.inspect(copy.data, name=name, purpose=purpose)
    return replace(judged, size=verdict.size), copy.made_from


def _signatures(path: Path) -> list[dict[str, Any]]:
    from plan_lifecycle.documents.signature import read_signatures
    from plan_lifecycle.lifecycle.submission import signature_told

    return [
        {
            "signer": signature.signer,
            "signed_at": signature.signed_at.isoformat() if signature.signed_at else None,
            "readable": signature.readable,
            "sound": signature.intact and not signature.changed,
            "certificate": signature.certificate,
            "added": [{"kind": added.kind, "about": added.about} for added in signature.added],
            "told": signature_told(signature, str(number)).text,
        }
        for number, signature in enumerate(read_signatures(path.read_bytes()).signatures, start=1)
    ]


def _for_people(answer: dict[str, Any]) -> str:
    kind = f"{answer['converted_from']} (đọc từ bản chuyển đổi)" if "converted_from" in answer else answer["kind"]
    head = f"{answer['file']}: {kind}, {answer['size']} byte, "
    lines = [head + ("được tiếp nhận" if answer["accepted"] else "không tiếp nhận. " + answer["reason"])]
    lines += [f"  - {warning}" for warning in answer["warnings"]]
    lines += [f"  - {signature['told']}" for signature in answer["signatures"]]
    lines += [f"  - liên kết: {link}" for link in answer["external_links"]]
    return "\n".join(lines)

"""``plan-lifecycle mail``: what came in, judged from its bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, batch, say
from plan_lifecycle.domain.errors import InputError, unreadable

app = typer.Typer(no_args_is_help=True, add_completion=False)

_IN_VIETNAMESE = {
    "bounce": "thư bị trả lại",
    "auto_reply": "thư trả lời tự động",
    "feedback": "phản ánh thư không mong muốn",
    "submission": "văn bản, ý kiến của đơn vị",
    "other": "thư khác",
    "unreadable": "không đọc được",
}


@app.callback()
def mail() -> None:
    """Messages that come in: a bounce, an auto-reply, or an answer to what is owed."""


@app.command()
def classify(
    files: Annotated[list[Path], typer.Argument(help="Messages as files (.eml); nothing is stored or sent.")],
    as_json: AsJson = False,
) -> None:
    """Say of each message what it is; of a bounce, which address failed, with which status, and whether for good."""
    with batch() as report:
        for path in files:
            try:
                answer = _classify_one(path)
            except InputError as error:
                report(error)
            else:
                say(answer, as_json=as_json, human=_for_people)


def _classify_one(path: Path) -> dict[str, Any]:
    from plan_lifecycle.mail.incoming import classify as judge

    shown = os.fsencode(path).decode("utf-8", "replace")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(shown, error) from error
    found = judge(data)
    return {
        "file": shown,
        "kind": found.kind,
        "recipient": found.recipient,
        "status": found.status,
        "permanent": found.permanent,
    }


def _for_people(answer: dict[str, Any]) -> str:
    lasting = {True: "vĩnh viễn", False: "tạm thời", None: None}[answer["permanent"]]
    details = [each for each in (answer["recipient"], answer["status"], lasting) if each]
    return ": ".join([answer["file"], ", ".join([_IN_VIETNAMESE[answer["kind"]], *details])])

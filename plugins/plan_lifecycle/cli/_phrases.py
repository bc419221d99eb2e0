"""What the readers of phrases share: one phrase on the command line, or a table with the column ``phrase``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from plan_lifecycle.cli._output import batch, one_or_file, read_table, say
from plan_lifecycle.domain.errors import InputError


def answer_phrases(
    phrase: str | None,
    file: Path | None,
    answer: Callable[[str], dict[str, Any]],
    *,
    as_json: bool,
    human: Callable[[dict[str, Any]], str],
) -> None:
    """Say ``answer`` of each phrase, in order; an empty one is reported with its line, and the rest is answered."""
    one_or_file(phrase, file, name="PHRASE")
    with batch() as report:
        for text, line in _phrases(phrase, file):
            if text.strip():
                say(answer(text), as_json=as_json, human=human)
            else:
                report(InputError("a phrase", file=file, line=line, field="phrase", found=text))


def _phrases(phrase: str | None, file: Path | None) -> Iterator[tuple[str, int | None]]:
    if file is None:
        yield phrase or "", None
        return
    for row in read_table(file, ["phrase"]):
        yield row.cells["phrase"], row.line

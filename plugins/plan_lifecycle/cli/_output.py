"""How every command speaks: answers on standard output, errors on standard error, one rule for exit codes.

0 = answered (a finding, a refusal, "unknown" are answers); 1 = the work failed; 2 = no answer can be made from this
call or input. With ``--json`` one object per input, one a line, in the order of the inputs.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn

import typer

from plan_lifecycle.domain.errors import CombinedInputError, InputError, PlanLifecycleError, not_a_date, unreadable

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object per input, one a line.")]
TableFile = Annotated[
    Path | None, typer.Option("--file", help="UTF-8 TSV with a header; one input a line.", show_default=False)
]

LARGEST = 2**31 - 1
"""The largest number that a row of the store may have, on either kind of database."""


class Row(NamedTuple):
    """One line of a TSV: its number in the file (the header is line 1) and its cells by column."""

    line: int
    cells: dict[str, str]


def plain(value: object) -> Any:
    """Turn dataclasses, dates, enums, tuples and paths into what JSON knows; dictionaries keep their order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def say(answer: object, *, as_json: bool, human: Callable[[Any], str] | None = None) -> None:
    """Write one answer: a JSON line, or the text that ``human`` makes of the plain answer."""
    body = plain(answer)
    text = json.dumps(body, ensure_ascii=False) if as_json or human is None else human(body)
    sys.stdout.write(text + "\n")


def say_each(answers: Iterable[object], *, as_json: bool, human: Callable[[Any], str], none: str) -> None:
    """Write each answer as ``say`` does; people are told in words that there is none, in JSON that is no line."""
    nothing = True
    for answer in answers:
        nothing = False
        say(answer, as_json=as_json, human=human)
    if nothing and not as_json:
        sys.stdout.write(none + "\n")


def read_table(path: Path, required: Sequence[str]) -> Iterator[Row]:
    """Yield the lines of a UTF-8 TSV with a header (no quoting: a tab always separates); empty lines are passed over.

    Raises InputError where the file cannot be read, is not UTF-8, or lacks a required column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise InputError("UTF-8 text", file=path, found=f"byte {error.start}: {error.reason}") from error
    lines = text.replace("\r\n", "\n").split("\n")
    header = [name.strip().lower() for name in lines[0].split("\t")]
    for name in required:
        if name not in header:
            raise InputError(f"a column '{name}' in the header", file=path, line=1, found=lines[0])
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            cells = line.split("\t")
            yield Row(number, {name: cells[i] if i < len(cells) else "" for i, name in enumerate(header)})


def iso_date(text: str | None, *, field: str, file: Path | None = None, line: int | None = None) -> date | None:
    """Read ``YYYY-MM-DD``; empty means None. Raises InputError that names the field."""
    if text is None or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise not_a_date(text, field=field, file=file, line=line) from error


def day_of(text: str, *, field: str) -> date:
    """Read ``YYYY-MM-DD``. Raises InputError that names the field, also where nothing is given."""
    day = iso_date(text, field=field)
    if day is None:
        raise not_a_date(text, field=field)
    return day


def whole_number(text: str, *, field: str, file: Path | None = None, line: int | None = None) -> int:
    """Read a whole number. Raises InputError that names the field."""
    try:
        return int(text.strip())
    except ValueError as error:
        raise InputError("a whole number", field=field, found=text, file=file, line=line) from error


@contextmanager
def batch() -> Iterator[Callable[[InputError], None]]:
    """A run over many inputs: report a bad one at once, go on with the rest, end with exit code 2 if any was bad."""
    bad: list[InputError] = []

    def report(error: InputError) -> None:
        bad.append(error)
        complain(error)

    yield report
    if bad:
        raise typer.Exit(2)


def one_way(expected: str, *ways: str) -> InputError:
    """Say that a call gives none of the ways of saying a thing, or more than one."""
    return InputError(expected, vi=f"Đề nghị ghi đúng một cách: {'; hoặc '.join(ways)}.")


def one_or_file(argument: str | Sequence[str] | None, file: Path | None, *, name: str) -> None:
    """Raise InputError unless exactly one of an argument and ``--file`` is given."""
    if bool(argument) == (file is not None):
        raise one_way(f"either {name} or --file, and not both", name, "--file")


def complain(error: PlanLifecycleError) -> None:
    """Write an error to standard error, for operators and for users; one that holds several is told one by one."""
    for each in error.errors if isinstance(error, CombinedInputError) else (error,):
        sys.stderr.write(f"plan-lifecycle: {each}\n  ({each.for_user})\n")


def fail(error: PlanLifecycleError) -> NoReturn:
    """Write the error and end with the exit code of its kind."""
    complain(error)
    raise SystemExit(2 if isinstance(error, InputError) else 1)


def table(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    """Lay out rows as aligned text, for people at a terminal."""
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )

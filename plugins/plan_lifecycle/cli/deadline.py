"""``plan-lifecycle deadline``: by which day something is due, as a phrase of a plan words it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from plan_lifecycle.cli._output import (
    AsJson,
    TableFile,
    batch,
    iso_date,
    one_way,
    read_table,
    say,
    whole_number,
)
from plan_lifecycle.domain.deadline import Deadline, read_deadline
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.writing import short_date

app = typer.Typer(add_completion=False)

_YEARS = range(1900, 2100)
_DATES = ("issued", "received", "plan_from", "plan_to")
_MANY = 12
_KINDS = {
    "before": "trước ngày",
    "by": "chậm nhất",
    "window": "trong khoảng thời gian",
    "recurring": "lặp lại",
    "ongoing": "thường xuyên",
    "relative": "tính từ một mốc",
    "event": "theo sự kiện",
    "unknown": "chưa xác định",
    "compound": "nhiều thời hạn",
}

Day = Annotated[str | None, typer.Option(metavar="DATE", help="YYYY-MM-DD.")]


class _Place(NamedTuple):
    file: Path | None = None
    line: int | None = None


@app.command()
def deadline(
    phrase: Annotated[str | None, typer.Argument(help="One phrase: “Trước ngày 01/3/2023”.")] = None,
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="The context year: that of the plan.")] = None,
    issued: Day = None,
    received: Day = None,
    plan_from: Day = None,
    plan_to: Day = None,
    file: TableFile = None,
    as_json: AsJson = False,
) -> None:
    """Read a deadline, or each line of a table: columns phrase, year, issued (and received, plan_from, plan_to)."""
    if (phrase is None) == (file is None):
        raise one_way("either PHRASE or --file, and not both", "một cụm từ", "--file")
    given = dict(zip(("year", *_DATES), (year, issued, received, plan_from, plan_to), strict=True))
    with batch() as report:
        for cells, place in _inputs(phrase, file, given):
            try:
                say(_read(cells, place), as_json=as_json, human=_for_people)
            except InputError as error:
                report(error)


def _inputs(
    phrase: str | None, file: Path | None, given: Mapping[str, str | None]
) -> Iterator[tuple[dict[str, str], _Place]]:
    """Each input as cells; what the call gives holds where a line says nothing."""
    known = {name: value for name, value in given.items() if value is not None}
    if file is None:
        yield {**known, "phrase": phrase or ""}, _Place()
        return
    for row in read_table(file, ["phrase"] if "year" in known else ["phrase", "year"]):
        stated = {name: cell for name, cell in row.cells.items() if cell.strip()}
        yield {**known, "phrase": "", **stated}, _Place(file, row.line)


def _read(cells: Mapping[str, str], place: _Place) -> Deadline:
    phrase = cells["phrase"]
    if not phrase.isprintable() and any("\ud800" <= character <= "\udfff" for character in phrase):
        raise InputError("UTF-8 text", field="phrase", file=place.file, line=place.line)
    days = {name: _day(cells.get(name), name, place) for name in _DATES}
    first, last = days["plan_from"], days["plan_to"]
    if first and last and last < first:
        raise InputError(f"a day from {first} on", field="plan_to", found=last, file=place.file, line=place.line)
    return read_deadline(
        phrase,
        year=_year(cells.get("year"), place),
        issued=days["issued"],
        received=days["received"],
        plan_from=first,
        plan_to=last,
    )


def _year(text: str | None, place: _Place) -> int:
    field = "year" if place.file else "--year"
    if text is None:
        raise InputError("the year of the plan", field=field, file=place.file, line=place.line)
    year = whole_number(text, field=field, file=place.file, line=place.line)
    if year not in _YEARS:
        raise InputError(
            f"a year from {_YEARS[0]} to {_YEARS[-1]}", field=field, found=year, file=place.file, line=place.line
        )
    return year


def _day(text: str | None, name: str, place: _Place) -> date | None:
    field = name if place.file else "--" + name.replace("_", "-")
    return iso_date(text, field=field, file=place.file, line=place.line)


def _for_people(answer: dict[str, Any]) -> str:
    lines = [f"“{answer['phrase']}”: {_said(answer)}"]
    lines += [f"  - {_said(part)}" for part in answer["parts"]]
    lines += [f"  Lưu ý: {warning}" for warning in answer["warnings"]]
    return "\n".join(lines)


def _said(answer: dict[str, Any]) -> str:
    days = [short_date(date.fromisoformat(day)) for day in answer["due"]]
    shown = ", ".join(days[:_MANY]) + (f", … (tất cả {len(days)} ngày)" if len(days) > _MANY else "")
    said = _KINDS[answer["kind"]]
    said += f"; từ ngày {short_date(date.fromisoformat(answer['opens']))}" if answer["opens"] else ""
    said += f"; chậm nhất {answer['due_at'] + ' ' if answer['due_at'] else 'hết '}ngày {shown}" if days else ""
    return said + ("; cần người có thẩm quyền quyết định" if answer["needs_decision"] else "")

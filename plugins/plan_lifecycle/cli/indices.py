"""``plan-lifecycle indices``: results that others publish, entered once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import LARGEST, AsJson, Row, batch, iso_date, read_table, say, say_each, whole_number
from plan_lifecycle.cli._work import Again, AsOf, at_work, looking
from plan_lifecycle.domain.errors import InputError, not_a_date
from plan_lifecycle.domain.writing import short_date

if TYPE_CHECKING:
    from datetime import datetime

    from plan_lifecycle.domain.published_index import PublishedIndex
    from plan_lifecycle.lifecycle.office import Office

app = typer.Typer(no_args_is_help=True, add_completion=False)

UnitId = Annotated[str, typer.Option(help="The id of the unit whose result it is.", show_default=False)]
_COLUMNS = ("unit", "index", "year", "value", "rank", "out_of", "published")


@app.callback()
def indices() -> None:
    """Indices that others publish: PAR Index, SIPAS, PAPI, PCI, DTI."""


@app.command()
def enter(
    unit: UnitId,
    index: Annotated[str, typer.Option(help="A code of config/indices.yaml, such as par_index.", show_default=False)],
    year: Annotated[int, typer.Option(help="The year that was measured.", max=LARGEST, show_default=False)],
    published: Annotated[str, typer.Option(help="The day of publication, YYYY-MM-DD.", show_default=False)],
    value: Annotated[str, typer.Option(help="The result: 89,27.")] = "",
    rank: Annotated[int | None, typer.Option(help="The rank.", max=LARGEST)] = None,
    out_of: Annotated[int | None, typer.Option("--of", help="Of how many.", max=LARGEST)] = None,
    publisher: Annotated[str, typer.Option(help="Who published it; else as config/indices.yaml says.")] = "",
    paper: Annotated[str, typer.Option(help="The decision or announcement.")] = "",
    last_value: Annotated[str, typer.Option(help="The result of the year before.")] = "",
    last_rank: Annotated[int | None, typer.Option(help="The rank of the year before.", max=LARGEST)] = None,
    by: Annotated[str, typer.Option(help="Who enters it.")] = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Enter one result; a later entry of the same index and year stands above an earlier one."""
    cells = {"value": value, "last_value": last_value, "publisher": publisher, "paper": paper}
    result = _result(unit, index, year, _day(published), rank, out_of, last_rank, cells, by)
    from plan_lifecycle.lifecycle.progress import enter_index

    with at_work("indices enter", as_of, again, by=by) as (office, now):
        new = enter_index(office, result, now)
        say({"new": new, **_answer(office, unit, index, now)}, as_json=as_json, human=_told)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help=f"UTF-8 TSV: {', '.join(_COLUMNS)}; perhaps publisher, paper, last_*.")],
    by: Annotated[str, typer.Option(help="Who enters them.")] = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Enter the results of a table, one a line; a wrong line is told and does not stop the others."""
    from plan_lifecycle.lifecycle.progress import enter_index

    rows = list(read_table(file, _COLUMNS))
    with at_work("indices import", as_of, again, by=by) as (office, now), batch() as report:
        for row in rows:
            try:
                result = _of_row(row, file, by)
                new = enter_index(office, result, now)
            except InputError as error:
                report(_in_line(error, file, row.line))
            else:
                say({"new": new, **_answer(office, result.unit_id, result.code, now)}, as_json=as_json, human=_told)


@app.command()
def show(unit: UnitId, as_of: AsOf = "", as_json: AsJson = False) -> None:
    """Show the newest result of each index of a unit, with the year before."""
    from plan_lifecycle.lifecycle.progress import indices_of

    with looking(as_of) as (office, now):
        found = map(_plain, indices_of(office, unit, now))
        say_each(found, as_json=as_json, human=_told, none="Chưa nhập chỉ số nào của đơn vị.")


def _answer(office: Office, unit: str, index: str, now: datetime) -> dict[str, Any]:
    from plan_lifecycle.lifecycle.progress import indices_of

    return _plain(next(one for one in indices_of(office, unit, now) if one.kind.code == index))


def _plain(one: Any) -> dict[str, Any]:
    result = one.result
    return {
        "unit": result.unit_id,
        "index": result.code,
        "name": one.kind.name,
        "year": result.year,
        "value": result.value,
        "rank": result.rank,
        "out_of": result.out_of,
        "last_value": result.last_value,
        "last_rank": result.last_rank,
        "publisher": result.publisher,
        "published": result.published_on.isoformat(),
        "paper": result.paper,
        "entered_by": result.entered_by,
    }


def _told(answer: dict[str, Any]) -> str:
    value = f": {answer['value']:g}".replace(".", ",") if answer["value"] is not None else ""
    rank = f", xếp thứ {answer['rank']}/{answer['out_of']}" if answer["rank"] else ""
    day = short_date(date.fromisoformat(answer["published"]))
    return f"{answer['name']} năm {answer['year']}{value}{rank} ({answer['publisher']} công bố ngày {day})"


def _result(
    unit: str,
    index: str,
    year: int,
    published: date,
    rank: int | None,
    out_of: int | None,
    last_rank: int | None,
    cells: dict[str, str],
    by: str,
) -> PublishedIndex:
    from plan_lifecycle.domain.published_index import PublishedIndex, read_index_value

    return PublishedIndex(
        unit_id=unit.strip(),
        code=index.strip(),
        year=year,
        value=read_index_value(cells.get("value", ""), "value"),
        rank=rank,
        out_of=out_of,
        published_on=published,
        publisher=cells.get("publisher", ""),
        paper=cells.get("paper", ""),
        last_value=read_index_value(cells.get("last_value", ""), "last_value"),
        last_rank=last_rank,
        entered_by=by,
    )


def _of_row(row: Row, file: Path, by: str) -> PublishedIndex:
    def number(name: str) -> int | None:
        text = row.cells.get(name, "").strip()
        return whole_number(text, field=name, file=file, line=row.line) if text else None

    year = whole_number(row.cells["year"], field="year", file=file, line=row.line)
    ranks = number("rank"), number("out_of"), number("last_rank")
    published = _day(row.cells["published"], file, row.line)
    return _result(row.cells["unit"], row.cells["index"], year, published, *ranks, row.cells, by)


def _day(text: str, file: Path | None = None, line: int | None = None) -> date:
    day = iso_date(text, field="published", file=file, line=line)
    if day is None:
        raise not_a_date(None, field="published", file=file, line=line)
    return day


def _in_line(error: InputError, file: Path, line: int) -> InputError:
    """The same error with the line of the table that it is about."""
    shown = error.for_user if error.file is not None else f"Tệp {file}, dòng {line}: {error.for_user}"
    return InputError(error.expected, found=error.found, file=file, line=line, field=error.field, vi=shown)

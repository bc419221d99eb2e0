"""``plan-lifecycle simulate``: a year of a province, played by the verbs on a throw-away store."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._files import file_bytes, made_folder
from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.domain.writing import count_text

if TYPE_CHECKING:
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.simulation.findings import Outcome

app = typer.Typer(add_completion=False)


@app.command()
def simulate(
    province: Annotated[str | None, typer.Option(help="Name of the province.", show_default=False)] = None,
    year: Annotated[int | None, typer.Option(help="The year to play.", min=2000, max=2100, show_default=False)] = None,
    units: Annotated[int | None, typer.Option(help="At most so many units below it.", show_default=False)] = None,
    plan: Annotated[Path | None, typer.Option(help="A plan of your own, .docx.", show_default=False)] = None,
    case: Annotated[
        str | None, typer.Option(help="A folder of examples/, instead of a province and a year.", show_default=False)
    ] = None,
    country: Annotated[bool, typer.Option("--country", help="The whole country, from a ministry's plan on.")] = False,
    as_of_year: Annotated[
        int | None, typer.Option(help="With --country: the year to play.", min=2025, max=2100, show_default=False)
    ] = None,
    provinces: Annotated[
        int | None, typer.Option(help="With --country: only so many provinces.", show_default=False)
    ] = None,
    communes: Annotated[
        int | None, typer.Option(help="With --country: only so many communes of each province.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Keep drafts, letters and reports in this folder.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play a year of a province, of the country, or a case; exit code 1 where it is not as it has to be.

    Every invariant must hold, and a case come to what its file says. Nothing need be imported before; nothing is kept
    but what --out asks for.
    """
    _require_country(country, as_of_year, provinces or communes, [province, year, case, units, plan, out])
    if not country:
        _require_one(province, year, case, units, plan)
    issued = file_bytes(plan) if plan else None
    if out is not None:
        made_folder(out)  # now: not after a year has been played
    if as_of_year is not None:
        played = _of_the_country(as_of_year, provinces, communes)
    else:
        played = _of_a_part(province, year, units, issued, case, out)
    say(played, as_json=as_json, human=_in_words)
    if not played.holds:
        raise typer.Exit(1)


def _of_the_country(year: int, provinces: int | None, communes: int | None) -> Outcome:
    from plan_lifecycle.documents.bounded import unbounded
    from plan_lifecycle.simulation.country_run import simulate_country

    bounded = None if (os.cpu_count() or 1) > 1 else unbounded  # processes of their own need a core of their own
    with _throw_away() as settings:
        return simulate_country(settings, year, provinces=provinces, communes=communes, bounded=bounded)


def _of_a_part(
    province: str | None, year: int | None, units: int | None, plan: bytes | None, case: str | None, out: Path | None
) -> Outcome:
    from plan_lifecycle.simulation.run import simulate as play
    from plan_lifecycle.simulation.run import simulate_case

    with _throw_away() as settings:
        if province is not None and year is not None:
            return play(settings, province, year, units=units, plan=plan, out=out)
        return simulate_case(settings, case or "", out)


@contextmanager
def _throw_away() -> Iterator[Settings]:
    """The settings with a store and an inbox of their own, which are gone afterwards."""
    from plan_lifecycle.settings import Settings

    with tempfile.TemporaryDirectory(prefix="plan-lifecycle-") as folder:
        changed = {"var": Path(folder), "inbox": Path(folder) / "inbox", "store_url": "", "durable": False}
        yield Settings().model_copy(update=changed)


def _require_one(
    province: str | None, year: int | None, case: str | None, units: int | None, plan: Path | None
) -> None:
    """A province with a year, or a case: what it plays with stands in the case."""
    from plan_lifecycle.domain.errors import InputError

    if case is None and (province is None or year is None):
        raise InputError("--case, or --province with --year", field="--province" if province is None else "--year")
    if case is not None and any(given is not None for given in (province, year, units, plan)):
        raise InputError("--case alone: province, year, units and papers come from the case", field="--case")


def _require_country(country: bool, year: int | None, part: int | None, others: list[object]) -> None:
    """The country with its year, and nothing of a province; or neither."""
    from plan_lifecycle.domain.errors import InputError

    if not country and (year is not None or part is not None):
        raise InputError("--country with --as-of-year, --provinces and --communes", field="--country")
    if country and year is None:
        raise InputError("--country with --as-of-year", field="--as-of-year")
    if country and any(given is not None for given in others):
        raise InputError("--country without the options of a province or a case", field="--country")


def _in_words(played: dict[str, Any]) -> str:
    from plan_lifecycle.simulation.show import INVARIANT_WORDS

    sent, many = played["submissions"], count_text
    lines = [
        f"Đơn vị: {many(played['units'])}; dự thảo: {many(played['drafts'])}; thư: {many(played['letters'])}",
        f"Nội dung phải gửi: {many(played['obligations'])}: đúng thời hạn {many(sent['on_time'])}, "
        f"chậm {many(sent['late'])}, chưa gửi {many(played['missing'])}; đề nghị hoàn thiện {many(sent['returned'])}",
        f"Báo cáo tổng hợp: {many(played['reports'])}",
    ]
    held = played["invariants"].items()
    lines += [f"  {'đạt ' if holds else 'CHƯA'}  {INVARIANT_WORDS.get(name, name)}" for name, holds in held]
    lines += [f"    {difference}" for difference in played["differences"]]
    if "seconds" in played:
        lines.append(
            f"{played['days']} ngày; {played['seconds']:.0f} giây ({played['cpu_seconds']:.0f} giây bộ xử lý); bộ nhớ "
            f"nhiều nhất {played['peak_mb']:.0f} MB"
        )
        broken = played["broken_on"].items()
        lines += [f"    {INVARIANT_WORDS.get(name, name)}: chưa đạt từ ngày {day}" for name, day in broken]
    return "\n".join(lines)

"""``plan-lifecycle simulate``: a year of a province, played by the verbs on a throw-away store."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say

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
    out: Annotated[
        Path | None, typer.Option(help="Keep drafts, letters and reports in this folder.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play a year of a province, or a case; exit code 1 where an invariant breaks or something is not as the case says.

    Nothing need be imported before; nothing is kept but what --out asks for.
    """
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.simulation.run import simulate as play
    from plan_lifecycle.simulation.run import simulate_case

    _require_one(province, year, case, units, plan)
    issued = _read(plan)
    if out is not None:
        _require_folder(out)
    with tempfile.TemporaryDirectory(prefix="plan-lifecycle-") as folder:
        settings = Settings().model_copy(
            update={"var": Path(folder), "inbox": Path(folder) / "inbox", "store_url": "", "durable": False}
        )
        if province is not None and year is not None:
            played = play(settings, province, year, units=units, plan=issued, out=out)
        else:
            played = simulate_case(settings, case or "", out)
    say(played, as_json=as_json, human=_in_words)
    if not played.holds:
        raise typer.Exit(1)


def _require_one(
    province: str | None, year: int | None, case: str | None, units: int | None, plan: Path | None
) -> None:
    """A province with a year, or a case: what it plays with stands in the case."""
    from plan_lifecycle.domain.errors import InputError

    if case is None and (province is None or year is None):
        raise InputError("--case, or --province with --year", field="--province" if province is None else "--year")
    if case is not None and any(given is not None for given in (province, year, units, plan)):
        raise InputError("--case alone: province, year, units and papers come from the case", field="--case")


def _read(plan: Path | None) -> bytes | None:
    from plan_lifecycle.domain.errors import InputError

    try:
        return plan.read_bytes() if plan else None
    except OSError as error:
        raise InputError("a readable file", file=plan, found=error.strerror) from error


def _require_folder(out: Path) -> None:
    """The folder, made now: not after a year has been played."""
    from plan_lifecycle.domain.errors import InputError

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("a folder that can be written", file=out, field="--out", found=error.strerror) from error


def _in_words(played: dict[str, Any]) -> str:
    sent = played["submissions"]
    lines = [
        f"Đơn vị: {played['units']}; dự thảo: {played['drafts']}; thư: {played['letters']}",
        f"Nội dung phải gửi: {played['obligations']}: đúng thời hạn {sent['on_time']}, chậm {sent['late']}, "
        f"chưa gửi {played['missing']}; đề nghị hoàn thiện {sent['returned']}",
        f"Báo cáo tổng hợp: {played['reports']}",
    ]
    lines += [f"  {'đạt ' if held else 'CHƯA'}  {name}" for name, held in played["invariants"].items()]
    lines += [f"    {difference}" for difference in played["differences"]]
    return "\n".join(lines)

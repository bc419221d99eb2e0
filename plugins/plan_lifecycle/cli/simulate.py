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
    province: Annotated[str, typer.Option(help="Name of the province.")],
    year: Annotated[int, typer.Option(help="The year to play.", min=2000, max=2100)],
    units: Annotated[int | None, typer.Option(help="At most so many units below it.", show_default=False)] = None,
    plan: Annotated[Path | None, typer.Option(help="A plan of your own, .docx.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Play the year; exit code 1 where an invariant breaks. Nothing need be imported before, nothing is kept."""
    from plan_lifecycle.domain.errors import InputError
    from plan_lifecycle.settings import Settings
    from plan_lifecycle.simulation.run import simulate as play

    try:
        issued = plan.read_bytes() if plan else None
    except OSError as error:
        raise InputError("a readable file", file=plan, found=error.strerror) from error
    with tempfile.TemporaryDirectory(prefix="plan-lifecycle-") as folder:
        settings = Settings().model_copy(
            update={"var": Path(folder), "inbox": Path(folder) / "inbox", "store_url": "", "durable": False}
        )
        played = play(settings, province, year, units=units, plan=issued)
    say(played, as_json=as_json, human=_in_words)
    if not played.holds:
        raise typer.Exit(1)


def _in_words(played: dict[str, Any]) -> str:
    sent = played["submissions"]
    lines = [
        f"Đơn vị: {played['units']}; dự thảo: {played['drafts']}; thư: {played['letters']}",
        f"Nội dung phải gửi: {played['obligations']}: đúng thời hạn {sent['on_time']}, chậm {sent['late']}, "
        f"chưa gửi {played['missing']}; đề nghị hoàn thiện {sent['returned']}",
        f"Báo cáo tổng hợp: {played['reports']}",
    ]
    lines += [f"  {'đạt ' if held else 'CHƯA'}  {name}" for name, held in played["invariants"].items()]
    return "\n".join(lines)

"""``plan-lifecycle document``: inspect a file at the gate."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def document() -> None:
    """Documents that come in: is the file safe, is its form as Nghị định 30/2020/NĐ-CP asks."""

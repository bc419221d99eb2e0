"""``plan-lifecycle units``: import units; match the phrase that names an audience."""

from __future__ import annotations

import typer

from plan_lifecycle.cli._units_import import import_units
from plan_lifecycle.cli._units_match import match_units

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def units() -> None:
    """The units of a province: import them, find those that a phrase addresses."""


app.command("import")(import_units)
app.command("match")(match_units)

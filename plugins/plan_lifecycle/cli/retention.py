"""``plan-lifecycle retention``: what has been kept for longer than its time, listed; and let go."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.cli._work import at_work, looking, os_user

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def retention() -> None:
    """What may go, by config/retention.yaml: never evidence."""


@app.command()
def show(as_json: AsJson = False) -> None:
    """List how much of each matter would go today; nothing is written."""
    from plan_lifecycle.lifecycle.retention import what_may_go
    from plan_lifecycle.office_wiring import retention_of
    from plan_lifecycle.settings import Settings

    rules = retention_of(Settings())
    with looking("") as (office, now):
        found = what_may_go(office, rules, now)
    for one in found:
        say(one, as_json=as_json, human=_may_go)


@app.command()
def remove(
    by: Annotated[str, typer.Option(help="Who decides.", show_default="the user of the system")] = "",
    as_json: AsJson = False,
) -> None:
    """Let go what `retention show` lists; once more does nothing. Exit code 1 where somebody could not be forgotten."""
    from plan_lifecycle.lifecycle.retention import let_go
    from plan_lifecycle.office_wiring import retention_of
    from plan_lifecycle.settings import Settings

    rules = retention_of(Settings())
    with at_work("retention remove", by=by) as (office, now):
        done = let_go(office, rules, now, by or os_user())
    say(done, as_json=as_json, human=_gone)
    if done.faults:
        raise typer.Exit(1)


def _may_go(one: dict[str, Any]) -> str:
    from plan_lifecycle.config.retention import Matter
    from plan_lifecycle.domain.writing import count_text, first_up, short_date
    from plan_lifecycle.lifecycle.retention import MATTER_WORDS

    what = first_up(MATTER_WORDS[Matter(one["matter"])])
    if one["before"] is None:
        return f"{what}: giữ lâu dài."
    return f"{what} trước ngày {short_date(datetime.fromisoformat(one['before']))}: {count_text(one['number'])}."


def _gone(done: dict[str, Any]) -> str:
    from plan_lifecycle.config.retention import Matter
    from plan_lifecycle.lifecycle.retention import gone_words

    numbers = {Matter(name): number for name, number in done["numbers"].items()}
    return "\n".join([gone_words(numbers, done["files"]), *done["faults"]])

"""``review handover``: what is open of units that exist no more goes to who took over, or is closed."""

from __future__ import annotations

from typing import Annotated

import typer

from plan_lifecycle.cli._output import AsJson, batch, one_way, say
from plan_lifecycle.cli._review_given import ReasonCode, decided, decider_of, read_ids
from plan_lifecycle.cli._work import Again, AsOf, By, at_work
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError


def handover(
    by: By,
    reason: ReasonCode,
    ids: Annotated[list[str] | None, typer.Argument(help="O5 …", metavar="ID…", show_default=False)] = None,
    unit: Annotated[
        str, typer.Option(help="Everything of this unit, by its name or id, instead of ids.", show_default=False)
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Everything of all units that exist no more.")] = False,
    to: Annotated[
        str, typer.Option("--to", help="Which successor, by name or id, where there are several.", show_default=False)
    ] = "",
    close: Annotated[bool, typer.Option("--close", help="Close it: nobody takes it over.")] = False,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Hand what is open of units that exist no more over to their successors, by one letter to each; or close it."""
    from plan_lifecycle.lifecycle.review import close_these, ended_ids, hand_over_these

    if sum((bool(ids), bool(unit), every)) != 1:
        raise one_way("ids, --unit or --all: one of the three", "mã nội dung", "--unit", "--all")
    if close and to:
        raise one_way("either --to or --close, and not both", "--to", "--close")
    act = ActKind.CLOSE if close else ActKind.HAND_OVER
    with at_work("review handover", as_of, again, by=by) as (office, now):
        decider = decider_of(office, act, by, reason)
        with batch() as complain:
            wanted = read_ids(ids, complain, "O") if ids else ended_ids(office, now, unit)
            done = (
                close_these(office, wanted, decider, now)
                if close
                else hand_over_these(office, wanted, to, decider, now)
            )
            for outcome in done:
                if isinstance(outcome, InputError):
                    complain(outcome)
                else:
                    say(outcome, as_json=as_json, human=decided)

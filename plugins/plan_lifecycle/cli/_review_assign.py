"""``plan-lifecycle review assign``: a person says what an arrival is for that nobody could match."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from plan_lifecycle.cli._output import AsJson, batch, say
from plan_lifecycle.cli._review_given import ReasonCode, decider_of, read_ids
from plan_lifecycle.cli._work import Again, AsOf, By, at_work
from plan_lifecycle.domain.act import ActKind
from plan_lifecycle.domain.errors import InputError

_OBLIGATION = re.compile(r"[Oo]?\d{1,9},?")


class SeveralTargets(TyperCommand):
    """Lets several ids follow one ``--to``: ``--to O5 O6``, ``--to O5,O6`` and ``--to O5 --to O6`` say the same."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write ``--to`` before each of its ids."""
        written: list[str] = []
        before = ""
        for arg in args:
            if before == "--to" or (before == "O" and _OBLIGATION.fullmatch(arg)):
                written += ["--to", arg]
                before = "O"
            else:
                written += [arg] if arg != "--to" else []
                before = arg
        written += ["--to"] if before == "--to" else []
        return super().parse_args(ctx, written)


def assign(
    by: By,
    reason: ReasonCode,
    to: Annotated[list[str], typer.Option("--to", help="What it is for: O5 [O6 …].", show_default=False)],
    ids: Annotated[list[str] | None, typer.Argument(help="A7 …", metavar="ID…", show_default=False)] = None,
    sure: Annotated[
        bool, typer.Option("--sure", help="Even where the file or its sender speaks of another item or period.")
    ] = False,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """File arrivals that nobody could match for the obligations named, as if they had been: checks, version, receipt.

    They count from the day on which they came. Doing it again gives the same answer.
    """
    from plan_lifecycle.lifecycle.review import Subject, place_these, read_id

    with at_work("review assign", as_of, again, by=by) as (office, now):
        decider = decider_of(office, ActKind.ASSIGN, by, reason)
        targets = [read_id(each, Subject.OBLIGATION) for some in to for each in some.split(",") if each.strip()]
        with batch() as complain:
            wanted = read_ids(ids, complain, "A")
            for each in place_these(office, wanted, targets, decider, now, sure=sure):
                if isinstance(each, InputError):
                    complain(each)
                else:
                    say(each, as_json=as_json, human=_placed)


def _placed(one: dict[str, Any]) -> str:
    where = f"{', '.join(one['to'])} ({one['unit']})"
    if not one["done"]:
        return f"{one['id']}  chưa xếp vào {where}: {one['why']}"
    late = f", chậm {one['days_late']:02} ngày" if one["days_late"] else ""
    same = f" ({one['why']})" if one["why"] else ""
    text = f"{one['id']}  đã xếp vào {where}: {', '.join(one['submissions'])}{late}{same}"
    return text + "".join(f"\n      - {finding}" for finding in one["findings"])

"""``plan-lifecycle scores awards|choose``: who may be proposed for an award, after one year or several."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._files import write_file
from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.cli._scores_round import Receiver, round_of
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work, looking
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plan_lifecycle.domain.award import Award
    from plan_lifecycle.lifecycle.appraise import Review, ScoringRound
    from plan_lifecycle.lifecycle.office import Office

AwardCode = Annotated[str, typer.Option("--award", help="Code of an award of scoring.yaml.", show_default=False)]
Years = Annotated[str, typer.Option("--years", help="2026, or 2022-2025.", show_default=False)]
_YEARS = re.compile(r"(20\d\d)(?:-(20\d\d))?")
_RESULTS = {"proposed": "đề nghị", "tie": "chờ chọn", "left_out": "không đề nghị", "not_reached": "chưa đạt"}


def awards(
    award: AwardCode,
    years: Years,
    receiver: Receiver = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the list there (.xlsx), or the proposal (.docx).")
    ] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show who may be proposed for an award and why; of several years the mean of their indices ranks."""
    from plan_lifecycle.lifecycle.appraise import award_proposal, review_of

    with looking(as_of) as (office, now):
        chosen, rounds = _rounds(office, award, years, receiver, now)
        review = review_of(office, rounds, chosen)
        if out is not None:
            as_word = out.suffix.lower() == ".docx"
            write_file(out, (award_proposal(office, rounds, chosen, now) if as_word else review.file())[1])
    for line in _lines(review):
        say(line, as_json=as_json, human=_line)


def choose(
    award: AwardCode,
    years: Years,
    unit: Annotated[str, typer.Option("--unit", help="Id or name of the unit.", show_default=False)],
    by: By,
    reason: Reason,
    propose: Annotated[bool, typer.Option("--propose/--leave-out", help="Propose the unit, or leave it out.")] = True,
    receiver: Receiver = "",
    as_of: AsOf = "",
    again: Again = False,
) -> None:
    """Decide about a unit: choose it among units of one rank, or leave it out though it could be proposed."""
    from plan_lifecycle.lifecycle.appraise import choose_for

    with at_work("scores choose", as_of, again, by=by) as (office, now):
        chosen, rounds = _rounds(office, award, years, receiver, now)
        new = choose_for(office, rounds, chosen, unit, Decider(by, reason), now, proposed=propose)
    say(new, as_json=False, human=lambda new: "đã ghi" if new else "đã ghi trước đó")


def _rounds(office: Office, award: str, years: str, receiver: str, now: datetime) -> tuple[Award, list[ScoringRound]]:
    chosen = office.rules.score_rules.award(award)
    match = _YEARS.fullmatch(years.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise InputError("a year, or the first and the last: 2022-2025", field="--years", found=years)
    return chosen, [round_of(office, chosen.scheme, year, receiver, now) for year in range(first, last + 1)]


def _lines(review: Review) -> Iterator[dict[str, Any]]:
    """One line a unit, group by group: its indices, what it comes to, and why."""
    for group in review.groups:
        tied = group.tie.units if group.tie else ()
        for place in review.places:
            if place.group != group.group:
                continue
            result = (
                "proposed" if place in group.proposed
                else "tie" if place in tied
                else "left_out" if place in group.left_out
                else "not_reached"
            )  # fmt: skip
            yield {
                "group": place.group,
                "unit": place.unit,
                "indices": [None if index is None else round(float(index), 4) for index in review.indices[place.unit]],
                "index": None if place.index is None else float(place.index),
                "rank": place.rank,
                "band": place.band,
                "result": result,
                "limit": group.limit,
                "left": group.tie.left if group.tie and result == "tie" else None,
                "collectives": review.award.collectives if result == "proposed" else 0,
                "individuals": review.award.individuals if result == "proposed" else 0,
            }


def _line(line: dict[str, Any]) -> str:
    rank = "-" if line["rank"] is None else str(line["rank"])
    index = "chưa thẩm định xong" if line["index"] is None else f"{line['index']:.12g}%".replace(".", ",")
    caps = f": {line['collectives']:02} tập thể, {line['individuals']:02} cá nhân" if line["collectives"] else ""
    return "\t".join((rank, line["unit"], index, line["band"] or "", f"{_RESULTS[line['result']]}{caps}"))

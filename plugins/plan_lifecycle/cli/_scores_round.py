"""What the commands on scores name: a scheme, its year, whose units."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.appraise import ScoringRound
    from plan_lifecycle.lifecycle.office import Office

SchemeCode = Annotated[str, typer.Option("--scheme", help="Code of a scheme of scoring.yaml.", show_default=False)]
Year = Annotated[int, typer.Option("--year", help="The year that is scored.", show_default=False)]
Receiver = Annotated[
    str, typer.Option("--receiver", help="Whose units are scored; empty: the only province.", show_default=False)
]


def round_of(office: Office, scheme: str, year: int, receiver: str, now: datetime) -> ScoringRound:
    """The round that is meant. Raises InputError."""
    from plan_lifecycle.lifecycle.appraise import open_round

    return open_round(office, office.rules.score_rules, scheme, year, receiver, now)

"""``plan-lifecycle doctor``: what of the installation works, and what to do about the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, say
from plan_lifecycle.domain.clock import LOCAL

app = typer.Typer(add_completion=False)
MARKS = {"good": "tốt", "warning": "LƯU Ý", "fault": "LỖI", "unset": "–"}


@app.command()
def doctor(
    test_letter: Annotated[
        str, typer.Option(help="Send a letter to this address, to see that one goes.", show_default=False)
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Look over configuration, secrets, disk, database, trail, clocks, mail, mailbox, portal, certificates, Airflow.

    Exit code 1 where something is at fault. Run where the settings of the whole are, such as in compose's worker; by
    cron it mails whoever cron mails.
    """
    from plan_lifecycle.doctor import Patient, State, examine
    from plan_lifecycle.settings import Settings

    patient = Patient(Settings(), datetime.now(UTC).astimezone(LOCAL), test_letter or None)
    faults = 0
    for check in examine(patient):
        faults += check.state is State.FAULT
        say(check, as_json=as_json, human=_told)
    if faults:
        raise typer.Exit(1)


def _told(check: dict[str, Any]) -> str:
    told = f"{MARKS[check['state']]:>6}  {check['found']}"
    return told + (f"\n        → {check['to_do']}" if check["to_do"] else "")

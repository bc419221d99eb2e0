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
    mail: Annotated[
        bool,
        typer.Option(
            "--mail",
            help="Write to PLAN_LIFECYCLE_ADMIN_MAIL when something is wrong, once a state, and when it is right.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look over configuration, secrets, disk, database, trail, clocks, mail, mailbox, pages, certificates, Airflow.

    Exit code 1 where something is at fault. Run where the settings of the whole are, such as in compose's worker. By
    cron, --mail tells the administrator; where no letter can go, the exit code and the lines say so.
    """
    from plan_lifecycle.doctor import Patient, State, examine, tell_administrator
    from plan_lifecycle.settings import Settings

    patient = Patient(Settings(), datetime.now(UTC).astimezone(LOCAL), test_letter or None)
    checks = []
    for check in examine(patient):
        checks.append(check)
        say(check, as_json=as_json, human=_told)
    if mail:
        tell_administrator(patient, checks)
    if any(check.state is State.FAULT for check in checks):
        raise typer.Exit(1)


def _told(check: dict[str, Any]) -> str:
    told = f"{MARKS[check['state']]:>6}  {check['found']}"
    return told + (f"\n        → {check['to_do']}" if check["to_do"] else "")

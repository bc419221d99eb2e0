"""``report correct``, ``uncorrect``, ``paper``: what comes back of a compiled report, corrected or signed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plan_lifecycle.cli._output import AsJson
from plan_lifecycle.cli._report_release import Kind, Version, read_report_name, tell
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work
from plan_lifecycle.domain.decider import Decider


def correct(
    report: Version,
    file: Annotated[Path, typer.Argument(help="The draft as it was corrected in Word (.docx).")],
    by: By,
    sure: Annotated[bool, typer.Option("--sure", help="It is this version's, though it does not say so.")] = False,
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Take a corrected draft as the text of a version: it goes to the leader and is issued; what differs is told."""
    named, decider = read_report_name(report), Decider(by)
    from plan_lifecycle.cli._files import file_bytes, shown
    from plan_lifecycle.lifecycle.release import Paper, correct_report

    given = Paper(shown(file), file_bytes(file))
    with at_work("report correct", as_of, again, by=by) as (office, now):
        new = correct_report(
            office, named.unit, named.period, given, decider, now, version=named.version, sure=sure, profile=profile
        )
        tell(office, named, profile, now, new, as_json)


def uncorrect(
    report: Version,
    by: By,
    reason: Reason,
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let a version's text be as it was compiled again."""
    named, decider = read_report_name(report), Decider(by, reason)
    from plan_lifecycle.lifecycle.release import take_back_correction

    with at_work("report uncorrect", as_of, again, by=by) as (office, now):
        new = take_back_correction(
            office, named.unit, named.period, decider, now, version=named.version, profile=profile
        )
        tell(office, named, profile, now, new, as_json)


def paper(
    report: Version,
    file: Annotated[Path, typer.Argument(help="The signed paper, .pdf or .docx.")],
    by: By,
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Keep the signed paper with a report that was issued; a number or day of its own that differs is told."""
    named, decider = read_report_name(report), Decider(by)
    from plan_lifecycle.cli._files import file_bytes, shown
    from plan_lifecycle.lifecycle.release import Paper, add_paper

    given = Paper(shown(file), file_bytes(file))
    with at_work("report paper", as_of, again, by=by) as (office, now):
        new = add_paper(office, named.unit, named.period, given, decider, now, version=named.version, profile=profile)
        tell(office, named, profile, now, new, as_json)

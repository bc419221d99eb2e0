"""``report hold``, ``release``, ``issue``, ``undo``: a compiled report on its way to its leader."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from plan_lifecycle.cli._output import AsJson, day_of, iso_date, plain, say, whole_number
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.release import REPORT_STATE_WORDS, ReportState

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.office import Office

Report = Annotated[str, typer.Argument(metavar="REPORT", help="UNIT:PERIOD, as bb:2023-H1.")]
Version = Annotated[str, typer.Argument(metavar="REPORT", help="UNIT:PERIOD, perhaps :VERSION.")]
Kind = Annotated[
    str | None,
    typer.Option("--profile", help="Its kind, a code of config/profiles, where two were compiled.", show_default=False),
]


class ReportName(NamedTuple):
    """A report as it is typed: unit, period, perhaps the number of a version."""

    unit: str
    period: str
    version: int | None


def read_report_name(text: str, *, versions: bool = True) -> ReportName:
    """Read UNIT:PERIOD or UNIT:PERIOD:VERSION. Raises InputError."""
    from plan_lifecycle.domain.period import Period

    unit, _, rest = text.partition(":")
    period, _, version = rest.partition(":")
    if not unit or not period or (version and not versions):
        expected = "UNIT:PERIOD or UNIT:PERIOD:VERSION" if versions else "UNIT:PERIOD"
        raise InputError(expected, field="REPORT", found=text)
    number = whole_number(version, field="REPORT") if version else None
    return ReportName(unit, Period.parse(period).code, number)


def hold(
    report: Report,
    by: By,
    reason: Reason,
    until: Annotated[str, typer.Option(help="Its last day, YYYY-MM-DD; else until it is let go.")] = "",
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Keep a report from the leader until a day, or until `report release`."""
    named, decider, day = (
        read_report_name(report, versions=False),
        Decider(by, reason),
        iso_date(until, field="--until"),
    )
    from plan_lifecycle.lifecycle.release import hold_report

    with at_work("report hold", as_of, again, by=by) as (office, now):
        new = hold_report(office, named.unit, named.period, decider, now, until=day, profile=profile)
        tell(office, named, profile, now, new, as_json)


def release(
    report: Report,
    by: By,
    reason: Reason = "",
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let a report go: end its hold and queue the leader's letter with the newest version now."""
    named, decider = read_report_name(report, versions=False), Decider(by, reason)
    from plan_lifecycle.lifecycle.release import release_report

    with at_work("report release", as_of, again, by=by) as (office, now):
        new = release_report(office, named.unit, named.period, decider, now, profile=profile)
        tell(office, named, profile, now, new, as_json)


def issue(
    report: Version,
    number: Annotated[str, typer.Option(help="45, or 45/BC-UBND.", show_default=False)],
    issued_on: Annotated[str, typer.Option("--date", help="The day on it, YYYY-MM-DD.", show_default=False)],
    signer: Annotated[str, typer.Option(help="Who signed.", show_default=False)],
    by: By,
    paper: Annotated[
        Path | None, typer.Option(help="The signed paper, .pdf or .docx, to be kept with it.", show_default=False)
    ] = None,
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Record number, day and signer of a report that was issued; what comes later makes an addendum."""
    named, decider, day = read_report_name(report), Decider(by), day_of(issued_on, field="--date")
    from plan_lifecycle.cli._files import file_bytes, shown
    from plan_lifecycle.lifecycle.release import Paper, Signed, issue_report

    signed, brought = Signed(number, day, signer), Paper(shown(paper), file_bytes(paper)) if paper else None
    with at_work("report issue", as_of, again, by=by) as (office, now):
        of = (named.unit, named.period, signed, decider, now)
        new = issue_report(office, *of, version=named.version, paper=brought, profile=profile)
        tell(office, named, profile, now, new, as_json)


def undo(
    report: Version,
    by: By,
    reason: Reason,
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Take back that a report was issued: the last version that was, or the one that is named."""
    named, decider = read_report_name(report), Decider(by, reason)
    from plan_lifecycle.lifecycle.release import undo_issue

    with at_work("report undo", as_of, again, by=by) as (office, now):
        new = undo_issue(office, named.unit, named.period, decider, now, version=named.version, profile=profile)
        tell(office, named, profile, now, new, as_json)


def tell(office: Office, named: ReportName, profile: str | None, now: datetime, new: bool, as_json: bool) -> None:
    """Say how the report stands afterwards; ``new`` is False where nothing changed."""
    from plan_lifecycle.lifecycle.release import shown_report

    found = shown_report(office, named.unit, named.period, now, profile=profile)
    say({"new": new, **(plain(found) if found else {})}, as_json=as_json, human=_for_people)


def _for_people(answer: dict[str, Any]) -> str:
    lines = [answer["name"] if answer["new"] else f"{answer['name']}: không có thay đổi"]
    if answer["hold"]:
        lines.append(f"  Giữ lại ({answer['hold']['held_by']}): {answer['hold']['reason']}")
    for one in answer["versions"]:
        lines.append(f"  {one['name']}: {REPORT_STATE_WORDS[ReportState(one['state'])]}")
        lines += _corrected(one["correction"]) if one["correction"] else []
        if one["issue"]:
            lines.append(f"    số {one['issue']['number']}, ngày {one['issue']['issued_on']}, {one['issue']['signer']}")
            lines += [f"    bản ký: {one['issue']['paper_name']}"] if one["issue"]["paper_name"] else []
            lines += [f"    {finding}" for finding in one["issue"]["findings"] + one["issue"]["paper_findings"]]
    return "\n".join(lines)


def _corrected(correction: dict[str, Any]) -> list[str]:
    """The file that came back, and what it says otherwise."""
    lines = [f"    nội dung theo bản đã sửa: {correction['name']} ({correction['given_by']})"]
    lines += [f"    {note}" for note in correction["notes"]]
    for place, ours, theirs in correction["figures"]:
        lines.append(f"    - {place}: số đã tổng hợp {ours or 'không có'}, bản sửa ghi {theirs or 'không có'}")
    for place, before, after in correction["texts"]:
        lines.append(
            f"    - {place}: “{before}” thành “{after}”" if before and after else _one_side(place, before, after)
        )
    return lines


def _one_side(place: str, before: str, after: str) -> str:
    return f"    - {place}: thêm “{after}”" if after else f"    - {place}: bỏ “{before}”"

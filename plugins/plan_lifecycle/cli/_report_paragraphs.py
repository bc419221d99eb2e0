"""``report paragraphs``, ``move``, ``omit``, ``restore``: where the paragraphs of a compiled report stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._output import AsJson, plain, say
from plan_lifecycle.cli._report_release import Kind, Report, read_report_name
from plan_lifecycle.cli._work import Again, AsOf, By, Reason, at_work
from plan_lifecycle.domain.decider import Decider

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.compile import Paragraph, Paragraphs

Words = Annotated[str, typer.Argument(metavar="WORDS", help="Words that this paragraph alone has, or its statement.")]


def paragraphs(report: Report, profile: Kind = None, as_json: AsJson = False) -> None:
    """List what units wrote for a report, by heading, and what was decided about it."""
    from plan_lifecycle.lifecycle.compile import report_paragraphs
    from plan_lifecycle.office_wiring import open_office
    from plan_lifecycle.settings import Settings

    named = read_report_name(report, versions=False)
    with open_office(Settings()) as office:
        known = report_paragraphs(office, named.unit, named.period, profile=profile)
        for one in known.every:
            say(_answer(known, one), as_json=as_json, human=_for_people)


def move(
    report: Report,
    words: Words,
    to: Annotated[str, typer.Option(help="The heading, by its words or its code.", show_default=False)],
    by: By,
    reason: Reason = "",
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Put a paragraph under another heading of the report; the next version of the draft has it there."""
    named, decider = read_report_name(report, versions=False), Decider(by, reason)
    from plan_lifecycle.lifecycle.compile import move_paragraph

    with at_work("report move", as_of, again, by=by) as (office, now):
        of = (named.unit, named.period, words, to)
        new = move_paragraph(office, *of, decider, now, profile=profile)
        say({"new": new}, as_json=as_json, human=_done)


def leave_out(
    report: Report,
    words: Words,
    by: By,
    reason: Reason,
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Leave a paragraph out of the report, with a reason; it stays in the workbook."""
    named, decider = read_report_name(report, versions=False), Decider(by, reason)
    from plan_lifecycle.lifecycle.compile import leave_out_paragraph

    with at_work("report omit", as_of, again, by=by) as (office, now):
        of = (named.unit, named.period, words)
        new = leave_out_paragraph(office, *of, decider, now, profile=profile)
        say({"new": new}, as_json=as_json, human=_done)


def put_back(
    report: Report,
    words: Words,
    by: By,
    reason: Reason = "",
    profile: Kind = None,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Let a paragraph stand where its units wrote it again."""
    named, decider = read_report_name(report, versions=False), Decider(by, reason)
    from plan_lifecycle.lifecycle.compile import put_back_paragraph

    with at_work("report restore", as_of, again, by=by) as (office, now):
        of = (named.unit, named.period, words)
        new = put_back_paragraph(office, *of, decider, now, profile=profile)
        say({"new": new}, as_json=as_json, human=_done)


def _done(answer: dict[str, Any]) -> str:
    if not answer["new"]:
        return "Không có thay đổi."
    return "Đã ghi. Bản dự thảo được lập lại vào sáng ngày làm việc tiếp theo, hoặc bằng lệnh `compile`."


def _answer(known: Paragraphs, one: Paragraph) -> dict[str, Any]:
    target = known.headings.get(one.placing.target or "", "") if one.placing and one.placing.target is not None else ""
    return {"heading": known.headings.get(one.section, ""), "target_heading": target, **plain(one)}


def _for_people(answer: dict[str, Any]) -> str:
    placing, units = answer["placing"], ", ".join(answer["units"])
    lines = [f"{answer['heading']}: {answer['text']} ({units})"]
    if placing:
        what = f"chuyển đến “{answer['target_heading']}”" if placing["target"] is not None else "không đưa vào báo cáo"
        reason = f": {placing['reason']}" if placing["reason"] else ""
        lines.append(f"  {placing['decided_by']} {what}{reason}")
    return "\n".join(lines)

"""``plan-lifecycle scores``: units score themselves, somebody appraises, all are ranked, some proposed for awards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli import _scores_awards
from plan_lifecycle.cli._files import made_folder, write_file
from plan_lifecycle.cli._output import AsJson, batch, day_of, one_way, say
from plan_lifecycle.cli._scores_rank import as_number, place_answer, place_line, rank_units
from plan_lifecycle.cli._scores_round import Receiver, SchemeCode, Year, round_of
from plan_lifecycle.cli._scores_table import placed, points_of, rulings_in
from plan_lifecycle.cli._work import Again, AsOf, By, at_work, looking
from plan_lifecycle.domain.appraisal import Entry, ScoreSheet, Side
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.lifecycle.appraise import Ruling

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.command("rank")(rank_units)
app.command("awards")(_scores_awards.awards)
app.command("choose")(_scores_awards.choose)

UnitName = Annotated[str, typer.Option("--unit", help="Id or name of the unit.", show_default=False)]
CriterionName = Annotated[str, typer.Option("--criterion", help="Code or name of the criterion.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", help="The folder for the files.", show_default=False)]


@app.callback()
def scores() -> None:
    """Score units: self-score, appraisal, ranking, publication, awards."""


@app.command()
def form(
    scheme: SchemeCode,
    year: Year,
    out: Out,
    receiver: Receiver = "",
    unit: UnitName = "",
    appraisal: Annotated[bool, typer.Option("--appraisal", help="The form of whoever appraises.")] = False,
    as_of: AsOf = "",
) -> None:
    """Write the form in which a unit scores itself (.xlsx), or that of every unit of the scheme."""
    from plan_lifecycle.lifecycle.appraise import form_of

    with looking(as_of) as (office, now):
        of = round_of(office, scheme, year, receiver, now)
        folder = made_folder(out)
        for whose in [of.unit(unit)] if unit else of.units:
            name, data = form_of(office, of, whose, Side.APPRAISED if appraisal else Side.SELF)
            write_file(folder / name, data)
            say(folder / name, as_json=False, human=str)


@app.command("mail")
def mail_command(
    scheme: SchemeCode,
    year: Year,
    by: By,
    until: Annotated[str, typer.Option(help="The last day for units, YYYY-MM-DD.", show_default=False)],
    receiver: Receiver = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Queue a letter with its form for each unit: it scores itself and sends the form back like any paper."""
    from plan_lifecycle.lifecycle.appraise import send_forms

    last_day = day_of(until, field="--until")
    with at_work("scores mail", as_of, again, by=by) as (office, now):
        sent = send_forms(office, round_of(office, scheme, year, receiver, now), last_day, Decider(by), now)
    say(sent, as_json=as_json, human=_mailed)


@app.command()
def take(
    files: Annotated[list[Path], typer.Argument(help="Forms that came back, .xlsx or .docx.", show_default=False)],
    scheme: SchemeCode,
    year: Year,
    by: By,
    receiver: Receiver = "",
    unit: UnitName = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Take what units say of themselves. A file with a fault is not taken, and the others are."""
    from plan_lifecycle.cli._files import paper_bytes
    from plan_lifecycle.lifecycle.appraise import take as take_form

    decider = Decider(by)
    with at_work("scores take", as_of, again, by=by) as (office, now), batch() as complain:
        of = round_of(office, scheme, year, receiver, now)
        seen: dict[str, str] = {}
        for path in files:
            try:
                taken = take_form(office, of, paper_bytes(path).data, path.name, decider, now, unit, seen)
            except InputError as error:
                complain(error)
            else:
                say(taken, as_json=as_json, human=_taken)


@app.command()
def appraise(
    scheme: SchemeCode,
    year: Year,
    by: By,
    receiver: Receiver = "",
    unit: UnitName = "",
    criterion: CriterionName = "",
    points: Annotated[str, typer.Option(help="Points, or “không áp dụng”.", show_default=False)] = "",
    reason: Annotated[str, typer.Option(help="Why the points differ from the claim.", show_default=False)] = "",
    file: Annotated[
        Path | None, typer.Option("--file", help="A filled-in form (.xlsx, .docx), or UTF-8 TSV.", show_default=False)
    ] = None,
    rest: Annotated[
        bool, typer.Option("--rest", help="All that is open: as the ledger or the scale proposes, else as claimed.")
    ] = False,
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Appraise a criterion of a unit, those of a table, or (--rest) all that is open of a unit or of all units."""
    from plan_lifecycle.cli._files import paper_bytes
    from plan_lifecycle.lifecycle.appraise import Ruling, appraise_rest, take_appraisal
    from plan_lifecycle.lifecycle.appraise import appraise as appraise_one

    if sum((rest, file is not None, bool(criterion))) != 1:
        raise one_way("one of --criterion, --file and --rest", "--criterion", "--file", "--rest")
    decider = Decider(by)
    with at_work("scores appraise", as_of, again, by=by) as (office, now), batch() as complain:
        of = round_of(office, scheme, year, receiver, now)
        if rest:
            units = [of.unit(unit)] if unit else of.units
            say({"appraised": appraise_rest(office, of, units, decider, now)}, as_json=as_json, human=_appraised)
            return
        if file is not None and file.suffix.lower() in (".xlsx", ".docx"):
            new = take_appraisal(office, of, paper_bytes(file).data, file.name, decider, now, unit)
            say({"appraised": new}, as_json=as_json, human=_appraised)
            return
        given = rulings_in(file, complain) if file else [(Ruling(unit, criterion, points_of(points), reason), None)]
        for ruling, where in given:
            try:
                new = appraise_one(office, of, ruling, decider, now)
            except InputError as error:
                complain(placed(error, where))
            else:
                say(_answer(ruling, new), as_json=as_json, human=_ruled)


def _answer(ruling: Ruling, new: bool) -> dict[str, Any]:
    points = as_number(ruling.points)
    return {"unit": ruling.unit, "criterion": ruling.criterion, "points": points, "new": new}


@app.command()
def ask(
    scheme: SchemeCode,
    year: Year,
    unit: UnitName,
    criterion: CriterionName,
    question: Annotated[str, typer.Option(help="What the unit is to explain.", show_default=False)],
    by: By,
    receiver: Receiver = "",
    as_of: AsOf = "",
    again: Again = False,
) -> None:
    """Ask a unit to explain: the question stands in its form until it says something new."""
    from plan_lifecycle.lifecycle.appraise import ask as ask_unit

    with at_work("scores ask", as_of, again, by=by) as (office, now):
        of = round_of(office, scheme, year, receiver, now)
        new = ask_unit(office, of, unit, criterion, question, Decider(by), now)
    say(new, as_json=False, human=lambda new: "đã ghi nội dung đề nghị giải trình" if new else "đã đề nghị trước đó")


@app.command()
def show(
    scheme: SchemeCode,
    year: Year,
    receiver: Receiver = "",
    unit: UnitName = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write the ranking as .xlsx there.")] = None,
    as_of: AsOf = "",
    as_json: AsJson = False,
) -> None:
    """Show the ranking by what is appraised, or the criteria of one unit with claim, proposal and appraisal."""
    from plan_lifecycle.lifecycle.appraise import ranking_of, sheets_of, table_of

    with looking(as_of) as (office, now):
        of = round_of(office, scheme, year, receiver, now)
        if unit:
            for line in _sheet(sheets_of(office, of)[of.unit(unit).id]):
                say(line, as_json=as_json, human=_criterion)
            return
        if out is not None:
            write_file(out, table_of(office, of)[1])
        for place in ranking_of(office, of).places:
            say(place_answer(place), as_json=as_json, human=place_line)


@app.command()
def publish(
    scheme: SchemeCode,
    year: Year,
    by: By,
    receiver: Receiver = "",
    reason: Annotated[str, typer.Option(help="Why it is published though a unit has no score.")] = "",
    as_of: AsOf = "",
    again: Again = False,
    as_json: AsJson = False,
) -> None:
    """Publish the ranking as it stands, as a version; the same ranking twice is one version."""
    from plan_lifecycle.lifecycle.appraise import publish_ranking

    with at_work("scores publish", as_of, again, by=by) as (office, now):
        of = round_of(office, scheme, year, receiver, now)
        table = publish_ranking(office, of, Decider(by, reason), now)
    say(table, as_json=as_json, human=lambda answer: f"Bảng xếp hạng, lần công bố {answer['version']:02}")


def _sheet(sheet: ScoreSheet) -> Iterator[dict[str, Any]]:
    unanswered = sheet.unanswered()
    for criterion in sheet.scheme.criteria():
        code = criterion.code
        proposal, question = sheet.proposals.get(code), sheet.questions.get(code)
        yield {
            "criterion": code,
            "name": criterion.name,
            "maximum": as_number(criterion.maximum),
            "claimed": _said(sheet.claims.get(code)),
            "proposed": {"points": as_number(proposal.points), "why": proposal.why} if proposal else None,
            "appraised": _said(sheet.rulings.get(code)),
            "question": question.reason if question and criterion in unanswered else None,
        }


def _said(entry: Entry | None) -> dict[str, Any] | None:
    names = ("applies", "evidence", "reason", "asked", "done", "by", "at", "file", "place", "version")
    if entry is None:
        return None
    return {"points": as_number(entry.points), **{name: getattr(entry, name) for name in names}}


def _criterion(line: dict[str, Any]) -> str:
    shown = [_number(line[side]) for side in ("claimed", "proposed", "appraised")]
    question = f"  (chờ giải trình: {line['question']})" if line["question"] else ""
    return "\t".join((line["name"], f"{line['maximum']:g}", *shown)) + question


def _number(said: dict[str, Any] | None) -> str:
    if said is None:
        return "-"
    return "không áp dụng" if said["points"] is None else f"{said['points']:g}".replace(".", ",")


def _mailed(sent: dict[str, Any]) -> str:
    nobody = f"; chưa có địa chỉ thư: {', '.join(sent['unreachable'])}" if sent["unreachable"] else ""
    return f"{sent['queued']:02} thư chờ gửi{nobody}"


def _taken(taken: dict[str, Any]) -> str:
    silent = f"; chưa chấm: {', '.join(taken['unclaimed'])}" if taken["unclaimed"] else ""
    return f"{taken['unit']}: {taken['scored']:02} tiêu chí, mới {taken['new']:02}{silent}"


def _appraised(answer: dict[str, Any]) -> str:
    return f"đã thẩm định {answer['appraised']:02} tiêu chí"


def _ruled(answer: dict[str, Any]) -> str:
    return f"{answer['unit']}, {answer['criterion']}: {_number(answer)}{'' if answer['new'] else ' (đã ghi trước đó)'}"

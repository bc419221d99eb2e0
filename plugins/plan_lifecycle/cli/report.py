"""``plan-lifecycle report``: a unit's report before it is sent, a compiled one back to its sources and on its way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plan_lifecycle.cli._files import paper_bytes
from plan_lifecycle.cli._output import AsJson, batch, one_way, say
from plan_lifecycle.cli._report_papers import correct, paper, uncorrect
from plan_lifecycle.cli._report_paragraphs import leave_out, move, paragraphs, put_back
from plan_lifecycle.cli._report_release import Kind, hold, issue, read_report_name, release, undo
from plan_lifecycle.domain.errors import InputError, unreadable
from plan_lifecycle.domain.figure_check import NOTHING_KNOWN, Background, Known
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Profile, Source
from plan_lifecycle.domain.submission import Finding, Rule, clean, doubtful

if TYPE_CHECKING:
    from plan_lifecycle.documents.report_form import ReportFormReading
    from plan_lifecycle.settings import Settings

ProfileCode = Annotated[
    str | None, typer.Option(help="The kind of report: a code of config/profiles.", show_default=False)
]

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def report() -> None:
    """Reports: what is amiss with a unit's, where a compiled one comes from and how far it has come."""


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(help="Reports or forms (.xlsx, .docx); nothing is stored or sent.")],
    period: Annotated[str, typer.Option(help="Of which period: 2023-H1, 2023, …", show_default=False)],
    unit: Annotated[
        str | None, typer.Option(help="Id of the unit; its earlier figures are those of the store.", show_default=False)
    ] = None,
    level: Annotated[
        int | None, typer.Option(help="Whose indicators, without --unit: 1, 2 or 3.", show_default=False)
    ] = None,
    before: Annotated[
        Path | None, typer.Option(help="The report of the last period, without --unit.", show_default=False)
    ] = None,
    profile: ProfileCode = None,
    as_json: AsJson = False,
) -> None:
    """Read a report's figures and check them as when it comes in: required, readable, agreeing, evidenced."""
    from plan_lifecycle.settings import Settings

    of_period = Period.parse(period)
    kind = _profile(Settings(), profile)
    indicators, background = _held_against(of_period, unit, level, before, kind)
    with batch() as report_bad:
        for path in files:
            try:
                reading = _read(path, indicators, of_period, kind.form_rows)
                answer = _check_one(path, reading, unit, of_period, indicators, background)
            except InputError as error:
                report_bad(error)
            else:
                say(answer, as_json=as_json, human=_for_people)


@app.command()
def text(
    files: Annotated[list[Path], typer.Argument(help="Reports in Word (.docx); nothing is stored or sent.")],
    profile: ProfileCode = None,
    as_json: AsJson = False,
) -> None:
    """Read what a report says under each heading, and which headings it is silent about."""
    from plan_lifecycle.settings import Settings

    kind = _profile(Settings(), profile)
    with batch() as report_bad:
        for path in files:
            try:
                answer = _text_of(path, kind)
            except InputError as error:
                report_bad(error)
            else:
                say(answer, as_json=as_json, human=_text_for_people)


@app.command("trace")
def trace_back(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="UNIT:PERIOD, perhaps :VERSION; the newest else.")],
    text: Annotated[str, typer.Argument(help="A number as it is written (195.197), or words; all without it.")] = "",
    profile: Kind = None,
    as_json: AsJson = False,
) -> None:
    """Tell where a number or words of a compiled report come from: unit, submission, version, file, place in it."""
    from plan_lifecycle.lifecycle.compile import trace
    from plan_lifecycle.office_wiring import open_office
    from plan_lifecycle.settings import Settings

    named = read_report_name(report)
    with open_office(Settings()) as office:
        for traced in trace(office, named.unit, named.period, named.version, text.strip(), profile=profile):
            say(traced, as_json=as_json, human=_traced_for_people)


app.command("hold")(hold)
app.command("release")(release)
app.command("issue")(issue)
app.command("undo")(undo)
app.command("correct")(correct)
app.command("uncorrect")(uncorrect)
app.command("paper")(paper)
app.command("paragraphs")(paragraphs)
app.command("move")(move)
app.command("omit")(leave_out)
app.command("restore")(put_back)


def _traced_for_people(answer: dict[str, Any]) -> str:
    head = f"{answer['name']}: {answer['text']}" if answer["name"] else answer["text"]
    lines = [head]
    for origin in answer["origins"]:
        paper = f"{origin['document'] or ', '.join(origin['files'])}, bản {origin['version']}"
        place = f"; {origin['place']}" if origin["place"] else ""
        lines.append(f"  - {origin['unit']}: {origin['text']} ({paper}{place})")
    return "\n".join(lines)


def _profile(settings: Settings, code: str | None) -> Profile:
    """The kind of report of a code, or the one that is taken where none is named. Raises InputError."""
    from plan_lifecycle.config.adjustable import FILES, Adjustable
    from plan_lifecycle.config.profiles import read_profiles
    from plan_lifecycle.store.setting_changes import peek

    changes = {name: value for name, value in peek(settings.database).items() if name.startswith(FILES)}
    folder = Adjustable(settings.path(settings.config), settings.reminders).above(changes)
    profiles = {one.code: one for one in read_profiles(folder.path / "profiles", folder)}
    if code is not None and code not in profiles:
        raise InputError(f"one of {', '.join(profiles)}", field="--profile", found=code)
    return profiles[code] if code else [*profiles.values()][-1]


def _text_of(path: Path, profile: Profile) -> dict[str, Any]:
    from plan_lifecycle.documents.errors import BadDocument
    from plan_lifecycle.documents.read import NotAPlan, read_passages

    try:
        passages = read_passages(paper_bytes(path).data, profile.sections)
    except (NotAPlan, BadDocument) as error:
        raise InputError("a report in Word (.docx)", file=path, vi=f"Tệp {path}: {error.for_user}") from error
    written = {passage.section for passage in passages}
    headings = {one.section.code: one.section.heading for one in profile.numbered()}
    asked = [one.section.code for one in profile.numbered() if Source.TEXT in one.section.sources]
    return {
        "file": str(path),
        "profile": profile.code,
        "passages": [
            {
                "section": passage.section or None,
                "name": headings.get(passage.section),
                "heading": passage.heading,
                "text": passage.text,
                "place": passage.place,
            }
            for passage in passages
        ],
        "silent": [{"section": code, "name": headings[code]} for code in asked if code not in written],
    }


def _text_for_people(answer: dict[str, Any]) -> str:
    lines, above = [f"{answer['file']}: {len(answer['passages'])} đoạn"], ""
    for passage in answer["passages"]:
        name = passage["name"] or "Nội dung khác"
        lines += [f"{name} ({passage['heading']})"] if name != above else []
        lines.append(f"  - {passage['text']}")
        above = name
    lines += [f"Chưa có nội dung: {section['name']}" for section in answer["silent"]]
    return "\n".join(lines)


def _held_against(
    period: Period, unit: str | None, level: int | None, before: Path | None, kind: Profile
) -> tuple[Sequence[Indicator], Background]:
    """The indicators, and what is known of the unit's earlier figures."""
    from plan_lifecycle.settings import Settings

    if (unit is None) == (level is None) or (unit is not None and before is not None):
        raise one_way("either --unit, or --level and perhaps --before", "--unit", "--level (có thể kèm --before)")
    settings = Settings()
    if unit is not None:
        return _from_store(settings, unit, period, kind)
    indicators = kind.of_year(period.year, level)
    if not indicators:
        raise InputError("a level that reports indicators, such as 3", field="--level", found=level)
    if before is None:
        return indicators, NOTHING_KNOWN
    earlier = _read(before, indicators, None)
    if isinstance(earlier, Finding):
        raise InputError("a report with figures", field="--before", found=str(before), vi=earlier.text)
    known = Period.parse(earlier.period).label if earlier.period else before.name
    return indicators, Background(before=Known(known, {figure.indicator: figure.value for figure in earlier.figures}))


def _from_store(
    settings: Settings, unit_id: str, period: Period, kind: Profile
) -> tuple[Sequence[Indicator], Background]:
    from plan_lifecycle.lifecycle.compile import Past
    from plan_lifecycle.office_wiring import open_office
    from plan_lifecycle.store.units import get_unit

    with open_office(settings) as office, office.store.read() as connection:
        unit = get_unit(connection, unit_id)
        if unit is None:
            raise InputError("the id of a unit", field="--unit", found=unit_id)
        indicators = office.rules.asked_of(unit, period.year, kind)
        return indicators, Past(connection, office.rules, [unit_id]).background(unit_id, period, indicators)


def _read(
    path: Path, indicators: Sequence[Indicator], period: Period | None, form_rows: Collection[str] = ()
) -> ReportFormReading | Finding:
    """The figures of a file, or why there are none. Raises InputError where the file cannot be opened."""
    from plan_lifecycle.documents import gate
    from plan_lifecycle.documents.convert import readable
    from plan_lifecycle.documents.errors import BadDocument
    from plan_lifecycle.documents.report_form import NotAReportFormError
    from plan_lifecycle.lifecycle.submission import NO_FIGURES, read_report

    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    try:
        data = readable(data).data
    except BadDocument as error:
        return Finding(Rule.REPORT_REFUSED, error.for_user)
    verdict = gate.inspect(data, name=path.name, purpose=gate.Purpose.REPORT)
    if not verdict.accepted:
        return Finding(Rule.REPORT_REFUSED, verdict.reason)
    if verdict.kind == "pdf":
        return NO_FIGURES
    try:
        return read_report(data, verdict, indicators, period, form_rows)
    except (NotAReportFormError, BadDocument) as error:
        return Finding(Rule.REPORT_UNREADABLE, error.for_user)


def _check_one(
    path: Path,
    reading: ReportFormReading | Finding,
    unit: str | None,
    period: Period,
    indicators: Sequence[Indicator],
    background: Background,
) -> dict[str, Any]:
    from plan_lifecycle.documents.report_form import ReportFormReading
    from plan_lifecycle.lifecycle.submission import check_reading, of_another

    if isinstance(reading, Finding):
        findings, reading = [reading], ReportFormReading((), ())
    else:
        whose = unit or reading.unit_id
        findings = [*of_another(reading, whose, period.code), *check_reading(reading, indicators, background)]
    names = {indicator.code: indicator.name for indicator in indicators}
    return {
        "file": str(path),
        "unit": unit or reading.unit_id,
        "period": period.code,
        "figures": [
            {
                "indicator": figure.indicator,
                "name": names[figure.indicator],
                "value": figure.value,
                "evidence": figure.evidence,
                "estimate": figure.estimate,
            }
            for figure in reading.figures
        ],
        "findings": [
            {"rule": told.rule, "text": told.text, "blocks": told.blocks, "doubt": told.doubt, "about": told.about}
            for told in findings
        ],
        "clean": clean(findings) and not doubtful(findings),
    }


def _for_people(answer: dict[str, Any]) -> str:
    head = f"{answer['file']}: {len(answer['figures'])} số liệu"
    told = "chưa thấy nội dung cần hoàn thiện, xem lại" if answer["clean"] else f"{len(answer['findings'])} nội dung"
    return "\n".join([f"{head}; {told}", *(f"  - {each['text']}" for each in answer["findings"])])

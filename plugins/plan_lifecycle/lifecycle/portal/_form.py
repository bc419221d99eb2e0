"""A unit's own report out of the form: what was typed is read field by field, and becomes a Word file to sign.

Xã Bình An types "1.250" beside last period's 980; what cannot be read is said beside its field and stays as typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from plan_lifecycle.documents.drafts import (
    FigureTable,
    IndicatorRow,
    OutlineSection,
    OwnTask,
    PlanReference,
    ReportForm,
    SignatureBlock,
)
from plan_lifecycle.documents.report_form import FormTask, TextRow, choices_of, write_report_form
from plan_lifecycle.domain.earlier import Earlier
from plan_lifecycle.domain.figure import NOT_KNOWN, read_note
from plan_lifecycle.domain.figure_check import Background
from plan_lifecycle.domain.figure_text import is_blank
from plan_lifecycle.domain.indicator import Indicator, IndicatorType, Value
from plan_lifecycle.domain.profile import Profile, Section, label
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.domain.writing import answer_text, first_up, short_date
from plan_lifecycle.lifecycle.compile import Past, known_already
from plan_lifecycle.lifecycle.office import Office, letterhead
from plan_lifecycle.lifecycle.portal._fields import Filled
from plan_lifecycle.lifecycle.portal._page import Owed
from plan_lifecycle.lifecycle.portal._tasks import STATES, tasks_typed
from plan_lifecycle.lifecycle.progress import AskedOfPlan, PlansAsked


@dataclass(frozen=True, slots=True)
class Asked:
    """What a unit reports in a period: indicators form by form, headings to write about, tasks of the plan."""

    profile: Profile
    indicators: tuple[Indicator, ...]
    forms: tuple[AskedForm, ...]
    headings: tuple[AskedHeading, ...]
    plan: AskedOfPlan = field(default_factory=AskedOfPlan)


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form with its rows: each indicator with its number in the form."""

    title: str
    rows: tuple[tuple[str, Indicator], ...]


@dataclass(frozen=True, slots=True)
class AskedHeading:
    """A heading about which the unit writes; ``name`` is that of its field, ``above`` the part that it stands in."""

    name: str
    section: str
    label: str
    heading: str
    above: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What a form is filled in beside: the figures of the last period, and all that the new ones are held against."""

    earlier: Earlier
    background: Background


def asked_of(office: Office, owed: Owed, tree: UnitTree, now: datetime) -> Asked:
    """What this unit reports in this period."""
    profile = office.rules.profile_of(owed.plan.abstract if owed.plan else "")
    indicators = office.rules.asked_of(owed.unit, owed.period.year, profile)
    by_code = {indicator.code: indicator for indicator in indicators}
    forms = [
        AskedForm(form.title, tuple((form.ordinal(row, place), by_code[row.code]) for place, row in enumerate(rows, 1)))
        for form in profile.forms
        for rows in [[row for row in form.rows if row.code in by_code]]
    ]
    with office.store.read() as connection:
        plan = PlansAsked(office, tree, now).of(connection, owed.obligation, profile, owed.unit)
    shown = tuple(form for form in forms if form.rows)
    return Asked(profile, indicators, shown, tuple(_headings(profile, owed)), plan)


def _headings(profile: Profile, owed: Owed) -> Iterator[AskedHeading]:
    parts = {one.label: one.section.heading for one in profile.numbered(owed.period.kind) if one.depth == 0}
    for one in profile.asked(owed.period.kind, owed.unit.level):
        above = f"{one.path[0]} {parts[one.path[0]]}" if one.depth else ""
        required = owed.unit.level in one.section.required
        number = " ".join(one.path)
        yield AskedHeading(f"t_{one.section.code}", one.section.code, number, one.section.heading, above, required)


def texts_typed(asked: Asked, fields: Mapping[str, str]) -> tuple[TextRow, ...]:
    """The headings with what was typed under each."""
    return tuple(
        TextRow(heading.section, f"{heading.label} {heading.heading}", fields.get(heading.name, ""))
        for heading in asked.headings
    )


def remembered(office: Office, owed: Owed, indicators: Sequence[Indicator]) -> Memory:
    """What is known of the unit's earlier figures, or of the units that it was formed from."""
    with office.store.read() as connection:
        past = Past(connection, office.rules, [owed.unit.id])
        earlier = past.before(owed.unit.id, owed.period, indicators)
        return Memory(earlier, past.background(owed.unit.id, owed.period, indicators, earlier))


def known_fields(office: Office, owed: Owed, indicators: Sequence[Indicator]) -> dict[str, str]:
    """The fields of a form nobody has saved yet: what the unit sent for this period, what its accepted plan says."""
    with office.store.read() as connection:
        known = known_already(connection, owed.obligation, indicators)
    fields: dict[str, str] = {}
    for indicator in indicators:
        code = indicator.code
        if code not in known.values:
            continue
        value = known.values[code]
        evidence, estimate = read_note(known.notes.get(code, ""))
        open_ = value == NOT_KNOWN and indicator.type is not IndicatorType.TEXT
        fields[f"v_{code}"] = "" if open_ else _typed(value, indicator)
        fields |= {f"e_{code}": evidence, f"u_{code}": "1" if estimate else "", f"k_{code}": "1" if open_ else ""}
    return {name: value for name, value in fields.items() if value}


def _typed(value: Value, indicator: Indicator) -> str:
    """A value as it is typed into the portal's form: of a code its number."""
    if indicator.type is IndicatorType.CODE:
        return str(value)
    return answer_text(value, indicator)


def still_open(asked: Asked, fields: Mapping[str, str]) -> set[str]:
    """The fields that have to be filled in and say nothing yet: of figures, and of words."""
    open_ = {
        f"v_{one.code}"
        for one in asked.indicators
        if one.required
        and is_blank(fields.get(f"v_{one.code}", ""))
        and not ((fields.get(f"k_{one.code}") or fields.get(f"v_{one.code}")) and fields.get(f"e_{one.code}"))
    }
    return open_ | {one.name for one in asked.headings if one.required and not fields.get(one.name, "").strip()}


def workbook(owed: Owed, asked: Asked, filled: Filled, earlier: Earlier, fields: Mapping[str, str]) -> bytes:
    """The same form as .xlsx, with what is known already."""
    return write_report_form(
        asked.indicators,
        owed.unit,
        owed.period,
        earlier or None,
        values=dict.fromkeys(filled.unknown, first_up(NOT_KNOWN))
        | dict(filled.unread)
        | {code: figure.value for code, figure in filled.figures.items()},
        evidence=filled.notes,
        texts=texts_typed(asked, fields),
        tasks=tasks_typed(asked.plan.tasks, fields),
        targets=asked.plan.targets,
        forms=asked.profile.forms,
    )


def own_report(
    office: Office,
    tree: UnitTree,
    owed: Owed,
    asked: Asked,
    filled: Filled,
    fields: Mapping[str, str],
) -> ReportForm:
    """The unit's report for its leader to sign; number, day and name stay open."""
    period, receiver = owed.period, owed.receiver
    sections = tuple(_written(asked.profile.sections, fields))
    parts = sum(section.depth == 0 for section in sections)
    tasks = tasks_typed(asked.plan.tasks, fields)
    return ReportForm(
        head=letterhead(tree, owed.unit, "BC", period.year),
        unit_name=owed.unit_name,
        abstract=asked.profile.title.replace("{period}", period.label).replace("{unit}", owed.unit_name),
        addressees=(office.addressee(tree, receiver),),
        parent=_parent(owed),
        period=period.label,
        data_from=short_date(period.data_from),
        data_to=short_date(period.data_to),
        sections=sections,
        figures_label=label(0, parts),
        tables=tuple(
            FigureTable(
                str(place), form.title, tuple(_row(number, indicator, filled) for number, indicator in form.rows)
            )
            for place, form in enumerate(asked.forms, start=1)
        ),
        recipients=("Như trên", "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(owed.unit, owed.today)),
        tasks_label=label(0, parts + 1),
        tasks=tuple(_task(place, task) for place, task in enumerate(tasks, start=1)),
    )


def _written(sections: Sequence[Section], fields: Mapping[str, str], depth: int = 0) -> Iterator[OutlineSection]:
    """The headings under which the unit wrote, and those above them, numbered as they come."""
    place = 0
    for section in sections:
        lines = _paragraphs(fields.get(f"t_{section.code}", ""))
        below = list(_written(section.sections, fields, depth + 1))
        if lines or below:
            heading = section.heading.upper() if depth == 0 else section.heading
            yield OutlineSection(label(depth, place), heading, depth, lines)
            yield from below
            place += 1


def _parent(owed: Owed) -> PlanReference:
    if owed.plan is None:
        return PlanReference("…", "…", owed.receiver.agency, "cải cách hành chính")
    return PlanReference(owed.plan.number, short_date(owed.plan.issued), owed.plan.issuer, owed.plan.abstract)


def _row(number: str, indicator: Indicator, filled: Filled) -> IndicatorRow:
    figure = filled.figures.get(indicator.code)
    open_ = first_up(NOT_KNOWN) if indicator.code in filled.unknown else filled.unread.get(indicator.code, "")
    return IndicatorRow(
        ordinal=number,
        code=indicator.code,
        name=indicator.name,
        unit=indicator.measured,
        value=open_ if figure is None else answer_text(figure.value, indicator),
        evidence=filled.notes.get(indicator.code, ""),
        choices=choices_of(indicator),
    )


def _task(place: int, task: FormTask) -> OwnTask:
    return OwnTask(str(place), task.name, task.time, task.said, task.done_on, task.paper, task.note, choices=STATES)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())

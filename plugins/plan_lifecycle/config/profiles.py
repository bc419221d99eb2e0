"""The kinds of consolidated report: ``config/profiles/*.yaml``, each with its outline, its forms and its indicators."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag

from plan_lifecycle.config.indicators import IndicatorRow, JumpRow, Level, checked, read_indicators
from plan_lifecycle.config.yaml_file import TAG, ConfigFile, ConfigFolder, Location, Strict, read_yaml
from plan_lifecycle.domain.chart import ChartAbout, ChartOrder
from plan_lifecycle.domain.errors import InputError, raise_all
from plan_lifecycle.domain.gathering import Likeness
from plan_lifecycle.domain.indicator import Indicator, RollUp
from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.plan_target import OWN_MEASURES, TargetRule, rule_phrase
from plan_lifecycle.domain.profile import Form, FormRow, Profile, Section, Source, TextRule, told_apart
from plan_lifecycle.domain.sentence import parse_sentence
from plan_lifecycle.domain.text import nfc, normalise

_DEEPEST = 4
_OF_INDICATORS = frozenset({ChartAbout.LAST_YEAR, ChartAbout.PERIODS})
_ADDED = frozenset({RollUp.SUM, RollUp.MAX, RollUp.COMPUTED})

Text = Annotated[str, Field(min_length=1), AfterValidator(nfc)]


class _Chart(Strict):
    """A chart below a section; ``of`` are indicators with what each is called in it."""

    about: ChartAbout
    title: Text
    of: dict[str, Text] = {}

    def made(self) -> ChartOrder:
        return ChartOrder(self.about, self.title, tuple(self.of.items()))


class _Section(Strict):
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")
    heading: Text
    also: tuple[Text, ...] = ()
    sources: frozenset[Source] = frozenset()
    sentences: tuple[Annotated[Text, AfterValidator(lambda text: (parse_sentence(text), text)[1])], ...] = ()
    lists: tuple[str, ...] = ()
    levels: frozenset[Level] = frozenset()
    periods: frozenset[PeriodKind] = frozenset()
    always: bool = True
    required: frozenset[Level] = frozenset()
    charts: tuple[_Chart, ...] = ()
    sections: tuple[_Section, ...] = ()

    def made(self) -> Section:
        return Section(
            self.code,
            self.heading,
            self.also,
            self.sources,
            tuple(map(parse_sentence, self.sentences)),
            self.lists,
            self.levels,
            self.periods,
            self.always,
            tuple(section.made() for section in self.sections),
            self.required,
            tuple(chart.made() for chart in self.charts),
        )


class _Heading(Strict):
    number: str
    heading: Text


class _Row(IndicatorRow):
    number: str


def _kind_of_row(row: Any) -> str:
    """A heading has one; whatever else there is, is an indicator, and is told what it lacks as such."""
    is_heading = isinstance(row, _Heading) or (isinstance(row, dict) and "heading" in row)
    return f"{TAG}heading" if is_heading else f"{TAG}row"


_AnyRow = Annotated[
    Annotated[_Heading, Tag(f"{TAG}heading")] | Annotated[_Row, Tag(f"{TAG}row")], Discriminator(_kind_of_row)
]


class _Form(Strict):
    number: int = Field(ge=1)
    title: Text
    rows: tuple[_AnyRow, ...] = ()
    rows_of: Path | None = None


class _Alike(Strict):
    """Out of 100, from how alike on paragraphs are the same statement, and from how alike on they are copies."""

    same: float = Field(default=90, ge=50, le=100)
    copied: float = Field(default=95, ge=50, le=100)


class _Order(Strict):
    """The Ministry's document by which the report is written since a day."""

    since: date
    document: Text


class _Target(Strict):
    """Which indicators measure a target whose sentence holds all ``words`` and none of ``without``."""

    indicators: tuple[str, ...] = Field(min_length=1)
    words: tuple[Text, ...] = Field(min_length=1)
    without: tuple[Text, ...] = ()

    def made(self) -> TargetRule:
        return TargetRule(self.indicators, tuple(map(rule_phrase, self.words)), tuple(map(rule_phrase, self.without)))


class _Profile(Strict):
    code: str = Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")
    name: Text
    title: Text
    default: bool = False
    asked_by: tuple[Text, ...] = ()
    opening: Text
    closing: Text
    sections: tuple[_Section, ...] = Field(min_length=1)
    alike: _Alike = _Alike()
    singles: int = Field(default=5, ge=0, le=200)
    paragraphs: int = Field(default=110, ge=1, le=5000)
    blocking: frozenset[TextRule] = frozenset()
    jump: JumpRow | None = None
    forms: tuple[_Form, ...] = ()
    orders: tuple[_Order, ...] = ()
    targets: tuple[_Target, ...] = ()
    grow_until_year_end: tuple[str, ...] = ()
    tasks: frozenset[Level] = frozenset()
    headline: tuple[str, ...] = ()


def read_profiles(profiles: Path, above: ConfigFolder | None = None) -> tuple[Profile, ...]:
    """The profiles of a folder, the default one last: it is taken where no other is asked for. ``above`` is the folder
    that it lies in, with what counts instead of its files.

    Raises InputError, with file, line and field, for what does not fit; also where there is not just one default.
    """
    folder = above or ConfigFolder(profiles.parent)
    read = {
        source: read_yaml(source, _Profile) for source in map(folder.source, folder.names(f"{profiles.name}/*.yaml"))
    }
    defaults = [source for source, profile in read.items() if profile.default]
    if len(defaults) != 1:
        found = ", ".join(source.path.name for source in defaults) or None
        vi = "Cần đúng một tệp có “default: true” trong thư mục mẫu báo cáo."
        raise InputError("one profile with default: true", file=profiles, field="default", found=found, vi=vi)
    made = {source: _made(folder, source, profile) for source, profile in read.items()}
    raise_all([*_twice(made)])
    return tuple(sorted(made.values(), key=lambda profile: profile.code == read[defaults[0]].code))


def _made(folder: ConfigFolder, source: ConfigFile, read: _Profile) -> Profile:
    indicators, forms = _forms(folder, source, read)
    codes = {indicator.code for indicator in indicators}
    raise_all([*_amiss(source, read, codes), *_charts_amiss(source, read, indicators)])
    return Profile(
        code=read.code,
        name=read.name,
        title=read.title,
        asked_by=tuple(map(normalise, read.asked_by)),
        opening=read.opening,
        closing=read.closing,
        sections=tuple(section.made() for section in read.sections),
        forms=forms,
        indicators=indicators,
        likeness=Likeness(read.alike.same, read.alike.copied),
        singles=read.singles,
        paragraphs=read.paragraphs,
        blocking=read.blocking,
        orders=tuple((order.since, order.document) for order in read.orders),
        targets=tuple(rule.made() for rule in read.targets),
        grow_until_year_end=frozenset(read.grow_until_year_end),
        tasks=read.tasks,
        headline=read.headline,
    )


def _forms(folder: ConfigFolder, source: ConfigFile, read: _Profile) -> tuple[tuple[Indicator, ...], tuple[Form, ...]]:
    """The indicators of the rows, and the forms that name them."""
    own = [
        (("forms", place, "rows", index), row)
        for place, form in enumerate(read.forms)
        for index, row in enumerate(form.rows)
        if isinstance(row, _Row)
    ]
    indicators = list(checked(source, own, read.jump))
    forms = []
    for form in read.forms:
        rows = tuple(_form_row(row) for row in form.rows)
        if form.rows_of is not None:
            others = read_indicators(folder.source(posixpath.normpath(f"{source.path.parent.name}/{form.rows_of}")))
            indicators += others
            names = {other.code: other.name for other in others}
            rows += tuple(FormRow(str(number), names[code], code) for number, code in enumerate(names, start=1))
        forms.append(Form(form.number, form.title, rows))
    within = told_apart(forms)
    return tuple(replace(one, within=within.get(one.code, "")) for one in indicators), tuple(forms)


def _form_row(row: _Heading | _Row) -> FormRow:
    if isinstance(row, _Heading):
        return FormRow(row.number, row.heading)
    return FormRow(row.number, nfc(row.name), row.code)


def _amiss(source: ConfigFile, read: _Profile, codes: set[str]) -> Iterator[InputError]:
    """Sections of one code, an outline that is too deep, sentences and targets of indicators that are none."""
    measures: list[tuple[Location, str]] = [
        (("targets", place, "indicators", index), code)
        for place, rule in enumerate(read.targets)
        for index, code in enumerate(rule.indicators)
    ]
    measures += [(("grow_until_year_end", place), code) for place, code in enumerate(read.grow_until_year_end)]
    for there, code in measures:
        if code not in codes | OWN_MEASURES:
            vi = f"mục tiêu dùng chỉ tiêu “{code}” không có trong biểu mẫu."
            yield _error(source, there, "the code of an indicator of this profile", code, vi)
    for place, code in enumerate(read.headline):
        if code not in codes:
            vi = f"số liệu chính dùng chỉ tiêu “{code}” không có trong biểu mẫu."
            yield _error(source, ("headline", place), "the code of an indicator of this profile", code, vi)
    every = [*_walk(read.sections, ("sections",))]
    names = Counter(section.code for section, _ in every)
    for section, where in every:
        if names[section.code] > 1:
            vi = f"mã đề mục “{section.code}” bị trùng."
            yield _error(source, (*where, "code"), "a code that no other section has", section.code, vi)
        if len(where) > 2 * _DEEPEST:
            vi = f"đề mục “{section.heading}” nằm quá {_DEEPEST} cấp."
            yield _error(source, where, f"at most {_DEEPEST} levels of headings", section.heading, vi)
        for place, code in enumerate(section.lists):
            if code not in codes:
                vi = f"danh sách dùng chỉ tiêu “{code}” không có trong biểu mẫu."
                yield _error(source, (*where, "lists", place), "the code of an indicator of this profile", code, vi)
        for place, text in enumerate(section.sentences):
            for code in sorted(parse_sentence(text).codes - codes):
                vi = f"câu dùng chỉ tiêu “{code}” không có trong biểu mẫu."
                yield _error(source, (*where, "sentences", place), "the code of an indicator of this profile", code, vi)


def _charts_amiss(source: ConfigFile, read: _Profile, indicators: Sequence[Indicator]) -> Iterator[InputError]:
    """Charts of indicators that are none, are no numbers, or are measured in several ways."""
    measures = {one.code: one.unit_of_measure for one in indicators if one.roll_up in _ADDED}
    for section, where in _walk(read.sections, ("sections",)):
        for place, chart in enumerate(section.charts):
            here = (*where, "charts", place, "of")
            if bool(chart.of) is not (chart.about in _OF_INDICATORS):
                vi = f"biểu đồ “{chart.title}”: {'thiếu chỉ tiêu' if not chart.of else 'không dùng chỉ tiêu'}."
                yield _error(source, here[:-1], "indicators where the chart is about some", chart.about.value, vi)
            for code in [code for code in chart.of if code not in measures]:
                vi = f"biểu đồ dùng chỉ tiêu “{code}” không có trong biểu mẫu hoặc không cộng được."
                yield _error(source, here, "the code of an indicator of this profile that is added up", code, vi)
            if len(found := {measures[code] for code in chart.of if code in measures}) > 1:
                vi = f"biểu đồ “{chart.title}” dùng chỉ tiêu có đơn vị tính khác nhau: {', '.join(sorted(found))}."
                yield _error(source, here, "indicators of one unit of measure", ", ".join(sorted(found)), vi)


def _walk(sections: Sequence[_Section], where: Location) -> Iterator[tuple[_Section, Location]]:
    for index, section in enumerate(sections):
        here = (*where, index)
        yield section, here
        yield from _walk(section.sections, (*here, "sections"))


def _twice(profiles: dict[ConfigFile, Profile]) -> Iterator[InputError]:
    """Profiles of one code, and indicators that two of them have: a figure is kept by its indicator's code."""
    named: dict[str, Path] = {}
    owner: dict[str, Path] = {}
    for source, profile in profiles.items():
        if (other := named.setdefault(profile.code, source.path)) != source.path:
            vi = f"mã mẫu báo cáo “{profile.code}” đã có ở tệp {other.name}."
            yield _error(source, ("code",), "a code that no other profile has", profile.code, vi)
        for code in dict.fromkeys(indicator.code for indicator in profile.indicators):
            if (other := owner.setdefault(code, source.path)) != source.path:
                vi = f"mã chỉ tiêu “{code}” đã có ở tệp {other.name}."
                yield _error(source, ("forms",), f"a code that {other.name} does not have", code, vi)


def _error(source: ConfigFile, where: Location, expected: str, found: object, vi: str) -> InputError:
    line = source.line(where)
    shown = f"Tệp {source.path}, dòng {line}: {vi}"
    return InputError(expected, file=source.path, line=line, field=".".join(map(str, where)), found=found, vi=shown)

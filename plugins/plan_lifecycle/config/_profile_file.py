"""A file of ``config/profiles`` as it is written: outline, forms and rules, each field held to its type."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag

from plan_lifecycle.config.indicators import IndicatorRow, JumpRow, Level
from plan_lifecycle.config.yaml_file import TAG, Strict
from plan_lifecycle.domain.chart import ChartAbout, ChartOrder
from plan_lifecycle.domain.period import PeriodKind
from plan_lifecycle.domain.plan_target import TargetRule, rule_phrase
from plan_lifecycle.domain.profile import Section, Source, TextRule
from plan_lifecycle.domain.sentence import parse_sentence
from plan_lifecycle.domain.text import nfc

Text = Annotated[str, Field(min_length=1), AfterValidator(nfc)]


class _Chart(Strict):
    """A chart below a section; ``of`` are indicators with what each is called in it."""

    about: ChartAbout
    title: Text
    of: dict[str, Text] = {}

    def made(self) -> ChartOrder:
        return ChartOrder(self.about, self.title, tuple(self.of.items()))


class SectionEntry(Strict):
    """A heading of the outline, with what stands below it and the headings within it."""

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
    sections: tuple[SectionEntry, ...] = ()

    def made(self) -> Section:
        """The section with those within it."""
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


class HeadingEntry(Strict):
    """A line of a form that only says what stands below it."""

    number: str
    heading: Text


class RowEntry(IndicatorRow):
    """A line of a form that asks for a figure, under the number that the form gives it."""

    number: str


def _kind_of_row(row: Any) -> str:
    """A heading has one; whatever else there is, is an indicator, and is told what it lacks as such."""
    is_heading = isinstance(row, HeadingEntry) or (isinstance(row, dict) and "heading" in row)
    return f"{TAG}heading" if is_heading else f"{TAG}row"


_AnyRow = Annotated[
    Annotated[HeadingEntry, Tag(f"{TAG}heading")] | Annotated[RowEntry, Tag(f"{TAG}row")], Discriminator(_kind_of_row)
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


class ProfileFile(Strict):
    """One kind of consolidated report as its file of ``config/profiles`` has it."""

    code: str = Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")
    name: Text
    title: Text
    default: bool = False
    asked_by: tuple[Text, ...] = ()
    opening: Text
    closing: Text
    sections: tuple[SectionEntry, ...] = Field(min_length=1)
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

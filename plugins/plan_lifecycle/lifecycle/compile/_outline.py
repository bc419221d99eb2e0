"""The outline of a report: under each heading the sentences of figures, then what units wrote, put together.

Nothing is invented. What several units say stands once with their number and names; of what one unit alone wrote a
few paragraphs stand there. Where many units wrote, every heading takes what most of them say, as far as the report's
length allows (``paragraphs`` of its profile); at its end the report says how much more the workbook holds. Under a
heading about which nobody wrote just that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from plan_lifecycle.documents.consolidated_excel import TEXT_SHEET
from plan_lifecycle.documents.drafts import OutlineSection, SectionTables, ShownChart
from plan_lifecycle.domain.chart import Chart
from plan_lifecycle.domain.gathering import Group, Said, gather
from plan_lifecycle.domain.passage import OTHER
from plan_lifecycle.domain.profile import Section, Source, label
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.sentence import fill
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.domain.writing import count_text, first_up, write_value
from plan_lifecycle.lifecycle.compile._numbers import Numbers

SILENT = "Các cơ quan, đơn vị chưa báo cáo nội dung này."
OTHERS = "Nội dung khác"
_NAMED = 4
"""Units that are all named beside what they say; of more a few stand for all, whom the workbook names."""
_FEW = 3


class Filled(NamedTuple):
    """The outline as it is filled in; ``more`` says how much of what units wrote stands in the workbook only."""

    sections: tuple[OutlineSection, ...]
    more: str


def gathered(whole: Consolidated) -> dict[str, list[Group]]:
    """What units wrote, by section, the same statement together; ``Said.source`` counts ``whole.written``. What a
    coordinator left out is not among it."""
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for number, one in enumerate(whole.written):
        if one.left_out:
            continue
        unit = one.contribution
        said[one.passage.section].append(Said(unit.unit_id, unit.unit_name, one.passage.text, number))
    return {section: gather(every, whole.profile.likeness) for section, every in said.items()}


def outline(
    whole: Consolidated,
    groups: Mapping[str, Sequence[Group]],
    known: Mapping[Source, Sequence[str]],
    tables: Mapping[Source, SectionTables] = MappingProxyType({}),
    charts: Mapping[str, Sequence[Chart]] = MappingProxyType({}),
) -> Filled:
    """The sections with their labels; ``known`` and ``tables`` are what the store knows, by source; ``charts`` by
    section."""
    made = _Outline(whole, groups, known, tables, charts)
    sections = made.sections(whole.profile.sections, 0)
    others = tuple(made.of_units(OTHER))
    if others:
        number = sum(section.depth == 0 for section in sections)
        sections.append(OutlineSection(label(0, number), OTHERS.upper(), 0, others))
    return Filled(tuple(sections), made.more())


class _Outline:
    def __init__(
        self,
        whole: Consolidated,
        groups: Mapping[str, Sequence[Group]],
        known: Mapping[Source, Sequence[str]],
        tables: Mapping[Source, SectionTables],
        charts: Mapping[str, Sequence[Chart]],
    ) -> None:
        self._whole, self._groups, self._known = whole, groups, known
        self._tables, self._charts = tables, charts
        self._numbers, self._drawn = Numbers(whole), count(1)
        self._left: list[Group] = []
        self._rooms = rooms({code: len(every) for code, every in groups.items()}, whole.profile.paragraphs)

    def sections(self, sections: Sequence[Section], depth: int) -> list[OutlineSection]:
        made: list[OutlineSection] = []
        place = 0
        for section in sections:
            if not section.reported(self._whole.period.kind):
                continue
            charts = tuple(self._shown(section))
            below = self.sections(section.sections, depth + 1)
            lines = tuple(self._lines(section))
            if not lines and not charts and not below and not section.always:
                continue
            heading = section.heading.upper() if depth == 0 else section.heading
            silent = () if lines or charts or section.sections else (SILENT,)
            tables = self._tables_of(section)
            own = OutlineSection(label(depth, place), heading, depth, lines or silent, tables, charts)
            made += [own, *below]
            place += 1
        return made

    def _tables_of(self, section: Section) -> SectionTables:
        """The tables of its sources, which never have two of one kind."""
        found = SectionTables()
        for source in sorted(section.sources & self._tables.keys()):
            tables = self._tables[source]
            found = SectionTables(
                found.tasks or tables.tasks, found.targets or tables.targets, found.indices or tables.indices
            )
        return found

    def _shown(self, section: Section) -> Iterator[ShownChart]:
        """Its charts, numbered through the whole report."""
        for chart in self._charts.get(section.code, ()):
            yield ShownChart(f"Biểu đồ {next(self._drawn)}. {chart.title}", chart.alternative, chart)

    def _lines(self, section: Section) -> Iterator[str]:
        for sentence in section.sentences:
            filled = fill(sentence, self._numbers.slot, self._numbers.is_nothing)
            if filled:
                yield filled.text
        for source in (Source.PROGRESS, Source.TARGETS, Source.INDICES, Source.RECEIVED, Source.QUOTAS):
            if source in section.sources:
                yield from self._known.get(source, ())
        for code in section.lists:
            yield from self._listed(code)
        yield from self.of_units(section.code)

    def of_units(self, code: str) -> Iterator[str]:
        """What units wrote under a heading, as much of it as there is room for."""
        groups = self._groups.get(code, ())
        shown, left = _chosen(groups, self._whole.profile.singles, self._rooms.get(code, 1))
        self._left += left
        yield from map(_statement, shown)

    def more(self) -> str:
        """How much was left out of all headings so far; empty where nothing was."""
        if not self._left:
            return ""
        units = len({unit for group in self._left for unit in group.units})
        of = f"{count_text(len(self._left))} nội dung khác của {count_text(units)} đơn vị"
        return f"Ngoài ra, còn {of}, nêu theo từng đề mục tại trang “{TEXT_SHEET}” của tệp Excel."

    def _listed(self, code: str) -> Iterator[str]:
        """An indicator in words, unit by unit."""
        indicator, total = self._numbers.indicator(code), self._numbers.total(code)
        names = {one.unit_id: one.unit_name for one in self._whole.contributions}
        if indicator is not None and total is not None:
            for reported in total.figures:
                yield f"- {names[reported.unit_id]}: {write_value(reported.value, indicator)}"


def rooms(numbers: Mapping[str, int], paragraphs: int) -> dict[str, int]:
    """How many paragraphs of units each section may have, so that all together have about as many as ``paragraphs``:
    every one has one, and the next goes to the section about which most is left; ``numbers`` is how many each has."""
    found = {section: min(number, 1) for section, number in numbers.items()}
    left = min(paragraphs, sum(numbers.values())) - sum(found.values())
    for _ in range(left):
        section = max(found, key=lambda one: (numbers[one] > found[one], -found[one], numbers[one]))
        found[section] += 1
    return found


def _chosen(groups: Sequence[Group], singles: int, most: int) -> tuple[list[Group], list[Group]]:
    """What most units say first, then what one alone wrote, as far as there is room; and what is left."""
    shared = sorted((group for group in groups if len(group.units) > 1), key=lambda group: -len(group.units))
    alone = [group for group in groups if len(group.units) == 1]
    room = min(singles, max(most - len(shared), 0))
    return [*shared[:most], *alone[:room]], [*shared[most:], *alone[room:]]


def _statement(group: Group) -> str:
    """What several units say with their names behind it, what one alone says with its name before it."""
    names = {said.unit_id: said.name for said in group.said}
    if len(names) > 1:
        return f"{first_up(group.text).rstrip(' .;')} ({_who([names[unit] for unit in group.units])})."
    name = group.said[0].name
    return f"- {group.text}" if normalise(group.text).startswith(normalise(name)) else f"- {name}: {group.text}"


def _who(names: Sequence[str]) -> str:
    if len(names) <= _NAMED:
        return f"{count_text(len(names))} đơn vị, gồm: {', '.join(names)}"
    rest = count_text(len(names) - _FEW)
    return f"{count_text(len(names))} đơn vị, gồm: {', '.join(names[:_FEW])} và {rest} đơn vị khác"

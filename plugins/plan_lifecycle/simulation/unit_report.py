"""A simulated unit's own report: the form filled in, or a Word file with words by heading and a table of figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plan_lifecycle.config.rules import Rules
from plan_lifecycle.documents.drafts import (
    FigureTable,
    IndicatorRow,
    OutlineSection,
    PlanReference,
    ReportForm,
    SignatureBlock,
)
from plan_lifecycle.documents.render import render_report_form
from plan_lifecycle.documents.report_form import FormTask, TextRow, write_report_form
from plan_lifecycle.domain.indicator import Indicator, Value
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.profile import Profile, Section, label
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date, write_value
from plan_lifecycle.lifecycle.office import letterhead
from plan_lifecycle.simulation.papers import signed_paper, with_table
from plan_lifecycle.simulation.tasks import task_grid
from plan_lifecycle.simulation.words import Line


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What a unit reports in a period, and to whom: figures by indicator, words by heading."""

    unit: Unit
    receiver: Unit
    period: Period
    profile: Profile
    indicators: Sequence[Indicator]
    values: Mapping[str, Value]
    lines: Sequence[Line]
    tasks: Sequence[FormTask] = ()

    def as_form(self) -> bytes:
        """The workbook."""
        texts = [
            TextRow(
                line.heading.section.code, f"{' '.join(line.heading.path)} {line.heading.section.heading}", line.text
            )
            for line in self.lines
        ]
        return write_report_form(
            self.indicators,
            self.unit,
            self.period,
            values=self.values,
            evidence=self._evidence(),
            texts=texts,
            tasks=self.tasks,
            forms=self.profile.forms,
        )

    def in_word(self, tree: UnitTree, rules: Rules, parent: PlanReference, day: date) -> ReportForm:
        """What stands in the Word file; ``parent`` is the plan that it reports on."""
        sections = tuple(self._sections(self.profile.sections))
        evidence = self._evidence()
        rows = tuple(
            IndicatorRow(str(number), one.code, one.name, one.measured, self._told(one), evidence.get(one.code, ""))
            for number, one in enumerate(self.indicators, start=1)
        )
        return ReportForm(
            head=letterhead(tree, self.unit, "BC", self.period.year),
            unit_name=tree.named(self.unit),
            abstract=self.profile.title.format(period=self.period.label, unit=tree.named(self.unit)),
            addressees=(self.receiver.agency,),
            parent=parent,
            period=self.period.label,
            data_from=short_date(self.period.data_from),
            data_to=short_date(self.period.data_to),
            sections=sections,
            figures_label=label(0, sum(section.depth == 0 for section in sections)),
            tables=(FigureTable("1", "Số liệu", rows),),
            recipients=("Như trên", "Lưu: VT"),
            signature=SignatureBlock(rules.signature_lines(self.unit, day)),
        )

    def as_word(self, report: ReportForm, day: date) -> bytes:
        """The Word file of ``in_word``, numbered and dated by the unit's registry."""
        return signed_paper(with_table(render_report_form(report), task_grid(self.tasks)), self.unit.id, day)

    def _told(self, indicator: Indicator) -> str:
        value = self.values.get(indicator.code)
        return "" if value is None else write_value(value, indicator)

    def _evidence(self) -> dict[str, str]:
        return {one.code: "Danh sách kèm theo" for one in self.indicators if one.checks.evidence}

    def _sections(self, sections: Sequence[Section], depth: int = 0) -> Iterator[OutlineSection]:
        """The headings under which the unit wrote, and those above them, numbered as they come."""
        told = {line.heading.section.code: line.text for line in self.lines}
        place = 0
        for section in sections:
            below = list(self._sections(section.sections, depth + 1))
            if section.code in told or below:
                heading = section.heading.upper() if depth == 0 else section.heading
                lines = (told[section.code],) if section.code in told else ()
                yield OutlineSection(label(depth, place), heading, depth, lines)
                yield from below
                place += 1

"""The way back: from a number or words of a compiled report to the units, papers and places that they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.indicator import Indicator
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.report import Contribution
from plan_lifecycle.domain.roll_up import Total
from plan_lifecycle.domain.sentence import fill
from plan_lifecycle.domain.submission import Submission
from plan_lifecycle.domain.text import normalise
from plan_lifecycle.lifecycle.compile._material import Material, gather_material
from plan_lifecycle.lifecycle.compile._numbers import Numbers, text_of, total_text
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import reports as report_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import submissions as submission_rows
from plan_lifecycle.store.reports import StoredReport


class Found(StrEnum):
    """As what the text stands in the report."""

    TOTAL = "total"
    FIGURE = "figure"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Origin:
    """One unit's part of what was found: its value or paragraph, and the submission with its files and place."""

    unit_id: str
    unit: str
    text: str
    submission_id: int
    version: int
    document: str | None
    received_at: datetime
    files: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """Where a text stands and what it comes from. ``indicator`` and ``section`` are codes, empty where it has none."""

    found: Found
    text: str
    indicator: str
    name: str
    section: str
    origins: tuple[Origin, ...]


def trace(office: Office, unit_id: str, period: str, version: int | None, text: str = "") -> tuple[Traced, ...]:
    """Find a text in a compiled report: a number as it is written, or words. Without a text: all that stands in it.

    Raises InputError where there is no such report.
    """
    stored = _stored(office, unit_id, period, version)
    material = gather_material(office, unit_id, Period.parse(period), stored.compiled_at, stored)
    with office.store.read() as connection:
        ids = [one.submission_id for one in material.whole.contributions if one.submission_id is not None]
        tracing = _Tracing(material, submission_rows.find(connection, ids), file_rows.names(connection, ids))
    return tuple(tracing.find(text))


def _stored(office: Office, unit_id: str, period: str, version: int | None) -> StoredReport:
    with office.store.read() as connection:
        if version is None:
            found = report_rows.newest(connection, unit_id, period)
        else:
            found = report_rows.numbered(connection, unit_id, period, version)
    if found is None:
        named = f"{unit_id}:{period}" + (f":{version}" if version is not None else "")
        raise InputError("a compiled report as UNIT:PERIOD or UNIT:PERIOD:VERSION", found=named)
    return found


class _Tracing:
    def __init__(
        self, material: Material, submissions: dict[int, Submission], files: dict[int, tuple[str, ...]]
    ) -> None:
        self._whole = material.whole
        self._submissions, self._files = submissions, files
        self._numbers = Numbers(material.whole)
        self._contributions = {one.unit_id: one for one in material.whole.contributions}

    def find(self, text: str) -> Iterator[Traced]:
        yield from self._totals(text)
        yield from self._sentences(text)
        yield from self._paragraphs(text)

    def _totals(self, text: str) -> Iterator[Traced]:
        for indicator, total in zip(self._whole.indicators, self._whole.totals, strict=True):
            written = total_text(total, indicator)
            if total.figures and text in ("", written, indicator.code, indicator.name):
                yield Traced(Found.TOTAL, written, indicator.code, indicator.name, "", self._of(indicator, total))
            elif text:
                same = [one for one in total.figures if text_of(one.value, indicator) == text]
                if same:
                    origins = self._of(indicator, replace(total, figures=tuple(same)))
                    yield Traced(Found.FIGURE, text, indicator.code, indicator.name, "", origins)

    def _sentences(self, text: str) -> Iterator[Traced]:
        for one in self._whole.profile.numbered(self._whole.period.kind):
            for sentence in one.section.sentences:
                filled = fill(sentence, self._numbers.slot)
                if filled is None or not filled.codes or normalise(text) not in normalise(filled.text):
                    continue
                for code in filled.codes:
                    indicator, total = self._numbers.indicator(code), self._numbers.total(code)
                    if indicator is not None and total is not None:
                        origins = self._of(indicator, total)
                        yield Traced(Found.SENTENCE, filled.text, code, indicator.name, one.section.code, origins)

    def _paragraphs(self, text: str) -> Iterator[Traced]:
        wanted = normalise(text)
        for written in self._whole.written:
            passage = written.passage
            if wanted in normalise(passage.text):
                origin = self._origin(written.contribution, passage.text, passage.heading)
                yield Traced(Found.PARAGRAPH, passage.text, "", "", passage.section, (origin,))

    def _of(self, indicator: Indicator, total: Total) -> tuple[Origin, ...]:
        names = {one.code: one for one in self._whole.indicators}
        return tuple(
            self._origin(
                self._contributions[reported.unit_id],
                text_of(reported.value, names.get(reported.figure.indicator, indicator)),
                reported.figure.note,
            )
            for reported in total.figures
        )

    def _origin(self, contribution: Contribution, text: str, place: str) -> Origin:
        number = contribution.submission_id or 0
        submission = self._submissions[number]
        return Origin(
            contribution.unit_id,
            contribution.unit_name,
            text,
            number,
            submission.version,
            contribution.document,
            submission.received_at,
            self._files.get(number, ()),
            place,
        )

"""What looks over all units: the consolidated report and the letter to those that are late."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.drafts._parts import Letterhead, PlanReference, SignatureBlock, rule_under
from plan_lifecycle.documents.drafts._report import ReportSection


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where one unit's part of a figure comes from. ``document`` is "45/BC-UBND ngày 15/6/2023" or how it came in."""

    ordinal: str
    unit_name: str
    value: str
    document: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """An indicator over all units. ``reported`` counts the units behind ``total`` ("119/124").

    ``previous`` is the same period last year and ``change`` the difference, empty where they cannot be compared.
    ``texts`` are what units wrote where they wrote in words; then there are no ``sources``.
    """

    ordinal: str
    code: str
    name: str
    unit: str
    total: str
    reported: str
    sources: tuple[SourceRow, ...]
    previous: str = ""
    change: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is missing or was late. ``state`` says which, in words ("Quá hạn 03 ngày", "Nhận ngày 20/6/2023")."""

    ordinal: str
    unit_name: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One row of the annex: a unit's figures, as text, in the order of the table's columns."""

    ordinal: str
    unit_name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table of the annex: as many indicators as a page on its side can hold, over all units.

    ``heads`` are the columns' headings, ``totals`` the last row, both in the order of the rows' figures.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[UnitFigures, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One unit's months that were checked on its site, as text. ``met``, ``short`` and ``unchecked`` name the months.

    ``counted`` is what the check came to, ``reported`` what the unit says; ``difference`` the second less the first.
    """

    ordinal: str
    unit_name: str
    quota: str
    met: str
    short: str
    unchecked: str
    counted: str
    reported: str
    difference: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """How complete and how timely the reports were, as text: counts padded below 10 ("05"), shares as "96,0%"."""

    expected: str
    received: str
    on_time: str
    late: str
    missing: str
    completeness: str
    timeliness: str


@dataclass(frozen=True, slots=True)
class ConsolidatedReport:
    """The report compiled from the units' submissions, with the way from every figure back to its units.

    ``as_of`` is the day of the count in words ("hết ngày 17/6/2023"); ``tables`` are the annex's, in order.
    ``unsigned`` counts the units whose figures still wait for a signed paper, empty where there are none;
    ``comparison`` says what the figures of last year rest on, ``published_note`` sums up the rows of ``published``.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    addressees: tuple[str, ...]
    parent: PlanReference
    period: str
    data_from: str
    data_to: str
    as_of: str
    counts: ReceiptCounts
    indicators: tuple[IndicatorTotal, ...]
    missing_units: tuple[LateUnit, ...]
    late_units: tuple[LateUnit, ...]
    tables: tuple[FigureTable, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    sections: tuple[ReportSection, ...] = ()
    unsigned: str = ""
    comparison: tuple[str, ...] = ()
    published: tuple[PublishedRow, ...] = ()
    published_note: str = ""
    difficulties: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()

    @property
    def abstract_rule(self) -> str:
        """The line under the abstract."""
        return rule_under(self.abstract, 14)


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """The draft of a *công văn đôn đốc* that a leader signs; a letter has no type, its subject stands under the number.

    ``request`` is "đề nghị" from a department and "yêu cầu" from a superior People's Committee; ``item`` what is
    awaited; ``due`` its deadline as the plan words it; ``new_due`` the day now asked for; ``contact`` whom to call.
    """

    head: Letterhead
    unit_name: str
    subject: str
    addressees: tuple[str, ...]
    parent: PlanReference
    item: str
    due: str
    as_of: str
    counts: ReceiptCounts
    late_units: tuple[LateUnit, ...]
    request: str
    new_due: str
    receiving_office: str
    contact: str
    recipients: tuple[str, ...]
    signature: SignatureBlock

"""A unit's own report, and the form for it."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.drafts._parts import Letterhead, PlanReference, SignatureBlock, rule_under


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A figure of a unit's report. ``value`` is text in Vietnamese notation ("1.250", "98,5"), empty while open.

    ``code`` is what the figures are read back by: do not change it in the document.
    """

    ordinal: str
    code: str
    name: str
    unit: str
    value: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A numbered part of a report's results; without paragraphs it is left as a dotted line to fill in."""

    ordinal: str
    title: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A unit's own report, or the form for it. ``period`` is "6 tháng đầu năm 2023"; ``data_from``/``data_to`` text.

    Empty ``difficulties``, ``proposals`` or ``next_steps`` are left as a dotted line.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    addressees: tuple[str, ...]
    parent: PlanReference
    period: str
    data_from: str
    data_to: str
    sections: tuple[ReportSection, ...]
    indicators: tuple[IndicatorRow, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    difficulties: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()

    @property
    def abstract_rule(self) -> str:
        """The line under the abstract."""
        return rule_under(self.abstract, 14)

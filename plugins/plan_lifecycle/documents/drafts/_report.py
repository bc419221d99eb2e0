"""A unit's own report, and the form for it."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.drafts._parts import Letterhead, OutlineSection, PlanReference, SignatureBlock, rule_under

BREAK = "\u200b"
"""Where a line may end within a word; it is not seen."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A figure of a unit's report. ``value`` is text in Vietnamese notation ("1.250", "98,5"), empty while open.

    ``code`` is what the figures are read back by: do not change it in the document. ``choices`` are the answers of a
    drop-down; a value that is typed freely has none.
    """

    ordinal: str
    code: str
    name: str
    unit: str
    value: str = ""
    evidence: str = ""
    choices: tuple[str, ...] = ()

    @property
    def shown_code(self) -> str:
        """The code as it stands in a narrow column: a line may end after each of its words."""
        return self.code.replace("_", f"_{BREAK}")


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of one form: its number within the report ("1"), its title, its rows."""

    ordinal: str
    title: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task of the superior plan that the unit leads, and what it says of it; ``choices`` are the answers of a
    drop-down. It is read back by its name, and by its time where two have one name."""

    ordinal: str
    name: str
    time: str = ""
    said: str = ""
    done_on: str = ""
    paper: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A unit's own report, or the form for it. ``period`` is "6 tháng đầu năm 2023"; ``data_from``/``data_to`` text.

    ``sections`` are the headings about which the unit wrote, ``figures_label`` is the number of what follows them,
    ``tasks_label`` that of the tasks of the superior plan.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    addressees: tuple[str, ...]
    parent: PlanReference
    period: str
    data_from: str
    data_to: str
    sections: tuple[OutlineSection, ...]
    figures_label: str
    tables: tuple[FigureTable, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    tasks_label: str = ""
    tasks: tuple[OwnTask, ...] = ()

    @property
    def abstract_rule(self) -> str:
        """The line under the abstract."""
        return rule_under(self.abstract, 14)

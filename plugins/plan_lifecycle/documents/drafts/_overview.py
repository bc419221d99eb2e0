"""What looks over all units: the consolidated report and the letter to those that are late."""

from __future__ import annotations

from dataclasses import dataclass

from plan_lifecycle.documents.drafts._parts import Letterhead, OutlineSection, PlanReference, SignatureBlock, rule_under


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of a form, as text; a row that heads others has only its number and name.

    ``previous`` is the same period last year and ``change`` the difference, empty where they cannot be compared.
    """

    number: str
    name: str
    unit: str = ""
    value: str = ""
    previous: str = ""
    change: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form of the annex: "Biểu mẫu 1", its title and its rows."""

    caption: str
    title: str
    rows: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is missing or was late. ``state`` says which, in words ("Quá hạn 03 ngày", "Nhận ngày 20/6/2023")."""

    ordinal: str
    unit_name: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """How complete and how timely the reports were, as text: counts padded below 10 ("05"), shares as "96%"."""

    expected: str
    received: str
    on_time: str
    late: str
    missing: str
    completeness: str
    timeliness: str


@dataclass(frozen=True, slots=True)
class ConsolidatedReport:
    """The report compiled from the units' submissions.

    ``opening`` and ``closing`` are its first and last sentence. ``comparison`` says what the figures of last year
    rest on; without ``compared`` the forms have no columns for them. ``more`` says how much of what units
    wrote stands in the workbook only.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    addressees: tuple[str, ...]
    opening: str
    sections: tuple[OutlineSection, ...]
    closing: str
    forms: tuple[FormTable, ...]
    missing_units: tuple[LateUnit, ...]
    late_units: tuple[LateUnit, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    comparison: tuple[str, ...] = ()
    compared: bool = True
    more: str = ""

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

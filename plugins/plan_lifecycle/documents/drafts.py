"""What the shipped Word templates are filled with: four documents that a department drafts and a leader signs.

The software never issues a document. Number, day and signer therefore stay open here (None or empty) until the
registry and the leader have done their part; everything else is text exactly as it is to stand on the paper, in
Vietnamese. The fields and properties are the variables of the template, under the same names.

The layout they follow is that of Nghị định 30/2020/NĐ-CP, Phụ lục I and III.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache

_TEXT_AREA = 467.0  # points between the margins of a portrait page
_RULE_SIGN = 4.0  # an underscore in 8 point


def rule_under(text: str, size: float) -> str:
    """A line of underscores as long as 1/3 to 1/2 of the text above it (Phụ lục I, mục II.2 and II.5).

    ``size`` of the text in points. The length of bold Times New Roman is estimated well within that range.
    """
    ems = sum(0.25 if sign == " " else 0.7 if sign.isupper() else 0.5 for sign in text)
    return "_" * max(round(0.42 * min(ems * size, _TEXT_AREA) / _RULE_SIGN), 3)


def variables_of(draft: object) -> dict[str, object]:
    """The variables that a draft gives to its template: its fields and properties by name."""
    return {name: getattr(draft, name) for name in _names(type(draft))}


@lru_cache(maxsize=64)
def _names(kind: type) -> tuple[str, ...]:
    properties = (name for name, member in vars(kind).items() if isinstance(member, property))
    return (*(field.name for field in fields(kind)), *properties)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a document. ``superior`` and ``agency`` are lines in capitals; ``superior`` is empty for a UBND.

    ``symbol`` is what follows the number ("KH-UBND", "SNV-CCHC"); ``number`` is given without it. ``year`` stands in
    the date while ``issued_on`` is open.
    """

    agency: tuple[str, ...]
    symbol: str
    place: str
    year: int
    superior: tuple[str, ...] = ()
    number: str = ""
    issued_on: date | None = None

    @property
    def number_line(self) -> str:
        """ "Số: 05/KH-UBND" (padded below 10), or with room for the number: "Số:       /KH-UBND"."""
        return f"Số: {self.number.zfill(2) if self.number else '      '}/{self.symbol}"

    @property
    def rule(self) -> str:
        """The line under the agency's name."""
        return rule_under(max(self.agency, key=len, default=""), 13)

    @property
    def citation(self) -> str:
        """How an annex names the document it belongs to: "số 45/BC-UBND ngày 16 tháng 6 năm 2023"."""
        return f"số {self.number_line.removeprefix('Số: ')} {self.date_line.removeprefix(f'{self.place}, ')}"

    @property
    def date_line(self) -> str:
        """Place and date; a day below 10 and the months 1 and 2 are padded, others are not (Phụ lục I, mục II.4)."""
        if self.issued_on is None:
            return f"{self.place}, ngày       tháng       năm {self.year}"
        day, month = self.issued_on.day, self.issued_on.month
        return f"{self.place}, ngày {day:02} tháng {f'{month:02}' if month < 3 else month} năm {self.issued_on.year}"


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs for a unit during a validity (both ends inclusive; None is open).

    ``lines`` are authority and office in capitals: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("GIÁM ĐỐC",),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"). ``name`` is empty in a draft.
    """

    lines: tuple[str, ...]
    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether this block may be used on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class PlanReference:
    """A superior plan as it is cited. ``type`` is "Kế hoạch" or "Quyết định"; ``reference`` "36/KH-UBND".

    ``issued_on`` is text as cited ("05/01/2023"); ``abstract`` is without "về".
    """

    reference: str
    issued_on: str
    issuer: str
    abstract: str
    type: str = "Kế hoạch"

    @property
    def short(self) -> str:
        """How the plan is named from its second mention on: "Kế hoạch số 36/KH-UBND"."""
        return f"{self.type} số {self.reference}"

    @property
    def full(self) -> str:
        """Number, date, issuer and abstract in one phrase."""
        return f"{self.short} ngày {self.issued_on} của {self.issuer} về {self.abstract.removeprefix('về ')}"


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A row of the sub-plan's task table: STT, content, lead, support, deadline and product as text."""

    ordinal: str
    content: str
    lead: str
    support: str
    deadline: str
    product: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What is owed on paper: ``who`` sends ``item`` to ``addressee`` by ``deadline``; a plan that is issued has none.

    They make one sentence: "UBND xã Bình An: Báo cáo 6 tháng đầu năm, gửi UBND huyện Bắc Bình (qua Phòng Nội vụ)
    trước ngày 16/6/2023." ``deadline`` begins in lower case.
    """

    who: str
    item: str
    deadline: str
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class SubPlanDraft:
    """A unit's own plan that carries out a superior one; the same for a district, a department and a commune.

    ``unit_name`` is the agency within a sentence ("UBND xã Bình An"); ``abstract`` the abstract of *this* plan;
    ``legal_bases`` come before the parent plan, each without its closing sign; ``purposes`` and ``requirements`` add
    to the template's standing sentences; ``targets`` are whole phrases. ``focal_point`` watches over the plan.
    """

    head: Letterhead
    unit_name: str
    abstract: str
    parent: PlanReference
    activities: tuple[ActivityRow, ...]
    targets: tuple[str, ...]
    duties: tuple[DutyRow, ...]
    focal_point: str
    recipients: tuple[str, ...]
    signature: SignatureBlock
    legal_bases: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()

    @property
    def abstract_rule(self) -> str:
        """The line under the abstract."""
        return rule_under(self.abstract, 14)


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


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is missing or was late. ``state`` says which, in words ("Quá hạn 03 ngày", "Nhận ngày 20/6/2023")."""

    ordinal: str
    unit_name: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """One row of the annex: a unit's figures, as text, in the order of the report's indicators."""

    ordinal: str
    unit_name: str
    figures: tuple[str, ...]


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

    ``as_of`` is the day of the count in words ("hết ngày 17/6/2023"); ``matrix_totals`` is the annex's last row.
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
    matrix: tuple[UnitFigures, ...]
    matrix_totals: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock
    sections: tuple[ReportSection, ...] = ()
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

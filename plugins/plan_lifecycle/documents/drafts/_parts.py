"""What all drafts share: the head, the parent plan, the signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plan_lifecycle.domain.chart import Chart
from plan_lifecycle.domain.writing import first_down

_TEXT_AREA = 467.0  # points between the margins of a portrait page
_RULE_SIGN = 4.0  # an underscore in 8 point


def rule_under(text: str, size: float) -> str:
    """A line of underscores as long as 1/3 to 1/2 of the text above it (Phụ lục I, mục II.2 and II.5).

    ``size`` of the text in points. The length of bold Times New Roman is estimated well within that range.
    """
    ems = sum(0.25 if sign == " " else 0.7 if sign.isupper() else 0.5 for sign in text)
    return "_" * max(round(0.42 * min(ems * size, _TEXT_AREA) / _RULE_SIGN), 3)


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
    """Who signs for a unit.

    ``lines`` are authority and office in capitals: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("GIÁM ĐỐC",),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"). ``name`` is empty in a draft.
    """

    lines: tuple[str, ...]
    name: str = ""


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
        return (
            f"{self.short} ngày {self.issued_on} của {self.issuer} về {first_down(self.abstract.removeprefix('về '))}"
        )


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of the plan that is late or past its day: its words, its time as the plan says it, who leads it and who
    watches over it, how far it is."""

    ordinal: str
    name: str
    time: str
    lead: str
    monitor: str
    state: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target of the plan: its words, the number to reach, what was reached, whether that is enough."""

    ordinal: str
    target: str
    wanted: str
    result: str
    verdict: str


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An index that others published: its name and year, value, rank, both of the year before, who published it."""

    ordinal: str
    index: str
    value: str
    rank: str
    before: str
    publisher: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A figure that has changed since the report was issued: as it read and reads, how much more, by whose paper."""

    ordinal: str
    name: str
    before: str
    after: str
    difference: str
    source: str


@dataclass(frozen=True, slots=True)
class SectionTables:
    """Short tables under a heading."""

    tasks: tuple[TaskRow, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    indices: tuple[IndexRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart below a heading: "Biểu đồ 1. …" stands under it; ``alternative`` says in words what it shows and is how
    the drawing of the template is known to be its place."""

    caption: str
    alternative: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading of the report with what stands under it: "I." and "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH" at depth 0, "1." at 1,
    "a)" at 2."""

    label: str
    heading: str
    depth: int
    lines: tuple[str, ...] = ()
    tables: SectionTables = SectionTables()
    charts: tuple[ShownChart, ...] = ()

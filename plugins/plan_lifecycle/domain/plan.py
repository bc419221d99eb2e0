"""A plan as the software understood it: who issued it, what it rests on, what it asks of whom by when.

A province's plan and a commune's own plan are the same thing; the second has a ``parent``. A Decision that issues a
plan (*Quyết định ban hành kế hoạch*) is a plan too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan_lifecycle.domain.deadline import Deadline
from plan_lifecycle.domain.obligation import Basis
from plan_lifecycle.domain.target import Target


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that a plan rests on ("Căn cứ …", "Thực hiện …"), with its number and date where it names them."""

    text: str
    number: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the text below it and the headings under it. ``ordinal`` as written: "I", "1", "a"."""

    ordinal: str
    title: str
    text: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a point of a plan: the last days allowed, or the ids of the units that are meant."""

    point: str
    due: tuple[date, ...]
    units: tuple[str, ...]
    decided_by: str
    reason: str
    decided_on: date


def units_decided(decisions: tuple[Decision, ...]) -> frozenset[str] | None:
    """The units that a person named, where one did: exactly these are meant, whatever the plan's words."""
    return next((frozenset(decision.units) for decision in decisions if decision.units), None)


@dataclass(frozen=True, slots=True)
class Activity:
    """One task (*nhiệm vụ*): a row of the task table or an inline task. Empty text means that the plan names none.

    ``source`` says where in the document it stands, in words a coordinator can follow ("Bảng 1, hàng 3"); ``section``
    is the group or heading that it stands under ("I. Công tác chỉ đạo"), since ordinals begin again in each.
    ``monitor`` is the agency that sees to it that the task is done ("Theo dõi, kiểm tra, đôn đốc").
    """

    ordinal: str
    content: str
    lead: str
    support: str
    deadline: Deadline | None
    product: str
    budget: str
    targets: tuple[Target, ...]
    source: str
    section: str = ""
    decisions: tuple[Decision, ...] = ()
    monitor: str = ""


class PaperType(StrEnum):
    """The types of papers that matter here, by the name that stands on them (Nghị định 30/2020/NĐ-CP, Điều 7)."""

    PLAN = "Kế hoạch"
    DECISION = "Quyết định"
    REPORT = "Báo cáo"
    LETTER = "Công văn"


class DutyItem(StrEnum):
    """What a sentence of a plan asks for; ``REPORT`` is of no named period."""

    SUB_PLAN = "sub_plan"
    REPORT_H1 = "report_h1"
    REPORT_YEAR = "report_year"
    REPORT_QUARTER = "report_quarter"
    REPORT_MONTH = "report_month"
    REPORT = "report"


DUTY_WORDS = {
    DutyItem.SUB_PLAN: "Ban hành kế hoạch",
    DutyItem.REPORT_H1: "Báo cáo 6 tháng",
    DutyItem.REPORT_YEAR: "Báo cáo năm",
    DutyItem.REPORT_QUARTER: "Báo cáo quý",
    DutyItem.REPORT_MONTH: "Báo cáo tháng",
    DutyItem.REPORT: "Báo cáo",
}
"""What a sentence asks for, as people read it."""


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    """A duty to issue a sub-plan or to report.

    ``audience`` is the phrase that names who owes it; a report is addressed to ``addressee`` and received by
    ``receiving_office`` ("UBND tỉnh (qua Sở Nội vụ)" names both). ``basis`` says which date decides lateness,
    ``clause`` is the sentence itself.
    """

    item: DutyItem
    audience: str
    deadline: Deadline | None
    addressee: str | None
    receiving_office: str | None
    basis: Basis
    clause: str
    source: str
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A point that only a person can decide. ``point`` is a stable key, unchanged when the plan is read again.

    ``also`` are the keys of other places that ask the very same. With a ``decision`` it is closed, there too.
    """

    point: str
    field: str
    phrase: str
    reason: str
    source: str
    decision: Decision | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan read from a document. ``period`` is the years it covers, first and last.

    ``number`` and ``symbol`` are the two halves of "Số: 36/KH-UBND" (None where left open, as in a draft).
    ``letterhead`` are the agencies that stand above the number, the superior first, ``issuer`` last.
    """

    number: str | None
    symbol: str | None
    issued_on: date | None
    issuer: str | None
    place: str | None
    type: str | None
    abstract: str | None
    legal_bases: tuple[LegalBasis, ...]
    period: tuple[int, ...]
    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    reporting: tuple[ReportingDuty, ...]
    open_points: tuple[OpenPoint, ...]
    letterhead: tuple[str, ...] = ()

    @property
    def reference(self) -> str | None:
        """The number as cited: "36/KH-UBND"; a symbol with a slash of its own follows a hyphen ("14-KH/TU")."""
        if not self.number or not self.symbol:
            return None
        separator = "-" if "/" in self.symbol and self.symbol[0].isalpha() else "/"
        return f"{self.number}{separator}{self.symbol}"

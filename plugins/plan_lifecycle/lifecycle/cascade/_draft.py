"""A unit's own draft: what the superior plan asks of it, in the form that its leader can sign."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from plan_lifecycle.documents.drafts import (
    DutyRow,
    PlanReference,
    SignatureBlock,
    SubPlanDraft,
)
from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.deadline import Deadline, read_deadline
from plan_lifecycle.domain.plan import DutyItem, PaperType, Plan, ReportingDuty
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import first_up, short_date
from plan_lifecycle.lifecycle.cascade._abstract import own_abstract
from plan_lifecycle.lifecycle.cascade._feeding import binding, in_time_for
from plan_lifecycle.lifecycle.cascade._periods import years_of
from plan_lifecycle.lifecycle.cascade._rows import rows_of, targets_of
from plan_lifecycle.lifecycle.office import Office, letterhead

_ABSTRACT = "Thông tin, tuyên truyền cải cách hành chính năm {year}"
_QUARTERS = re.compile(r"(?P<names>quý (?:IV|I{1,3}|[1-4])(?:, quý (?:IV|I{1,3}|[1-4])){0,3}) +(?=\D)")


def sub_plan_draft(
    office: Office, tree: UnitTree, issuer: Unit, plan: Plan, given: Assigned, year: int, day: date
) -> SubPlanDraft:
    """The draft of ``given.unit``'s own plan for ``year``, with number, day and signer's name left open."""
    unit = given.unit
    name = tree.named(unit)
    return SubPlanDraft(
        head=letterhead(tree, unit, "KH", year),
        unit_name=name,
        abstract=own_abstract(plan.abstract or _ABSTRACT.format(year=year), issuer, unit),
        parent=plan_reference(plan, issuer),
        activities=tuple(rows_of(office, tree, issuer, unit, given.shares)),
        targets=targets_of(given.shares),
        duties=(*_upward(given.duties, tree, issuer, unit), *_downward(office, tree, plan, given, year)),
        focal_point=_focal_point(office, tree, unit),
        recipients=_recipients(office, tree, issuer, unit),
        signature=SignatureBlock(office.rules.signature_lines(unit, day)),
    )


def plan_reference(plan: Plan, issuer: Unit) -> PlanReference:
    """The superior plan as it is cited in a document below it."""
    return PlanReference(
        reference=plan.reference or "",
        issued_on=short_date(plan.issued_on) if plan.issued_on else "",
        issuer=issuer.agency,
        abstract=plan.abstract or "",
        type=(PaperType.DECISION if plan.type == PaperType.DECISION else PaperType.PLAN).value,
    )


def _upward(duties: Sequence[ReportingDuty], tree: UnitTree, issuer: Unit, unit: Unit) -> list[DutyRow]:
    """What the unit itself reports; the plan at hand *is* its sub-plan, so that duty is not repeated."""
    return [
        _upward_row(duty, tree.named(unit), _addressee(duty, issuer))
        for duty in duties
        if duty.item is not DutyItem.SUB_PLAN
    ]


def _upward_row(duty: ReportingDuty, who: str, addressee: str) -> DutyRow:
    """ "quý I, quý III trước ngày 20 …": the quarters belong to the report's name, the rest is its day."""
    phrase = duty.deadline.phrase if duty.deadline else ""
    quarters = _QUARTERS.match(phrase) if duty.item is DutyItem.REPORT_QUARTER else None
    if quarters is None:
        return DutyRow(who=who, item=_item(duty.item), addressee=addressee, deadline=_lower(phrase))
    return DutyRow(
        who=who,
        item=f"Báo cáo {quarters['names'].strip()}",
        addressee=addressee,
        deadline=_lower(phrase[quarters.end() :]),
    )


def _downward(office: Office, tree: UnitTree, plan: Plan, given: Assigned, year: int) -> list[DutyRow]:
    """What the draft asks of the units below: by the days that the superior plan has for them, else by the rules'."""
    unit = given.unit
    below = office.rules.duties_below(unit.kind) if tree.children(unit.id) else None
    if below is None:
        return []
    who, addressee, years = first_up(below.audience), office.addressee(tree, unit), years_of(year, plan)
    said = _said_of_those_below(tree, plan, unit)
    rows = []
    for duty in below.duties:
        by_the_rules = read_deadline(duty.deadline.format(year=year), year=year)
        for proposed in binding(duty.item, said[duty.item], years) or [by_the_rules]:
            in_time = in_time_for(given.duties, duty.item, proposed, years, office.rules.calendar)
            rows.append(DutyRow(who, duty.what, _lower(in_time), addressee))
    return rows


def _said_of_those_below(tree: UnitTree, plan: Plan, unit: Unit) -> Mapping[DutyItem, Sequence[Deadline]]:
    """The superior plan's own deadlines for the units below this one, by item; none where they need a decision."""
    below = {below_it.id for below_it in tree.children(unit.id)}
    said: dict[DutyItem, list[Deadline]] = defaultdict(list)
    for duty in plan.reporting:
        usable = duty.deadline is not None and duty.deadline.due and not duty.deadline.needs_decision
        if usable and duty.deadline and below & set(match_units(read_audience(duty.audience), tree, unit.id)):
            said[duty.item].append(duty.deadline)
    return said


def _item(item: DutyItem) -> str:
    return {
        DutyItem.REPORT_H1: "Báo cáo 6 tháng đầu năm",
        DutyItem.REPORT_YEAR: "Báo cáo năm",
        DutyItem.REPORT_QUARTER: "Báo cáo quý",
        DutyItem.REPORT_MONTH: "Báo cáo tháng",
    }.get(item, "Báo cáo")


def _addressee(duty: ReportingDuty, issuer: Unit) -> str:
    to = duty.addressee or issuer.agency
    return f"{to} (qua {duty.receiving_office})" if duty.receiving_office else to


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _focal_point(office: Office, tree: UnitTree, unit: Unit) -> str:
    through = office.coordinating_agency(tree, unit)
    return through.name if through is not unit else "Bộ phận Văn phòng"


def _recipients(office: Office, tree: UnitTree, issuer: Unit, unit: Unit) -> tuple[str, ...]:
    through = office.coordinating_agency(tree, issuer)
    lines = [f"{issuer.agency} (báo cáo)"]
    if through is not issuer and through.id != unit.id:
        lines.append(tree.named(through))
    if tree.children(unit.id):
        lines.append("Các cơ quan, đơn vị trực thuộc")
    return (*lines, "Lưu: VT")

"""A unit's own draft: what the superior plan asks of it, in the form that its leader can sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plan_lifecycle.documents.drafts import (
    ActivityRow,
    DutyRow,
    Letterhead,
    PlanReference,
    SignatureBlock,
    SubPlanDraft,
)
from plan_lifecycle.domain.assignment import Assigned, Share
from plan_lifecycle.domain.plan import Plan, ReportingDuty
from plan_lifecycle.domain.unit import Unit, UnitTree, bare_name
from plan_lifecycle.domain.writing import first_up, short_date
from plan_lifecycle.lifecycle.office import Office


def sub_plan_draft(
    office: Office, tree: UnitTree, issuer: Unit, plan: Plan, given: Assigned, year: int, day: date
) -> SubPlanDraft:
    """The draft of ``given.unit``'s own plan for ``year``, with number, day and signer's name left open."""
    unit = given.unit
    name = tree.named(unit)
    return SubPlanDraft(
        head=letterhead(tree, unit, "KH", year),
        unit_name=name,
        abstract=_abstract(plan, year),
        parent=plan_reference(plan, issuer),
        activities=tuple(_row(office, tree, unit, i, share) for i, share in enumerate(given.shares, start=1)),
        targets=tuple(dict.fromkeys(share.activity.content for share in given.shares if share.activity.targets)),
        duties=(*_upward(given.duties, tree, issuer, unit), *_downward(office, tree, unit, year)),
        focal_point=_focal_point(office, tree, unit),
        recipients=_recipients(office, tree, issuer, unit),
        signature=SignatureBlock(office.rules.signature_lines(unit.kind, day)),
    )


def letterhead(tree: UnitTree, unit: Unit, document: str, year: int) -> Letterhead:
    """The head of a unit's document: a People's Committee names no superior, a department names its committee."""
    above = tree.parent(unit)
    territory = unit if unit.territorial or above is None else above
    agency = ("ỦY BAN NHÂN DÂN", unit.name.upper()) if unit.territorial else (unit.name.upper(),)
    return Letterhead(
        agency=agency,
        superior=() if unit.territorial else (territory.agency.upper(),),
        symbol=f"{document}-{'UBND' if unit.territorial else unit.symbol or _initials(unit.name)}",
        place=bare_name(territory.name),
        year=year,
    )


def plan_reference(plan: Plan, issuer: Unit) -> PlanReference:
    """The superior plan as it is cited in a document below it."""
    return PlanReference(
        reference=plan.reference or "",
        issued_on=short_date(plan.issued_on) if plan.issued_on else "",
        issuer=issuer.agency,
        abstract=plan.abstract or "",
        type="Quyết định" if (plan.type or "").upper().startswith("QUYẾT ĐỊNH") else "Kế hoạch",
    )


def _abstract(plan: Plan, year: int) -> str:
    text = plan.abstract or f"Thông tin, tuyên truyền cải cách hành chính năm {year}"
    return first_up(text)


def _row(office: Office, tree: UnitTree, unit: Unit, ordinal: int, share: Share) -> ActivityRow:
    """The unit leads what falls to it; the units below it support, else whom the superior plan names beside it."""
    activity, below = share.activity, office.rules.duties_below(unit.kind) if tree.children(unit.id) else None
    beside = activity.support if share.leads else activity.lead
    return ActivityRow(
        ordinal=str(ordinal),
        content=activity.content,
        lead=tree.named(unit),
        support=first_up(below.audience) if below else beside,
        deadline=activity.deadline.phrase if activity.deadline else "",
        product=activity.product,
    )


def _upward(duties: Sequence[ReportingDuty], tree: UnitTree, issuer: Unit, unit: Unit) -> list[DutyRow]:
    """What the unit itself reports; the plan at hand *is* its sub-plan, so that duty is not repeated."""
    return [
        DutyRow(
            who=tree.named(unit),
            item=_item(duty.item),
            addressee=_addressee(duty, issuer),
            deadline=_lower(duty.deadline.phrase if duty.deadline else ""),
        )
        for duty in duties
        if duty.item != "sub_plan"
    ]


def _downward(office: Office, tree: UnitTree, unit: Unit, year: int) -> list[DutyRow]:
    below = office.rules.duties_below(unit.kind) if tree.children(unit.id) else None
    if below is None:
        return []
    who = first_up(below.audience)
    through = office.coordinator(tree, unit)
    addressee = unit.agency if through is unit else f"{unit.agency} (qua {through.name})"
    return [DutyRow(who, duty.what, _lower(duty.deadline.format(year=year)), addressee) for duty in below.duties]


def _item(item: str) -> str:
    return {
        "report_h1": "Báo cáo 6 tháng đầu năm",
        "report_year": "Báo cáo năm",
        "report_quarter": "Báo cáo quý",
        "report_month": "Báo cáo tháng",
    }.get(item, "Báo cáo")


def _addressee(duty: ReportingDuty, issuer: Unit) -> str:
    to = duty.addressee or issuer.agency
    return f"{to} (qua {duty.receiving_office})" if duty.receiving_office else to


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _focal_point(office: Office, tree: UnitTree, unit: Unit) -> str:
    through = office.coordinator(tree, unit)
    return through.name if through is not unit else "Bộ phận Văn phòng"


def _recipients(office: Office, tree: UnitTree, issuer: Unit, unit: Unit) -> tuple[str, ...]:
    through = office.coordinator(tree, issuer)
    lines = [f"{issuer.agency} (báo cáo)"]
    if through is not issuer and through.id != unit.id:
        lines.append(tree.named(through))
    if tree.children(unit.id):
        lines.append("Các cơ quan, đơn vị trực thuộc")
    return tuple(lines)


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.replace("–", " ").split() if word[0].isalpha())

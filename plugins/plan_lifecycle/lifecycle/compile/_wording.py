"""Wording the consolidated report: its opening and closing, the outline, the forms, who is missing or was late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from plan_lifecycle.documents.drafts import ConsolidatedReport, LateUnit, PlanReference, SignatureBlock
from plan_lifecycle.domain.chart import Chart
from plan_lifecycle.domain.contribution import Contribution
from plan_lifecycle.domain.gathering import Group
from plan_lifecycle.domain.profile import Profile, Source
from plan_lifecycle.domain.report import Consolidated
from plan_lifecycle.domain.state_words import NOT_RECEIVED, TO_CHECK, TO_COMPLETE, overdue_words
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import count_text, first_down, short_date
from plan_lifecycle.lifecycle.compile._forms import forms_of
from plan_lifecycle.lifecycle.compile._months_of_news import published_note
from plan_lifecycle.lifecycle.compile._numbers import percent_text
from plan_lifecycle.lifecycle.compile._outline import outline
from plan_lifecycle.lifecycle.compile._standing_words import sentences_of, tables_of
from plan_lifecycle.lifecycle.office import Desk, letterhead


def consolidated_report(
    desk: Desk,
    unit: Unit,
    whole: Consolidated,
    groups: Mapping[str, Sequence[Group]],
    charts: Mapping[str, Sequence[Chart]] = MappingProxyType({}),
) -> ConsolidatedReport:
    """The report of ``unit`` as its template is filled; ``groups`` is what units wrote, ``charts`` what is drawn, by
    section."""
    tree, office, period, contributions = desk.tree, desk.office, whole.period, whole.contributions
    above = tree.parent(unit)
    receiver = office.addressee(tree, above) if above else "Bộ Nội vụ"
    words = {"period": period.label, "unit": unit.agency, "receiver": receiver, "basis": _basis(desk, whole, above)}
    known = {Source.RECEIVED: tuple(_received(unit, whole, desk.now.date())), Source.QUOTAS: _quotas(whole)}
    known |= sentences_of(whole, desk.now.date())
    filled = outline(whole, groups, known, tables_of(whole), charts)
    return ConsolidatedReport(
        head=letterhead(tree, unit, "BC", period.year),
        unit_name=unit.agency,
        abstract=_filled(whole.profile.title, words),
        addressees=(receiver,),
        opening=_filled(whole.profile.opening, words),
        sections=filled.sections,
        more=filled.more,
        closing=_filled(whole.profile.closing, words),
        forms=forms_of(whole),
        compared=whole.compared,
        comparison=(*whole.remarks, *whole.last_year.notes),
        missing_units=_missing(contributions, desk.now.date()),
        late_units=_late(contributions),
        recipients=("Như trên", "Các cơ quan, đơn vị trực thuộc", "Lưu: VT"),
        signature=SignatureBlock(office.rules.signature_lines(unit, desk.now.date())),
    )


def _filled(text: str, words: Mapping[str, str]) -> str:
    """A text of the profile with its names filled in; a brace that is none of them stays."""
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def _quotas(whole: Consolidated) -> tuple[str, ...]:
    note = published_note(whole.published)
    return (note,) if note else ()


def _received(unit: Unit, whole: Consolidated, today: date) -> Iterator[str]:
    """How complete and how timely the reports are; the names stand in an annex."""
    standing = whole.standing
    late = f", chậm {count_text(standing.late)}" if standing.late else ""
    outside = len(standing.missing)
    missing = f"chưa nhận được {count_text(outside)}" if outside else "không có cơ quan, đơn vị nào chưa gửi"
    own = f"; chưa gồm số liệu của {', '.join(standing.own_missing)}" if standing.own_missing else ""
    in_time = f"trong đó đúng thời hạn {count_text(standing.on_time)} (đạt {percent_text(standing.timeliness)})"
    if not standing.on_time:
        in_time = "chưa có báo cáo gửi đúng thời hạn"
    yield (
        f"Đến {_as_of(whole.contributions, today)}, {unit.agency} đã nhận báo cáo của "
        f"{count_text(standing.received)}/{count_text(standing.expected)} cơ quan, đơn vị (đạt "
        f"{percent_text(standing.completeness)}); {in_time}{late}; {missing}{own}."
    )
    unsigned = sum(contribution.unsigned for contribution in whole.contributions)
    if unsigned and unsigned == standing.received:
        yield f"{'Các báo cáo' if unsigned > 1 else 'Báo cáo'} đã nhận mới có số liệu, chờ văn bản ký."
    elif unsigned:
        yield f"Trong số đã nhận, {count_text(unsigned)} cơ quan, đơn vị mới có số liệu, chờ văn bản ký."
    plans = whole.plans_known
    if plans.accepted:
        in_time = (
            f"trong đó đúng thời hạn {count_text(plans.on_time)}"
            if plans.on_time
            else "chưa có kế hoạch gửi đúng thời hạn"
        )
        yield (
            f"Đến ngày {short_date(today)}, đã tiếp nhận kế hoạch triển khai của "
            f"{count_text(plans.accepted)}/{count_text(plans.owed)} cơ quan, đơn vị; {in_time}."
        )
    elif plans.owed:
        yield (
            f"Đến ngày {short_date(today)}, chưa tiếp nhận kế hoạch triển khai của cơ quan, đơn vị nào trong số "
            f"{count_text(plans.owed)} cơ quan, đơn vị phải ban hành."
        )


def _as_of(contributions: Sequence[Contribution], today: date) -> str:
    """The last day on which the reports were due; today where it is open, or where one that came later is counted."""
    days = [contribution.due_on for contribution in contributions if contribution.due_on]
    came = [one.received_at.date() for one in contributions if one.counts and one.received_at]
    if not days or any(day > max(days) for day in came):
        return f"ngày {short_date(today)}"
    return f"hết ngày {short_date(max(days))}"


def _basis(desk: Desk, whole: Consolidated, above: Unit | None) -> str:
    """What the report rests on: the plan, and of one that goes to the Ministry its document first."""
    plan = _parent(desk, whole.profile).full
    orders = whole.profile.orders_on(desk.now.date()) if above is None else ""
    return f"{orders} và {plan}" if orders else plan


def _parent(desk: Desk, profile: Profile) -> PlanReference:
    """The newest plan that asks for this kind of report; left open where none has its day yet."""
    if not desk.plans:
        return PlanReference("…", "…", "…", "cải cách hành chính")
    asking = [plan for plan in desk.plans.values() if desk.office.rules.profile_of(plan.abstract) is profile]
    plan = max(asking or desk.plans.values(), key=lambda each: each.issued)
    return PlanReference(plan.number, short_date(plan.issued), plan.issuer, plan.abstract)


def _missing(contributions: Sequence[Contribution], today: date) -> tuple[LateUnit, ...]:
    """Who should still hand in; what the coordinating agency owes is its own to-do, no arrear."""
    absent = [one for one in contributions if not (one.counts or one.own)]
    return tuple(
        LateUnit(str(i), contribution.unit_name, _overdue(contribution, today), _came(contribution))
        for i, contribution in enumerate(absent, start=1)
    )


def _came(contribution: Contribution) -> str:
    if contribution.received_at is None:
        return ""
    came = f"Nhận ngày {short_date(contribution.received_at.date())}"
    return came if contribution.waiting else f"{came}; {first_down(TO_COMPLETE)}"


def _late(contributions: Sequence[Contribution]) -> tuple[LateUnit, ...]:
    late = [
        contribution
        for contribution in contributions
        if contribution.counts and contribution.days_late and contribution.received_at
    ]
    return tuple(
        LateUnit(
            str(i),
            contribution.unit_name,
            f"Chậm {count_text(contribution.days_late)} ngày",
            f"Nhận ngày {short_date(contribution.received_at.date())}" if contribution.received_at else "",
        )
        for i, contribution in enumerate(late, start=1)
    )


def _overdue(contribution: Contribution, today: date) -> str:
    days = (today - contribution.due_on).days if contribution.due_on else 0
    if contribution.waiting:
        return TO_CHECK
    return overdue_words(days) if days > 0 else NOT_RECEIVED

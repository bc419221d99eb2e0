"""The form that goes with a reminder of a report: the unit's own, with its last figures, to fill in and send back."""

from __future__ import annotations

from collections.abc import Sequence

from plan_lifecycle.documents.report_form import TextRow, write_report_form
from plan_lifecycle.domain.obligation import Item, Obligation
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.writing import file_name
from plan_lifecycle.lifecycle.compile import Past, known_already
from plan_lifecycle.lifecycle.office import EXCEL, Desk
from plan_lifecycle.lifecycle.progress import AskedOfPlan, PlansAsked
from plan_lifecycle.mail.message import Attachment


def forms_of(desk: Desk, obligations: Sequence[Obligation]) -> tuple[Attachment, ...]:
    """A workbook for every report among what is owed, where ``attach_form`` of ``config/reminders.yaml`` wants it."""
    if not desk.office.rules.reminding.attach_form:
        return ()
    return tuple(_form(desk, obligation) for obligation in obligations if obligation.item is Item.REPORT)


def _form(desk: Desk, obligation: Obligation) -> Attachment:
    unit, period = desk.tree[obligation.unit_id], Period.parse(obligation.period)
    indicators, profile = desk.asked(obligation), desk.profile_of(obligation)
    texts = [
        TextRow(one.section.code, f"{' '.join(one.path)} {one.section.heading}")
        for one in profile.asked(period.kind, unit.level)
    ]
    name = file_name(f"Biểu số liệu {period.label} - {desk.tree.named(unit)}", "xlsx")
    with desk.office.store.read() as connection:
        earlier = Past(connection, desk.office.rules, [unit.id]).before(unit.id, period, indicators)
        known = known_already(connection, obligation, indicators)
        plans = desk.kept.setdefault("plans_asked", PlansAsked(desk.office, desk.tree, desk.now))
        plan: AskedOfPlan = plans.of(connection, obligation, profile, unit)
    data = write_report_form(
        indicators,
        unit,
        period,
        earlier or None,
        values=known.values,
        evidence=known.notes,
        texts=texts,
        tasks=plan.tasks,
        targets=plan.targets,
        forms=profile.forms,
    )
    return Attachment(name, EXCEL, data)

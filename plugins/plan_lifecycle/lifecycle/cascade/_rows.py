"""The task table of a unit's own draft: its part in each task, field by field as in the superior plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plan_lifecycle.documents.drafts import ActivityRow
from plan_lifecycle.domain.assignment import Share
from plan_lifecycle.domain.audience import match_units, read_audience
from plan_lifecycle.domain.decision import days_decided
from plan_lifecycle.domain.plan import Activity
from plan_lifecycle.domain.target import find_targets
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import first_up
from plan_lifecycle.lifecycle.office import Office

_FEW = 2  # tasks that a field has at least on the average where the table is worth dividing


def rows_of(office: Office, tree: UnitTree, issuer: Unit, unit: Unit, shares: Sequence[Share]) -> Iterator[ActivityRow]:
    """The rows in their order, numbered through; a row of its own before the tasks of each field."""
    fields = list(dict.fromkeys(share.activity.section for share in shares))
    divided = all(fields) and len(fields) > 1 and len(shares) >= _FEW * len(fields)
    before = ""
    for ordinal, share in enumerate(shares, start=1):
        if divided and share.activity.section != before:
            before = share.activity.section
            yield _field(before)
        yield _row(office, tree, issuer, unit, ordinal, share)


def targets_of(shares: Sequence[Share]) -> tuple[str, ...]:
    """The words of a task that set a target: its content, or the product that it asks for."""
    told = (text for share in shares for text in (share.activity.content, share.activity.product) if find_targets(text))
    return tuple(dict.fromkeys(first_up(text.strip(" .;")) for text in told))


def _field(section: str) -> ActivityRow:
    ordinal, dot, title = section.partition(". ")
    return ActivityRow(ordinal if dot else "", title if dot else section, "", "", "", "", field=True)


def _row(office: Office, tree: UnitTree, issuer: Unit, unit: Unit, ordinal: int, share: Share) -> ActivityRow:
    """Who leads has the units below beside it, else whom the superior plan names; who supports stands by the lead."""
    activity, below = share.activity, office.rules.duties_below(unit.kind) if tree.children(unit.id) else None
    helpers = first_up(below.audience) if below else ""
    own = tree.named(unit)
    beside = helpers or _others(activity.support, tree, issuer, unit)
    supporting = f"{own}; {below.audience}" if below else own
    return ActivityRow(
        ordinal=str(ordinal),
        content=activity.content,
        lead=own if share.leads else activity.lead,
        support=beside if share.leads else supporting,
        deadline=_when(activity),
        product=activity.product,
    )


def _others(support: str, tree: UnitTree, issuer: Unit, unit: Unit) -> str:
    """Those named beside a lead, without the lead itself ("Sở Tài chính" beside Sở Tài chính)."""
    names = [name.strip() for name in support.split(";")]
    return "; ".join(name for name in names if match_units(read_audience(name), tree, issuer.id) != (unit.id,))


def _when(activity: Activity) -> str:
    """The deadline as the superior plan words it, or the day that a person decided in its place."""
    decided = next((decision for decision in activity.decisions if decision.due), None)
    if decided is not None:
        return first_up(days_decided(decided))
    return activity.deadline.phrase if activity.deadline else ""

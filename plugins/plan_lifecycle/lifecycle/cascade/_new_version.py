"""A plan that amends, replaces or withdraws another: what the old one set going is put right, unit by unit.

Plan 50/KH-UBND of huyện Bắc Bình amends its plan 15/KH-UBND: xã Bình An's open obligations move to the new days or
close, its draft is drawn up again unless it has answered already, letters about the old days that still wait are taken
back, and one notice says what changed. What it has met stays met. Doing it again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from plan_lifecycle.domain.assignment import Assigned
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import SETTLED, Item, Obligation
from plan_lifecycle.domain.plan import Plan
from plan_lifecycle.domain.plan_check import same_reference
from plan_lifecycle.domain.plan_version import Difference, RelationKind, difference, relation
from plan_lifecycle.domain.unit import Unit
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.cascade._changed_obligations import Changes, apply, changes
from plan_lifecycle.lifecycle.cascade._for_one_unit import Cascaded, ForUnit, drafted, prepare, unheard, written_to
from plan_lifecycle.lifecycle.cascade._notice_of_change import change_notice, changed_items
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units, obligations_of, own_obligations
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.office import Desk, contained, thread_key, told_in
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store import wordings as wording_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.plans import RegisteredPlan

DONE = {
    RelationKind.AMENDS: "sửa đổi, bổ sung",
    RelationKind.REPLACES: "thay thế",
    RelationKind.WITHDRAWS: "thu hồi",
}


class Earlier(NamedTuple):
    """Which registered plan a paper takes the place of, how, and whose year it keeps; all None: of none."""

    plan_id: int | None = None
    relation: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    """What the old plan set going: its own row and reading, and by unit what is owed and drafted."""

    ids: list[int]
    base: RegisteredPlan
    plan: Plan
    owed: dict[str, list[Obligation]]
    drafts: dict[str, versions.StoredDraft]
    extended: frozenset[int]
    own: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class _OfUnit:
    """What becomes of one unit: its changed obligations, the draft in the old one's place, the notice."""

    unit_id: str
    change: Changes
    draft: Attachment | None = None
    taken_over: versions.StoredDraft | None = None
    letters: tuple[Letter, ...] = ()
    first: ForUnit | None = None


def takes_the_place_of(connection: Connection, issuer_id: str, plan: Plan, name: str = "") -> Earlier:
    """The registered plan of this issuer that ``plan`` amends, replaces or withdraws.

    Raises InputError where it amends or withdraws, by number, a plan that was never registered.
    """
    found = relation(plan)
    if found is None:
        return Earlier()
    registered = [known for known in versions.plans_of(connection, issuer_id) if known.reference != plan.reference]
    for number, day in found.cited:
        for known in registered:
            if same_reference(number, known.reference) and day in (None, known.issued_on):
                newest = plan_rows.get_plan(connection, versions.newest_version(connection, known.id))
                kept = newest.year if found.kind is RelationKind.AMENDS else None
                return Earlier(newest.id, found.kind.value, kept)
    if found.named and found.kind is not RelationKind.REPLACES:
        number = found.cited[0].number.upper()
        vi = f"Kế hoạch số {number} được {DONE[found.kind]} chưa có trong hệ thống; đề nghị nạp kế hoạch đó trước."
        raise InputError("the plan that is amended or withdrawn", file=name or None, found=number, vi=vi)
    return Earlier()


def reissue(desk: Desk, registered: RegisteredPlan, plan: Plan, issuer: Unit) -> Cascaded:
    """Put right what the earlier versions of ``registered`` set going; ``plan`` is what holds now."""
    with desk.office.store.read() as connection:
        before = _before(desk, connection, registered, plan, issuer)
        tree = unit_rows.with_former(connection, desk.tree, [*before.owed, *before.drafts])
    desk = replace(desk, tree=tree)
    withdrawn = registered.relation == RelationKind.WITHDRAWS
    assigned = {} if withdrawn else {share.unit.id: share for share in assigned_units(plan, desk.tree, issuer)}
    altered = difference(before.plan, plan, RelationKind.WITHDRAWS if withdrawn else RelationKind.REPLACES)
    tasks = _tasks_of(assigned_units(before.plan, desk.tree, issuer))
    outcomes: list[_OfUnit] = []
    undecided: list[str] = []
    faults: list[str] = []
    for unit_id in sorted(before.owed.keys() | before.drafts.keys() | assigned.keys() | {issuer.id}):
        given = assigned.get(unit_id)
        mine = _of_unit(altered, tasks.get(unit_id, frozenset()), given)
        name = desk.tree.called(unit_id)
        with contained(unit_id, told_in(faults, name), unit=unit_id, plan=registered.id):
            for_unit = _outcome_of(desk, registered, plan, issuer, before, unit_id, given, mine)
            if for_unit is None:
                undecided.append(name)
            else:
                outcomes.append(for_unit)
    return _write(desk, registered, before, outcomes, tuple(undecided), tuple(faults))


def _before(desk: Desk, connection: Connection, registered: RegisteredPlan, plan: Plan, issuer: Unit) -> _Before:
    ids = versions.earlier_versions(connection, registered)
    base = plan_rows.get_plan(connection, ids[0])
    owed: dict[str, list[Obligation]] = defaultdict(list)
    for obligation in versions.owed_under(connection, [*ids, registered.id]):
        owed[obligation.unit_id].append(obligation)
    return _Before(
        ids=ids,
        base=base,
        plan=plan_in_force(desk.office, connection, base),
        owed=dict(owed),
        drafts=versions.drafts_under(connection, [*ids, registered.id]),
        extended=versions.extended(connection, ids),
        own=own_obligations(desk.office, connection, desk.tree, registered, plan, issuer, desk.now),
    )


def _tasks_of(assigned: Sequence[Assigned]) -> dict[str, frozenset[str]]:
    return {given.unit.id: frozenset(share.activity.content for share in given.shares) for given in assigned}


def _of_unit(altered: Difference, before: frozenset[str], given: Assigned | None) -> Difference:
    """The altered tasks in which the unit had or has a part."""
    after = {share.activity.content for share in given.shares} if given else set()
    mine = tuple(
        activity
        for activity in altered.activities
        if (activity.before and getattr(activity.before, "content", "") in before)
        or (activity.after and getattr(activity.after, "content", "") in after)
    )
    return Difference(mine, ())


def _outcome_of(
    desk: Desk,
    registered: RegisteredPlan,
    plan: Plan,
    issuer: Unit,
    before: _Before,
    unit_id: str,
    given: Assigned | None,
    mine: Difference,
) -> _OfUnit | None:
    """What becomes of one unit; None where it is new and every day of it waits for a person."""
    if unit_id == issuer.id:
        own = () if registered.relation == RelationKind.WITHDRAWS else before.own
        return _OfUnit(unit_id, changes(before.owed.get(unit_id, []), own, before.extended))
    wanted = tuple(obligations_of(desk.office, registered, plan, issuer, given, desk.now)) if given else ()
    owed, old = before.owed.get(unit_id, []), before.drafts.get(unit_id)
    if given and not owed and old is None:
        if not any(obligation.due_on for obligation in wanted):
            return None
        first = prepare(desk, registered, plan, issuer, given, wanted)
        return _OfUnit(unit_id, Changes(), first=first)
    change = changes(owed, wanted, before.extended)
    taken = old if given and old and old.plan_id != registered.id else None
    draft = drafted(desk, registered, plan, issuer, given) if given and taken and not _answered(owed) else None
    unit = desk.tree.get(unit_id)
    items = changed_items(change, mine)
    letters: tuple[Letter, ...] = ()
    told = (change or taken) and (items or draft)
    if unit is not None and (told or registered.relation == RelationKind.WITHDRAWS):
        done = DONE[RelationKind(registered.relation or "")]
        letters = tuple(
            change_notice(desk, issuer, unit, before.base, registered, done, items, draft, to)
            for to in written_to(desk, unit, issuer)
        )
    return _OfUnit(unit_id, change, draft, taken, letters)


def _answered(owed: Sequence[Obligation]) -> bool:
    """Whether the unit has sent its own plan: then the draft has done its work."""
    return any(
        obligation.item is Item.SUB_PLAN and (obligation.first_received_at is not None or obligation.state in SETTLED)
        for obligation in owed
    )


def _write(
    desk: Desk,
    registered: RegisteredPlan,
    before: _Before,
    outcomes: Sequence[_OfUnit],
    undecided: tuple[str, ...],
    faults: tuple[str, ...],
) -> Cascaded:
    drafts = added = letters = moved = closed = 0
    with desk.office.store.write() as connection:
        for outcome in outcomes:
            made = apply(connection, desk.office, outcome.change, desk.tree.get(outcome.unit_id), desk.now.date())
            moved += sum(move.before.due_on != move.after.due_on for move in made.moved)
            closed += len(made.closed)
            drafts += _save_draft(connection, desk, registered, outcome)
            queued = list(outcome.letters)
            if outcome.first is not None:
                drafts += plan_rows.save_drafts(connection, [outcome.first.draft])
                wording_rows.keep(connection, outcome.first.wording)
                added += obligation_rows.save_obligations(connection, outcome.first.obligations)
                queued += outcome.first.letters
            added += len(made.added)
            letters += len(letter_rows.queue(connection, queued))
        recalled = _recall(connection, desk, registered, before, outcomes)
        if not undecided and not faults:
            plan_rows.mark_cascaded(connection, registered.id, desk.now)
    issuer = desk.tree[registered.issuer_id]
    without = tuple(desk.tree.called(outcome.unit_id) for outcome in outcomes if _unheard(desk, outcome, issuer))
    return Cascaded(
        registered.id, drafts, added, letters, without, undecided, faults, moved=moved, closed=closed, recalled=recalled
    )


def _recall(
    connection: Connection, desk: Desk, registered: RegisteredPlan, before: _Before, outcomes: Sequence[_OfUnit]
) -> int:
    """Take back what waits and says what no longer holds."""
    touched = [outcome for outcome in outcomes if outcome.letters or outcome.draft or outcome.change]
    keys = [thread_key(plan_id, outcome.unit_id) for outcome in touched for plan_id in before.ids]
    moved = [
        move.before.id
        for outcome in touched
        for move in outcome.change.moved
        if move.before.due_on != move.after.due_on
    ]
    closed = [owed.id for outcome in touched for owed in outcome.change.closed]
    day = short_date(registered.issued_on) if registered.issued_on else "…"
    done = DONE[RelationKind(registered.relation or "")]
    reason = f"Kế hoạch số {before.base.reference} đã được {done} theo văn bản số {registered.reference} ngày {day}"
    return versions.recall_letters(connection, keys, moved + closed, reason, desk.now.date())


def _save_draft(connection: Connection, desk: Desk, registered: RegisteredPlan, outcome: _OfUnit) -> int:
    """Put the new draft in the old one's place; an answered one goes over to the new version as it is."""
    old = outcome.taken_over
    if old is None:
        return 0
    if outcome.draft is None:
        versions.take_over_draft(connection, old, registered.id, old.blob, old.file_name)
        return 0
    blob = desk.office.store.blobs.put(outcome.draft.data)
    return int(versions.take_over_draft(connection, old, registered.id, blob, outcome.draft.name))


def _unheard(desk: Desk, outcome: _OfUnit, issuer: Unit) -> bool:
    said = outcome.letters or (outcome.first.letters if outcome.first else ())
    unit = desk.tree.get(outcome.unit_id)
    silent = unit is not None and not said and unheard(desk, unit, issuer)
    return silent and bool(outcome.change or outcome.draft or outcome.first)

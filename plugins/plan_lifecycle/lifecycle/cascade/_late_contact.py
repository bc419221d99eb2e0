"""The plan's letter to units that had nobody to write to when they were given their draft.

Xã Bình An had no address on 10/02; since 20/02 its officer is known: on the next morning that officer gets the letter
with the commune's own draft, as the others got theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation
from plan_lifecycle.lifecycle.cascade._for_one_unit import cascade_letter, written_to
from plan_lifecycle.lifecycle.cascade._obligations import assigned_units
from plan_lifecycle.lifecycle.cascade._plan_in_force import plan_in_force
from plan_lifecycle.lifecycle.office import WORD, Desk, Office, contained, open_desk, thread_key, told_in
from plan_lifecycle.mail.message import Attachment
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import versions
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.plans import RegisteredPlan
from plan_lifecycle.store.versions import StoredDraft


def hand_over(office: Office, now: datetime, faults: list[str] | None = None) -> int:
    """Queue the letter of each draft that never went out, where its unit still owes its plan and can now be written to.

    Returns how many are new; nothing on a rest day. What fails under one plan is added to ``faults``.
    """
    if not office.rules.calendar.sends_on(now.date()):
        return 0
    with office.store.read() as connection:
        letters = _letters(office, connection, now, [] if faults is None else faults)
    if not letters:
        return 0
    with office.store.write() as connection:
        return len(letter_rows.queue(connection, letters))


def _letters(office: Office, connection: Connection, now: datetime, faults: list[str]) -> list[Letter]:
    kept = versions.drafts_in_force(connection)
    unheard = {
        registered: drafts
        for registered in plan_rows.get_plans(connection, kept.keys())
        if (drafts := _unheard(connection, registered, kept[registered.id]))
    }
    desk = open_desk(office, connection, now) if unheard else None
    letters: list[Letter] = []
    for registered, drafts in unheard.items():
        reachable = [draft for draft in drafts if desk and desk.recipients(draft.unit_id)]
        if desk and reachable:
            with contained(f"plan {registered.id}", told_in(faults, _called(desk, registered)), plan=registered.id):
                letters += _letters_under(desk, connection, registered, reachable)
    return letters


def _called(desk: Desk, registered: RegisteredPlan) -> str:
    return f"Kế hoạch số {registered.reference} của {desk.tree.called(registered.issuer_id)}"


def _unheard(connection: Connection, registered: RegisteredPlan, drafts: Sequence[StoredDraft]) -> list[StoredDraft]:
    """The drafts of units that no letter told of any version of the plan: a new version's notice is one, too."""
    ids = (registered.id, *versions.earlier_versions(connection, registered))
    keys = {thread_key(plan_id, draft.unit_id): draft.unit_id for plan_id in ids for draft in drafts}
    told = {keys[key] for key in letter_rows.known(connection, keys)}
    return [draft for draft in drafts if draft.unit_id not in told]


def _letters_under(
    desk: Desk, connection: Connection, registered: RegisteredPlan, drafts: Sequence[StoredDraft]
) -> Iterator[Letter]:
    issuer = desk.tree.get(registered.issuer_id)
    if issuer is None:
        return
    plan = plan_in_force(desk.office, connection, registered)
    assigned = {share.unit.id: share for share in assigned_units(plan, desk.tree, issuer)}
    owed = _owed(versions.owed_under(connection, [registered.id]))
    for draft in drafts:
        given, obligations = assigned.get(draft.unit_id), owed.get(draft.unit_id)
        if given and obligations and obligations[0].item is Item.SUB_PLAN:
            file = Attachment(draft.file_name, WORD, desk.office.store.blobs.get(draft.blob))
            for to in written_to(desk, given.unit, issuer):
                yield cascade_letter(desk, registered, issuer, given, obligations, file, to)


def _owed(obligations: Sequence[Obligation]) -> dict[str, list[Obligation]]:
    """What is still owed by unit, the plan first: who has sent that needs no draft."""
    found: dict[str, list[Obligation]] = {}
    first = sorted(obligations, key=lambda each: (each.item is not Item.SUB_PLAN, each.due_on or date.max))
    for obligation in first:
        if obligation.state in OUTSTANDING and obligation.due_on is not None and obligation.first_received_at is None:
            found.setdefault(obligation.unit_id, []).append(obligation)
    return found

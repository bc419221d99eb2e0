"""What a unit's page shows, and what is done there: look, hand in files, propose a contact, ask for a new link.

Xã Bình An opens its link: the obligation is found if the link is genuine, not revoked, and unit and receiver are in
being. What it uploads is an arrival first; then it is filed at once, so the page can say what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plan_lifecycle.channels.upload import UploadChannel, UploadedFile
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.state_words import obligation_words
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.domain.writing import short_date
from plan_lifecycle.lifecycle.collect import Collected, file_arrivals
from plan_lifecycle.lifecycle.office import (
    Generation,
    Office,
    Recipient,
    generation_of,
    open_desk,
    plan_ref,
    write_letter,
)
from plan_lifecycle.lifecycle.submission import Superiors, keep_bytes
from plan_lifecycle.mail.contexts import LinkRenewed, PlanRef
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store import plans as plan_rows
from plan_lifecycle.store import portal as portal_rows
from plan_lifecycle.store import uploads
from plan_lifecycle.store.portal import ContactRequest, KnownContact, Scope
from plan_lifecycle.store.uploads import HistoryEntry


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation as its unit's page names it; ``office_name`` is who asks, ``plan`` what it rests on."""

    obligation: Obligation
    unit: Unit
    unit_name: str
    receiver: Unit
    office_name: str
    plan: PlanRef | None
    today: date

    @property
    def what(self) -> str:
        """What is owed: "Báo cáo CCHC 6 tháng đầu năm 2023"."""
        return self.obligation.what

    @property
    def period(self) -> Period:
        """The period of the item."""
        return Period.parse(self.obligation.period)

    @property
    def state(self) -> str:
        """Where it stands, in the words that all letters use."""
        return obligation_words(self.obligation, self.today)


def find_obligation(office: Office, scope: Scope) -> tuple[Obligation, Generation] | None:
    """Find the obligation that a link names, and the generation that its links have now."""
    with office.store.read() as connection:
        owed = obligation_rows.owed_by(connection, [scope.unit_id]).get((scope.unit_id, scope.item, scope.period), [])
        generation = generation_of(portal_rows.generations(connection), scope)
    obligation = next((one for one in owed if one.plan_id == scope.plan_id), None)
    return (obligation, generation) if obligation else None


def describe(office: Office, tree: UnitTree, obligation: Obligation, today: date) -> Owed | None:
    """Give the obligation with the names around it; None where unit or receiver is no more."""
    unit, receiver = tree.get(obligation.unit_id), tree.get(obligation.receiver_id)
    if unit is None or receiver is None:
        return None
    with office.store.read() as connection:
        plan = plan_rows.get_plan(connection, obligation.plan_id)
    return Owed(
        obligation=obligation,
        unit=unit,
        unit_name=tree.named(unit),
        receiver=receiver,
        office_name=tree.named(office.coordinating_agency(tree, receiver)),
        plan=plan_ref(tree, plan) if plan.issued_on else None,
        today=today,
    )


def what_came(office: Office, obligation: Obligation) -> list[HistoryEntry]:
    """List everything that came for the obligation, newest first, with what became of it."""
    with office.store.read() as connection:
        return uploads.history(connection, obligation.id)


def people_of(office: Office, unit_id: str, today: date) -> tuple[list[KnownContact], list[ContactRequest]]:
    """List the unit's contacts, and what was proposed about them."""
    with office.store.read() as connection:
        return (
            portal_rows.contacts_of(connection, unit_id, today),
            portal_rows.contact_requests(connection, unit_id),
        )


def keep_upload(
    office: Office,
    obligation: Obligation,
    files: Sequence[UploadedFile],
    *,
    name: str,
    post: str,
    batch: str,
    now: datetime,
) -> list[int]:
    """Keep each file as an arrival, at once with who sent it; return their ids. Raises PlanLifecycleError."""
    channel = UploadChannel(obligation, files, f"{name}, {post}")
    values = {"obligation_id": obligation.id, "batch": batch, "name": name, "post": post, "uploaded_at": now}
    ids = []
    for came in channel.arrivals(now=now, since=None, known=()):
        kept = keep_bytes(office, came.data, came.file_name)
        with office.store.write() as connection:
            arrival_rows.record(connection, came, kept.blob, quarantined=kept.quarantined, taken=kept.look)
            ids += uploads.save_upload(connection, [came.key], values)
    return ids


def settle(
    office: Office, arrival_ids: Sequence[int], unit_id: str, now: datetime, superiors: Superiors | None = None
) -> None:
    """File what waits of the unit, unless somebody else has filed these arrivals in the meantime."""
    with office.store.read() as connection:
        waiting = uploads.are_waiting(connection, arrival_ids)
    if waiting:
        file_arrivals(office, now, Collected(), of_unit=unit_id, superiors=superiors)


def renew(office: Office, scope: Scope, generation: Generation, now: datetime) -> bool:
    """Queue a fresh link for the unit's registered contacts, once a day; False where the old one is worth nothing."""
    found = find_obligation(office, scope)
    if found is None or found[1] != generation:
        return False
    obligation = found[0]
    key = f"link:{obligation.id}:{now.date().isoformat()}"
    with office.store.read() as connection:
        if letter_rows.known(connection, [f"{key}:0"]):
            return True  # whoever asks again and again costs nothing more
        desk = open_desk(office, connection, now, [obligation])
    link = desk.link(obligation)
    if link is None or not desk.both_exist(obligation):
        return False
    unit = desk.tree[obligation.unit_id]
    context = LinkRenewed(
        sender=desk.sender_of(obligation),
        to=desk.tree.named(unit),
        today=now.date(),
        what=obligation.what,
        link=link,
        code=desk.code(obligation),
        paper=obligation.paper,
    )
    letters: list[Letter] = []
    for number, contact in enumerate(desk.contacts.get(unit.id, [])):
        to = Recipient(contact.email, contact.name, unit.id)
        letters.append(write_letter(office, context, key=f"{key}:{number}", to=to, now=now))
    with office.store.write() as connection:
        letter_rows.queue(connection, letters)
    return True


def deadline_words(owed: Owed) -> str:
    """Word the deadline as the plan does it, with its last day, an extension, and the day for what was returned."""
    obligation, words = owed.obligation, owed.obligation.phrase.rstrip(".; ")
    if obligation.due_on is None:
        return obligation.phrase
    if obligation.extended_from:
        words += f", được gia hạn đến hết ngày {short_date(obligation.due_on)}"
    else:
        words += f" (chậm nhất hết ngày {short_date(obligation.due_on)})"
    if obligation.state is ObligationState.RETURNED and obligation.resend_by:
        words += f"; đề nghị gửi lại chậm nhất hết ngày {short_date(obligation.resend_by)}"
    return words

"""Collecting: whatever came in over any channel is kept, judged at the gate, matched, checked and filed.

Xã Bình An's file becomes an arrival first, so nothing is lost whatever happens next; then, in one transaction, a
submission with its findings, the obligation's new state and the receipt. An arrival is settled once: a second run, or
a second process, finds it settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from plan_lifecycle.channels import Channel, ChannelFault, MailboxChannel, Settling
from plan_lifecycle.documents.bounded import Bounded
from plan_lifecycle.documents.gate import Verdict
from plan_lifecycle.documents.gate import version as gate_version
from plan_lifecycle.documents.read_ahead import ahead
from plan_lifecycle.documents.version import readers_version
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.obligation import RELEASED, Obligation
from plan_lifecycle.domain.submission import Arrival, ArrivalState
from plan_lifecycle.domain.unit import UnitTree
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._early import take_up_early
from plan_lifecycle.lifecycle.collect._guess import another_item
from plan_lifecycle.lifecycle.collect._left import leave, leave_unread
from plan_lifecycle.lifecycle.collect._mailroom import receive_mail
from plan_lifecycle.lifecycle.collect._only_changes import only_changes
from plan_lifecycle.lifecycle.collect._placed import settle_by_paper
from plan_lifecycle.lifecycle.collect._score_forms import ASKED, take_score_form, take_up_score_forms
from plan_lifecycle.lifecycle.collect._whose import claimed
from plan_lifecycle.lifecycle.office import Desk, Office, UnforeseenError, contained, open_desk, told_in
from plan_lifecycle.lifecycle.submission import (
    OWN_DRAFT,
    RETURNED_BEFORE,
    SECRECY_MARK,
    Superiors,
    Upload,
    file_arrival,
    judge,
    keep_bytes,
    only_meant,
    other_item,
    receipt_letters,
    refusal_letters,
    review_clean,
    take_out,
    take_out_early,
    to_look_into,
    told_at_once,
    turn,
)
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.database import Connection, StoreBusyError

ASKED_AGAIN = timedelta(days=31)
"""How far before its newest arrival a channel is asked: what failed then, or comes late, is not passed by."""


@dataclass(slots=True)
class Collected:
    """What a run did; ``faults`` are channels and items that could not be taken in (they are asked again)."""

    arrived: int = 0
    filed: int = 0
    refused: int = 0
    unmatched: int = 0
    duplicates: int = 0
    accepted: int = 0
    returned: int = 0
    faults: list[str] = field(default_factory=list)


def collect(office: Office, channels: Iterable[Channel | MailboxChannel], now: datetime) -> Collected:
    """Take in what the channels have, file it, and review what needs no person."""
    done = Collected()
    for channel in channels:
        receive(office, channel, now, done)
    return file_and_review(office, now, done)


def file_and_review(office: Office, now: datetime, done: Collected | None = None) -> Collected:
    """File what is waiting, then accept or return what the rules leave to the software."""
    done = done or Collected()
    tree = file_arrivals(office, now, done)
    reviewed = review_clean(office, now, tree=tree)
    done.accepted, done.returned = reviewed.accepted, reviewed.returned
    done.faults += reviewed.faults
    return done


def receive(office: Office, channel: Channel | MailboxChannel, now: datetime, done: Collected) -> None:
    """Keep every new arrival of a channel; its bytes are safe before anything else is done with them."""
    if isinstance(channel, MailboxChannel):
        taken = receive_mail(office, channel, now)
        done.arrived += taken.arrived
        done.faults += taken.faults
        return
    with office.store.read() as connection:
        known = arrival_rows.known_keys(connection, channel.name)
        newest = arrival_rows.latest(connection, channel.name)
    since = newest - ASKED_AGAIN if newest else None
    with only_changes(office, channel, since, now, done.faults):
        try:
            with contained(channel.name, told_in(done.faults, channel.name)):
                coming = channel.arrivals(now=now, since=since, known=known)
                for came, bounded in ahead(office.bounded, coming, partial(_looked_into, office)):
                    if isinstance(came, ChannelFault):
                        done.faults.append(f"{channel.name}: {came.reason}")
                    else:
                        _take_in(office, channel, came, done, bounded)
        except StoreBusyError as error:  # the database takes nothing just now: the other channels may fare better
            done.faults.append(f"{channel.name}: {error}")


def file_arrivals(
    office: Office, now: datetime, done: Collected, *, of_unit: str | None = None, superiors: Superiors | None = None
) -> UnitTree | None:
    """Settle every arrival, of all units or of one, that nothing was decided about yet, oldest first.

    One that fails waits; the others are settled. One at which a reader failed unforeseen waits for a person, and is
    tried again by the next version of the readers. Where the database takes nothing, all that is left waits for the
    next run. ``superiors`` are those that were read a moment ago. Returns the units as they were read for it;
    None where nothing waited.
    """
    if of_unit is None:
        _try_unread_again(office)
        take_up_early(office, done.faults)
        take_up_score_forms(office, now)
    with office.store.read() as connection:
        waiting = arrival_rows.waiting(connection, of_unit, gate=gate_version())
        if not waiting:
            return None
        units = {arrival.unit_id for arrival in waiting if arrival.unit_id}
        known = obligation_rows.owed_by(connection, units)
        owed = {arrival.id: known.get(claimed(arrival), []) for arrival in waiting}
        subjects = [obligation for found in owed.values() for obligation in found]
        tree = superiors.tree if superiors else None
        desk = open_desk(office, connection, now, subjects, answers_to=units, tree=tree)
    superiors = superiors or Superiors(office, desk.tree)
    early = partial(_take_out_early, desk, owed)
    for arrival, upload in ahead(office.bounded, sorted(waiting, key=turn), early):
        state = None
        try:
            with contained(
                f"arrival {arrival.id}", partial(_failed_at, office, arrival, done, now), arrival=arrival.id
            ):
                state = _settle(desk, superiors, arrival, owed[arrival.id], upload)
        except StoreBusyError as error:
            done.faults.append(f"{arrival.channel}: {arrival.file_name} and what came after it: {error}")
            return desk.tree
        if state is ArrivalState.FILED:
            done.filed += 1
        elif state is ArrivalState.REFUSED:
            done.refused += 1
        elif state is ArrivalState.UNMATCHED:
            done.unmatched += 1
        elif state is ArrivalState.DUPLICATE:
            done.duplicates += 1
    return desk.tree


def _try_unread_again(office: Office) -> None:
    """Make new again what an earlier version of the readers failed at."""
    version = readers_version()
    with office.store.read() as connection:
        unread = arrival_rows.unread(connection, version)
    if unread:
        with office.store.write() as connection:
            arrival_rows.try_again(connection, version)


def _failed_at(
    office: Office, arrival: StoredArrival, done: Collected, now: datetime, error: PlanLifecycleError
) -> None:
    """Tell what went wrong with one arrival; what nobody foresaw is not tried again by the same readers."""
    done.faults.append(f"{arrival.channel}: {arrival.file_name}: {error}")
    if isinstance(error, UnforeseenError):
        done.unmatched += leave_unread(office, arrival, now)


def _looked_into(office: Office, came: Arrival | ChannelFault) -> Bounded:
    return office.bounded if isinstance(came, ChannelFault) else to_look_into(office.bounded, came.data)


def _take_in(office: Office, channel: Channel, came: Arrival, done: Collected, bounded: Bounded) -> None:
    """Keep one arrival, then let the channel clear it away. One that cannot be kept stays where it is.

    ``bounded`` is who has begun to look into it.
    """
    with contained(came.key, told_in(done.faults, f"{channel.name}: {came.file_name}")):
        kept = keep_bytes(office, came.data, came.file_name, bounded)
        with office.store.write() as connection:
            new = arrival_rows.record(connection, came, kept.blob, quarantined=kept.quarantined, taken=kept.look)
        done.arrived += new
        if isinstance(channel, Settling):
            channel.settle(came.key, kept.refusal or "Đã tiếp nhận; kết quả kiểm tra được thông tin bằng thư.",
                           refused=kept.refusal is not None)  # fmt: skip


def _take_out_early(desk: Desk, owed: Mapping[int, Sequence[Obligation]], arrival: StoredArrival) -> Upload | None:
    """What is wrong with it is told in its turn."""
    taken: list[Upload | None] = []
    with contained(f"arrival {arrival.id}, before its turn", lambda _: None, arrival=arrival.id):
        taken.append(take_out_early(desk, arrival, _binding(owed[arrival.id]), ASKED))
    return taken[0] if taken else None


def _settle(
    desk: Desk,
    superiors: Superiors,
    arrival: StoredArrival,
    owed: Sequence[Obligation],
    upload: Upload | None,
) -> ArrivalState | None:
    """Decide one arrival, whose ``upload`` may be being read already; None where another process was quicker."""
    store = desk.office.store
    if arrival.blob is None:
        letters = refusal_letters(desk, arrival, owed[0], SECRECY_MARK) if owed else []
        return _close(desk, arrival, ArrivalState.REFUSED, SECRECY_MARK, letters)
    if (taken := take_score_form(desk, arrival, upload)) is not None:
        return taken
    if not owed:
        return settle_by_paper(desk, superiors, arrival)
    upload, binding = upload or take_out(desk.office, arrival), _binding(owed)
    judged = judge(desk, superiors, upload, binding)
    if arrival.channel == MailboxChannel.name and other_item(desk, upload, judged, binding[0]):
        may_be = another_item(arrival.unit_id, binding[0].item.value)
        return leave(desk.office, arrival, Doubt.OTHER_ITEM.words, Doubt.OTHER_ITEM, may_be, desk.now)
    if isinstance(judged, Verdict):
        letters = refusal_letters(desk, arrival, owed[0], judged.reason, delivered=judged.code != OWN_DRAFT)
        return _close(desk, arrival, ArrivalState.REFUSED, judged.reason, letters)
    judged = only_meant(desk, upload, judged, binding)
    binding = [obligation for obligation in binding if obligation.id in judged.checked]
    receipts = receipt_letters(
        desk, arrival, binding, told_at_once(store, judged, binding[0], desk.office.rules.signed_paper_for)
    )
    again = partial(refusal_letters, desk, arrival, reason=RETURNED_BEFORE)
    with store.write() as connection:
        return file_arrival(connection, arrival, judged, receipts, again)


def _binding(owed: Sequence[Obligation]) -> Sequence[Obligation]:
    """What of it still binds the unit; where nothing does, the first."""
    return [obligation for obligation in owed if obligation.state not in RELEASED] or owed[:1]


def _close(
    desk: Desk, arrival: StoredArrival, state: ArrivalState, reason: str, letters: Iterable[Letter] = ()
) -> ArrivalState | None:
    with desk.office.store.write() as connection:
        letter_rows.queue(connection, letters)
        return _settled(connection, arrival, state, reason)


def _settled(connection: Connection, arrival: StoredArrival, state: ArrivalState, reason: str) -> ArrivalState | None:
    return state if arrival_rows.settle(connection, arrival.id, state, reason) else None

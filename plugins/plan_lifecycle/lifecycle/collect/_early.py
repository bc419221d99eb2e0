"""What came before it was owed is filed when it is: xã Bình An's plan of 10/02 once the district's plan of 15/02 asks.

The day on which it came stays. Where it is still not clear what it is for, the list says so, and a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from plan_lifecycle.channels import MailboxChannel
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._whose import Claim, claimed, of_what_is_owed
from plan_lifecycle.lifecycle.office import Office, contained
from plan_lifecycle.lifecycle.submission import item_told, take_out
from plan_lifecycle.store import arrivals as arrival_rows
from plan_lifecycle.store import guesses
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.arrivals import StoredArrival


def take_up_early(office: Office, faults: list[str]) -> None:
    """Make new again what waited for nothing but to be owed, and is owed now."""
    with office.store.read() as connection:
        ids = guesses.now_owed(connection, [Doubt.NOTHING_OWED.value])
        arrivals = [arrival for number in ids if (arrival := arrival_rows.get(connection, number)) is not None]
        known = obligation_rows.owed_by(connection, {arrival.unit_id for arrival in arrivals if arrival.unit_id})
    for arrival in arrivals:
        owed = [obligation for key, some in known.items() if key[0] == arrival.unit_id for obligation in some]
        with contained(f"arrival {arrival.id}", partial(_told, faults, arrival), arrival=arrival.id):
            _take_up(office, arrival, owed)


def _take_up(office: Office, arrival: StoredArrival, owed: Sequence[Obligation]) -> None:
    claim = _claim(office, arrival, owed)
    with office.store.write() as connection:
        if arrival.channel != MailboxChannel.name and not (arrival.unit_id and arrival.item):
            arrival_rows.renew(connection, arrival.id)
        elif claim.doubt is None and claim.unit_id and claim.item and claim.period:
            arrival_rows.take_up(connection, arrival.id, claim.unit_id, claim.item, claim.period)
        elif claim.doubt is not None and arrival.channel == MailboxChannel.name:
            arrival_rows.doubt_again(connection, arrival.id, claim.doubt.words, claim.doubt.value)


def _claim(office: Office, arrival: StoredArrival, owed: Sequence[Obligation]) -> Claim:
    """Take it for what its sender said; a mail's file for what its name says, else for what the paper calls itself."""
    said = claimed(arrival)
    if any((obligation.unit_id, obligation.item.value, obligation.period) == said for obligation in owed):
        return Claim(*said)
    if arrival.unit_id is None or arrival.channel != MailboxChannel.name or arrival.item is not None:
        return Claim(arrival.unit_id, doubt=Doubt.NOTHING_OWED)
    claim = of_what_is_owed(arrival.unit_id, owed, arrival.file_name)
    if claim.doubt is not Doubt.SEVERAL_ITEMS or arrival.blob is None:
        return claim
    upload = take_out(office, arrival)
    if arrival.quarantined and upload.original is None:  # what the gate did not let in is not opened
        return claim
    told = item_told(office, upload.data)
    some = [obligation for obligation in owed if obligation.item is told]
    return of_what_is_owed(arrival.unit_id, some, "") if some else claim


def _told(faults: list[str], arrival: StoredArrival, error: PlanLifecycleError) -> None:
    faults.append(f"{arrival.channel}: {arrival.file_name}: {error}")

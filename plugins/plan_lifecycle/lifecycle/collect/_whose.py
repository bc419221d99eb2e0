"""Whose a message is, and what it answers: first the token in its reply address, then its thread, then its sender.

Xã Bình An answers a reminder: the letter that it answers says what was owed, the sender must be one of the commune's
own people, and the file's name may not speak against it. Where any of it is in doubt a person decides: a file that
waits for a coordinator is a small harm, one that is filed under another commune a great one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plan_lifecycle.channels import IncomingMessage
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation, ObligationState
from plan_lifecycle.domain.period import Period
from plan_lifecycle.domain.text import normalise, without_accents
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store import obligations as obligation_rows
from plan_lifecycle.store.arrivals import StoredArrival
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.messages import OwnLetter

AWAITED = OUTSTANDING | {ObligationState.FIGURES_ONLY}
"""For what something may come still: also the signed paper to figures."""
_PLAN = re.compile(r"\b(?:ke hoach|kehoach|kh)\b")
_REPORT = re.compile(r"\b(?:bao cao|baocao|bc)\b")
_DMARC_FAILED = re.compile(r"(?i)\bdmarc\s*=\s*fail\b")


@dataclass(frozen=True)
class Attribution:
    """What a message is about. ``units`` are those that its sender may write for; ``answered`` the letter it answers;
    ``candidates`` what may be meant. ``doubt`` leaves everything in it to a person."""

    sender: str | None
    units: tuple[str, ...] = ()
    answered: OwnLetter | None = None
    candidates: tuple[Obligation, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one file is filed as; a ``doubt`` leaves it to a person, with what is known so far."""

    unit_id: str | None = None
    item: str | None = None
    period: str | None = None
    doubt: Doubt | None = None


def attribute(office: Office, connection: Connection, message: IncomingMessage, today: date) -> Attribution:
    """Find who writes, in answer to what."""
    sender = message.senders[0] if len(message.senders) == 1 else None
    units = tuple(message_rows.units_of(connection, sender, today)) if sender else ()
    found = replace(_answered(office, connection, message), sender=sender, units=units)
    if sender is None:
        return replace(found, doubt=Doubt.NO_SENDER)
    if _DMARC_FAILED.search(message.headers.get("authentication-results", "")):
        return replace(found, doubt=Doubt.NOT_AUTHENTICATED)
    if found.candidates:
        return _of_the_letter(found)
    if not units:
        return replace(found, doubt=Doubt.STRANGER)
    if len(units) > 1:
        return replace(found, doubt=Doubt.SEVERAL_UNITS)
    return _of_the_sender(connection, found)


def claim_of(attribution: Attribution, file_name: str, named: Collection[str] = ()) -> Claim:
    """Say what one file of the message is. Its name may narrow the choice, or speak against the only one.

    ``named`` are the ids of those of the sender's units that the name names.
    """
    candidates = attribution.candidates
    if named:
        candidates = tuple(obligation for obligation in candidates if obligation.unit_id in named)
    chosen, doubt = _chosen(candidates, file_name)
    doubt = attribution.doubt or doubt
    if chosen is not None:
        return Claim(chosen.unit_id, chosen.item.value, chosen.period, doubt)
    units = {obligation.unit_id for obligation in candidates} or set(named or attribution.units)
    return Claim(units.pop() if len(units) == 1 else None, doubt=doubt)


def _answered(office: Office, connection: Connection, message: IncomingMessage) -> Attribution:
    """Find the nearest letter of ours that asks for something; a true token goes before the thread."""
    told = office.replies.message_ids([*message.recipients, message.subject], office.mail_domain) if (
        office.replies
    ) else []  # fmt: skip
    for letter in message_rows.letters_with(connection, [*told, *message.in_reply_to]):
        about = message_rows.obligations_of(connection, letter)
        if about:
            return Attribution(None, answered=letter, candidates=tuple(about))
    return Attribution(None)


def _of_the_letter(found: Attribution) -> Attribution:
    """Keep to what the letter asked of the sender's own units."""
    own = tuple(obligation for obligation in found.candidates if obligation.unit_id in found.units)
    if not own:
        return replace(found, doubt=Doubt.NOT_OF_THE_UNIT if found.units else Doubt.STRANGER)
    several = len({obligation.unit_id for obligation in own}) > 1
    return replace(found, candidates=own, doubt=Doubt.SEVERAL_UNITS if several else None)


def of_what_is_owed(unit_id: str, owed: Sequence[Obligation], file_name: str) -> Claim:
    """Say which of the things that a unit owes a file is by its name, where that is only one."""
    still = tuple(obligation for obligation in owed if obligation.state in AWAITED)
    return claim_of(Attribution(None, (unit_id,), candidates=still), file_name)


def claimed(arrival: StoredArrival) -> obligation_rows.Owed:
    """Read what the sender says it is, however it is spelt: "Report", "2023-h1"."""
    try:
        period = Period.parse(arrival.period or "").code
    except InputError:
        period = arrival.period or ""
    return arrival.unit_id or "", (arrival.item or "").strip().lower(), period


def _of_the_sender(connection: Connection, found: Attribution) -> Attribution:
    """Take a message that answers no letter: clear only where the one unit owes one thing."""
    owed = [obligation for some in obligation_rows.owed_by(connection, found.units).values() for obligation in some]
    still = _handed_in([obligation for obligation in owed if obligation.state in AWAITED])
    if not still:
        return replace(found, doubt=Doubt.NOTHING_OWED)
    return replace(found, candidates=still, doubt=Doubt.SEVERAL_ITEMS if len(_keys(still)) > 1 else None)


def _chosen(candidates: Sequence[Obligation], file_name: str) -> tuple[Obligation | None, Doubt | None]:
    """Pick the one obligation that a file of this name can be meant for, or why there is none."""
    named = item_named(file_name)
    fitting = [obligation for obligation in _handed_in(candidates) if named is None or obligation.item is named]
    if not fitting:
        return None, Doubt.OTHER_ITEM
    if len(_keys(fitting)) > 1:
        fitting = [obligation for obligation in fitting if obligation.state in AWAITED]
    return (fitting[0], None) if len(_keys(fitting)) == 1 else (None, Doubt.SEVERAL_ITEMS)


def _handed_in(owed: Sequence[Obligation]) -> tuple[Obligation, ...]:
    """Pick what a file may be for: a quota is counted on the unit's site, and meant only where nothing else is."""
    return tuple(obligation for obligation in owed if obligation.item is not Item.QUOTA) or tuple(owed)


def item_named(file_name: str) -> Item | None:
    """Tell a plan from a report, where the name says just one of them: "07-KH-UBND.docx", "Báo cáo quý I.pdf"."""
    words = without_accents(normalise(re.sub(r"[\W_]+", " ", file_name)))
    plan, report = bool(_PLAN.search(words)), bool(_REPORT.search(words))
    if plan == report:
        return None
    return Item.SUB_PLAN if plan else Item.REPORT


def _keys(obligations: Sequence[Obligation]) -> set[obligation_rows.Owed]:
    return {(obligation.unit_id, obligation.item.value, obligation.period) for obligation in obligations}

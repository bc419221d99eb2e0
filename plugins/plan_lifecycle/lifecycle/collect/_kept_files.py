"""The files of one message as they are kept: what each is filed as, or why it waits for a person and what it may be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from plan_lifecycle.channels import FilePart, IncomingMessage, MailboxChannel, MailItem
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import Arrival
from plan_lifecycle.domain.unit import Unit, UnitTree
from plan_lifecycle.lifecycle.collect._acknowledge import LeftFiles
from plan_lifecycle.lifecycle.collect._answerable import is_a_persons
from plan_lifecycle.lifecycle.collect._doubts import OF_THE_ITEM, Doubt
from plan_lifecycle.lifecycle.collect._guess import guesses_of
from plan_lifecycle.lifecycle.collect._whose import Attribution, Claim, claim_of
from plan_lifecycle.lifecycle.office import MOST_NAMED, Office, UnitNames, named_among
from plan_lifecycle.lifecycle.submission import form_marks, keep_bytes, units_told
from plan_lifecycle.mail.incoming import Kind
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store import submission_files as file_rows
from plan_lifecycle.store import units as unit_rows
from plan_lifecycle.store.database import Connection
from plan_lifecycle.store.messages import KeptFile

_SILENT = frozenset({Doubt.NOT_AUTHENTICATED, Doubt.BY_MACHINE})
"""Doubts about who writes, to whom nothing is said."""


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """``left`` are those that wait and of which their sender hears; ``secret``: one bears a mark and was not kept."""

    files: tuple[KeptFile, ...]
    doubt: Doubt | None
    secret: bool
    left: LeftFiles | None


def brought(connection: Connection, message: IncomingMessage) -> list[FilePart]:
    """Pick the files that are the sender's own, each content once: not what our letter brought them and comes back."""
    enclosing = [letter for file in message.files for letter in file.within]
    our_letters = {letter.message_id for letter in message_rows.letters_with(connection, enclosing)}
    by_digest = {
        hashlib.sha256(file.data).hexdigest(): file
        for file in reversed(message.files)
        if not our_letters.intersection(file.within)
    }
    ours = message_rows.own_drafts(connection, by_digest)
    return [file for digest, file in reversed(by_digest.items()) if digest not in ours]


def keep_files(
    office: Office,
    item: MailItem,
    message: IncomingMessage,
    found: Attribution,
    kind: Kind,
    files: Sequence[FilePart],
) -> KeptFiles:
    """Keep the bytes of each file, and say what it is filed as or why not."""
    kept = [_one(office, item, message, found, kind, *numbered) for numbered in enumerate(files, start=1)]
    secret = any(file.blob is None for file, _ in kept)
    doubts = [doubt for _, doubt in kept if doubt is not None]
    waits = [file for file, doubt in kept if doubt is not None]
    silent = secret or not waits or _SILENT.intersection(doubts)
    left = None if silent else left_files(found, waits, item)
    doubt = Doubt.SECRECY if secret else next(iter(doubts), None)
    return KeptFiles(tuple(file for file, _ in kept), doubt, secret, left)


def by_machine(office: Office, message: IncomingMessage, found: Attribution, kind: Kind) -> bool:
    """Whether no person seems to have sent a message with files. Who is a unit's own needs no words of what is owed."""
    if kind is Kind.OTHER and found.units and found.sender is not None:
        return not is_a_persons(office, message, found.sender)
    return kind is not Kind.SUBMISSION


def arrival_of(item: MailItem, message: IncomingMessage, claim: Claim, place: str, name: str, data: bytes) -> Arrival:
    """Write down a file of a message, or the message itself, as what came in."""
    return Arrival(
        channel=MailboxChannel.name,
        key=f"{message.identity}/{place}",
        received_at=item.received_at,
        file_name=name,
        data=data,
        unit_id=claim.unit_id,
        item=claim.item,
        period=claim.period,
        sender=message.senders[0] if message.senders else None,
    )


def left_files(found: Attribution, waits: Sequence[KeptFile], item: MailItem) -> LeftFiles:
    """Say of files that wait what their sender may hear: other units than the sender's own are not named."""
    guessed = dict.fromkeys(guess.unit_id for file in waits for guess in file.guesses)
    own = tuple(unit_id for unit_id in guessed if unit_id in found.units) or found.units
    return LeftFiles(
        units=own or tuple(guessed),
        known=bool(found.units),
        names=tuple(file.came.file_name for file in waits),
        received_at=item.received_at,
        thread=found.answered.key if found.answered else None,
    )


def _one(
    office: Office,
    item: MailItem,
    message: IncomingMessage,
    found: Attribution,
    kind: Kind,
    place: int,
    file: FilePart,
) -> tuple[KeptFile, Doubt | None]:
    lies = keep_bytes(office, file.data, file.name)
    blob = None if lies.quarantined else lies.blob
    claim = _claim(office, item, found, file, blob)
    doubt = claim.doubt or (Doubt.BY_MACHINE if by_machine(office, message, found, kind) else None)
    came = arrival_of(item, message, claim, str(place), file.name, file.data)
    if doubt is None:
        return KeptFile(came, lies.blob, None, lies.quarantined, lies.look), None
    named = _units_named(office, item, f"{message.subject} {file.name}", file, blob) if not found.units else []
    guesses = guesses_of(found, claim, file.name, named)
    return KeptFile(came, lies.blob, doubt.words, lies.quarantined, lies.look, doubt.value, guesses), doubt


def _claim(office: Office, item: MailItem, found: Attribution, file: FilePart, blob: str | None) -> Claim:
    """Say what a file is filed as. Our own form says it by itself, and so does what its unit has sent before."""
    form = _claim_of_form(office, found, file) if blob is not None else None
    if form is not None:
        return form
    several = found.doubt is Doubt.SEVERAL_UNITS
    claim = claim_of(found, file.name, _among(office, item, found, file, blob) if several else ())
    told = found.answered is not None or (claim.doubt is not None and claim.doubt not in OF_THE_ITEM)
    if told or len(found.units) != 1 or blob is None:
        return claim
    with office.store.read() as connection:
        known = file_rows.filed_for(connection, blob, found.units[0])
    return Claim(known.unit_id, known.item, known.period) if known else claim


def _claim_of_form(office: Office, found: Attribution, file: FilePart) -> Claim | None:
    """Believe our own form of whose and of which period it is, where no letter of one unit's is answered."""
    if found.answered is not None and found.doubt is not Doubt.SEVERAL_UNITS:
        return None
    marks = form_marks(office, file.data)
    if marks is None:
        return None
    unit_id, period = marks
    if found.doubt not in (None, Doubt.SEVERAL_UNITS, *OF_THE_ITEM):
        return Claim(unit_id, Item.REPORT.value, period, found.doubt)
    if unit_id in found.units:
        return Claim(unit_id, Item.REPORT.value, period)
    only = found.units[0] if len(found.units) == 1 else None
    return Claim(only, Item.REPORT.value, None, Doubt.FORM_OF_ANOTHER)


def _among(office: Office, item: MailItem, found: Attribution, file: FilePart, blob: str | None) -> list[str]:
    """Those of the sender's units whose a file is by its name, else by its letterhead."""
    tree = _tree(office, item)
    own = [tree[unit_id] for unit_id in found.units if unit_id in tree]
    named = named_among(own, file.name) or (units_told(office, file.data, tree, own) if blob is not None else [])
    return [unit.id for unit in named]


def _units_named(office: Office, item: MailItem, words: str, file: FilePart, blob: str | None) -> list[Unit]:
    """The units that a stranger's words name, else those whose letterhead the file bears."""
    tree = _tree(office, item)
    named = UnitNames(tree).named_in(words)
    if named or blob is None:
        return named
    told = units_told(office, file.data, tree, tree.units)
    return told if len(told) <= MOST_NAMED else []


def _tree(office: Office, item: MailItem) -> UnitTree:
    with office.store.read() as connection:
        return unit_rows.load_tree(connection, item.received_at.astimezone(LOCAL).date())

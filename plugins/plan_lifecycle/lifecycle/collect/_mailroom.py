"""The mailroom: every message is judged, kept with its files, and only then moved out of the inbox.

Xã Bình An answers a reminder with its report: file and message are in the store in one transaction, then the message
goes to the folder of what is done. A crash in between repeats nothing, since a message is known by what it is. Bounces
and automatic answers are noted and never filed; a person's message without a file is answered once, politely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from plan_lifecycle.channels import (
    ChannelError,
    FilePart,
    IncomingMessage,
    MailboxChannel,
    MailItem,
    Verdict,
    read_message,
    safe_name,
)
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.statement import read_statement
from plan_lifecycle.lifecycle.collect._acknowledge import waiting_letters
from plan_lifecycle.lifecycle.collect._doubts import Doubt
from plan_lifecycle.lifecycle.collect._guess import guesses_of
from plan_lifecycle.lifecycle.collect._kept_files import arrival_of, brought, keep_files, left_files
from plan_lifecycle.lifecycle.collect._no_usable_file import Instead, no_file_letters
from plan_lifecycle.lifecycle.collect._whose import Attribution, attribute, claim_of
from plan_lifecycle.lifecycle.office import Office, contained, told_in
from plan_lifecycle.lifecycle.send import note_bounce
from plan_lifecycle.lifecycle.submission import WHOLE_MESSAGE
from plan_lifecycle.mail.incoming import Classified, Kind, classify, names_a_share, own_words
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store.database import StoreBusyError
from plan_lifecycle.store.messages import KeptFile, StoredMessage

_NEVER_FILED = frozenset({Kind.BOUNCE, Kind.AUTO_REPLY, Kind.FEEDBACK})


@dataclass(slots=True)
class MailTaken:
    """What a run took in: messages that are new, files among them; ``faults`` are asked again or told once."""

    messages: int = 0
    arrived: int = 0
    answered: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Judged:
    """A message as it will be kept."""

    kind: Kind
    verdict: Verdict
    files: Sequence[KeptFile] = ()
    letters: Sequence[Letter] = ()
    doubt: Doubt | None = None
    secret: bool = False


def receive_mail(office: Office, mailbox: MailboxChannel, now: datetime) -> MailTaken:
    """Take in every new message; one that cannot be kept stays in the inbox, and the others come in."""
    done = MailTaken()
    try:
        for item in mailbox.messages(now=now, known=lambda keys: _known(office, keys)):
            with contained(item.key, told_in(done.faults, f"{mailbox.name}: {item.key}")):
                mailbox.stored(item.key, take_in(office, item, now, done))
    except (ChannelError, StoreBusyError) as error:
        done.faults.append(f"{mailbox.name}: {error}")
    return done


def take_in(office: Office, item: MailItem, now: datetime, done: MailTaken) -> Verdict:
    """Keep one message; returns where it is moved to. Taking it in again, from wherever, changes nothing."""
    message = read_message(item.data)
    with office.store.read() as connection:
        before = message_rows.verdict_on(connection, message.identity)
    if before is None:
        before = _keep(office, item, message, _judge(office, item, message, now), done)
    else:
        with office.store.write() as connection:
            message_rows.seen_at(connection, item.key, message.identity)
    return Verdict(before)


def _known(office: Office, keys: Sequence[str]) -> dict[str, str]:
    with office.store.read() as connection:
        return message_rows.verdicts(connection, keys)


def _keep(office: Office, item: MailItem, message: IncomingMessage, judged: _Judged, done: MailTaken) -> str:
    problems = "; ".join([*([judged.doubt.words] if judged.doubt else []), *message.problems]) or None
    new = StoredMessage(
        identity=message.identity,
        message_id=message.message_id,
        sender=message.senders[0] if message.senders else None,
        subject=message.subject,
        received_at=item.received_at,
        size=item.size,
        blob=_keep_whole(office, item, judged),
        kind=judged.kind.value,
        verdict=judged.verdict.value,
        reason=problems,
    )
    with office.store.write() as connection:
        arrived = message_rows.keep(connection, item.key, new, judged.files)
        answered = letter_rows.queue(connection, judged.letters) if arrived is not None else {}
    if arrived is not None:
        done.messages += 1
        done.arrived += arrived
        done.answered += len(answered)
        if message.problems:
            done.faults.append(f"mailbox: {item.key}: {problems}")
    return new.verdict


def _keep_whole(office: Office, item: MailItem, judged: _Judged) -> str | None:
    """Keep the message as it came, in quarantine with a file that was not let in; a marked file leaves none of it."""
    if judged.secret:
        return None
    refused = any(file.quarantined for file in judged.files)
    return (office.store.quarantine if refused else office.store.blobs).put(item.data)


def _judge(office: Office, item: MailItem, message: IncomingMessage, now: datetime) -> _Judged:
    classified = classify(item.data)
    kind = classified.kind
    if kind is Kind.BOUNCE:
        _note_bounce(office, item.data, classified, now)
    if kind in _NEVER_FILED:
        return _Judged(kind, Verdict.DONE)
    with office.store.read() as connection:
        found = attribute(office, connection, message, now.date())
        files = brought(connection, message)
    if not item.whole:
        return _too_large(office, item, message, found, kind, now)
    if files:
        return _with_files(office, item, message, found, kind, files, now)
    if kind is Kind.OTHER and not found.units:
        return _Judged(kind, Verdict.REVIEW, doubt=Doubt.NO_FILE)  # nobody's we know: noted, and left in its folder
    return _without_files(office, item, message, found, kind, now)


def _without_files(
    office: Office, item: MailItem, message: IncomingMessage, found: Attribution, kind: Kind, now: datetime
) -> _Judged:
    """Leave the message to a person; who wrote it hears that no file came, or that a link is not opened."""
    words = own_words(item.data)
    doubt = Doubt.LINK_ONLY if names_a_share(words) else Doubt.NO_FILE
    judged = _whole_message(office, item, message, found, kind, Doubt.UNREADABLE if kind is Kind.UNREADABLE else doubt)
    if kind is not Kind.SUBMISSION:
        return judged
    said = read_statement(words, item.received_at.astimezone(LOCAL).date())
    stated = said is not None and (said.extension is not None or (said.sent is not None and bool(said.sent.reference)))
    instead = Instead.STATED if stated else Instead.LINK if doubt is Doubt.LINK_ONLY else Instead.NOTHING
    letters = no_file_letters(office, message, found, item.received_at, now, instead)
    return replace(judged, letters=letters)


def _note_bounce(office: Office, data: bytes, classified: Classified, now: datetime) -> None:
    """Believe a bounce only of letters that it brings back: anybody can write that an address is dead."""
    ids = re.findall(rf"<[0-9a-f]{{32}}@{re.escape(office.mail_domain)}>", data.decode("latin-1"))
    with office.store.read() as connection:
        letters = message_rows.letters_with(connection, list(dict.fromkeys(ids))[:100])
    addresses = {letter.recipient.lower() for letter in letters}
    failures = tuple(failure for failure in classified.failures if (failure.recipient or "").lower() in addresses)
    if failures:
        first = failures[0]
        note_bounce(
            office,
            Classified(classified.kind, first.recipient, first.status, first.permanent, failures),
            now,
        )


def _with_files(
    office: Office,
    item: MailItem,
    message: IncomingMessage,
    found: Attribution,
    kind: Kind,
    files: Sequence[FilePart],
    now: datetime,
) -> _Judged:
    kept = keep_files(office, item, message, found, kind, files)
    letters = waiting_letters(office, message, found.sender, kept.left, now) if kept.left else []
    verdict = Verdict.REVIEW if kept.doubt else Verdict.DONE
    return _Judged(kind, verdict, kept.files, letters, kept.doubt, kept.secret)


def _too_large(
    office: Office, item: MailItem, message: IncomingMessage, found: Attribution, kind: Kind, now: datetime
) -> _Judged:
    """Leave a message to a person of which only the head was fetched: its files lie in the mailbox, and are awaited."""
    judged = _whole_message(office, item, message, found, kind, Doubt.TOO_LARGE)
    files = [replace(file, guesses=guesses_of(found, claim_of(found, ""), "")) for file in judged.files]
    if kind is not Kind.SUBMISSION or found.doubt is Doubt.NOT_AUTHENTICATED:
        return replace(judged, files=files)
    left = replace(left_files(found, files, item), names=())
    return replace(judged, files=files, letters=waiting_letters(office, message, found.sender, left, now))


def _whole_message(
    office: Office, item: MailItem, message: IncomingMessage, found: Attribution, kind: Kind, doubt: Doubt
) -> _Judged:
    """Leave the message itself to a person to read: "đã gửi qua trục liên thông, số 45/BC-UBND" is an answer too."""
    name = f"{safe_name(message.subject)[:150] or 'thư'}.eml"
    came = arrival_of(item, message, claim_of(found, ""), WHOLE_MESSAGE, name, item.data)
    kept = KeptFile(came, office.store.blobs.put(item.data), doubt.words, doubt=doubt.value)
    return _Judged(kind, Verdict.REVIEW, [kept], doubt=doubt)

"""Letters as they went: the newest, and one with its words and files, which nothing changes any more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from plan_lifecycle.domain.letter import Letter
from plan_lifecycle.domain.pausing import Suspension
from plan_lifecycle.lifecycle.office import Office, letter_text
from plan_lifecycle.lifecycle.remind import preview
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store import pauses


@dataclass(frozen=True, slots=True)
class LetterAsSent:
    """One letter of the outbox with what its reader sees; ``files`` are the names of what it carries."""

    letter: Letter
    text: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MailOfDay:
    """How many letters went today, turned out not to arrive, and wait; how many reminders still go today and on the
    ``next_day`` on which any go, if nobody delivers until then."""

    sent: int
    failed: int
    queued: int
    to_come: int
    next_day: date
    of_next_day: int


def mail_of_day(office: Office, now: datetime) -> MailOfDay:
    """The day's letters about units that may be seen, and those of the next day of letters."""
    day, sight = now.date(), office.sight
    begin, end = (datetime.combine(on, time(), now.tzinfo) for on in (day, day + timedelta(days=1)))
    next_day = office.rules.calendar.sending_after(day + timedelta(days=1))
    with office.store.read() as connection:
        sent = letter_rows.sent_between(connection, begin, end, sight=sight)
        failed = letter_rows.failed_between(connection, begin, end, sight=sight)
        queued = letter_rows.count_queued(connection, sight=sight)
    planned = Counter(letter.day for letter in preview(office, day, next_day, now).letters)
    return MailOfDay(sent, failed, queued, planned[day], next_day, planned[next_day])


def newest_letters(office: Office, most: int, unit_id: str | None = None) -> list[Letter]:
    """The letters that were queued last and may be seen, the newest first; of one unit alone where it is given."""
    with office.store.read() as connection:
        return letter_rows.newest(connection, most, unit_id=unit_id, sight=office.sight)


def letter_as_sent(office: Office, letter_id: int) -> LetterAsSent | None:
    """One letter, read from the bytes that went or wait to go; None where there is none of this id that may be seen.

    The links and codes in it, with which its reader acts as the unit, are kept quiet.
    """
    with office.store.read() as connection:
        letter = letter_rows.get(connection, letter_id, sight=office.sight)
    if letter is None:
        return None
    return LetterAsSent(letter, *letter_text(office.store.blobs.get(letter.blob)))


def pause_of_all(office: Office, now: datetime) -> Suspension | None:
    """What keeps back every letter today; None where letters go."""
    with office.store.read() as connection:
        return pauses.of_everything(connection, now.date())


def suspensions_now(office: Office, now: datetime) -> list[Suspension]:
    """What keeps letters back today, of all units or of one that may be seen."""
    with office.store.read() as connection:
        found = pauses.suspensions(connection, now.date())
    return [
        suspension
        for suspension in found
        if suspension.in_force(now.date()) and (suspension.of_everything or office.sight.has(suspension.unit_id))
    ]

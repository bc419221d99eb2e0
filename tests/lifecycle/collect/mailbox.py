"""A mailbox with messages in it, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count

from tests.factories import BINH_AN, day, plan_file

from plan_lifecycle.channels import MailItem, Verdict, read_message
from plan_lifecycle.lifecycle.collect import receive_mail
from plan_lifecycle.lifecycle.collect._mailroom import MailTaken
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.tables import arrival, letter, message

NOW = day("2023-02-21") + timedelta(hours=4)
PLAN = ("07-KH-UBND.docx", plan_file())
RAR = b"Rar!\x1a\x07\x01\x00" + b"\0" * 100


class Inbox:
    """A mailbox of one folder; what is stored leaves it."""

    name = "mailbox"

    _uids = count(1)

    def __init__(self, *messages: bytes) -> None:
        self.lying = {f"INBOX;1;{next(self._uids)}": data for data in messages}
        self.moved: dict[str, list[bytes]] = {"done": [], "review": []}

    def messages(self, *, now: datetime, known: Callable[[Sequence[str]], Mapping[str, str]]) -> Iterator[MailItem]:
        before = known(list(self.lying))
        for key, data in list(self.lying.items()):
            if key in before:
                self.stored(key, Verdict(before[key]))
            else:
                yield MailItem(key, now - timedelta(hours=1), len(data), data)

    def stored(self, key: str, verdict: Verdict) -> None:
        self.moved[verdict.value].append(self.lying.pop(key))


def run(office: Office, *messages: bytes) -> tuple[Inbox, MailTaken]:
    inbox = Inbox(*messages)
    return inbox, receive_mail(office, inbox, NOW)  # type: ignore[arg-type]


def reminder(office: Office, unit: str = BINH_AN.id) -> tuple[str, str]:
    """Remind, and return the Message-ID and the reply address of the unit's letter."""
    remind(office, day("2023-02-21"))
    with office.store.read() as connection:
        row = connection.execute(letter.select().where(letter.c.unit_id == unit)).one()
    head = read_message(office.store.blobs.get(row.blob)).headers
    return row.message_id, head["reply-to"]


def arrivals(office: Office) -> list[tuple[str | None, str | None, str | None, str, str | None]]:
    with office.store.read() as connection:
        rows = connection.execute(arrival.select().order_by(arrival.c.id)).all()
    return [(row.unit_id, row.item, row.period, row.state, row.reason) for row in rows]


def letters(office: Office, kind: str = "no_usable_file") -> list[str]:
    with office.store.read() as connection:
        return [row.recipient for row in connection.execute(letter.select().where(letter.c.kind == kind))]


def ledger(office: Office) -> list[tuple[str, str, str | None]]:
    with office.store.read() as connection:
        return [(row.kind, row.verdict, row.reason) for row in connection.execute(message.select())]


FILED = (BINH_AN.id, "sub_plan", "2023", "new", None)

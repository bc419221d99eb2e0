"""Files that wait for a person, and who hears of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy

from sqlalchemy import event, select
from tests.channels.answering import answer
from tests.factories import HOA_THANG, ROOT, WALL, day, invitation, owe, plan_file
from tests.fakes import FakeMailer
from tests.lifecycle.collect.mailbox import Inbox

from plan_lifecycle.config.rules import read_rules
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.unsent import WhyUnsent
from plan_lifecycle.lifecycle.collect import file_and_review, receive_mail
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.send import send_outbox
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.tables import arrival as arrival_table
from plan_lifecycle.store.tables import letter

UNCLEAR = ("gui-so.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
SHIPPED = read_rules(ROOT / "config")
WAITS = WhyUnsent.FILE_WAITS.words
STRANGER = "an@thu-rieng.example"
NOBODY = Decider("Lê Văn Cường", "không phải văn bản của xã")


def came(office: Office, *messages: bytes, at: str = "2023-02-20") -> None:
    now = day(at) + timedelta(hours=2)
    receive_mail(office, Inbox(*messages), now)  # type: ignore[arg-type]
    file_and_review(office, now)


def a_strangers(sender: str = STRANGER) -> bytes:
    """A message from a private address with a file that may be xã Bình An's."""
    return answer([("Cong van.docx", invitation())], sender=sender, subject="xa Binh An")


def letters(office: Office, kind: str) -> list[str]:
    with office.store.read() as connection:
        query = select(letter.c.recipient).where(letter.c.kind == kind).order_by(letter.c.id)
        return list(connection.execute(query).scalars())


def reminded(office: Office, on: str) -> list[str]:
    """Whom a morning's letters go to."""
    before = len(letters(office, "reminder_before")) + len(letters(office, "reminder_last"))
    remind(office, day(on))
    return [*letters(office, "reminder_before"), *letters(office, "reminder_last")][before:]


def states(office: Office) -> list[tuple[str, str | None]]:
    with office.store.read() as connection:
        query = select(arrival_table.c.state, arrival_table.c.doubt).order_by(arrival_table.c.id)
        return [(row.state, row.doubt) for row in connection.execute(query)]


def owe_both(office: Office) -> None:
    """Xã Bình An owes plan and report, another commune its plan."""
    owe(office.store)
    owe(office.store, item=Item.REPORT, period="2023-H1", due="2023-02-28", plan_id=1)
    owe(office.store, HOA_THANG, plan_id=1)


def send(office: Office, at: str) -> FakeMailer:
    mailer = FakeMailer()
    send_outbox(office, mailer.connect, now=day(at) + timedelta(hours=3), wall=WALL, worker="w")
    return mailer


def words_of(office: Office, kind: str) -> str:
    with office.store.read() as connection:
        blob = connection.execute(select(letter.c.blob).where(letter.c.kind == kind)).scalars().first()
    assert blob is not None
    text = message_from_bytes(office.store.blobs.get(blob), policy=policy.default).get_body(("plain",))  # type: ignore[attr-defined]
    return str(text.get_content())


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that ask for guesses."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "guess" in statement:
            asked.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(store.engine, "before_cursor_execute", note)


EARLY = ("KH-UBND xa Binh An.docx", plan_file())


class Once:
    """A channel that has one thing."""

    name = "fake"

    def __init__(self, *items: object) -> None:
        self.items = items

    def arrivals(self, *, now: datetime, since: object, known: Sequence[str]) -> Iterator[object]:
        yield from (item for item in self.items if item.key not in known)  # type: ignore[attr-defined]

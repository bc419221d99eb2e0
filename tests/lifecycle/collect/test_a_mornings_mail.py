"""A morning's mailbox, by what must become of each message: nearly all come out right, and none is filed wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from tests.factories import DISTRICT, UNITS, address, day, fill, make_office, owe, plan_row
from tests.lifecycle.collect.incoming import CASES
from tests.lifecycle.collect.incoming.case import Case, Outcome, Sender
from tests.lifecycle.collect.mailbox import Inbox

from plan_lifecycle.channels import read_message
from plan_lifecycle.domain.obligation import Item
from plan_lifecycle.domain.submission import ArrivalState
from plan_lifecycle.domain.unit import Unit, UnitKind
from plan_lifecycle.lifecycle.collect import file_and_review, receive_mail
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.review import Waiting, waiting
from plan_lifecycle.lifecycle.submission import is_message
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store import guesses
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.submission_files import Part
from plan_lifecycle.store.tables import arrival, contact, letter, message, obligation, submission, submission_file

NOW = day("2023-02-21") + timedelta(hours=4)
RIGHT = 0.98
_FIRST = ["An", "Bảo", "Cẩm", "Diên", "Đông", "Gia", "Hòa", "Kim", "Long", "Mỹ", "Phú", "Quảng", "Sơn", "Vĩnh"]
_FIRST += ["Tân", "Tiến", "Thắng", "Thuận"]
_SECOND = ["Hưng", "Khánh", "Lạc", "Lợi", "Mậu", "Ninh", "Phước", "Quý", "Thạnh", "Thịnh", "Xuyên", "Yên", "Định"]


@dataclass(frozen=True)
class Became:
    """What became of one message: the outcome, what was filed as (unit, item, period), letters, reminders that stop."""

    outcome: Outcome | None
    filed: frozenset[tuple[str, str, str]]
    letters: tuple[str, ...]
    held: bool


def communes(count: int) -> list[Unit]:
    """So many invented communes of huyện Bắc Bình."""
    names = [f"xã {first} {second}" for second in _SECOND for first in _FIRST]
    return [Unit(f"x-{at}", name, UnitKind.COMMUNE, 3, DISTRICT.id) for at, name in enumerate(names[:count])]


class Morning:
    """The mailbox of all cases, taken in and filed once."""

    def __init__(self, store: Store) -> None:
        units = communes(2 * len(CASES))
        fill(store, (*UNITS, *units))
        self.office = replace(make_office(store), replies=ReplyAddresses("k" * 32))
        self._pairs = dict(zip((case.name for case in CASES), zip(units[::2], units[1::2], strict=True), strict=True))
        self._owe(store)
        remind(self.office, day("2023-02-21"))
        self.identities: dict[str, str] = {}
        self.messages = list(self._made())
        inbox = Inbox(*self.messages)
        self.taken = receive_mail(self.office, inbox, NOW)  # type: ignore[arg-type]
        self.filed = file_and_review(self.office, NOW)
        with store.read() as connection:
            self.awaiting = guesses.awaiting(connection)
        self.list = {one.id: one for one in waiting(self.office, NOW)}

    def unit(self, case: Case) -> Unit:
        return self._pairs[case.name][0]

    def second(self, case: Case) -> Unit:
        return self._pairs[case.name][1]

    def _owe(self, store: Store) -> None:
        plan = plan_row(store)
        for case in CASES:
            first, second = self._pairs[case.name]
            owed = [(Item.SUB_PLAN, "2023", "2023-02-28")] if case.plan_owed else []
            for item, period, due in (*owed, *case.owes):
                owe(store, first, item, period, due, plan_id=plan)
            owe(store, second, plan_id=plan)
            if case.shared:
                with store.write() as connection:
                    connection.execute(contact.delete().where(contact.c.unit_id == second.id))
                    save = contact.insert().values(unit_id=second.id, role="officer", name="x", email=address(first))
                    connection.execute(save)

    def _made(self) -> Iterator[bytes]:
        with self.office.store.read() as connection:
            sent = {row.recipient: row for row in connection.execute(select(letter))}
        for case in CASES:
            first, second = self._pairs[case.name]
            row = sent.get(address(first))
            data = self.office.store.blobs.get(row.blob) if row else b""
            reply_to = read_message(data).headers.get("reply-to", "")
            made = case.make(Sender(first, second, row.message_id if row else "", reply_to, data))
            self.identities[case.name] = read_message(made).identity
            yield made


@pytest.fixture
def morning(store: Store) -> Morning:
    """The morning, taken in on this store."""
    return Morning(store)


def became(morning: Morning, case: Case) -> Became:
    """What became of a case's message."""
    identity = morning.identities[case.name]
    with morning.office.store.read() as connection:
        told = connection.execute(select(message).where(message.c.identity == identity)).one()
        came = connection.execute(select(arrival).where(arrival.c.key.startswith(identity))).all()
        parts = _parts(connection, [row.id for row in came])
        letters = connection.execute(
            select(letter.c.kind).where(letter.c.key.in_([f"waits:{identity}", f"no_file:{identity}"]))
        ).scalars()
        plan = select(obligation.c.id).where(
            obligation.c.unit_id == morning.unit(case).id, obligation.c.item == Item.SUB_PLAN.value
        )
        plans = set(connection.execute(plan).scalars())
        said = tuple(letters)
    filed = frozenset((unit_id, item, period) for _, unit_id, item, period in parts)
    outcome = _outcome(morning, case, told.kind, came, {part for part, *_ in parts})
    return Became(outcome, filed, said, bool(plans & morning.awaiting))


def _parts(connection, arrivals: list[int]):  # type: ignore[no-untyped-def]
    query = select(submission_file.c.part, obligation.c.unit_id, obligation.c.item, obligation.c.period)
    query = query.join(submission, submission.c.id == submission_file.c.submission_id)
    query = query.join(obligation, obligation.c.id == submission.c.obligation_id)
    return connection.execute(query.where(submission_file.c.arrival_id.in_(arrivals))).all()


def _outcome(morning: Morning, case: Case, kind: str, came, parts: set[str]) -> Outcome | None:  # type: ignore[no-untyped-def]
    states = {row.state for row in came}
    if kind == "bounce":
        return Outcome.BOUNCE if not came else None
    if kind == "auto_reply":
        return Outcome.AUTOMATIC if not came else None
    if not came:
        return Outcome.NOTED
    if states == {ArrivalState.FILED}:
        return Outcome.COPY if parts == {Part.COPY} else Outcome.FILED
    if states == {ArrivalState.REFUSED}:
        return Outcome.REFUSED
    if states != {ArrivalState.UNMATCHED}:
        return None
    if all(is_message(row.channel, row.key) for row in came):
        return Outcome.QUESTION
    shown = [morning.list[f"A{row.id}"] for row in came]
    return Outcome.PROPOSED if _proposed(morning, case, shown) else Outcome.WAITS


def _proposed(morning: Morning, case: Case, shown: list[Waiting]) -> bool:
    """Whether each of several files is shown with its own unit and with one thing that it is for."""
    units = [one.unit_id for one in shown]
    told = all(one.arrival and one.arrival.commands and "--to O…" not in one.arrival.commands[0] for one in shown)
    return len(shown) > 1 and told and units == [morning.unit(case).id, morning.second(case).id]


def expected(morning: Morning, case: Case) -> Became:
    """What must become of it."""
    files = case.files if case.outcome in (Outcome.FILED, Outcome.COPY) else ()
    filed = frozenset((morning.unit(case).id, item.value, period) for item, period in files)
    return Became(case.outcome, filed, case.acknowledged, case.held)


def test_of_at_least_sixty_messages_nearly_all_come_out_right_and_none_is_filed_wrongly(morning: Morning) -> None:
    found = {case.name: (became(morning, case), expected(morning, case)) for case in CASES}
    wrong = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
    share = 1 - len(wrong) / len(CASES)
    print(f"{len(CASES)} messages, {share:.1%} right", *wrong.items(), sep="\n")
    assert len(CASES) >= 60
    assert [name for name, (was, must) in found.items() if was.filed - must.filed] == []
    assert share >= RIGHT
    assert morning.taken.faults == []
    assert morning.filed.faults == []


def test_taking_the_same_mailbox_in_again_writes_to_nobody(morning: Morning) -> None:
    before = _letters(morning)
    receive_mail(morning.office, Inbox(*morning.messages), NOW)  # type: ignore[arg-type]
    file_and_review(morning.office, NOW)
    assert _letters(morning) == before


def _letters(morning: Morning) -> int:
    with morning.office.store.read() as connection:
        return len(connection.execute(select(letter.c.id)).all())

"""What a message without a file states, and the commands by which a coordinator puts it on record.

Xã Bình An answers "Đã gửi qua trục, số 45/BC-UBND ngày 12/6/2023": the list shows what was read of it, and ``review
record`` with number, date and way filled in. Nothing is met by a statement; the coordinator looks the paper up first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.obligation import OUTSTANDING, Item, Obligation
from plan_lifecycle.domain.plan_check import same_reference
from plan_lifecycle.domain.statement import Extension, Sent, Statement, read_statement
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.submission import is_message, kept_bytes
from plan_lifecycle.mail.incoming import Kind, own_words
from plan_lifecycle.store.blobs import BlobError
from plan_lifecycle.store.waiting import WaitingArrival

MOST_COMMANDS = 3
_SYMBOLS = ((Item.SUB_PLAN, re.compile(r"\bKH\b")), (Item.REPORT, re.compile(r"\bBC\b")))
_SETTLED = 'plan-lifecycle review return A{} --by "…" --reason da-ghi-nhan'


def statement_of(office: Office, arrival: WaitingArrival, kind: str, ours: Collection[str]) -> Statement | None:
    """Read what a person's message states; None where it brought files, a machine sent it, or it states nothing.

    ``ours`` are the numbers of plans that the unit was sent: speaking of them is no answer.
    """
    if kind != Kind.SUBMISSION.value or arrival.blob is None or not is_message(arrival.channel, arrival.key):
        return None
    try:
        data = kept_bytes(office, arrival.blob, quarantined=arrival.quarantined)
    except BlobError:
        return None
    found = read_statement(own_words(data), _day(arrival))
    if found and found.sent and any(same_reference(found.sent.reference, number) for number in ours):
        found = replace(found, sent=None) if found.extension else None
    return found


def commands_for(statement: Statement, arrival: WaitingArrival, owed: Sequence[Obligation]) -> tuple[str, ...]:
    """List what to type, the likeliest first, "…" being what is filled in; last of all to lay the mail aside."""
    done = [
        *(_records(statement.sent, arrival, owed) if statement.sent else ()),
        *(_extends(statement.extension, arrival, owed) if statement.extension else ()),
    ]
    return (*done, _SETTLED.format(arrival.id)) if done else ()


def _records(sent: Sent, arrival: WaitingArrival, owed: Sequence[Obligation]) -> Iterator[str]:
    named = next((item for item, symbol in _SYMBOLS if symbol.search(sent.reference or "")), None)
    received = max(filter(None, (sent.sent_on or _day(arrival), sent.issued_on)))
    for obligation in _meant(arrival, [one for one in owed if named is None or one.item is named]):
        yield (
            f"plan-lifecycle review record --unit {obligation.unit_id} --item {obligation.item.value} "
            f'--period {obligation.period} --number "{sent.reference or "…"}" --date {sent.issued_on or "…"} '
            f'--via {sent.way or "…"} --received {received} --by "…"'
        )


def _extends(asked: Extension, arrival: WaitingArrival, owed: Sequence[Obligation]) -> Iterator[str]:
    for obligation in _meant(arrival, owed):
        if obligation.due_on is None:
            continue
        until = asked.until or (obligation.due_on + timedelta(days=asked.days) if asked.days else None)
        if until is None or until > obligation.due_on:
            yield f'plan-lifecycle review extend O{obligation.id} --until {until or "…"} --by "…" --reason theo-de-nghi'


def _meant(arrival: WaitingArrival, owed: Sequence[Obligation]) -> list[Obligation]:
    """Pick what is open still: that which the answered letter was about, else the likeliest."""
    still = [obligation for obligation in owed if obligation.state in OUTSTANDING]
    asked = [
        obligation
        for obligation in still
        if (obligation.item.value, obligation.period) == (arrival.item, arrival.period)
    ]
    return asked[:1] or still[:MOST_COMMANDS]


def _day(arrival: WaitingArrival) -> date:
    return arrival.received_at.astimezone(LOCAL).date()

"""The verbs: is every letter sent once when processes die, servers fail and two run at once?"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.letters import states
from tests.databases import upgraded_postgres
from tests.factories import BINH_AN, Unit, UnitKind, day, fill, make_office, owe, plan_row
from tests.mail.faulty_server import FaultyMailServer, ServerFault, Stage
from tests.patience import PATIENCE
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.sending import STEPS, WINDOW, delivered, queue_letters, send_all, start
from tests.reliability.world import DATABASES

HELD = "each letter in its mailbox; a repeat only in the window, with the same Message-ID"
LETTERS = 12
LATER = 20
"""Minutes after which a claim is stale."""


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL."""
    return {kind: partial(_on, kind) for kind in DATABASES}


def _on(kind: str) -> Iterator[Fault]:
    for step in STEPS:
        for number in (1, LETTERS // 2, LETTERS) if step != "claimed" else (1,):
            yield at(Kind.KILLED, "sending", _killed(kind, step, number))
    yield at(Kind.KILLED, "sending", _killed_at_random(kind))
    yield at(Kind.FAILS, "sending: SMTP", _server_down_then_up(kind))
    yield at(Kind.AT_ONCE, "sending", _two_senders(kind))
    yield at(Kind.KILLED, "reminding", _interrupted_reminding(kind))
    yield at(Kind.AT_ONCE, "reminding", _reminding_at_once(kind))


@contextmanager
def outbox(kind: str, count: int = LETTERS) -> Iterator[tuple[Store, str, Path, FaultyMailServer]]:
    """A store whose outbox holds letters, its URL and blobs, and a mail server."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = upgraded_postgres() if kind == "postgresql" else f"sqlite:///{folder / 'store.db'}"
        store = open_store(url, folder / "blobs", durable=False)
        try:
            queue_letters(store, count)
            with FaultyMailServer(folder / "mail") as server:
                yield store, url, folder / "blobs", server
        finally:
            store.close()


def fault_of(name: str, store: Store, server: FaultyMailServer, due: int, *, window: bool, note: str = "") -> Fault:
    """Count what the mailboxes hold, and what is left in the outbox."""
    found = delivered(server, due)
    with store.read() as connection:
        left = {state: count for state, count in states(connection).items() if state != "sent"}
    repeats = f"{found.repeated} repeated with {'the same' if found.same_message_id else 'ANOTHER'} Message-ID"
    lost = due - found.delivered + sum(left.values())
    window = window and found.same_message_id
    return Fault(name, due, found.delivered, lost, found.repeated, 0, window, note or repeats)


def _killed(kind: str, step: str, number: int) -> Fault:
    with outbox(kind) as (store, url, blobs, server):
        start(url, blobs, server, step, number).wait(PATIENCE)
        send_all(store, server.port, minutes=LATER)
        name = f"{kind}: sender killed at “{step}” of letter {number}"
        return fault_of(name, store, server, LETTERS, window=step in WINDOW)


def _killed_at_random(kind: str, rounds: int = 6) -> Fault:
    """Killed from outside while it sends, again and again; the server takes its time, so most kills hit a letter."""
    chance, due = random.Random(2023), LETTERS * 4
    with outbox(kind, due) as (store, url, blobs, server):
        server.faults.append(ServerFault(Stage.STORED, delay=0.02, times=None))
        for _ in range(rounds):
            process = start(url, blobs, server, "", 0)
            begun, seen = time.monotonic(), server.count
            while server.count == seen and process.poll() is None and time.monotonic() - begun < 20:
                time.sleep(0.01)
            time.sleep(chance.random() * 0.15)
            process.kill()
            process.wait(PATIENCE)
            with store.write() as connection:  # as if the quarter of an hour had passed
                connection.exec_driver_sql("UPDATE letter SET claimed_at = '2000-01-01 00:00:00'")
        server.faults.clear()
        send_all(store, server.port, minutes=LATER)
        return fault_of(f"{kind}: sender killed {rounds} times amid letters", store, server, due, window=True)


def _server_down_then_up(kind: str) -> Fault:
    with outbox(kind) as (store, _, _, server):
        stopped = send_all(store, 1).stopped
        send_all(store, server.port)
        return fault_of(
            f"{kind}: mail server down, then up", store, server, LETTERS, window=False, note=f"first: {stopped}"[:60]
        )


def _two_senders(kind: str) -> Fault:
    with outbox(kind, LETTERS * 5) as (store, _, _, server):
        _at_once(lambda worker: send_all(store, server.port, worker=f"worker {worker}"), 3)
        return fault_of(f"{kind}: three senders at once", store, server, LETTERS * 5, window=False)


def _communes(store: Store, count: int) -> None:
    units = [Unit(f"bb-{number}", f"xã Số {number}", UnitKind.COMMUNE, 3, "bb") for number in range(count)]
    fill(store)
    fill(store, tuple(units))
    plan_id = plan_row(store)
    for unit in (BINH_AN, *units):
        owe(store, unit, plan_id=plan_id)


def _interrupted_reminding(kind: str) -> Fault:
    """Remind, lose the process, remind again: the ledger keeps every rung from being written twice."""
    with outbox(kind, 0) as (store, _, _, server):
        _communes(store, LETTERS - 1)
        office = make_office(store)
        for _ in range(3):
            remind(office, day("2023-02-21"))
        send_all(store, server.port)
        return fault_of(f"{kind}: reminding run three times", store, server, LETTERS, window=False)


def _reminding_at_once(kind: str) -> Fault:
    with outbox(kind, 0) as (store, _, _, server):
        _communes(store, LETTERS - 1)
        office = make_office(store)
        _at_once(lambda _: remind(office, day("2023-02-21")), 4)
        send_all(store, server.port)
        return fault_of(f"{kind}: reminding four times at once", store, server, LETTERS, window=False)


def _at_once(work: Callable[[int], object], workers: int) -> None:
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(work, range(workers)))

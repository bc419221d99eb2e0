"""The mailbox on a real Dovecot: killed at every step, dropped by the server, restored from a back-up, asked twice."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from plan_lifecycle.channels import ImapServer, MailboxChannel, MailItem
from plan_lifecycle.lifecycle.collect import receive_mail
from plan_lifecycle.store.engine import Store, open_store
from tests.channels.dovecot import Dovecot, running
from tests.patience import PATIENCE
from tests.reliability import Fault, Kind, Produce, at
from tests.reliability.collecting import STEPS, collect, deliver, office_of, outcome, start
from tests.reliability.world import DATABASES, new_database

HELD = "each file that came in a mail once, under its own unit; the mailbox empty"
MAILBOX = "collecting: mailbox"


def parts() -> dict[str, Produce]:
    """Every fault on SQLite and on PostgreSQL. Needs Dovecot (`make system`)."""
    return {kind: partial(_with_dovecot, kind) for kind in DATABASES}


def _with_dovecot(kind: str) -> Iterator[Fault]:
    if shutil.which("dovecot") is not None:
        with running() as dovecot:
            yield from _on(kind, dovecot)


def _on(kind: str, dovecot: Dovecot) -> Iterator[Fault]:
    for step in STEPS:
        for number in (1, 5):
            yield at(Kind.KILLED, MAILBOX, killed(kind, dovecot, step, number))
    yield at(Kind.KILLED, MAILBOX, killed_amid(kind, dovecot))
    for number in (0, 3, 11):
        yield at(Kind.FAILS, MAILBOX, dropped(kind, dovecot, number))
    yield at(Kind.LIES, MAILBOX, restored(kind, dovecot))
    yield at(Kind.AT_ONCE, MAILBOX, at_once(kind, dovecot))


def killed(kind: str, dovecot: Dovecot, step: str, number: int) -> Fault:
    """The process dies; the run after it finds the rest."""

    def fault(store: Store, folder: Path, user: str) -> str:
        with start(_url(store), folder / "blobs", dovecot, user, step, number) as process:
            ended = process.wait(PATIENCE)
        assert ended == -9, f"it should have died, and ended with {ended}"
        return "killed, run again"

    return _survive(kind, dovecot, f"mailbox collected, killed when {step.replace('_', ' ')}, message {number}", fault)


def killed_amid(kind: str, dovecot: Dovecot, times: int = 4) -> Fault:
    """The process is killed from outside at random moments, and collects once more."""
    chance = random.Random(2023)

    def fault(store: Store, folder: Path, user: str) -> str:
        for _ in range(times):
            with start(_url(store), folder / "blobs", dovecot, user) as process:
                time.sleep(chance.random() * 0.5)
                process.kill()
        return f"killed {times} times, run again"

    return _survive(kind, dovecot, "mailbox collected, killed amid it", fault, each=10)


def dropped(kind: str, dovecot: Dovecot, message: int) -> Fault:
    """The connection breaks under the message of that number; the run after it finds the rest."""

    def fault(store: Store, folder: Path, user: str) -> str:
        broken = _Broken(dovecot.server(user), message)
        taken = receive_mail(office_of(store), broken, datetime.now(UTC) + timedelta(minutes=1))
        assert taken.faults
        return "connection broken, run again"

    return _survive(kind, dovecot, f"mailbox drops the connection at message {message}", fault)


def restored(kind: str, dovecot: Dovecot) -> Fault:
    """The mailbox is restored from a back-up: every message lies in the inbox once more, under new UIDs."""

    def fault(store: Store, folder: Path, user: str) -> str:
        back_up = dovecot.messages(user)
        collect(store, dovecot.server(user))
        dovecot.forget_uids(user)
        dovecot.deliver(user, *back_up)
        return "UIDVALIDITY changed, every message again"

    return _survive(kind, dovecot, "mailbox restored from a back-up", fault)


def at_once(kind: str, dovecot: Dovecot) -> Fault:
    """Nobody waits for another; what one has kept the others pass over."""

    def fault(store: Store, folder: Path, user: str) -> str:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: collect(store, dovecot.server(user)), range(4)))
        return "four at once, and one after them"

    return _survive(kind, dovecot, "mailbox collected by four processes at once", fault)


def _survive(
    kind: str, dovecot: Dovecot, name: str, fault: Callable[[Store, Path, str], str], *, each: int = 3
) -> Fault:
    user = f"u{abs(hash((kind, name)))}"
    with new_store(kind) as (store, folder):
        due = deliver(store, dovecot, user, each)
        note = fault(store, folder, user)
        again = collect(store, dovecot.server(user))
        found = outcome(store, due)
        left = len(dovecot.messages(user))
    lost = due - found.found + left + len(again.faults)
    return Fault(f"{kind}: {name}", due, found.found, lost, found.twice, found.misfiled, window=False, note=note)


@contextmanager
def new_store(kind: str) -> Iterator[tuple[Store, Path]]:
    """An empty store in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(new_database(kind, folder), folder / "blobs", durable=False)
        yield store, folder
        store.close()


def _url(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


class _Broken(MailboxChannel):
    """A mailbox whose connection breaks after so many messages."""

    def __init__(self, server: ImapServer, after: int) -> None:
        super().__init__(server)
        self._after = after

    def messages(self, **asked: Any) -> Iterator[MailItem]:
        """As before, until it breaks."""
        for number, item in enumerate(super().messages(**asked)):
            if number == self._after and self._mailbox is not None:
                self._mailbox.client.shutdown()
            yield item

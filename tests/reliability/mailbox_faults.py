"""The mailbox on a real Dovecot: killed at every step, dropped by the server, restored from a back-up, asked twice."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from plan_lifecycle.channels import ImapServer, MailboxChannel, MailItem
from plan_lifecycle.lifecycle.mailroom import receive_mail
from plan_lifecycle.store.engine import Store, open_store
from tests.channels.dovecot import Dovecot, running
from tests.databases import migrated_sqlite
from tests.reliability import Fault
from tests.reliability.collecting import STEPS, collect, deliver, office_of, outcome, run_and_die


def run() -> list[Fault]:
    """A misfiled file counts as lost. Needs Dovecot (`make system`)."""
    if shutil.which("dovecot") is None:
        return []
    with running() as dovecot:
        return [
            *(killed(dovecot, step, number) for step in STEPS for number in (1, 5)),
            *(dropped(dovecot, at) for at in (0, 3, 11)),
            restored(dovecot),
            at_once(dovecot),
        ]


def killed(dovecot: Dovecot, step: str, number: int) -> Fault:
    """The process dies; the run after it finds the rest."""

    def fault(store: Store, folder: Path, user: str) -> str:
        url = store.engine.url.render_as_string(hide_password=False)
        ended = run_and_die(url, folder / "blobs", dovecot, user, step, number)
        assert ended == -9, f"it should have died, and ended with {ended}"
        return "killed, run again"

    return _survive(dovecot, f"collecting killed when {step.replace('_', ' ')}, message {number}", fault)


def dropped(dovecot: Dovecot, at: int) -> Fault:
    """The connection breaks under the message of that number; the run after it finds the rest."""

    def fault(store: Store, folder: Path, user: str) -> str:
        broken = _Broken(dovecot.server(user), at)
        taken = receive_mail(office_of(store), broken, datetime.now(UTC) + timedelta(minutes=1))
        assert taken.faults
        return "connection broken, run again"

    return _survive(dovecot, f"mailbox drops the connection at message {at}", fault)


def restored(dovecot: Dovecot) -> Fault:
    """The mailbox is restored from a back-up: every message lies in the inbox once more, under new UIDs."""

    def fault(store: Store, folder: Path, user: str) -> str:
        back_up = dovecot.messages(user)
        collect(store, dovecot.server(user))
        dovecot.forget_uids(user)
        dovecot.deliver(user, *back_up)
        return "UIDVALIDITY changed, every message again"

    return _survive(dovecot, "mailbox restored from a back-up", fault)


def at_once(dovecot: Dovecot) -> Fault:
    """Nobody waits for another; what one has kept the others pass over."""

    def fault(store: Store, folder: Path, user: str) -> str:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: collect(store, dovecot.server(user)), range(4)))
        return "four at once, and one after them"

    return _survive(dovecot, "mailbox collected by four processes at once", fault)


def _survive(dovecot: Dovecot, name: str, fault: Callable[[Store, Path, str], str]) -> Fault:
    user = f"u{abs(hash(name))}"
    with _new_store() as (store, folder):
        due = deliver(store, dovecot, user)
        note = fault(store, folder, user)
        again = collect(store, dovecot.server(user))
        found = outcome(store, due)
        left = len(dovecot.messages(user))
    lost = due - found.found + found.misfiled + left + len(again.faults)
    return Fault(name, due, found.found, lost, found.twice, window=False, note=f"{note}; misfiled {found.misfiled}")


@contextmanager
def _new_store() -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(migrated_sqlite(), folder / "store.db")
        store = open_store(f"sqlite:///{folder / 'store.db'}", folder / "blobs", durable=False)
        yield store, folder
        store.close()


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

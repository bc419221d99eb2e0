"""Work in a process of its own that dies at a durable step, and whatever runs after it.

``python -m tests.reliability.dying WORK URL BLOBS CHANNEL NUMBER`` does the work and kills itself (SIGKILL, as the
kernel would) at the step of that NUMBER; 0 lets it live. Steps are all that outlasts a process: before and after every
file that is kept, every transaction that commits, everything that a channel clears away. Between two of them nothing
can be lost, so dying at each of them is dying everywhere.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from plan_lifecycle.channels import Channel, FolderChannel, ImapServer, MailboxChannel
from plan_lifecycle.channels.http import HttpChannel
from plan_lifecycle.domain.decider import Decider
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.collect import collect
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.review import (
    Subject,
    SubjectId,
    accept_these,
    clean_submissions,
    extend_this,
    place_these,
    return_these,
    waive_this,
)
from plan_lifecycle.store.blobs import Blobs
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import arrival, obligation
from tests.patience import PATIENCE
from tests.reliability.reported import compile_and_deliver, correct_and_issue
from tests.reliability.world import NOW, OFFICER, by_hand, by_rule, open_obligations

ROOT = Path(__file__).resolve().parents[2]
PYTHON = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}


@dataclass
class Steps:
    """Counts durable steps. ``is_last`` is asked at each; where it says so, the process is gone."""

    is_last: Callable[[], bool]

    def watch(self, store: Store) -> None:
        """Count around everything durable that this store and the channels do."""
        for owner, name in (
            (Blobs, "put"),
            (store.engine.dialect, "do_commit"),
            (FolderChannel, "settle"),
            (MailboxChannel, "stored"),
        ):
            self._around(owner, name)

    def _around(self, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def counted(*given: Any, **named: Any) -> Any:
            self._step()
            result = original(*given, **named)
            self._step()
            return result

        setattr(owner, name, counted)

    def _step(self) -> None:
        if self.is_last():
            os.kill(os.getpid(), signal.SIGKILL)


def start(work: str, url: str, blobs: Path, channel: str = "", step: int = 0) -> subprocess.Popen[str]:
    """Begin work in a process of its own, which is at it when this returns."""
    command = [sys.executable, "-m", "tests.reliability.dying", work, url, str(blobs), channel, str(step)]
    process = subprocess.Popen(command, cwd=ROOT, env=PYTHON, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "at it\n"
    return process


def run(work: str, url: str, blobs: Path, channel: str = "", step: int = 0) -> int:
    """Do work to its end; -9 where it died."""
    with start(work, url, blobs, channel, step) as process:
        return process.wait(PATIENCE)


def channels_of(told: str) -> list[Channel | MailboxChannel]:
    """The way in that the words name: "folder /inbox", "http http://…", "mailbox PORT CA USER"."""
    kind, _, where = told.partition(" ")
    if kind == "folder":
        return [FolderChannel(Path(where))]
    if kind == "http":
        return [HttpChannel(where)]
    if kind == "mailbox":
        port, authority, user = where.split(" ")
        server = ImapServer("localhost", user, "mat-khau-cua-phong", port=int(port), ca_file=Path(authority))
        return [MailboxChannel(server)]
    return []


def _collect(store: Store, channel: str) -> None:
    now = datetime.now(UTC) + timedelta(minutes=1) if channel.startswith("mailbox") else NOW
    collect(by_rule(store), channels_of(channel), now)


def _accept(store: Store, _: str) -> None:
    office = by_hand(store)
    list(accept_these(office, clean_submissions(office), Decider(OFFICER), NOW))


def _return(store: Store, _: str) -> None:
    office = by_hand(store)
    list(return_these(office, clean_submissions(office), Decider(OFFICER, "Thiếu phụ lục"), NOW))


def _assign(store: Store, _: str) -> None:
    """Place every arrival at what its commune owes; its name says whose it is."""
    office = by_hand(store)
    with store.read() as connection:
        came = connection.execute(select(arrival.c.id, arrival.c.file_name)).all()
        owed = {f"ke-hoach-{row.unit_id}.docx": row.id for row in connection.execute(select(obligation))}
    for each in came:
        to = [SubjectId(Subject.OBLIGATION, owed[each.file_name])]
        list(place_these(office, [SubjectId(Subject.ARRIVAL, each.id)], to, Decider(OFFICER, "Đã xác minh"), NOW))


def _of_each(act: Callable[[Office, SubjectId], object]) -> Callable[[Store, str], None]:
    """One act on each obligation that is still open."""

    def work(store: Store, _: str) -> None:
        office = by_hand(store)
        for each in open_obligations(store):
            act(office, each)

    return work


def _extend(office: Office, which: SubjectId) -> None:
    """Once more is once too often: the last day must be a later one each time."""
    with suppress(InputError):
        extend_this(office, which, LATER, DECIDER, NOW)


LATER = date(2023, 3, 15)
DECIDER = Decider(OFFICER, "Theo đề nghị của đơn vị")
WORKS: dict[str, Callable[[Store, str], None]] = {
    "collect": _collect,
    "accept": _accept,
    "return": _return,
    "assign": _assign,
    "waive": _of_each(lambda office, which: waive_this(office, which, DECIDER, NOW)),
    "extend": _of_each(_extend),
    "report compile": lambda store, _: compile_and_deliver(store),
    "report issue": lambda store, _: correct_and_issue(store),
}


def _main(work: str, url: str, blobs: str, channel: str, step: str) -> None:
    store = open_store(url, Path(blobs), durable=False)
    left = [int(step)]

    def is_last() -> bool:
        left[0] -= 1
        return left[0] == 0

    Steps(is_last).watch(store)
    print("at it", flush=True)
    WORKS[work](store, channel)


if __name__ == "__main__":
    _main(*sys.argv[1:])

"""A collecting process that dies at a step of one message, and the run after it: what is in the store in the end?

``python -m tests.reliability.collecting URL BLOBS CA PORT USER STEP NUMBER`` takes in the mailbox and kills itself
(SIGKILL, as the kernel would) at STEP of the message of that NUMBER.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from plan_lifecycle.channels import ImapServer, MailboxChannel
from plan_lifecycle.lifecycle.collect import _mailroom as mailroom
from plan_lifecycle.lifecycle.collect import receive_mail
from plan_lifecycle.lifecycle.collect._mailroom import MailTaken
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.lifecycle.remind import remind
from plan_lifecycle.lifecycle.submission import kept_bytes
from plan_lifecycle.mail.reply_address import ReplyAddresses
from plan_lifecycle.store import messages as message_rows
from plan_lifecycle.store.engine import Store, open_store
from plan_lifecycle.store.tables import arrival, letter
from tests.channels.answering import answer
from tests.channels.dovecot import PASSWORD, Dovecot
from tests.factories import BINH_AN, CHO_LAU, HOA_THANG, PHUOC_THE, address, day, fill, make_office, owe
from tests.mail import replies
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("fetched", "bytes_kept", "noted", "moved")
COMMUNES = (BINH_AN, HOA_THANG, CHO_LAU, PHUOC_THE)


@dataclass(frozen=True)
class Outcome:
    """Files due and found; found twice; found under another unit, or where nothing was to be found."""

    due: int
    found: int
    twice: int
    misfiled: int


def office_of(store: Store) -> Office:
    """The office with its secret."""
    return replace(make_office(store), replies=ReplyAddresses("k" * 32))


def deliver(store: Store, dovecot: Dovecot, user: str, each: int = 3) -> int:
    """Communes answer their reminders, bounces and automatic answers come in between; returns how many files."""
    fill(store)
    for unit in COMMUNES:
        owe(store, unit, plan_id=None if unit is BINH_AN else 1)
    remind(office_of(store), day("2023-02-21"))
    with store.read() as connection:
        asked = {row.unit_id: row.message_id for row in connection.execute(letter.select())}
    noise = cycle([*replies.FAILED.values(), *replies.AUTOMATIC.values()])
    messages = []
    for number in range(each):
        for unit in COMMUNES:
            file = (f"kh-{number}.pdf", f"%PDF-1.4 {unit.id} {number}".encode())
            messages += [answer([file], sender=address(unit), answers=asked[unit.id]), next(noise)]
    dovecot.deliver(user, *messages)
    return each * len(COMMUNES)


def collect(store: Store, server: ImapServer) -> MailTaken:
    """One run over the mailbox."""
    return receive_mail(office_of(store), MailboxChannel(server), datetime.now(UTC) + timedelta(minutes=1))


def outcome(store: Store, due: int) -> Outcome:
    """What the store holds: each file says in its bytes whose it is."""
    with store.read() as connection:
        rows = connection.execute(arrival.select()).all()
    files = Counter(row.blob for row in rows if row.state == "new")
    office = office_of(store)
    lie = [(row.unit_id, kept_bytes(office, row.blob, quarantined=row.quarantined)) for row in rows]
    misfiled = sum(f"%PDF-1.4 {unit_id} ".encode() not in data for unit_id, data in lie)
    return Outcome(due, len(files), sum(files.values()) - len(files), misfiled)


def start(url: str, blobs: Path, dovecot: Dovecot, user: str, step: str = "", number: int = 0) -> subprocess.Popen[str]:
    """Collect in a process of its own, which is at it when this returns, and dies at the step."""
    told = [url, str(blobs), str(dovecot.folder / "ca.pem"), str(dovecot.port), user, step, str(number)]
    command = [sys.executable, "-m", "tests.reliability.collecting", *told]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "at it\n"
    return process


class _Dying:
    """Counts calls and kills the process at one of them, before or after it."""

    def __init__(self, number: int) -> None:
        self._left = number

    def before(self, owner: Any, name: str) -> None:
        """Die instead of the call."""
        original = getattr(owner, name)

        def dying(*given: Any, **named: Any) -> Any:
            self._count()
            return original(*given, **named)

        setattr(owner, name, dying)

    def after(self, owner: Any, name: str) -> None:
        """Die when the call has been made."""
        original = getattr(owner, name)

        def dying(*given: Any, **named: Any) -> Any:
            result = original(*given, **named)
            self._count()
            return result

        setattr(owner, name, dying)

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _main(told: Sequence[str]) -> None:
    url, blobs, authority, port, user, step, number = told
    dying = _Dying(int(number))
    if step == "fetched":
        dying.before(mailroom, "take_in")
    elif step == "bytes_kept":
        dying.before(message_rows, "keep")
    elif step == "noted":
        dying.before(MailboxChannel, "stored")
    elif step == "moved":
        dying.after(MailboxChannel, "stored")
    server = ImapServer("localhost", user, PASSWORD, port=int(port), ca_file=Path(authority), timeout=PATIENCE)
    store = open_store(url, Path(blobs), durable=False)
    print("at it", flush=True)
    collect(store, server)


if __name__ == "__main__":
    _main(sys.argv[1:])

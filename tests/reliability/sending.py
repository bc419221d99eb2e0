"""A sending process that dies at a step, and the run after it: what is in the mailboxes in the end?

``python -m tests.reliability.sending URL BLOBS PORT STEP NUMBER`` sends the outbox and kills itself (SIGKILL, as the
kernel would) at STEP of the letter of that NUMBER; without a step it sends all.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

from plan_lifecycle.lifecycle.send import Mailer, send_outbox
from plan_lifecycle.lifecycle.send import _outbox as sending
from plan_lifecycle.lifecycle.send._outbox import Sent
from plan_lifecycle.mail.message import Address, build_message, stable_message_id
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import Outcome, Transport
from plan_lifecycle.store import letters as letter_rows
from plan_lifecycle.store.engine import Store, open_store
from tests.factories import MAIL_FROM, WALL, day, letter, make_office
from tests.mail.faulty_server import FaultyMailServer
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("claimed", "before_send", "server_has_it", "accepted", "noted")
WINDOW = frozenset({"server_has_it", "accepted"})
"""The stated window: the server has the letter, our note of it is not written."""


@dataclass(frozen=True)
class Delivery:
    """What the mailboxes hold: letters due, letters in a mailbox, copies too many, and whether those are copies."""

    due: int
    delivered: int
    repeated: int
    same_message_id: bool


def queue_letters(store: Store, count: int) -> None:
    """An outbox of real letters to addresses of their own."""
    made = []
    for number in range(count):
        key, to = f"letter:{number}", f"xa{number}@example.vn"
        message_id = stable_message_id(key, domain="binhthuan.example.vn")
        data = build_message(
            sender=Address(MAIL_FROM),
            recipients=[Address(to)],
            subject="Nhắc thời hạn",
            text="Kính gửi: UBND xã Bình An.",
            html="<p>Kính gửi: UBND xã Bình An.</p>",
            message_id=message_id,
            date=day("2023-02-21"),
        )
        made.append(
            letter(number, key=key, message_id=message_id, recipient=to, unit_id=None, blob=store.blobs.put(data))
        )
    with store.write() as connection:
        letter_rows.queue(connection, made)


def start(url: str, blobs: Path, server: FaultyMailServer, step: str, number: int) -> subprocess.Popen[bytes]:
    """Start a process that sends, and dies at the step."""
    command = [sys.executable, "-m", "tests.reliability.sending", url, str(blobs), str(server.port), step, str(number)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"})


def send_all(store: Store, port: int, *, minutes: int = 0, worker: str = "the next run") -> Sent:
    """The outbox as a run sends it that many minutes later."""
    return send_outbox(
        make_office(store),
        lambda: _transport(port),
        now=day("2023-02-21"),
        wall=WALL + timedelta(minutes=minutes),
        worker=worker,
    )


def delivered(server: FaultyMailServer, due: int) -> Delivery:
    """Count what the server has taken."""
    letters = server.letters()
    copies = Counter(each.recipients for each in letters)
    ids = {(each.recipients, message_from_bytes(each.data)["Message-ID"]) for each in letters}
    return Delivery(due, len(copies), len(letters) - len(copies), len(ids) == len(copies))


def _transport(port: int) -> Transport:
    return Transport(MailServer("127.0.0.1", port, Address(MAIL_FROM), security=Security.NONE, timeout=PATIENCE))


class _Dying(Transport):
    """Sends, and kills its own process at one step of one letter."""

    step, number, sent = "", 0, 0

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Send one letter, unless this is the moment."""
        _Dying.sent += 1
        now = _Dying.sent == self.number
        if now and self.step == "before_send":
            _die()
        if now and self.step == "server_has_it":
            self._die_before_the_answer()
        outcome = super().send(message, sender, recipients)
        if now and self.step == "accepted":
            _die()
        return outcome

    def _die_before_the_answer(self) -> None:
        smtp = self._connected()
        smtp.getreply_ = smtp.getreply

        def reply(*_: object) -> tuple[int, bytes]:
            answer = smtp.getreply_()
            if answer[0] == 250 and smtp.told_data:
                _die()
            smtp.told_data = answer[0] == 354
            return answer

        smtp.told_data, smtp.getreply = False, reply


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _main(url: str, blobs: str, port: str, step: str, number: str) -> None:
    store = open_store(url, Path(blobs), durable=False)
    _Dying.step, _Dying.number = step, int(number)
    if step == "noted":
        _die_after_noting(int(number))

    def connect() -> AbstractContextManager[Mailer]:
        if step == "claimed":
            _die()
        return _Dying(MailServer("127.0.0.1", int(port), Address(MAIL_FROM), security=Security.NONE, timeout=PATIENCE))

    send_outbox(make_office(store), connect, now=day("2023-02-21"), wall=WALL, worker="the dying one")


def _die_after_noting(number: int) -> None:
    note, noted = sending._Claims.note, iter(range(1, number + 1))

    def noting(self: sending._Claims, *given: object, **values: object) -> None:
        note(self, *given, **values)  # type: ignore[arg-type]
        if next(noted) == number:
            _die()

    sending._Claims.note = noting  # type: ignore[method-assign]


if __name__ == "__main__":
    _main(*sys.argv[1:])

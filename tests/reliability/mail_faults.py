"""Mail: is every message that comes in told for what it is, and does every letter survive a server that misbehaves?"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from plan_lifecycle.mail.incoming import Kind as MailKind
from plan_lifecycle.mail.incoming import classify
from plan_lifecycle.mail.message import Address
from plan_lifecycle.mail.server import MailServer, Security
from plan_lifecycle.mail.transport import MailServerDownError, Transport
from tests.conftest import SAMPLES
from tests.mail import replies
from tests.mail.factories import letter_bytes
from tests.mail.faulty_server import FaultyMailServer, ServerFault, Stage
from tests.patience import PATIENCE
from tests.reliability import Fault, Kind, Produce, at

FROM = "snv@binhthuan.example.vn"
FAMILIES = {"arf": MailKind.FEEDBACK, "rfc3834": MailKind.AUTO_REPLY}
HELD = "each letter in its mailbox, each message told for what it is; a repeat only in the window"
LETTERS = 30


def parts() -> dict[str, Produce]:
    """Classification, and one loop for every stage at which a server may fail."""
    return {"classification": _classification, "server": _server_faults}


def _classification() -> Iterator[Fault]:
    """A missed or misfiled message counts as lost."""
    judged = Counter((kind, classify(data).kind) for kind, data in _labelled())
    for kind in (MailKind.BOUNCE, MailKind.AUTO_REPLY, MailKind.FEEDBACK, MailKind.SUBMISSION, MailKind.OTHER):
        due = sum(count for (truth, _), count in judged.items() if truth is kind)
        found = sum(count for (_, told), count in judged.items() if told is kind)
        right = judged[kind, kind]
        note = f"precision {right / found if found else 1:.3f}, recall {right / due if due else 1:.3f}"
        fault = Fault(f"mail told as {kind}", due, right, due - right, 0, due - right, window=False, note=note)
        yield at(Kind.HOSTILE, "collecting: mailbox", fault)


def _labelled() -> Iterator[tuple[MailKind, bytes]]:
    """The tests' own messages; with the samples at hand, every real one, as it came and as a person forwards it."""
    for kind, messages in (
        (MailKind.SUBMISSION, replies.GOOD),
        (MailKind.AUTO_REPLY, replies.AUTOMATIC),
        (MailKind.OTHER, replies.OTHER),
        (MailKind.BOUNCE, replies.FAILED),
    ):
        for data in messages.values():
            yield kind, data
    folder = os.environ.get(SAMPLES)
    for path in sorted((Path(folder) / "mail" / "bounces").glob("*.eml")) if folder else ():
        data = path.read_bytes()
        yield FAMILIES.get(path.stem.split("-")[0], MailKind.BOUNCE), data
        yield MailKind.SUBMISSION, replies.forwarded(data, "Fwd: thư bị trả lại", "Xã gửi lại báo cáo như đính kèm.")


def _server_faults() -> Iterator[Fault]:
    for stage in Stage:
        for label, fault in (("drops", ServerFault(stage, drop=True)), ("says 421", ServerFault(stage, reply="421 x"))):
            yield at(Kind.FAILS, "sending: SMTP", _survive(f"mail server {label} at {stage}", fault))


def _survive(name: str, fault: ServerFault) -> Fault:
    """Send a batch; the fault shows twice, amid it. What is left for later is sent by a second batch."""
    fault.times, fault.after = 2, 0 if fault.stage is Stage.CONNECT else LETTERS // 2
    waiting = {number: letter_bytes(message_id=f"<{number}@binhthuan.example.vn>") for number in range(LETTERS)}
    with tempfile.TemporaryDirectory() as folder, FaultyMailServer(Path(folder), faults=[fault]) as server:
        settings = MailServer("127.0.0.1", server.port, Address(FROM), security=Security.NONE, timeout=PATIENCE)
        for _ in range(3):
            waiting = _send(settings, waiting)
        arrived = Counter(letter.data for letter in server.letters())
    repeated = sum(count - 1 for count in arrived.values())
    window = fault.stage is Stage.STORED
    note = "taken and not acknowledged: repeated with the same Message-ID" if window else f"{len(waiting)} left queued"
    return Fault(name, LETTERS, len(arrived), LETTERS - len(arrived), repeated, 0, window, note)


def _send(settings: MailServer, waiting: dict[int, bytes]) -> dict[int, bytes]:
    left = dict(waiting)
    try:
        with Transport(settings, sleep=lambda _: None) as transport:
            for number, data in waiting.items():
                if transport.send(data, FROM, [f"xa{number}@example.vn"]).accepted:
                    del left[number]
    except MailServerDownError:
        pass
    return left

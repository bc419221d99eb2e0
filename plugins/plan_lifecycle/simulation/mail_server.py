"""A real SMTP server on loopback for tests and the demo: what it accepts becomes a Maildir that one can look into.

``python -m plan_lifecycle.simulation.mail_server --maildir DIR --port N`` runs it by itself and prints the port.
Tests start it in a thread and tell it which faults to show; needs aiosmtpd (requirements/dev.txt).
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import ssl
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple


class Stage(StrEnum):
    """Where in a letter's way a fault shows."""

    CONNECT = "connect"  # instead of the greeting
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"  # before any byte of the letter
    BODY = "body"  # amid the letter
    DOT = "dot"  # the letter is whole, and not stored
    STORED = "stored"  # the letter is stored, and the sender does not learn it


@dataclass(slots=True)
class ServerFault:
    """What goes wrong at a stage: wait, reply, drop the connection. ``times`` None means always.

    ``about`` limits a fault of RCPT to addresses that contain it; ``after`` lets that many pass first.
    """

    stage: Stage
    reply: str | None = None
    drop: bool = False
    delay: float = 0.0
    times: int | None = 1
    about: str = ""
    after: int = 0


class Delivered(NamedTuple):
    """One letter as the server took it."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes


class LocalMailServer:
    """The server in a thread of its own; a context manager. ``maildir`` None only counts the letters."""

    def __init__(
        self,
        maildir: Path | None,
        *,
        port: int = 0,
        faults: Iterable[ServerFault] = (),
        starttls: ssl.SSLContext | None = None,
        implicit_tls: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.maildir, self.port, self.faults = maildir, port, list(faults)
        self.count = self.connections = self.quits = 0
        self._starttls, self._implicit_tls, self._login = starttls, implicit_tls, login
        self._names = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="local mail server", daemon=True)
        self._ready = threading.Event()
        self._failure: OSError | None = None

    def __enter__(self) -> LocalMailServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""
        if self.maildir is not None:
            for part in ("tmp", "new", "cur"):
                (self.maildir / part).mkdir(parents=True, exist_ok=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def letters(self) -> list[Delivered]:
        """Everything accepted so far, in order."""
        return list(read_maildir(self.maildir)) if self.maildir is not None else []

    def take_fault(self, stage: Stage, about: str = "") -> ServerFault | None:
        """The fault that is due now; it is used up by one."""
        for fault in self.faults:
            if fault.stage is stage and fault.times != 0 and fault.about in about:
                if fault.after > 0:
                    fault.after -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None

    def store(self, sender: str, recipients: Sequence[str], data: bytes) -> None:
        """Keep one letter, with its envelope as ``Return-Path`` and ``Delivered-To``."""
        self.count += 1
        if self.maildir is None:
            return
        envelope = [f"Return-Path: <{sender}>", *(f"Delivered-To: {recipient}" for recipient in recipients)]
        name = f"{int(time.time())}.{next(self._names):08d}.{os.getpid()}.localhost"
        temporary = self.maildir / "tmp" / name
        temporary.write_bytes("".join(f"{line}\r\n" for line in envelope).encode() + data)
        temporary.rename(self.maildir / "new" / name)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            listening = self._loop.run_until_complete(
                self._loop.create_server(self._protocol, "127.0.0.1", self.port, ssl=self._implicit_tls)
            )
        except OSError as error:
            self._failure = error
            self._ready.set()
            return
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        listening.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    def _protocol(self) -> Any:
        from plan_lifecycle.simulation._faulty_smtp import FaultySMTP, authenticator

        options: dict[str, Any] = {"loop": self._loop, "tls_context": self._starttls, "data_size_limit": 33_554_432}
        if self._starttls is not None:
            options["require_starttls"] = True
        if self._login is not None:
            encrypted = self._starttls is not None
            options |= {"authenticator": authenticator(*self._login), "auth_required": encrypted}
            options["auth_require_tls"] = encrypted
        return FaultySMTP(self, **options)


def read_maildir(maildir: Path) -> Iterator[Delivered]:
    """The letters of a Maildir that ``LocalMailServer`` wrote, in the order of their arrival."""
    for path in sorted([*(maildir / "new").glob("*"), *(maildir / "cur").glob("*")], key=lambda file: file.name):
        data = path.read_bytes()
        sender, recipients = "", []
        while data.startswith((b"Return-Path: ", b"Delivered-To: ")):
            line, _, data = data.partition(b"\r\n")
            name, _, value = line.decode().partition(": ")
            if name == "Return-Path":
                sender = value.strip("<>")
            else:
                recipients.append(value)
        yield Delivered(sender, tuple(recipients), data)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run until interrupted; the port is printed when letters are welcome."""
    parser = argparse.ArgumentParser(prog="python -m plan_lifecycle.simulation.mail_server", description=__doc__)
    parser.add_argument("--maildir", type=Path, help="where letters are kept; without it they are only counted")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options = parser.parse_args(arguments)
    with LocalMailServer(options.maildir, port=options.port) as server:
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()

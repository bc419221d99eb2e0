"""The demo's mail server as tests need it: it shows faults as told, asks for TLS and a login, and tells what it took.

``python -m tests.mail.faulty_server`` runs it by itself, only counting letters, and prints the port.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from plan_lifecycle.simulation.mail_server import LARGEST, LocalMailServer

logging.getLogger("mail.log").setLevel(logging.ERROR)  # it warns of the faults that it is told to show


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


class FaultyMailServer(LocalMailServer):
    """The server; ``keeps`` False only counts the letters."""

    def __init__(
        self,
        maildir: Path,
        *,
        port: int = 0,
        faults: Iterable[ServerFault] = (),
        starttls: ssl.SSLContext | None = None,
        implicit_tls: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
        keeps: bool = True,
    ) -> None:
        super().__init__(maildir, port=port)
        self.faults = list(faults)
        self.count = self.connections = self.quits = 0
        self._starttls, self._implicit_tls, self._login, self.keeps = starttls, implicit_tls, login, keeps

    def letters(self) -> list[Delivered]:
        """Everything accepted so far, in order."""
        return list(read_maildir(self.maildir))

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
        """Count one letter, and keep it."""
        self.count += 1
        if self.keeps:
            super().store(sender, recipients, data)

    async def listen(self) -> asyncio.Server:
        """Listen, within TLS from the first byte where told."""
        return await self._loop.create_server(self.protocol, "127.0.0.1", self.port, ssl=self._implicit_tls)

    def protocol(self) -> SMTP:
        """Speak SMTP on one connection, with its faults."""
        options: dict[str, Any] = {"loop": self._loop, "tls_context": self._starttls, "data_size_limit": LARGEST}
        if self._starttls is not None:
            options["require_starttls"] = True
        if self._login is not None:
            encrypted = self._starttls is not None
            options |= {"authenticator": _authenticator(*self._login), "auth_required": encrypted}
            options["auth_require_tls"] = encrypted
        return _FaultySMTP(self, **options)


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


class _FaultySMTP(SMTP):
    """One connection. Every step asks the server whether a fault is due there."""

    def __init__(self, owner: FaultyMailServer, **options: Any) -> None:
        super().__init__(_Store(owner), hostname="localhost", **options)
        self._owner = owner

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self.session is None:
            self._owner.connections += 1
        super().connection_made(transport)

    async def push(self, status: Any) -> None:
        greeting = isinstance(status, str) and status.startswith("220 localhost")
        if not (greeting and await self._faulty(Stage.CONNECT)):
            await super().push(status)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        if not await self._faulty(Stage.MAIL):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        if not await self._faulty(Stage.RCPT, arg or ""):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if await self._faulty(Stage.DATA):
            return
        amid = self._owner.take_fault(Stage.BODY)
        if amid is None:
            await super().smtp_DATA(arg)
            return
        await super().push("354 go on")
        await self._reader.readline()
        await self._show(amid)
        self.hang_up(gently=amid.reply is not None)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        self._owner.quits += 1
        await super().smtp_QUIT(arg)

    async def _faulty(self, stage: Stage, about: str = "") -> bool:
        fault = self._owner.take_fault(stage, about)
        return fault is not None and await self._show(fault)

    async def _show(self, fault: ServerFault) -> bool:
        """Wait, reply, drop as told; whether the command is thereby answered."""
        await asyncio.sleep(fault.delay)
        if fault.reply is not None:
            await super().push(fault.reply)
        if fault.drop or (fault.reply or "").startswith("421"):
            self.hang_up(gently=fault.reply is not None)
        return fault.drop or fault.reply is not None

    def hang_up(self, *, gently: bool) -> None:
        transport: Any = self.transport
        if transport is not None:
            transport.close() if gently else transport.abort()


class _Store:
    """Keeps what was accepted, and fails at the dot where told."""

    def __init__(self, owner: FaultyMailServer) -> None:
        self._owner = owner

    async def handle_DATA(self, server: _FaultySMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        reply = await self._fault(server, Stage.DOT)
        if reply is None:
            self._owner.store(envelope.mail_from or "", envelope.rcpt_tos, envelope.content)
            reply = await self._fault(server, Stage.STORED)
        return reply or "250 OK"

    async def _fault(self, server: _FaultySMTP, stage: Stage) -> str | None:
        fault = self._owner.take_fault(stage)
        if fault is None:
            return None
        await asyncio.sleep(fault.delay)
        if fault.drop:
            server.hang_up(gently=False)
        return fault.reply or ("451 dropped" if fault.drop else None)


def _authenticator(user: str, password: str) -> Any:
    """A check of one login for aiosmtpd."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=False)

    return check


def main() -> None:
    """Run until interrupted; the port is printed when letters are welcome."""
    with tempfile.TemporaryDirectory() as folder, FaultyMailServer(Path(folder), keeps=False) as server:
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()

"""The demo's mail server: real SMTP on loopback, and what it accepts becomes a Maildir that one can look into.

It needs aiosmtpd, a tool of the demo and of tests and no dependency of the product (requirements/dev.txt).
"""

from __future__ import annotations

import asyncio
import itertools
import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP

LARGEST = 33_554_432
"""Bytes of a letter."""


class LocalMailServer:
    """The server in a thread of its own; a context manager."""

    def __init__(self, maildir: Path, *, port: int = 0) -> None:
        self.maildir, self.port = maildir, port
        self._names = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="local mail server", daemon=True)
        self._ready = threading.Event()
        self._failure: OSError | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen. Raises OSError where the port is taken."""
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

    def store(self, sender: str, recipients: Sequence[str], data: bytes) -> None:
        """Keep one letter, with its envelope as ``Return-Path`` and ``Delivered-To``."""
        envelope = [f"Return-Path: <{sender}>", *(f"Delivered-To: {recipient}" for recipient in recipients)]
        name = f"{int(time.time())}.{next(self._names):08d}.{os.getpid()}.localhost"
        temporary = self.maildir / "tmp" / name
        temporary.write_bytes("".join(f"{line}\r\n" for line in envelope).encode() + data)
        temporary.rename(self.maildir / "new" / name)

    async def listen(self) -> asyncio.Server:
        """Listen on the port, or on any that is free where it is 0. Raises OSError."""
        return await self._loop.create_server(self.protocol, "127.0.0.1", self.port)

    def protocol(self) -> SMTP:
        """Speak SMTP on one connection."""
        from aiosmtpd.smtp import SMTP

        return SMTP(_Keeping(self), hostname="localhost", loop=self._loop, data_size_limit=LARGEST)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            listening = self._loop.run_until_complete(self.listen())
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


class _Keeping:
    """What aiosmtpd hands a whole letter to."""

    def __init__(self, server: LocalMailServer) -> None:
        self._server = server

    async def handle_DATA(self, _connection: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the letter and say so."""
        self._server.store(envelope.mail_from or "", envelope.rcpt_tos, envelope.content)
        return "250 OK"

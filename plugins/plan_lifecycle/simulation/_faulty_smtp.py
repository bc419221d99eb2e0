"""The protocol of the local mail server: aiosmtpd with a fault before, inside or after any step of a letter.

aiosmtpd is a tool of tests and the demo, no dependency of the product: only ``mail_server`` imports this, late.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from plan_lifecycle.simulation.mail_server import LocalMailServer, ServerFault, Stage

logging.getLogger("mail.log").setLevel(logging.ERROR)  # it warns of the faults that it is told to show


class FaultySMTP(SMTP):
    """One connection. Every step asks the server whether a fault is due there."""

    def __init__(self, owner: LocalMailServer, **options: Any) -> None:
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

    def __init__(self, owner: LocalMailServer) -> None:
        self._owner = owner

    async def handle_DATA(self, server: FaultySMTP, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002
        reply = await self._fault(server, Stage.DOT)
        if reply is None:
            self._owner.store(envelope.mail_from or "", envelope.rcpt_tos, envelope.content)
            reply = await self._fault(server, Stage.STORED)
        return reply or "250 OK"

    async def _fault(self, server: FaultySMTP, stage: Stage) -> str | None:
        fault = self._owner.take_fault(stage)
        if fault is None:
            return None
        await asyncio.sleep(fault.delay)
        if fault.drop:
            server.hang_up(gently=False)
        return fault.reply or ("451 dropped" if fault.drop else None)


def authenticator(user: str, password: str) -> Any:
    """A check of one login for aiosmtpd."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=known, handled=False)

    return check

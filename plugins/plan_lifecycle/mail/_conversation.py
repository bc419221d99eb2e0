"""What is said to a mail server about one letter: sender, recipients, content, each within the letter's time.

smtplib's own ``sendmail`` knows one timeout for each answer; here the answers of a letter share one, so that a server
which answers slowly to everything holds up the batch once and not for each recipient.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable

_LEADING_DOT = re.compile(rb"(?m)^\.")
_CLOSING = 421


class TimeUpError(Exception):
    """The time of one letter is over."""


class Conversation:
    """One letter on one connection, within the time that a letter has."""

    def __init__(self, smtp: smtplib.SMTP, deadline: float, clock: Callable[[], float]) -> None:
        self._smtp, self._deadline, self._clock = smtp, deadline, clock

    def sender(self, address: str, size: int) -> tuple[int, str]:
        """MAIL FROM, with the size where the server wants to know it."""
        options = f" SIZE={size}" if self._smtp.has_extn("size") else ""
        return self._step(lambda: self._smtp.docmd("MAIL", f"FROM:<{address}>{options}"))

    def recipient(self, address: str) -> tuple[int, str]:
        """RCPT TO."""
        return self._step(lambda: self._smtp.docmd("RCPT", f"TO:<{address}>"))

    def content(self, message: bytes) -> tuple[int, str]:
        """DATA, the letter, the dot."""
        code, text = self._step(lambda: self._smtp.docmd("DATA"))
        if code != 354:
            return (code if code >= 400 else 451), text
        body = _LEADING_DOT.sub(b"..", message) if b"\n." in message or message.startswith(b".") else message
        return self._step(lambda: self._whole(body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")))

    def _step(self, step: Callable[[], tuple[int, bytes]]) -> tuple[int, str]:
        """Raises SMTPServerDisconnected, also where the server says that it is closing, or TimeUpError."""
        self._set_timer()
        try:
            code, text = step()
        except smtplib.SMTPServerDisconnected as error:
            if isinstance(error.__context__, TimeoutError):
                raise TimeUpError from error
            raise
        except smtplib.SMTPResponseException as error:
            raise smtplib.SMTPServerDisconnected(f"unreadable answer {error.smtp_code}") from error
        shown = text.decode("utf-8", "replace").replace("\n", " ")
        if code in (_CLOSING, -1):
            raise smtplib.SMTPServerDisconnected(f"{code} {shown}")
        return code, shown

    def _whole(self, body: bytes) -> tuple[int, bytes]:
        self._smtp.send(body)
        self._set_timer()
        return self._smtp.getreply()

    def _set_timer(self) -> None:
        left = self._deadline - self._clock()
        if left <= 0:
            raise TimeUpError
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(left)

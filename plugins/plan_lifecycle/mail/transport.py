"""Letters leave here: one ``yagmail.SMTP`` connection for a batch, and an outcome for every letter.

The letter to xã Bình An is bytes already; its recipients are the envelope's. yagmail connects and logs in once, and
its connection carries the whole batch (its own ``send`` logs in again for each letter, attaches any file that a text
happens to name, shares one Message-ID between reminders and hides refusals in a returned dictionary). What may pass
later says ``retry``, what never will ``permanent``; a server that cannot be reached raises, so letters stay queued.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

import yagmail
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from plan_lifecycle.domain.errors import InputError, PlanLifecycleError
from plan_lifecycle.mail._conversation import Conversation, TimeUpError
from plan_lifecycle.mail._headers import checked_email
from plan_lifecycle.mail.pace import Pace
from plan_lifecycle.mail.server import MailServer, Security

_LOGIN_WANTED = frozenset({530, 534, 535, 538})


class MailServerDownError(PlanLifecycleError):
    """The server cannot be reached, or lets nobody in: no letter of the batch can go, and none has failed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, vi="Chưa kết nối được máy chủ thư điện tử; thư được giữ lại và gửi sau.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter.

    ``accepted`` are the recipients whose copy the server took; ``refused`` holds the code and text for each recipient
    that it turned away. ``permanent`` is None where nothing failed for good or for now (all accepted, or not tried),
    True where every failure is for good (5xx), False where one may pass. ``retry`` tells to queue it again for those
    who are not in ``accepted``. A refused sender or content is in ``reason`` only: the address is not to blame.
    ``unsure``: the server fell silent amid the letter, so it may have taken it.
    """

    accepted: tuple[str, ...] = ()
    refused: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    permanent: bool | None = None
    reason: str = ""
    retry: bool = False
    unsure: bool = False

    @classmethod
    def later(cls, reason: str, *, permanent: bool | None = False) -> Outcome:
        """Nobody got it, and it may pass."""
        return cls(permanent=permanent, reason=reason, retry=True)


class Transport:
    """One connection, one batch, one thread (yagmail is not safe across threads: a client a thread).

    A context manager: entering connects and logs in, leaving says QUIT. ``sent_today`` counts against the day's quota.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        sent_today: int = 0,
        attempts: int = 3,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.server = server
        self.pace = Pace(server.per_minute, server.per_day, sent_today=sent_today, sleep=sleep, clock=clock)
        self._attempts, self._sleep, self._clock = attempts, sleep, clock
        self._client: yagmail.SMTP | None = None
        self._thread = threading.get_ident()

    def __enter__(self) -> Transport:
        """Raises MailServerDownError."""
        self._thread = threading.get_ident()
        self._connected()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            try:
                self._client.smtp.quit()
            except (smtplib.SMTPException, OSError):
                pass
            finally:
                self._drop()

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Send one prepared letter. A failure of the letter is an outcome; only MailServerDownError is raised.

        A connection that breaks is made again once and the letter repeated: if the server had taken it, the repeat
        bears the same Message-ID.
        """
        if threading.get_ident() != self._thread:
            raise PlanLifecycleError("a transport belongs to the thread that opened it")
        try:
            sender = checked_email(sender)
        except InputError as error:
            return Outcome.later(f"the sender's address: {error}", permanent=None)
        wire, refused = _on_the_wire(recipients)
        if not wire:
            return Outcome(refused=refused, permanent=True, reason=_reason(refused) or "no recipient to send to")
        if not self.pace.step():
            return Outcome.later("the day's quota of letters is used up", permanent=None)
        reason = ""
        for _ in range(2):
            try:
                outcome = self._letter(message, sender, wire, dict(refused))
            except TimeUpError:
                self._drop()
                return replace(Outcome.later(f"no answer within {self.server.timeout:g} seconds"), unsure=True)
            except smtplib.SMTPServerDisconnected as error:
                self._drop()
                reason = str(error)
            else:
                return replace(outcome, unsure=True) if reason and not outcome.accepted else outcome
        return replace(Outcome.later(f"the connection broke twice: {reason}"), unsure=True)

    def _letter(
        self, message: bytes, sender: str, wire: Mapping[str, str], refused: dict[str, tuple[int, str]]
    ) -> Outcome:
        talk = Conversation(self._connected(), self._clock() + self.server.timeout, self._clock)
        code, text = talk.sender(sender, len(message))
        if code in _LOGIN_WANTED:
            self._drop()
            raise MailServerDownError(f"{self._where} wants a login: {code} {text}")
        if code != 250:
            return self._nobody(code, f"sender refused: {code} {text}", {})
        accepted = []
        for address, given in wire.items():
            code, text = talk.recipient(address)
            if code in (250, 251, 252):
                accepted.append(given)
            else:
                refused[given] = (code, text)
        if not accepted:
            self._clear()
            return _partly((), refused)
        code, text = talk.content(message)
        if code != 250:
            return self._nobody(code, f"letter refused: {code} {text}", refused)
        return _partly(tuple(accepted), refused)

    def _nobody(self, code: int, reason: str, refused: Mapping[str, tuple[int, str]]) -> Outcome:
        self._clear()
        permanent = code >= 500
        return Outcome(refused=refused, permanent=permanent, reason=reason, retry=not permanent)

    def _clear(self) -> None:
        """Ready the connection for the next letter; what is known of this one stays known if that fails."""
        try:
            self._connected().rset()
        except smtplib.SMTPException:
            self._drop()

    def _connected(self) -> smtplib.SMTP:
        if self._client is None:
            retrying = Retrying(
                stop=stop_after_attempt(self._attempts),
                wait=wait_random_exponential(multiplier=0.5, max=10),
                retry=retry_if_exception(_may_pass),
                sleep=self._sleep,
                retry_error_callback=_raise_last,
            )
            try:
                self._client = retrying(self._log_in)
            except (OSError, smtplib.SMTPException) as error:
                raise MailServerDownError(f"{self._where}: {error}") from error
        smtp: smtplib.SMTP = self._client.smtp
        return smtp

    def _log_in(self) -> yagmail.SMTP:
        """Connect as yagmail does. A login without @ goes in a dictionary: as text it would get ``@gmail.com``."""
        server = self.server
        options: dict[str, Any] = {"timeout": server.timeout, "local_hostname": server.sender.domain}
        if server.security is Security.SSL:
            options["context"] = server.tls()
        client = yagmail.SMTP(
            user={server.user or server.sender.email: server.sender.email},
            password=server.password,
            host=server.host,
            port=server.port,
            smtp_ssl=server.security is Security.SSL,
            smtp_starttls={"context": server.tls()} if server.security is Security.STARTTLS else False,
            smtp_skip_login=server.user is None,
            soft_email_validation=False,
            **options,
        )
        try:
            client.login()
            client.smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            _hang_up(client)
            raise
        return client

    def _drop(self) -> None:
        if self._client is not None:
            _hang_up(self._client)
            self._client = None

    @property
    def _where(self) -> str:
        return f"mail server {self.server.host}:{self.server.port}"


def _on_the_wire(recipients: Sequence[str]) -> tuple[dict[str, str], dict[str, tuple[int, str]]]:
    """Recipients by the address that goes on the wire, each once; those that cannot be mailed are refused as 553."""
    wire: dict[str, str] = {}
    refused: dict[str, tuple[int, str]] = {}
    for recipient in recipients:
        try:
            wire.setdefault(checked_email(recipient), recipient)
        except InputError as error:
            refused[recipient] = (553, str(error))
    return wire, refused


def _partly(accepted: tuple[str, ...], refused: Mapping[str, tuple[int, str]]) -> Outcome:
    if not refused:
        return Outcome(accepted)
    permanent = all(code >= 500 for code, _ in refused.values())
    return Outcome(accepted, refused, permanent, _reason(refused), not permanent)


def _reason(refused: Mapping[str, tuple[int, str]]) -> str:
    return "; ".join(f"{address}: {code} {text}" for address, (code, text) in refused.items())


def _hang_up(client: yagmail.SMTP) -> None:
    """Close without QUIT, and keep yagmail's destructor from trying one on a dead connection."""
    client.is_closed = True
    if client.smtp is not None:
        client.smtp.close()


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, smtplib.SMTPNotSupportedError | ssl.SSLCertVerificationError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code < 500
    return isinstance(error, OSError | smtplib.SMTPServerDisconnected)


def _raise_last(state: RetryCallState) -> None:
    assert state.outcome is not None  # noqa: S101 - tenacity sets it before it calls back
    state.outcome.result()

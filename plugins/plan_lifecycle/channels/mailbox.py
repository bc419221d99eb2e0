"""The mailbox that units answer to, over IMAP with TLS: each message is handed out whole, and moved once it is safe.

Xã Bình An answers a reminder; the message is fetched without marking it as read, the verb that asked keeps it, and
only then says ``stored``: the server moves it out of the inbox. A crash in between leaves it in the inbox, where the
next run finds it again and knows it by what it is.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from imaplib import IMAP4
from pathlib import Path
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls
from imap_tools.errors import ImapToolsError, MailboxFolderCreateError

from plan_lifecycle.channels.arriving import ChannelError
from plan_lifecycle.domain.clock import LOCAL
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.secret_files import opened

PREFIX = "PLAN_LIFECYCLE_IMAP_"
MAX_MESSAGE = 40 * 1024 * 1024
"""The largest message that is fetched, in bytes: a file of 20 MB and its transfer encoding, and something beside it."""
_AT_ONCE = 500
_FAILURES = (IMAP4.error, ImapToolsError, OSError, ValueError, LookupError)
_USUAL_PORT = {"ssl": 993, "starttls": 143}
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')


class Verdict(StrEnum):
    """Where a message goes that is safe: done with, or for a person to look at."""

    DONE = "done"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class ImapServer:
    """The mailbox and its server. There is no connection without TLS; ``ca_file`` names an authority of one's own.

    ``done`` and ``review`` are the folders that messages are moved to; they are made where they are missing.
    """

    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    security: str = "ssl"
    folder: str = "INBOX"
    done: str = "Đã nhận"
    review: str = "Chờ xem xét"
    timeout: float = 60.0
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        """Raises InputError where a message would be moved to where it lies."""
        if len({self.folder, self.done, self.review}) < 3:
            raise InputError("three different folders", field="folder", found=self.folder)

    @classmethod
    def from_settings(cls, settings: Mapping[str, str]) -> ImapServer:
        """Read host, port, security, user, password, folder, done, review, timeout, ca_file; empty counts as none.

        Raises InputError that names the field.
        """
        given = {name: value.strip() for name, value in settings.items() if value and value.strip()}
        for name in ("host", "user", "password"):
            if name not in given:
                raise InputError("a value", field=name)
        security = given.get("security", "ssl").lower()
        if security not in _USUAL_PORT:
            raise InputError("ssl or starttls", field="security", found=given["security"])
        names = {name: given[name] for name in ("folder", "done", "review") if name in given}
        return cls(
            host=given["host"],
            user=given["user"],
            password=given["password"],
            port=_whole(given, "port", _USUAL_PORT[security]),
            security=security,
            timeout=float(_whole(given, "timeout", 60)),
            ca_file=Path(given["ca_file"]) if "ca_file" in given else None,
            **names,
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> ImapServer | None:
        """Read ``PLAN_LIFECYCLE_IMAP_HOST``, ``…_USER`` and so on; None where no host is named."""
        given = opened(environment).items()
        found = {key.removeprefix(PREFIX).lower(): value for key, value in given if key.startswith(PREFIX)}
        return cls.from_settings(found) if found.get("host", "").strip() else None

    def connect(self) -> BaseMailBox:
        """An open connection, logged in; the server's certificate and name are checked."""
        context = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        kind = MailBox if self.security == "ssl" else MailBoxStartTls
        mailbox: BaseMailBox = kind(self.host, self.port, timeout=self.timeout, ssl_context=context)
        plain = self.user.isascii() and self.password.isascii()
        login = mailbox.login if plain else mailbox.login_utf8
        login(self.user, self.password, None)
        # Only now a server says all that it can do: to move a message in one step, above all.
        _, told = mailbox.client.capability()
        mailbox.client.capabilities = tuple((told[-1] or b"").decode("ascii", "replace").upper().split())
        return mailbox


@dataclass(frozen=True, slots=True)
class MailItem:
    """One message. ``key`` is folder, UIDVALIDITY and UID; ``data`` are its bytes, or only its headers where it is
    larger than MAX_MESSAGE (``whole`` False); ``received_at`` is when the server took it."""

    key: str
    received_at: datetime
    size: int
    data: bytes = field(repr=False)
    whole: bool = True


class MailboxChannel:
    """One folder of one mailbox. ``messages`` opens the connection that ``stored`` speaks over."""

    name = "mailbox"

    def __init__(self, server: ImapServer) -> None:
        self._server = server
        self._mailbox: BaseMailBox | None = None
        self._folders: dict[Verdict, str] = {}

    def messages(self, *, now: datetime, known: Callable[[Sequence[str]], Mapping[str, str]]) -> Iterator[MailItem]:
        """Every message in the folder that came until ``now``; one that is known by its key is only moved.

        ``known`` tells of keys the verdicts that were noted before.

        Raises ChannelError where the mailbox cannot be asked, or no longer.
        """
        with self._told():
            self._mailbox = self._server.connect()
        try:
            with self._told():
                listed = list(self._listed())
            moved = known([key for key, *_ in listed])
            for key, uid, size, received_at in listed:
                if received_at > now:
                    continue
                if key in moved:
                    self.stored(key, Verdict(moved[key]))
                    continue
                with self._told():
                    data = self._fetch(uid, whole=size <= MAX_MESSAGE)
                if data is not None:
                    yield MailItem(key, received_at, size, data, size <= MAX_MESSAGE)
        finally:
            with suppress(*_FAILURES):
                self._mailbox.logout()
            self._mailbox = None

    def stored(self, key: str, verdict: Verdict) -> None:
        """Move a message that is safe. Moving one that is gone does nothing. Raises ChannelError."""
        with self._told():
            self._open().move(key.rpartition(";")[2], self._folder_of(verdict))

    def _listed(self) -> Iterator[tuple[str, str, int, datetime]]:
        """(key, UID, size, moment) of every message, oldest first."""
        mailbox, folder = self._open(), self._server.folder
        mailbox.folder.set(folder)
        validity = mailbox.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
        uids = sorted(mailbox.uids(), key=int)
        for start in range(0, len(uids), _AT_ONCE):
            some = ",".join(uids[start : start + _AT_ONCE])
            for line in self._ask(some, "(UID RFC822.SIZE INTERNALDATE)"):
                told = line[0] if isinstance(line, tuple) else line
                uid, size = _UID.search(told or b""), _SIZE.search(told or b"")
                if uid and size:
                    yield f"{folder};{validity};{uid[1].decode()}", uid[1].decode(), int(size[1]), _moment(told)

    def _fetch(self, uid: str, *, whole: bool) -> bytes | None:
        """The bytes as they are; None where the message has gone. PEEK leaves it unread."""
        answer = self._ask(uid, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])")
        return next((part[1] for part in answer if isinstance(part, tuple)), None)

    def _ask(self, uids: str, what: str) -> Sequence[Any]:
        status, answer = self._open().client.uid("FETCH", uids, what)
        if status != "OK":
            raise ChannelError(f"{self._server.host}: found {status} to FETCH, expected OK")
        return answer

    def _folder_of(self, verdict: Verdict) -> str:
        if verdict not in self._folders:
            self._folders[verdict] = self._made(self._server.done if verdict is Verdict.DONE else self._server.review)
        return self._folders[verdict]

    def _made(self, name: str) -> str:
        """The folder, made where it is missing; some servers keep all folders below the inbox."""
        folders = self._open().folder
        if folders.exists(name):
            return name
        try:
            folders.create(name)
        except MailboxFolderCreateError:
            delimiter = next((folder.delim for folder in folders.list("", "INBOX") if folder.delim), ".")
            name = f"INBOX{delimiter}{name}"
            if not folders.exists(name):
                folders.create(name)
        folders.subscribe(name, True)
        return name

    def _open(self) -> BaseMailBox:
        if self._mailbox is None:
            raise ChannelError(f"{self._server.host}: found no open connection")
        return self._mailbox

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong with the server, as the channel's own error; a password is never among the words."""
        try:
            yield
        except _FAILURES as error:
            words = str(error).replace(self._server.password, "…")
            raise ChannelError(f"{self._server.host}: {error.__class__.__name__}: {words[:300]}") from None


def _moment(told: bytes) -> datetime:
    """When the server took the message; its date is the server's own and always in English."""
    found = _DATE.search(told)
    if found is None:
        raise ValueError("found a message without INTERNALDATE")
    return parsedate_to_datetime(found[1].decode("ascii")).astimezone(LOCAL)


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    try:
        number = int(given.get(name, default))
    except ValueError as error:
        raise InputError("a whole number", field=name, found=given[name]) from error
    if not 0 < number < 65536:
        raise InputError("a number between 1 and 65535", field=name, found=number)
    return number

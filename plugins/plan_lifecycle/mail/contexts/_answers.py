"""Letters that answer a unit: what it sent came, is accepted or goes back; what became of its request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from plan_lifecycle.mail.contexts._parts import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Context):
    """An arrival was stored. ``document`` is how the paper calls itself ("Báo cáo số 45/BC-UBND ngày 15/6/2026").

    ``findings`` are what was seen at once, in words for the unit.
    """

    kind: ClassVar[str] = "receipt"

    what: str
    unit: str
    received_at: datetime
    document: str | None = None
    files: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Context):
    """A submission goes back with findings; its first date stays on record, where it had one that counts.

    ``still_open`` counts the required figures that it has not.
    """

    kind: ClassVar[str] = "return"

    what: str
    unit: str
    first_received: date | None
    findings: tuple[str, ...]
    resend: str
    document: str | None = None
    link: str | None = None
    code: str | None = None
    paper: str = "văn bản"
    still_open: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Context):
    """A submission was accepted; with ``awaits_paper`` only its figures, until ``last_day`` the signed paper is due."""

    kind: ClassVar[str] = "accepted"

    what: str
    unit: str
    received_on: date
    document: str | None = None
    note: str | None = None
    awaits_paper: bool = False
    last_day: date | None = None
    link: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoUsableFile(Context):
    """A message came without a file that could be taken in. ``what`` is None where it may have meant several things.

    ``stated``: it says which paper was sent elsewhere, or asks for more time, and so is an answer. ``link``: it names a
    place where files are shared, which is not opened.
    """

    kind: ClassVar[str] = "no_usable_file"

    unit: str
    received_at: datetime
    what: str | None = None
    stated: bool = False
    link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWaits(Context):
    """Files came that a person has to look at. To a stranger ``unit`` is None, and nothing of theirs is repeated."""

    kind: ClassVar[str] = "file_waits"

    unit: str | None
    received_at: datetime
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRenewed(Context):
    """A unit asked for a new address because its old one had ended; it goes to registered contacts only."""

    kind: ClassVar[str] = "link_renewed"

    what: str
    link: str
    code: str | None = None
    paper: str = "văn bản"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswered(Context):
    """What became of a unit's request on its page: ``granted_until`` is its new last day; None: it was declined for
    the ``reason``, and ``last_day`` stays."""

    kind: ClassVar[str] = "request_answered"

    what: str
    unit: str
    granted_until: date | None = None
    last_day: date | None = None
    reason: str | None = None
    link: str | None = None
    code: str | None = None
    paper: str = "văn bản"

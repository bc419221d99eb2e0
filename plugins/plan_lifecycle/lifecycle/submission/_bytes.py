"""Keeping what comes in: bytes that the gate lets in lie with the others, the rest in quarantine.

Nothing is thrown away save what bears a mark of secrecy, and nothing in quarantine is ever opened: a ``.doc`` or a
``.rar`` counts in time, one with macros is refused, both can be found again. The gate looks at a content once; what it
saw is kept beside the bytes and goes with them, also to the process that files them tomorrow.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from plan_lifecycle.channels import MAX_FILE, MailboxChannel
from plan_lifecycle.documents.bounded import Bounded, unbounded
from plan_lifecycle.documents.errors import BadDocument, bad
from plan_lifecycle.documents.gate import Look, Purpose, Verdict, look, not_looked_into, verdict_on, version
from plan_lifecycle.documents.package import MEGABYTE
from plan_lifecycle.documents.read_ahead import Question, begun
from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import looks as look_rows
from plan_lifecycle.store.looks import StoredLook

Given = ParamSpec("Given")
Made = TypeVar("Made")
SECRECY_MARK = "tệp có dấu chỉ độ mật, không lưu trên hệ thống này"
WHOLE_MESSAGE = "message"
"""What the key of an arrival ends in that is a message as such."""
COPIES = frozenset(
    {"doc", "xls", "ppt", "pptx", "rtf", "odt", "ods", "dotx", "xltx", "xlsb", "rar", "7z", "zip", "gz"}
    | {"gif", "bmp", "tiff", "webp", "heic", "png", "jpeg"}
)
"""Kinds that people send in good faith and that cannot be read: kept, counted in time, asked for again."""


class TooCostlyError(PlanLifecycleError):
    """A file takes more than one paper may to be read: it is refused, whatever it was to be read for."""

    def __init__(self, why: BadDocument) -> None:
        super().__init__(str(why), vi=why.for_user)
        self.code = why.code


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in hand: its bytes, what its sender called it, what the gate saw in it, and who reads it.

    Of one that only an office program can read, the first three are those of the copy that it made: ``original`` is
    then the digest of what was sent, ``made_from`` its kind. ``why_not`` says why there is no copy where one is due.
    """

    data: bytes
    name: str
    seen: Look
    bounded: Bounded = unbounded
    original: str | None = None
    made_from: str = ""
    why_not: str = ""

    def read(self, read: Callable[Concatenate[bytes, Given], Made], *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """Have it read. Raises what the reader raises; TooCostlyError."""
        try:
            return self.bounded(read, self.data, *args, **kwargs)
        except BadDocument as error:
            if error.code == "too_costly":
                raise TooCostlyError(error) from error
            raise

    @property
    def blob(self) -> str:
        """The digest under which what was sent is kept."""
        return self.original or hashlib.sha256(self.data).hexdigest()

    @property
    def copy(self) -> str | None:
        """The digest under which the copy is kept that it is read from; None where it is read itself."""
        return hashlib.sha256(self.data).hexdigest() if self.original else None

    def verdict(self, purpose: Purpose) -> Verdict:
        """Give the gate's word, within the size that units are told in every letter."""
        verdict = verdict_on(self.seen, name=self.name, purpose=purpose)
        if verdict.secret or self.seen.size <= MAX_FILE:
            return verdict
        detail = f"{-(-self.seen.size // MEGABYTE)} MB, mức tiếp nhận {MAX_FILE // MEGABYTE} MB"
        return replace(verdict, accepted=False, code="too_large", reason=bad("too_large", detail).for_user)


class Kept(NamedTuple):
    """Under which digest bytes lie (None: not kept), whether in quarantine, and why they were refused, if they were.

    ``look`` is to be stored with what names the digest; None where nothing was kept.
    """

    blob: str | None
    quarantined: bool
    refusal: str | None
    look: StoredLook | None


def keep_bytes(office: Office, data: bytes, name: str, bounded: Bounded | None = None) -> Kept:
    """Keep what came in, in its place. Raises BlobError where the disk does not take it.

    ``bounded`` is who has begun to look into it, where somebody has.
    """
    with office.store.read() as connection:
        known = look_rows.find(connection, hashlib.sha256(data).hexdigest(), version())
    seen = Look.from_json(known) if known is not None else looked_into(bounded or office.bounded, data)
    verdict = Upload(data, name, seen).verdict(Purpose.EVIDENCE)
    if verdict.secret:
        return Kept(None, False, SECRECY_MARK, None)
    refusal = None if verdict.accepted or is_copy(verdict) else verdict.reason
    place = office.store.blobs if verdict.accepted else office.store.quarantine
    return Kept(place.put(data), not verdict.accepted, refusal, stored(seen))


def kept_bytes(office: Office, blob: str, *, quarantined: bool) -> bytes:
    """Give what was kept, wherever it lies. Raises BlobError."""
    return (office.store.quarantine if quarantined else office.store.blobs).get(blob)


def is_copy(verdict: Verdict) -> bool:
    """Say whether a file is no good only because of its kind, and of a kind that people send in good faith."""
    return verdict.code == "wrong_kind" and verdict.kind in COPIES


def is_message(channel: str, key: str) -> bool:
    """Say whether an arrival is a whole message that brought no usable file."""
    return channel == MailboxChannel.name and key.endswith(f"/{WHOLE_MESSAGE}")


def looked_into(bounded: Bounded, data: bytes) -> Look:
    """Have the gate look into bytes."""
    try:
        return bounded(look, data)
    except BadDocument as error:  # nothing that is in a file raises it: looking was too much
        return not_looked_into(data, error)


def to_look_into(bounded: Bounded, data: bytes) -> Bounded:
    """Begin to look into bytes that come in, where that can be done while something else is."""
    return begun(bounded, data, [Question(look)])


def stored(seen: Look) -> StoredLook:
    """Give a look as the store keeps it, with the version of the gate that took it."""
    return StoredLook(version(), seen.to_json())

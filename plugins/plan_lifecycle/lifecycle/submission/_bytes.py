"""Keeping what comes in: bytes that the gate lets in lie with the others, the rest in quarantine.

Nothing is thrown away save what bears a mark of secrecy, and nothing in quarantine is ever opened: a ``.doc`` or a
``.rar`` counts in time, one with macros is refused, both can be found again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from plan_lifecycle.channels import MAX_FILE, MailboxChannel
from plan_lifecycle.documents.errors import bad
from plan_lifecycle.documents.gate import Purpose, Verdict, inspect
from plan_lifecycle.documents.package import MEGABYTE
from plan_lifecycle.lifecycle.office import Office

SECRECY_MARK = "tệp có dấu chỉ độ mật, không lưu trên hệ thống này"
WHOLE_MESSAGE = "message"
"""What the key of an arrival ends in that is a message as such."""
COPIES = frozenset(
    {"doc", "xls", "ppt", "pptx", "rtf", "odt", "ods", "dotx", "xltx", "xlsb", "rar", "7z", "zip", "gz"}
    | {"gif", "bmp", "tiff", "webp", "heic", "png", "jpeg"}
)
"""Kinds that people send in good faith and that cannot be read: kept, counted in time, asked for again."""


class Kept(NamedTuple):
    """Under which digest bytes lie (None: not kept), whether in quarantine, and why they were refused, if they were."""

    blob: str | None
    quarantined: bool
    refusal: str | None


def keep_bytes(office: Office, data: bytes, name: str) -> Kept:
    """Keep what came in, in its place. Raises BlobError where the disk does not take it."""
    verdict = looked_at(data, name, Purpose.EVIDENCE)
    if verdict.secret:
        return Kept(None, False, SECRECY_MARK)
    refusal = None if verdict.accepted or is_copy(verdict) else verdict.reason
    if verdict.accepted:
        return Kept(office.store.blobs.put(data), False, refusal)
    return Kept(office.store.quarantine.put(data), True, refusal)


def looked_at(data: bytes, name: str, purpose: Purpose) -> Verdict:
    """The gate's word, within the size that units are told in every letter."""
    verdict = inspect(data, name=name, purpose=purpose)
    if verdict.secret or len(data) <= MAX_FILE:
        return verdict
    detail = f"{-(-len(data) // MEGABYTE)} MB, mức tiếp nhận {MAX_FILE // MEGABYTE} MB"
    return replace(verdict, accepted=False, code="too_large", reason=bad("too_large", detail).for_user)


def kept_bytes(office: Office, blob: str, *, quarantined: bool) -> bytes:
    """What was kept, wherever it lies. Raises BlobError."""
    return (office.store.quarantine if quarantined else office.store.blobs).get(blob)


def is_copy(verdict: Verdict) -> bool:
    """Whether a file is no good only because of its kind, and of a kind that people send in good faith."""
    return verdict.code == "wrong_kind" and verdict.kind in COPIES


def is_message(channel: str, key: str) -> bool:
    """Whether an arrival is a whole message that brought no usable file."""
    return channel == MailboxChannel.name and key.endswith(f"/{WHOLE_MESSAGE}")

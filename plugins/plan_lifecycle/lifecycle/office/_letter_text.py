"""A letter as its reader sees it, without the links and codes with which that reader acts as the unit."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import NamedTuple

from plan_lifecycle.lifecycle.office._links import without_keys


class LetterText(NamedTuple):
    """The words of a letter, and the names of the files that it carries."""

    text: str
    files: tuple[str, ...]


def letter_text(data: bytes) -> LetterText:
    """What stands in the bytes of a letter."""
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain",))
    files = tuple(part.get_filename() or "" for part in message.iter_attachments())
    return LetterText(without_keys(str(body.get_content())) if body else "", files)

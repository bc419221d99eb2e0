"""The same letter to somebody else: other recipient, other Message-ID, every other byte as it was."""

from __future__ import annotations

import re

from plan_lifecycle.mail._headers import Address, header_line

_FIELD = rb"(?im)^%s:[^\r\n]*(?:\r\n[ \t][^\r\n]*)*"


def readdressed(message: bytes, to: Address, message_id: str) -> bytes:
    """A letter of ``message.build_message`` with other ``To`` and ``Message-ID``; its text may still greet the unit."""
    head, gap, body = message.partition(b"\r\n\r\n")
    for name, value in (("To", str(to)), ("Message-ID", message_id)):
        line = header_line(name, value).encode("ascii")
        head = re.sub(_FIELD % name.encode("ascii"), lambda _, line=line: line, head, count=1)  # type: ignore[misc]
    return head + gap + body

"""The gate: every file from outside passes it before anything is stored, read or sent on.

A commune's upload arrives as bytes and a name. The gate says what it is by its content, whether this purpose takes that
kind, and whether it is safe to open: bounded, without DTD, macros or code that loads itself. A file that bears a mark
of secrecy is stopped and must not be stored at all. For any bytes there is an answer; nothing is ever fetched.

``look`` reads the content, once; ``verdict_on`` asks of that look what a purpose makes of it, as often as need be.
"""

from __future__ import annotations

from pathlib import Path

from plan_lifecycle.documents.gate._kinds import NAMES
from plan_lifecycle.documents.gate._look import Look, Refusal, look, not_looked_into, version
from plan_lifecycle.documents.gate._names import safe_name
from plan_lifecycle.documents.gate._pdf import first_page
from plan_lifecycle.documents.gate._verdict import ALLOWED, Purpose, Verdict, verdict_on


def inspect(data: bytes | Path, *, name: str, purpose: Purpose) -> Verdict:
    """Judge a file that is looked at this once, given as bytes or as a path (of which at most MAX_FILE bytes are read).

    ``name`` is what the sender called it. For any bytes there is a Verdict; raises OSError only where a path cannot
    be read.
    """
    return verdict_on(look(data), name=name, purpose=purpose)


__all__ = [
    "ALLOWED",
    "NAMES",
    "Look",
    "Purpose",
    "Refusal",
    "Verdict",
    "first_page",
    "inspect",
    "look",
    "not_looked_into",
    "safe_name",
    "verdict_on",
    "version",
]

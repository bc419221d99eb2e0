"""Which version of the readers is at work: what one of them could not read, another may."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from plan_lifecycle import __version__
from plan_lifecycle.documents.convert import converter_version

_PACKAGE = Path(__file__).parents[1]


@cache
def readers_version() -> str:
    """Name the code that reads and checks papers by a digest of its text: 16 characters, no number to be raised.

    The office program that converts papers for it is part of it.
    """
    digest = sha256(f"{__version__} {converter_version()}".encode())
    for part in ("documents", "domain"):
        for file in sorted((_PACKAGE / part).rglob("*")):
            if file.suffix in (".py", ".lark"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]

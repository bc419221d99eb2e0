"""Files that are named at the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from plan_lifecycle.domain.errors import InputError

if TYPE_CHECKING:
    from plan_lifecycle.documents.convert import Readable


def file_bytes(path: Path) -> bytes:
    """A file's bytes. Raises InputError where it cannot be read."""
    if path.exists() and not path.is_file():
        raise InputError("a file", file=shown(path), found="a folder or device")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("a readable file", file=shown(path), found=error.strerror) from error


def paper_bytes(path: Path) -> Readable:
    """A file's bytes as a reader takes them: of a .doc, .rtf or .odt a converted copy, where that can be made.

    Raises InputError where it cannot be read.
    """
    from plan_lifecycle.documents.convert import readable

    return readable(file_bytes(path))


def shown(path: Path) -> str:
    """A path as text, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")

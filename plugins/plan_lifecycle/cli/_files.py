"""Files that are named at the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from plan_lifecycle.domain.errors import no_file, unreadable, unwritable

if TYPE_CHECKING:
    from plan_lifecycle.documents.convert import Readable


def file_bytes(path: Path) -> bytes:
    """A file's bytes. Raises InputError where it cannot be read."""
    require_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(shown(path), error) from error


def require_file(path: Path) -> None:
    """Raise InputError where a folder or a device has this name; one that is not there is found when it is read."""
    if is_there(path) and not path.is_file():
        raise no_file(shown(path))


def is_there(path: Path) -> bool:
    """Whether anything has this name; what is too long for a name, or none at all, has nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def paper_bytes(path: Path) -> Readable:
    """A file's bytes as a reader takes them: of a .doc, .rtf or .odt a converted copy, where that can be made.

    Raises InputError where it cannot be read.
    """
    from plan_lifecycle.documents.convert import readable

    return readable(file_bytes(path))


def write_file(path: Path, data: bytes) -> None:
    """Write a file. Raises InputError where it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(shown(path), error, field="--out") from error


def made_folder(path: Path) -> Path:
    """The folder, made now where it is not there. Raises InputError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(shown(path), error, field="--out", folder=True) from error
    return path


def shown(path: Path) -> str:
    """A path as text, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")

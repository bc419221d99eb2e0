"""Files of a back-up: written for their owner alone, and read only where they are plain files of a bounded size.

A back-up may come from anywhere: a link to a device never ends, a pipe never begins.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

LARGEST_FILE = 256 << 20
"""Bytes of a kept file or of a row; the largest workbook of a country has a tenth of it."""
LARGEST_MANIFEST = 1 << 20


def new_file(path: Path) -> BinaryIO:
    """Open a new file that its owner alone may read. Raises OSError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def plain_file(path: Path, most: int | None = None) -> BinaryIO:
    """Open a file to be read. Raises OSError, also for a link, a pipe, a device, and for more than ``most`` bytes."""
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    found = os.fstat(file.fileno())
    wrong = "no plain file" if not stat.S_ISREG(found.st_mode) else None
    if wrong is None and most is not None and found.st_size > most:
        wrong = f"larger than {most} bytes"
    if wrong:
        file.close()
        raise OSError(0, wrong)
    return file

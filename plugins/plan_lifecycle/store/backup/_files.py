"""The kept bytes of a store, copied: each file is read whole once, and is what its name says or is not copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from plan_lifecycle.store.backup._manifest import Counted
from plan_lifecycle.store.backup._plain import LARGEST_FILE, plain_file
from plan_lifecycle.store.backup._rows import Tally
from plan_lifecycle.store.blobs import BlobError, Blobs

QUARANTINE = "quarantine"


def copy_files(source: Blobs, target: Blobs) -> tuple[Counted, list[str]]:
    """Copy what the target lacks, the quarantine with it; return what is there now, and which could not be copied.

    Only the files of the source count. A file that is damaged is left out, and the others are copied all the same.
    """
    tally, damaged = Tally(), list[str]()
    for below in ("", QUARANTINE):
        here, there = (blobs.beside(below) if below else blobs for blobs in (source, target))
        for digest in _digests(here.root):
            try:
                plain_file(here.path(digest), LARGEST_FILE).close()
                there.put(here.get(digest))
            except OSError as error:
                damaged.append(f"{here.path(digest)}: {error.strerror}")
                continue
            except BlobError as error:
                damaged.append(str(error))
                continue
            tally.add(f"{below}/{digest}".encode())
    return Counted(tally.rows, tally.digest), damaged


def _digests(root: Path) -> Iterator[str]:
    """The names of all files under a root, in order; half-written ones have other names."""
    for folder in sorted(folder for folder in root.glob("[0-9a-f]" * 2) if folder.is_dir() and not folder.is_symlink()):
        for path in sorted(folder.iterdir()):
            if len(path.name) == 62 and set(path.name) <= set("0123456789abcdef"):
                yield folder.name + path.name

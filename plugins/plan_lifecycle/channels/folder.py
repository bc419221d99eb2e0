"""The shared folder: ``inbox/<unit-id>/<item>-<period>/<file>``, on any Path-like (local, or an object store's).

Xã Bình An's office lays ``inbox/vn3-22918/report-2023-H1/bao-cao.xlsx`` there; the next run takes it in, and once it
is in the store moves it to ``inbox/done/…`` (or ``inbox/refused/…``) with a note beside it that says what became of
it. A file that lies elsewhere in the inbox is taken in too, and waits for a coordinator who knows what it is.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path

from plan_lifecycle.channels.arriving import MAX_FILE, ChannelError, ChannelFault, is_storable
from plan_lifecycle.domain.submission import Arrival

DONE, REFUSED = "done", "refused"
NOTE = ".ghi-chu.txt"
"""What a note's name adds to that of its file."""
SETTLED_AFTER = 600.0
"""Seconds without change after which a file that ends too early is no longer being copied: it is damaged."""
MOST_READ = 5 * MAX_FILE
"""The largest file that is looked at: over MAX_FILE the gate refuses it and its unit is told; what is larger still is
reported and left where it is."""

_PARTIAL = (".part", ".partial", ".filepart", ".tmp", ".crdownload")
_NOT_SENT = frozenset({"thumbs.db", "desktop.ini"})
_DEPTH = 3
_TAIL = 70_000
_ENDINGS = ((b"PK\x03\x04", b"PK\x05\x06"), (b"%PDF-", b"%%EOF"), (b"\x89PNG", b"IEND"), (b"\xff\xd8", b"\xff\xd9"))


class FolderChannel:
    """Files below ``inbox``. The same path with other content is another arrival (a corrected version)."""

    name = "folder"

    def __init__(self, inbox: Path, *, wall: Callable[[], float] = time.time) -> None:
        self._inbox, self._wall = inbox, wall
        self._found: dict[str, Path] = {}

    def arrivals(
        self,
        *,
        now: datetime,
        since: datetime | None,  # noqa: ARG002
        known: Collection[str],
    ) -> Iterator[Arrival | ChannelFault]:
        """Every file that is complete and not known. A file counts as received when it is found: ``now``.

        Raises ChannelError where the folder is not there or cannot be looked into.
        """
        try:
            inside = sorted(self._inbox.iterdir())
        except OSError as error:
            raise ChannelError(f"{self._inbox}: {error.strerror or error}, expected the inbox") from error
        for path in inside:
            if path.name not in (DONE, REFUSED):
                yield from self._look(path, (), now, known)

    def settle(self, key: str, note: str, *, refused: bool) -> None:
        """Move the file of an arrival that is safe in the store, the note first. Raises ChannelError."""
        path = self._found.pop(key, None)
        if path is None:
            return
        try:
            target = self._place(path, REFUSED if refused else DONE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.with_name(target.name + NOTE).write_text(f"{note}\n", encoding="utf-8")
            path.rename(target)
        except OSError as error:
            raise ChannelError(f"{path}: {error.strerror or error}, expected to move it aside") from error

    def _place(self, path: Path, folder: str) -> Path:
        """Where the file goes: its own place below the folder, numbered where that is taken."""
        names = path.relative_to(self._inbox).parts
        target = self._inbox.joinpath(folder, *names)
        number = 2
        while target.exists():
            target = target.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
        return target

    def _look(
        self, path: Path, above: tuple[str, ...], now: datetime, known: Collection[str]
    ) -> Iterator[Arrival | ChannelFault]:
        names = (*above, path.name)
        shown = "/".join(names).encode("utf-8", "replace").decode()
        try:
            if _is_aside(path.name):
                return
            if path.is_symlink() or not is_storable("/".join(names)):
                yield ChannelFault(shown, f"{shown}: found a link or a name that is no text, expected a plain file")
            elif path.is_file():
                found = self._take_in(path, names, now, known)
                if found is not None:
                    yield found
            elif path.is_dir() and len(names) > _DEPTH:
                yield ChannelFault(shown, f"{shown}: found folders too deep, expected unit/item-period/file")
            elif path.is_dir():
                for inner in sorted(path.iterdir()):
                    yield from self._look(inner, names, now, known)
        except ChannelError as error:
            yield ChannelFault(shown, str(error))
        except OSError as error:
            yield ChannelFault(shown, f"{shown}: {error.strerror or error}")

    def _take_in(
        self, file: Path, names: tuple[str, ...], now: datetime, known: Collection[str]
    ) -> Arrival | ChannelFault | None:
        path = "/".join(names)
        before = file.stat()
        if before.st_size > MOST_READ:
            return ChannelFault(path, f"{path}: found more than {MOST_READ} bytes")
        data = file.read_bytes()
        after = file.stat()
        changing = (before.st_size, before.st_mtime) != (after.st_size, after.st_mtime) or len(data) != after.st_size
        if changing or (_ends_early(data) and self._wall() - after.st_mtime < SETTLED_AFTER):
            return None
        key = f"{path}#{hashlib.sha256(data).hexdigest()[:16]}"
        self._found[key] = file
        if key in known:
            self.settle(key, "Tệp này đã được nhận trước đó.", refused=False)
            return None
        unit_id = names[0] if len(names) > 1 else None
        item, _, period = names[1].partition("-") if len(names) > 2 else ("", "", "")
        return Arrival("folder", key, now, file.name, data, unit_id=unit_id, item=item or None, period=period or None)


def _is_aside(name: str) -> bool:
    """Whether a file is still being written, or is the office's own: it is left alone."""
    low = name.lower()
    return low.startswith((".", "~")) or low.endswith(_PARTIAL) or low in _NOT_SENT


def _ends_early(data: bytes) -> bool:
    """Whether the end is missing that a file of its kind has: it is empty, or still being copied."""
    return not data or any(data.startswith(head) and end not in data[-_TAIL:] for head, end in _ENDINGS)

"""The shared folder: ``inbox/<unit-id>/<item>-<period>/<file>``, on any Path-like (local, or an object store's).

Xã Bình An's office lays ``inbox/vn3-22918/report-2023-H1/bao-cao.xlsx`` there; the next run takes it in. A file that
lies elsewhere in the inbox is taken in too, and waits for a coordinator who knows what it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from plan_lifecycle.channels.arriving import MAX_FILE, ChannelError, ChannelFault, is_storable
from plan_lifecycle.domain.submission import Arrival

_PARTIAL = (".part", ".partial", ".filepart", ".tmp", ".crdownload")
_NOT_SENT = frozenset({"thumbs.db", "desktop.ini"})
_DEPTH = 3


class FolderChannel:
    """Files below ``inbox``. The same path with other content is another arrival (a corrected version)."""

    name = "folder"

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox

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
            yield from _look(path, (), now, known)


def _look(
    path: Path, above: tuple[str, ...], now: datetime, known: Collection[str]
) -> Iterator[Arrival | ChannelFault]:
    names = (*above, path.name)
    shown = "/".join(names).encode("utf-8", "replace").decode()
    try:
        if _is_aside(path.name):
            return
        if path.is_symlink() or not is_storable("/".join(names)):
            yield ChannelFault(shown, f"{shown}: found a link or a name that is no text, expected a plain file")
        elif path.is_file():
            found = _take_in(path, names, now, known)
            if found is not None:
                yield found
        elif path.is_dir() and len(names) > _DEPTH:
            yield ChannelFault(shown, f"{shown}: found folders too deep, expected unit/item-period/file")
        elif path.is_dir():
            for inner in sorted(path.iterdir()):
                yield from _look(inner, names, now, known)
    except OSError as error:
        yield ChannelFault(shown, f"{shown}: {error.strerror or error}")


def _take_in(
    file: Path, names: tuple[str, ...], now: datetime, known: Collection[str]
) -> Arrival | ChannelFault | None:
    path = "/".join(names)
    if file.stat().st_size > MAX_FILE:
        return ChannelFault(path, f"{path}: found more than {MAX_FILE} bytes")
    data = file.read_bytes()
    key = f"{path}#{hashlib.sha256(data).hexdigest()[:16]}"
    if key in known:
        return None
    unit_id = names[0] if len(names) > 1 else None
    item, _, period = names[1].partition("-") if len(names) > 2 else ("", "", "")
    return Arrival("folder", key, now, file.name, data, unit_id=unit_id, item=item or None, period=period or None)


def _is_aside(name: str) -> bool:
    """Whether a file is still being written, or is the office's own: it is left alone."""
    low = name.lower()
    return low.startswith((".", "~")) or low.endswith(_PARTIAL) or low in _NOT_SENT

"""The shared folder: ``inbox/<unit-id>/<item>-<period>/<file>``, on any Path-like (local, or an object store's).

Xã Bình An's office lays ``inbox/vn3-22918/report-2023-H1/bao-cao.xlsx`` there; the next run takes it in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from plan_lifecycle.channels.arriving import MAX_FILE, ChannelError, ChannelFault
from plan_lifecycle.domain.submission import Arrival

_PARTIAL = (".part", ".tmp", ".crdownload")


class FolderChannel:
    """Files below ``inbox``. The same path with other content is another arrival (a corrected version)."""

    name = "folder"

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox

    def arrivals(
        self,
        *,
        now: datetime,
        since: datetime | None,
        known: Collection[str],  # noqa: ARG002
    ) -> Iterator[Arrival | ChannelFault]:
        """Every file that is complete and not known. A file counts as received when it is found: ``now``.

        Raises ChannelError where the folder is not there.
        """
        if not self._inbox.is_dir():
            raise ChannelError(f"{self._inbox}: found no such folder, expected the inbox")
        for unit in sorted(path for path in self._inbox.iterdir() if path.is_dir()):
            for owed in sorted(path for path in unit.iterdir() if path.is_dir()):
                for file in sorted(owed.iterdir()):
                    if file.is_file() and not _is_partial(file.name):
                        found = _take_in(file, unit.name, owed.name, now, known)
                        if found is not None:
                            yield found


def _take_in(
    file: Path, unit_id: str, owed: str, now: datetime, known: Collection[str]
) -> Arrival | ChannelFault | None:
    path = f"{unit_id}/{owed}/{file.name}"
    try:
        if file.stat().st_size > MAX_FILE:
            return ChannelFault(path, f"{path}: found more than {MAX_FILE} bytes")
        data = file.read_bytes()
    except OSError as error:
        return ChannelFault(path, f"{path}: {error.strerror or error}")
    key = f"{path}#{hashlib.sha256(data).hexdigest()[:16]}"
    if key in known:
        return None
    item, _, period = owed.partition("-")
    return Arrival("folder", key, now, file.name, data, unit_id=unit_id, item=item, period=period)


def _is_partial(name: str) -> bool:
    return name.startswith((".", "~")) or name.endswith(_PARTIAL)

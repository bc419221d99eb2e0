"""What a unit uploads at the portal: files that are in hand already, handed on as a channel like any other.

The same bytes for the same obligation are the same arrival: pressing the button twice, or a browser that repeats a
request, adds nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from plan_lifecycle.domain.obligation import Obligation
from plan_lifecycle.domain.submission import Arrival

MAX_FILES = 5
"""Files of one press of the button."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file by a safe name; ``read`` gives its bytes, so that only one of several is in memory at a time."""

    name: str
    read: Callable[[], bytes]


class UploadChannel:
    """The files that one person sent for one obligation, each content once."""

    name = "portal"

    def __init__(self, obligation: Obligation, files: Sequence[UploadedFile], stated_by: str) -> None:
        self._obligation, self._files, self._stated_by = obligation, files, stated_by
        self._seen: set[str] = set()

    def arrivals(
        self,
        *,
        now: datetime,
        since: datetime | None,  # noqa: ARG002
        known: Collection[str],
    ) -> Iterator[Arrival]:
        """Every file that is not known by content."""
        owed = self._obligation
        for file in self._files:
            data = file.read()
            key = f"{owed.id}#{hashlib.sha256(data).hexdigest()}"
            if key in self._seen:
                continue
            self._seen.add(key)
            if key not in known:
                yield Arrival(
                    self.name,
                    key,
                    now,
                    file.name,
                    data,
                    unit_id=owed.unit_id,
                    item=owed.item.value,
                    period=owed.period,
                    sender=self._stated_by,
                )

"""What every channel is: something that yields arrivals, and faults in their midst."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol, runtime_checkable

from plan_lifecycle.domain.errors import PlanLifecycleError
from plan_lifecycle.domain.submission import Arrival

MAX_FILE = 20 * 1024 * 1024
"""The largest file that is taken in, in bytes; what is larger is reported and left where it is."""

LONGEST_NAME = 1024
"""Characters of a name, key or address from outside."""


class ChannelError(PlanLifecycleError):
    """The channel as a whole cannot be asked now; the next run asks again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, vi="Chưa kết nối được nguồn tiếp nhận; lần chạy sau sẽ thử lại.")


@dataclass(frozen=True, slots=True)
class ChannelFault:
    """One item that could not be taken in, and why; it stays where it is."""

    key: str
    reason: str


def is_storable(text: str) -> bool:
    """Whether a name from outside can be kept as text: of sensible length, no NUL, no half of a surrogate pair."""
    return len(text) <= LONGEST_NAME and "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


class Validator(NamedTuple):
    """What a server said of an answer, to be asked next time whether that still holds."""

    etag: str | None
    last_modified: str | None


class Channel(Protocol):
    """One way in. ``name`` is what its arrivals are recorded under."""

    name: str

    def arrivals(
        self, *, now: datetime, since: datetime | None, known: Collection[str]
    ) -> Iterator[Arrival | ChannelFault]:
        """What has come in and is not ``known`` by key. ``since`` is when the newest known one was received.

        Raises ChannelError.
        """


@runtime_checkable
class Settling(Protocol):
    """A channel that clears away what is safe in the store."""

    def settle(self, key: str, note: str, *, refused: bool) -> None:
        """Put the item aside, with a note on what became of it. Raises ChannelError."""


@runtime_checkable
class Conditional(Protocol):
    """A channel whose server is asked only for what has changed.

    ``validator`` is set beforehand to what is known of ``address``, and afterwards is what the server says of its new
    answer; None where that was not had in full.
    """

    validator: Validator | None

    def address(self, since: datetime | None) -> str:
        """Where ``arrivals`` will ask."""

"""Asking a server only for what has changed since its last answer was taken in in full.

The document axis is asked every quarter of an hour; most of the time it says in one line that nothing is new. Where
one entry of its list could not be taken in, the whole list is asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from plan_lifecycle.channels import Channel, Conditional, Validator
from plan_lifecycle.lifecycle.office import Office
from plan_lifecycle.store import fetched
from plan_lifecycle.store.fetched import Remembered


@contextmanager
def only_changes(
    office: Office, channel: Channel, since: datetime | None, now: datetime, faults: Sequence[str]
) -> Iterator[None]:
    """Watch while the channel is asked: it is told what is known of its server, and what that says now is remembered.

    Nothing is remembered where ``faults`` have become more in the meantime.
    """
    if not isinstance(channel, Conditional):
        yield
        return
    before, address = len(faults), channel.address(since)
    with office.store.read() as connection:
        known = fetched.recall(connection, channel.name, address)
    channel.validator = Validator(known.etag, known.last_modified) if known else None
    yield
    if len(faults) == before and channel.validator is not None:
        with office.store.write() as connection:
            fetched.remember(connection, channel.name, address, Remembered(*channel.validator, now))

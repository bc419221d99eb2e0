"""The rules as they count now: the files of the configuration, and above them what was changed on the board.

Each edge reads them through here and nowhere else. A command or a task reads them once; a page's process that lives on
looks before each request whether anything has changed: the store's stamp, a glance at the files' dates.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from plan_lifecycle.config.adjustable import Adjustable
from plan_lifecycle.config.rules import Rules, read_rules
from plan_lifecycle.domain.errors import InputError
from plan_lifecycle.lifecycle.office._office import Office
from plan_lifecycle.store import setting_changes
from plan_lifecycle.store.engine import Store
from plan_lifecycle.store.watch import Stamp

log = logging.getLogger(__name__)

Edition = tuple[tuple[str, int, int], ...]
"""The files of the configuration, each with when it was changed last and its size."""


def rules_below(book: Adjustable, changes: Mapping[str, str]) -> Rules:
    """The rules with these changes above the files. Raises InputError."""
    return _read(book, tuple(sorted(changes.items())), _edition(book.folder))


def rules_in(store: Store, book: Adjustable) -> Rules:
    """The rules with what the store keeps above the files. Raises InputError, StoreError."""
    with store.read() as connection:
        changes = setting_changes.in_force(connection)
    return rules_below(book, changes)


def rules_to_mend(store: Store, book: Adjustable) -> Rules:
    """The same, or those of the files alone where what the store keeps does not hold with them any more: for whoever
    is about to undo it. Raises InputError where the files do not hold either."""
    try:
        return rules_in(store, book)
    except InputError as error:
        log.error("what was changed on the board is left out: %s", error)
        return rules_below(book, {})


class LiveOffice:
    """An office whose rules follow what is changed while its process lives."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._seen: tuple[Stamp, Edition] | None = None

    @property
    def opened(self) -> Office:
        """The office as it was last read; the store is not asked."""
        return self._office

    def now(self) -> Office:
        """The office with the rules of this moment; a file that is wrong by now leaves it as it was."""
        book = self._office.book
        if book is None:
            return self._office
        seen = self._office.store.stamp(), _edition(book.folder)
        if seen != self._seen:
            try:
                self._office = replace(self._office, rules=rules_in(self._office.store, book))
            except InputError as error:
                log.error("the rules stay as they were: %s", error)
            self._seen = seen
        return self._office


def _edition(folder: Path) -> Edition:
    files = sorted([*folder.glob("*.yaml"), *folder.glob("profiles/*.yaml")])
    return tuple((str(path), (stat := path.stat()).st_mtime_ns, stat.st_size) for path in files)


@lru_cache(maxsize=8)
def _read(book: Adjustable, changes: tuple[tuple[str, str], ...], _edition: Edition) -> Rules:
    return read_rules(book.above(dict(changes)), book.reminders)

"""Fault injection: each module here named ``*_faults.py`` has ``parts()``, each of which gives Faults, and ``HELD``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What is done to the work: the columns of the matrix."""

    KILLED = "killed"
    FAILS = "fails"
    SLOW = "slow"
    LIES = "lies"
    FULL = "disk full"
    CLOCK = "clock"
    AT_ONCE = "at once"
    HOSTILE = "hostile"
    CONFIGURATION = "configuration"
    UPGRADE = "upgrade"
    RESTORED = "restored"


class Fault(NamedTuple):
    """What one kind of fault did over many rounds; ``misfiled`` is what lies under another unit or item than its own.

    ``window`` is True only for the one stated window: the server accepted a letter and we died before noting it; the
    repeat bears the same Message-ID. ``kind`` and ``where`` place it in the matrix, ``held`` says what must be there
    afterwards.
    """

    fault: str
    due: int
    done: int
    lost: int
    duplicated: int
    misfiled: int
    window: bool
    note: str
    kind: str = ""
    where: str = ""
    held: str = ""

    @property
    def survived(self) -> bool:
        """Whether everything that was due is there, once, and where it belongs."""
        amiss = self.lost or self.misfiled or (self.duplicated and not self.window)
        return self.done == self.due and not amiss


def at(kind: Kind, where: str, fault: Fault) -> Fault:
    """Place a fault in the matrix."""
    return fault._replace(kind=kind.value, where=where)


Produce = Callable[[], Iterable[Fault]]
"""What produces some faults and tells what came of each."""

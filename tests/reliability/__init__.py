"""Fault injection: each module here named ``*_faults.py`` has ``run(rounds) -> list[Fault]``."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What one kind of fault did over many rounds; ``misfiled`` is what lies under another unit or item than its own.

    ``window`` is True only for the one stated window: the server accepted a letter and we died before noting it; the
    repeat bears the same Message-ID.
    """

    fault: str
    due: int
    done: int
    lost: int
    duplicated: int
    misfiled: int
    window: bool
    note: str

    @property
    def survived(self) -> bool:
        """Whether everything that was due is there, once, and where it belongs."""
        amiss = self.lost or self.misfiled or (self.duplicated and not self.window)
        return self.done == self.due and not amiss

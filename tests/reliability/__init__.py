"""Fault injection: each module here named ``*_faults.py`` has ``run(rounds) -> list[Fault]``."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What one kind of fault did over many rounds. ``window`` is True only for the one stated window:
    the server accepted a letter and we died before noting it; the repeat bears the same Message-ID."""

    fault: str
    due: int
    done: int
    lost: int
    duplicated: int
    window: bool
    note: str

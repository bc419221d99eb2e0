"""Readers that go wrong in every way, for processes that are to survive them. ``data`` says what to do where needed."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path


def length(data: bytes) -> int:
    """Do what a good reader does."""
    return len(data)


def computes_on(data: bytes, told: str = "") -> int:
    """Never end; tell before it in a file that it has begun."""
    if told:
        with Path(told).open("a", encoding="utf-8") as file:
            file.write("begun\n")
    while True:
        pass


def computes_a_while(data: bytes) -> None:
    """Take some 0.6 seconds of CPU."""
    import time

    begun = time.process_time()
    while time.process_time() - begun < 0.6:
        pass


def computes_a_while_too(data: bytes) -> None:
    """Take as much once more, as another reader."""
    computes_a_while(data)


def gathers_memory(data: bytes) -> int:
    """Ask for a gigabyte."""
    return len(bytearray(1 << 30))


def crashes(data: bytes) -> None:
    """Do what a fault in a library of C does."""
    ctypes.string_at(0)


def is_killed(data: bytes, before: str) -> str:
    """End as by the system's hand, the first time: ``before`` is a file that tells the second time."""
    if not Path(before).exists():
        Path(before).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "read"


def fails(data: bytes) -> None:
    """Raise what nobody foresaw."""
    raise ValueError("column 3")


def waits(data: bytes, begun: str, until: str) -> str:
    """Open the FIFO ``begun``, then wait until something is written into the FIFO ``until``."""
    Path(begun).write_text(str(os.getpid()), encoding="utf-8")
    return Path(until).read_text(encoding="utf-8")


def process(data: bytes) -> tuple[int, int]:
    """Tell which process reads, and who its parent is."""
    return os.getpid(), os.getppid()
